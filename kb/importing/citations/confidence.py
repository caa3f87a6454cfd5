"""How sure the search is that it read a citation rightly: it orders the queue of an analyst and is never shown as truth.

Each form starts from what it leaves open; each doubt that the words leave takes something off. The numbers only rank.
"""

from kb.importing.citations.lean import Lean
from kb.importing.register import Match

# By the name of the function that reads the form.
BY_FORM = {
    "according": 95,  # the phrase has no other use
    "parenthesis": 90,  # with a date hardly anything else; undated, see below
    "told": 90,  # an outlet that is told something printed it
    "reported_by": 90,
    "citing": 90,
    "said_to": 80,
    "interviewed": 85,  # the one who speaks may be quoted from elsewhere
    "subject": 85,  # an outlet also acts, and institutions announce
    "document_by": 85,
    "apposition": 80,  # a person of the institution speaks, perhaps not for it
    "said_by": 80,
    "at_outlet": 80,
    "label": 75,  # an outlet with a colon may also be a heading
    "report_of": 60,  # the text may talk about the piece and not lean on it
    "printed_in": 75,  # where something came out, not always where the text has it from
    "whole_article": 75,
    "per": 75,  # "per" also counts and distributes
    "abroad": 75,  # a word list reads it, no grammar
    "crowd": 70,
    "impersonal": 65,
    "some_say": 60,
    "short_mention": 55,  # the antecedent is a guess
    "bare_report": 40,  # a single capitalised word that "reports": an outlet, or a person, or a firm
}
UNDATED_PARENTHESIS = 15  # it may explain a word instead
SOURCE_LINE = 70  # a line with nothing but the name: of the whole article, or of a picture
SEVERAL_CANDIDATES = 15
UNKNOWN_NAME = 20
NO_CLAIM = 10  # nothing is left for it to support
SECOND_HAND = 5


def confidence_of(lean: Lean, match: Match | None, *, has_claim: bool) -> int:
    """0 to 100 for one place found; `match` is what it was found to mean, None when nobody is named."""
    sure = BY_FORM[lean.form]
    if lean.form == "parenthesis" and lean.date is None:
        sure -= UNDATED_PARENTHESIS
    if match is not None and match.source is None:
        sure -= SEVERAL_CANDIDATES if match.candidates else UNKNOWN_NAME
    if not has_claim and lean.supports != "nothing":
        sure -= NO_CLAIM
    if lean.via is not None:
        sure -= SECOND_HAND
    return max(sure, 0)
