"""What kind of statement words are, as far as their form tells: a proposal for a person who writes the claim."""

import re2

FACT, OPINION, FORECAST, QUOTATION = "fact", "opinion", "forecast", "quotation"

_QUOTES = {"“": "”", '"': '"', "«": "»", "»": "«", "„": "“", "‘": "’", "「": "」", "『": "』", "‹": "›"}
# Words of what is still to come, and of what somebody holds: only where they lead the statement to one reading.
_TO_COME = re2.compile(
    r"(?i)\b(?:will|won't|won’t|is going to|are going to|is likely to|are likely to|is expected to|are expected to|"
    r"is set to|are set to|is projected to|are projected to|is forecast to|are forecast to|is due to|are due to|"
    r"forecasts? that|predicts? that|wird|werden|va a|van a|будет|будут)\b|خواهد|خواهند|سيكون|ستكون|سوف"
)
# "The will of the people" is no future.
_A_WILL = re2.compile(r"(?i)\b(?:the|a|his|her|its|their|our|my|your|no|good|free|political|at|of|last) will\b")
_HELD = re2.compile(
    r"(?i)\b(?:i think|i believe|in my view|in our view|we believe|should|ought to|must not|unacceptable|disgraceful|"
    r"shameful|deplorable|regrettable|the best|the worst|sollte|sollten|deber[ií]an?)\b|باید|يجب"
)


def statement_type_of(words: str, before: str = "", behind: str = "", *, is_opinion_piece: bool = False) -> str:
    """fact, opinion, forecast or quotation. `before` and `behind` are the characters around the words.

    Words in quotation marks are a quotation whatever they say; words of the future are a forecast; words of judgement
    are an opinion, and in an opinion piece so is everything without a figure. All else is a fact until a person says more.
    """
    words = words.strip()
    if _is_quoted(words, before.rstrip(), behind.lstrip()):
        return QUOTATION
    if _TO_COME.search(_A_WILL.sub("", words)):
        return FORECAST
    if _HELD.search(words) or (is_opinion_piece and not any(letter.isdigit() for letter in words)):
        return OPINION
    return FACT


def _is_quoted(words: str, before: str, behind: str) -> bool:
    """Whether quotation marks stand round exactly these words, inside or outside of them."""
    inner = words.rstrip(".,;!?…")
    for text, last in ((words, words[-1:]), (inner, inner[-1:])):
        if len(text) > 2 and _QUOTES.get(text[0]) == last and last not in text[1:-1]:
            return True
    return bool(before) and bool(behind) and _QUOTES.get(before[-1]) == behind[0]
