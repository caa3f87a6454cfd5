"""Files and pages as checks of others, each with its dates read as its publisher writes them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from types import MappingProxyType

import msgspec
import re2 as re
from lxml.html import HtmlElement

from kb.importing.records import FoundCheck, Problem

from .claim_reviews import TYPE, check_of_review, claim_reviews_in
from .dates import DayOrder, read_day
from .marked_pages import checks_of_page, is_marked_page
from .saved_pages import described_in
from .scanning import NotRecords, records_of
from .search_services import checks_of_claim, is_claim
from .wording import Unusable, refuse_hostile

# Their order is kept in memory; a larger file is split.
MOST_CHECKS = 100_000

# What a file of checks shows in its first bytes. Within a text the quotation marks would be escaped.
SHOWN = (
    re.compile(r'"claimReview"\s*:\s*[\[{]'),
    re.compile(r'"@type"\s*:\s*\[?\s*"[^"]*\bClaimReview"'),
    re.compile(r'"claimReviewed"\s*:\s*"'),
    re.compile(r'^\s*\{\s*"claims"\s*:\s*\['),
    re.compile(r'"claimReviewMarkupPages"\s*:\s*\['),
)

type FromRegister = Callable[[str, str], bool | None]


def recognises(head: bytes) -> bool:
    """Does a file that begins like this hold fact-checks of others?"""
    text = head.decode("utf-8", "replace").lstrip("\ufeff")
    return any(shown.search(text) for shown in SHOWN)


def read_file(
    path: Path, *, file: str, register: FromRegister, given: Mapping[str, str] = MappingProxyType({})
) -> Iterator[tuple[FoundCheck | Problem, int]]:
    """Every check of a file in order, in bounded memory, and where its record ends; what gives none comes as an error.

    `given` holds for the checks that do not say it themselves. The file is read twice: what it shows of the order of
    its dates holds for those before as well.
    """
    order = DayOrder(register)
    for found, _end in islice(_checks_of_file(path, file, given), MOST_CHECKS):
        if isinstance(found, FoundCheck):
            _learn(order, found)
    count = end = 0
    for found, end in _checks_of_file(path, file, given):
        if count == MOST_CHECKS:
            message = f"{file}: holds more than {MOST_CHECKS:,} fact-checks: the others were left out; split the file."
            yield Problem("error", "too-many", message), end
            return
        count += 1
        yield (_dated(found, order, file) if isinstance(found, FoundCheck) else found), end
    if not count:
        yield Problem("error", "no-checks", f"{file}: holds no fact-check."), end


def read_page(
    page: HtmlElement, *, file: str, address: str, language: str = ""
) -> tuple[tuple[FoundCheck, ...], tuple[Problem, ...]]:
    """The checks that a saved web page carries in its JSON-LD or microdata, and what was wrong with the others.

    `address` is where the page was saved from and `language` that of the page, empty when nobody knows. What a page
    says twice counts once.
    """
    found = [check for value in described_in(page) for check in _reviews(value, file, "its ClaimReview", address)]
    checks = [replace(one, language=one.language or language) for one in found if isinstance(one, FoundCheck)]
    order = DayOrder()
    for check in checks:
        _learn(order, check)
    dated = [_dated(check, order, file) for check in checks]
    once = {(check.address, check.statement, check.rating_words): check for check in reversed(dated)}
    return tuple(reversed(once.values())), tuple(one for one in found if isinstance(one, Problem))


def _checks_of_file(path: Path, file: str, given: Mapping[str, str]) -> Iterator[tuple[FoundCheck | Problem, int]]:
    """Every check with its dates as printed."""
    number = end = 0
    with path.open("rb") as stream:
        try:
            for number, (content, end) in enumerate(records_of(stream), start=1):
                for found in _checks_of_record(content, file, f"record {number}"):
                    yield _with_given(found, given) if isinstance(found, FoundCheck) else found, end
        except NotRecords as why:
            yield Problem("error", "no-json", f"{file}: after {number} records {why}"), end


def _with_given(check: FoundCheck, given: Mapping[str, str]) -> FoundCheck:
    return replace(check, **{name: words for name, words in given.items() if not getattr(check, name)})


def _checks_of_record(record: bytes | None, file: str, place: str) -> Iterator[FoundCheck | Problem]:
    try:
        value = _decoded(record)
        refuse_hostile(value)
    except Unusable as why:
        yield _refused(why, file, place)
        return
    if is_claim(value):
        for found in checks_of_claim(value, file=file, place=place):
            yield _refused(found, file, place) if isinstance(found, Unusable) else found
        return
    if is_marked_page(value):
        for found in checks_of_page(value, file=file, place=place):
            yield _refused(found, file, place) if isinstance(found, Unusable) else found
        return
    if isinstance(value, dict) and "claimReviewed" in value:
        value = {"@type": TYPE, **value}  # lines of a dump leave out what all of them are
    reviews = list(_reviews(value, file, place, ""))
    yield from reviews or [_refused(Unusable("no-check", "is no fact-check."), file, place)]


def _reviews(value: object, file: str, place: str, page: str) -> Iterator[FoundCheck | Problem]:
    for review, named in claim_reviews_in(value):
        try:
            refuse_hostile(review)
            yield check_of_review(review, named, file=file, place=place, page=page)
        except Unusable as why:
            yield _refused(why, file, place)


def _decoded(record: bytes | None) -> object:
    if record is None:
        raise Unusable("too-large", "is larger than 1 MB.")
    try:
        return msgspec.json.decode(record)
    except RecursionError as error:
        raise Unusable("too-deep", "is nested too deeply.") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unusable("no-json", f"cannot be read: {error}.") from error


def _refused(why: Unusable, file: str, place: str) -> Problem:
    return Problem("error", why.code, f"{file}: {place} {why.reason}")


def _learn(order: DayOrder, check: FoundCheck) -> None:
    for printed in (check.claimed_printed, check.reviewed_printed):
        order.learn(check.publisher_site or check.publisher_name, printed)


def _dated(check: FoundCheck, order: DayOrder, file: str) -> FoundCheck:
    """The check with its days; a date that nobody can read for certain stays open, and is told."""
    is_first = order.is_day_first(check.publisher_site, check.publisher_name, check.language)
    claimed, reviewed = (
        read_day(printed, day_first=is_first) if printed else None
        for printed in (check.claimed_printed, check.reviewed_printed)
    )
    open_dates = [
        Problem("warning", "open-date", f"{file}: “{printed}” stays open: {about} of “{check.statement[:60]}”.")
        for printed, day, about in (
            (check.claimed_printed, claimed, "the date of the claim"),
            (check.reviewed_printed, reviewed, "the date of the review"),
        )
        if printed and not day
    ]
    return replace(check, claimed_on=claimed, reviewed_on=reviewed, problems=(*check.problems, *open_dates))
