"""One block of text as the search for citations sees it: its words, sentences, names of sources, dates, persons, verbs."""

from collections.abc import Collection
from dataclasses import dataclass, field

from kb.importing.citations import vocabulary as v
from kb.importing.citations.outlets import unknown_outlets
from kb.importing.register import Match, NameInText, Register
from kb.text.partial_dates import MONTHS, SEASONS, WEEKDAYS, read_printed
from kb.text.sentences import sentence_spans
from kb.text.words import Token, tokens

LONGEST_DATE = 8  # tokens
LONGEST_PERSON = 7
LONGEST_SHORT_WEEKDAY = len("thurs")
LONGEST_NAME = 10


@dataclass(slots=True)
class Lean:
    """A place found to lean on a source, while it is being worked out; positions count in the block."""

    first: int  # tokens, both included
    last: int
    match: Match | None  # None: nobody is named
    printed_name: str = ""
    speaker: str | None = None
    date: tuple[int, int] | None = None  # tokens
    # The words "after" it, "before" it, "around" it, the "clause" before a parenthesis, or "nothing": the whole article.
    supports: str = "after"
    via: "Lean | None" = None
    claim_from: int | None = None  # a token: the words after begin here and not behind `last`
    form: str = ""  # the function that read it
    short_name: str = ""  # "agency": a short mention, not yet known whose
    shares: "Lean | None" = None  # named in one breath with another, for the same words
    group_first: int | None = None  # where the names begin and end that share this one's words
    group_last: int | None = None


@dataclass(frozen=True, slots=True)
class Verb:
    """An attributing verb phrase; `end` is the token behind it, with its "that", and `core_end` without."""

    core_end: int
    end: int
    date: tuple[int, int] | None
    word: str


@dataclass(slots=True)
class Passage:
    """A block cut into words; everything asked of it looks only a few words ahead, so the search stays linear."""

    text: str
    register: Register
    words: list[Token] = field(init=False)
    sentences: list[tuple[int, int]] = field(init=False)
    names: dict[int, NameInText] = field(init=False)
    loose_names: dict[int, NameInText] = field(init=False)  # with those that are common words as well
    sentence_of: list[int] = field(init=False)
    first_of: list[int] = field(init=False)
    _places: dict[str, list[int]] = field(init=False)
    name_ending: dict[int, NameInText] = field(init=False)

    def __post_init__(self):
        self.words = tokens(self.text)
        self.sentences = sentence_spans(self.text)
        self.loose_names = self.register.names_in(self.words)
        self.sentence_of, self.first_of, self._places = [], [], {}
        current = -1
        for place, word in enumerate(self.words):
            while current + 1 < len(self.sentences) and word.start >= self.sentences[current + 1][0]:
                current += 1
                self.first_of.append(place)
            self.sentence_of.append(current)
            self._places.setdefault(word.low, []).append(place)
        unknown = unknown_outlets(self.words, self.sentence_of, self.loose_names)
        for name in unknown.values():
            for place in range(name.first, name.last + 1):
                self.loose_names.pop(place, None)
        self.loose_names |= unknown
        self.names = {place: name for place, name in self.loose_names.items() if self._is_name(name)}
        self.name_ending = {name.last: name for name in self.names.values()}

    def _is_name(self, name: NameInText) -> bool:
        """A common word is a name when its capital is neither the sentence's nor a neighbour's ("Mother Nature")."""
        if not name.is_common:
            return True
        before, after = name.first - 1, name.last + 1
        if (
            not self.same_sentence(before, name.first)
            or not self.words[before].is_word
            or self.words[before].is_capitalised
        ):
            return False
        return not (
            self.same_sentence(after, name.first) and self.words[after].is_word and self.words[after].is_capitalised
        )

    def places_of(self, words: Collection[str]) -> list[int]:
        """Every token that is one of these words, in order."""
        return sorted(place for low in words for place in self._places.get(low, ()))

    def low(self, place: int) -> str:
        return self.words[place].low if 0 <= place < len(self.words) else ""

    def same_sentence(self, place: int, other: int) -> bool:
        return 0 <= place < len(self.words) and self.sentence_of[place] == self.sentence_of[other]

    def sentence_start(self, place: int) -> int:
        """The first token of the sentence."""
        return self.first_of[self.sentence_of[place]]

    def printed(self, first: int, last: int) -> str:
        return self.text[self.words[first].start : self.words[last].end]

    def with_article(self, place: int) -> int:
        """The token where a noun phrase begins when an article stands right before it."""
        return (
            place - 1 if self.low(place - 1) in ("the", "a", "an") and self.same_sentence(place - 1, place) else place
        )

    def name_printed(self, name: NameInText) -> str:
        return self.printed(name.first, name.last).lstrip("#@")

    # Dates

    def date_at(self, place: int) -> tuple[int, int] | None:
        """First and last token of a date that begins here ("June 12", "Tuesday", "on 3 May 2024"), else None."""
        if not 0 <= place < len(self.words):
            return None
        word = self.words[place]
        if word.low in v.RELATIVE_DAYS:
            return place, place
        if word.low == "last" and self.low(place + 1) in WEEKDAYS and self.words[place + 1].is_capitalised:
            return place, place + 1
        if self.low(place + 1) in v.SPANS_OF_DAYS and self.low(place + 2) == "ago":
            return (place, place + 2) if word.is_number or word.low in v.COUNTS else None
        if word.low in v.RELATIVE_PERIODS and self.low(place + 1) in v.RELATIVE_PERIODS[word.low]:
            last = place + 1
            if self.low(last) in ("this", "last", "in") and self.words[last].is_word and last + 1 < len(self.words):
                last += 1
            return place, last
        if word.low in WEEKDAYS and word.is_capitalised:
            last = place
            following = place + 2 if self.low(place + 1) == "," else place + 1
            rest = self.date_at(following) if self._begins_date(following) else None
            if rest:
                return place, rest[1]
            return (place, last) if len(word.low) > LONGEST_SHORT_WEEKDAY else None  # "Sun" alone is no Sunday
        if not self._begins_date(place):
            return None
        end = min(place + LONGEST_DATE, len(self.words))
        for last in range(end - 1, place - 1, -1):
            token = self.words[last]
            if not (token.is_number or token.low in MONTHS or token.low in SEASONS or token.text == "."):
                continue
            printed = self.printed(place, last)
            if read_printed(printed) is not None or (last > place + 1 and self._is_slashed(place, last)):
                return place, last
        return None

    def _begins_date(self, place: int) -> bool:
        if not 0 <= place < len(self.words):
            return False
        word = self.words[place]
        if word.is_number:
            return len(word.text) in (1, 2, 4)
        return (word.low in MONTHS and word.is_capitalised) or word.low in SEASONS

    def _is_slashed(self, first: int, last: int) -> bool:
        """ "2/5": printed as a date, though nobody can say which part is the day."""
        shape = [word.text for word in self.words[first : last + 1]]
        figures = shape[::2]
        return (
            len(shape) in (3, 5)
            and all(mark in "/." for mark in shape[1::2])
            and all(figure.isdecimal() for figure in figures)
            and all(1 <= int(figure) <= 31 and len(figure) < 3 for figure in figures[:2])
        )

    def dated_after(self, place: int) -> tuple[int, tuple[int, int] | None]:
        """Skip a date that begins here, in parentheses or after "on" or "in"; the token behind it, and the date."""
        if self.low(place) in "([" and self.low(place):
            date = self.date_at(place + 1)
            if date and self.low(date[1] + 1) in (")", "]"):
                return date[1] + 2, date
            return place, None
        start = place + 1 if self.low(place) in ("on", "in", "late", "early") else place
        if self.low(place) == "," and self.date_at(place + 1) and self.low(place + 1) not in v.RELATIVE_PERIODS:
            date = self.date_at(place + 1)
            return date[1] + 1, date
        if (
            self.low(place) == "in"
            and self.low(start) in MONTHS
            and self.words[start].is_capitalised
            and not self.date_at(start)
        ):
            return start + 1, (start, start)  # "in April"
        date = self.date_at(start)
        return (date[1] + 1, date) if date and self.same_sentence(place, date[1]) else (place, None)

    # Persons

    def person_at(self, place: int) -> tuple[int, int, int] | None:
        """First token, first token of the name without titles, and last token of a person's name that begins here."""
        start = place
        while self._is_title(place):
            place += 2 if self.low(place + 1) in (".", "-") else 1
        name_start = place
        last = None
        while place < min(name_start + LONGEST_PERSON, len(self.words)) and self.same_sentence(place, start):
            word = self.words[place]
            if place in self.names or word.low in v.INSTITUTION_WORDS - v.NO_INSTITUTION_ALONE:
                return None
            if word.is_word and word.is_capitalised and not (word.low in WEEKDAYS and word.low.endswith("day")):
                last = place
                place += 1
                if (self.low(place) == "." and len(word.text) == 1) or (
                    self.low(place) in ("-", "'", "’") and self._glued(place)
                ):
                    place += 1
            elif word.low in v.NAME_PARTICLES and last is not None and self._next_is_name(place):
                place += 1
            else:
                break
        if last is None or self.words[name_start].low in v.FUNCTION_WORDS or self._is_place(name_start, last):
            return None
        return start, name_start, last

    def person_ending(self, place: int) -> tuple[int, int, int] | None:
        """The same for a person's name that ends here."""
        if place < 0 or not self.words[place].is_word or not self.words[place].is_capitalised:
            return None
        start = place
        while start > 0 and place - start < LONGEST_PERSON and self.same_sentence(start - 1, place):
            before = self.words[start - 1]
            if (before.is_word and before.is_capitalised and start - 1 not in self.name_ending) or (
                before.low in v.NAME_PARTICLES and self._previous_is_name(start - 1)
            ):
                start -= 1
            elif (
                before.text == "."
                and start - 2 >= 0
                and (len(self.words[start - 2].text) == 1 or self._is_title(start - 2))
            ) or (before.text in "-'’" and self._glued(start - 1)):
                start -= 2
            else:
                break
        while start < place and self.words[start].low in v.FUNCTION_WORDS | v.ADVERBS:
            start += 1
        person = self.person_at(start)
        return person if person and person[2] == place else None

    def _is_title(self, place: int) -> bool:
        word = self.words[place] if 0 <= place < len(self.words) else None
        if word is None or word.low not in v.TITLES or place + 1 >= len(self.words):
            return False
        following = place + 2 if self.low(place + 1) in (".", "-") else place + 1
        return following < len(self.words) and self.words[following].is_word

    def _is_place(self, first: int, last: int) -> bool:
        """Is this a country, a city or a people, and so nobody who says things?"""
        return all(
            word.low in v.PLACES or not word.is_word or word.low.endswith(v.DEMONYM_ENDINGS)
            for word in self.words[first : last + 1]
        ) and (first == last or any(word.low in v.PLACES for word in self.words[first : last + 1]))

    def is_place(self, first: int, last: int) -> bool:
        return any(word.low in v.PLACES for word in self.words[first : last + 1]) and last - first < 2

    def _next_is_name(self, place: int) -> bool:
        for ahead in (place + 1, place + 2):
            if ahead < len(self.words) and self.words[ahead].is_word and self.words[ahead].is_capitalised:
                return True
            if self.low(ahead) not in v.NAME_PARTICLES:
                return False
        return False

    def _previous_is_name(self, place: int) -> bool:
        """Does a capitalised word stand before this particle, across at most two more of them ("Ursula von der ...")?"""
        for before in (place - 1, place - 2, place - 3):
            if before < 0 or not self.same_sentence(before, place):
                return False
            if self.words[before].is_word and self.words[before].is_capitalised:
                return True
            if self.low(before) not in v.NAME_PARTICLES:
                return False
        return False

    def _glued(self, place: int) -> bool:
        if not 0 < place < len(self.words) - 1:
            return False
        before, mark, after = self.words[place - 1 : place + 2]
        return before.end == mark.start and mark.end == after.start and after.is_word

    # Names that the register does not hold

    def unknown_name_at(self, place: int) -> tuple[int, int] | None:
        """First and last token of a run of capitalised words, with "of", "for", "and", "on" inside; no article."""
        start, last = place, None
        while place < min(start + LONGEST_NAME, len(self.words)) and self.same_sentence(place, start):
            word = self.words[place]
            if word.is_word and word.is_capitalised and (place > start or word.low not in v.FUNCTION_WORDS):
                last = place
                place += 1
            elif (
                last is not None
                and word.low in ("of", "for", "and", "on", "in", "the", "de", "des", "du", "&")
                and self._capital_ahead(place)
            ) or (word.text in ("-", "’", "'", "'s", "’s", "&") and self._glued_mark(place)):
                place += 1
            else:
                break
        return (start, last) if last is not None else None

    def _capital_ahead(self, place: int) -> bool:
        following = place + 2 if self.low(place + 1) == "the" else place + 1
        return following < len(self.words) and self.words[following].is_word and self.words[following].is_capitalised

    def _glued_mark(self, place: int) -> bool:
        following = place + 1
        if not 0 < place < len(self.words) - 1 or not self.words[following].is_capitalised:
            return False
        return self.words[place - 1].end == self.words[place].start and self.words[following].is_word

    def looks_like_institution(self, first: int, last: int, words: frozenset[str] = v.INSTITUTION_WORDS) -> bool:
        return any(word.low in words for word in self.words[first : last + 1])

    # Verbs

    def verb_at(self, place: int, subject: str) -> Verb | None:
        """An attributing verb phrase that begins here.

        `subject` is what would say it: an "outlet" or a "document" does more verbs with words alone than an
        "institution", a "person" or a "crowd" does.
        """
        start = place
        be_form = have_form = False
        while place < len(self.words) and place - start < 6 and self.same_sentence(place, start):
            low = self.low(place)
            if low in v.MODALS and not (low == "can" and subject == "outlet" and self.low(place + 1) in v.REVEALING):
                return None
            if low == "can":
                place += 1
                continue
            if low in v.BE_FORMS:
                be_form = True
            elif low in ("has", "have", "had", "’ve"):
                have_form = True
            elif not (low in v.ADVERBS or (low.endswith("ly") and len(low) > 4)):
                break
            place += 1
        if place >= len(self.words) or not self.same_sentence(place, start):
            return None
        word = self.low(place)
        if be_form:
            return (
                self._copula(place, subject)
                if not have_form and not word.endswith("ing")
                else self._progressive(place, subject)
            )
        if word.endswith("ing"):
            return None
        return self._finite(place, word, subject)

    def _progressive(self, place: int, subject: str) -> Verb | None:
        word = self.low(place)
        return self._finite(place, word, subject) if word.endswith("ing") else None

    def _copula(self, place: int, subject: str) -> Verb | None:
        """ "The assessment is that": only a document is what it says."""
        if subject == "document" and self.low(place) in ("that", ":"):
            return Verb(place, place + 1, None, "is")
        return None

    def _finite(self, place: int, word: str, subject: str) -> Verb | None:
        free = word in v.SAYING
        if not free and not any(word in verbs for verbs in (v.SAYING_WITH_THAT, v.SHOWING, v.OUTLET_SAYING)):
            return None
        if not free and subject in ("outlet", "document"):
            free = word in v.SHOWING or (subject == "outlet" and word in v.OUTLET_SAYING)
        if not free and subject == "crowd":
            free = word in v.CROWD_SAYING
        core_end = place + 1
        if word in v.SECOND_PARTS:
            if self.low(core_end) not in v.SECOND_PARTS[word]:
                return None
            core_end += 1
            free = True
        elif (word in ("see", "sees", "saw") and subject not in ("crowd", "outlet")) or (
            word in v.CALLING and self.low(core_end) not in v.CALLED
        ):
            return None
        if word.startswith("announc") and subject == "outlet" and not self._says_that(core_end):
            return None  # an outlet announces what it does itself
        if word in v.PUBLISHING and subject == "outlet" and not self._piece_ahead(core_end):
            return None
        occasion = self._after_occasion(core_end)
        if subject == "outlet" and occasion > core_end and self.low(occasion - 1) in v.OF_ITSELF:
            return None
        end, date = self.dated_after(occasion)
        if date is None:
            end, date = self.dated_after(core_end)
            end = self._after_occasion(end)
        if date or end > core_end:
            core_end = end
        following = self.low(end)
        introduces = following in ("that", ":", "“", '"', "«", "„") or (
            following == "," and self.low(end + 1) in ("“", '"', "«", "„")
        )
        if not introduces and following in ("in", "on", "from", "at", "during", "of", "about", "to", "and", "the", ","):
            introduces = not free and self._that_ahead(end)
        if not free and not introduces:
            return None
        if not introduces and self._is_something_else(word, end, subject):
            return None
        told = end + (following == "that")
        if subject == "outlet" and self.low(told) in ("it", "its") and word.startswith(("sa", "announc")):
            return None  # the outlet speaks of itself
        if following == "that":
            end += 1
        return Verb(core_end, end, date, word)

    def _says_that(self, place: int) -> bool:
        return self.low(self.dated_after(place)[0]) in ("that", ":", "“", '"')

    def _piece_ahead(self, place: int) -> bool:
        """ "a detailed article on": does a verb of publishing take a piece as its object?"""
        if self.low(place) in ("stories", "reports", "articles", "interviews", "investigations"):
            return True
        if self.low(place) not in ("a", "an", "its", "two", "three", "several"):
            return False
        return any(
            self.low(ahead) in v.PIECES for ahead in range(place + 1, place + 5) if self.same_sentence(ahead, place)
        )

    def _after_occasion(self, place: int) -> int:
        """Skip "in a statement" and "on condition of anonymity" behind a verb."""
        if self.low(place) == "on" and "condition" in (self.low(place + 1), self.low(place + 2)):
            for ahead in range(place + 2, min(place + 5, len(self.words))):
                if self.low(ahead) == "anonymity":
                    return ahead + 1
        if self.low(place) == "in" and self.low(place + 1) in ("a", "an", "its", "their"):
            for ahead in range(place + 2, min(place + 5, len(self.words))):
                if self.low(ahead) in v.OCCASIONS:
                    behind = self.low(ahead + 1)
                    return (
                        place
                        if behind in ("with", "to", "for", "by", "in", "on", "of") and not self.date_at(ahead + 2)
                        else ahead + 1
                    )
                if not self.words[ahead].is_word:
                    break
        return place

    def _is_something_else(self, word: str, end: int, subject: str) -> bool:
        """Is the verb a noun after all ("media reports say"), a passive, or a report on a firm's business?"""
        following = self.low(end)
        if word in v.NOUN_LIKE and (following in v.SAYING | v.SHOWING | v.AUXILIARIES):
            return True
        if word in v.NOUN_LIKE and following in v.AFTER_NOUNS and not self._that_ahead(end):
            return True
        if following == "by" or (following == "to" and subject == "crowd" and word in v.SAID_TO):
            return True
        result = end + (following in ("a", "an", "record", "strong", "higher", "lower"))
        return word.startswith("report") and self.low(result) in v.BUSINESS_RESULTS

    def _that_ahead(self, place: int) -> bool:
        """Does "that" follow within a few words, before any mark?"""
        for ahead in range(place, min(place + 7, len(self.words))):
            if self.low(ahead) == "that":
                return True
            if not (self.words[ahead].is_word or self.words[ahead].is_number):
                return False
        return False
