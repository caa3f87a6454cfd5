"""Hostile words in every field, read in a real browser: nothing runs, nothing opens, and the policy has nothing to report."""

from itertools import batched

import pytest

from kb.models import BodyFormat
from tests.factories import (
    make_appearance,
    make_citation,
    make_claim,
    make_note,
    make_person,
    make_published_article,
    make_published_check,
    make_source,
    make_tag,
)
from tests.importing.test_hostile import NASTY, payloads

pytestmark = pytest.mark.django_db(transaction=True)

IN_ONE_TEXT = 300
LINE = "Exports rose by 40 per cent in May"


def planted(strings: list[str]) -> list[str]:
    """Articles, claims, sources, topics and people whose every word is hostile; their addresses."""
    strings = [string.replace("\0", "") for string in strings if string.replace("\0", "").strip()]
    rows = []
    for number, several in enumerate(batched(strings, IN_ONE_TEXT, strict=False)):
        one, short = several[0], several[0][:90]
        article = make_published_article(
            title=one[:200],
            standfirst=one[:300],
            body="\n\n".join((LINE, *several)),
            body_format=list(BodyFormat)[number % len(BodyFormat)],
            address=one[:200],
        )
        source = make_source(name=f"{short} {number}", description=one[:300], homepage=one[:300])
        person = make_person(name=f"{short} {number}", source=source)
        citation = make_citation(
            article,
            source=source,
            as_printed=LINE,
            speaker=person.name,
            check_note=one,
            address=one[:200],
            date_printed=short,
        )
        check = make_published_check(make_claim(text=f"{short} {number}", definition=one[:300]), rationale="\n".join(several))  # fmt: skip
        make_appearance(article, check.claim, exact=LINE).citations.add(citation)
        tag = make_tag(f"{short} {number}", description=one[:300])
        article.tags.add(tag)
        make_note(article=article, access="public", body="\n".join(several))
        rows += [article, check.claim, source, tag, person]
    return [row.get_absolute_url() for row in rows]


def assert_nothing_runs(page, addresses: list[str]) -> None:
    told = []
    page.on("dialog", lambda dialog: (told.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: told.append(f"error: {error}"))
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.on("popup", lambda opened: told.append(f"opened: {opened.url}"))
    for address in addresses:
        before = len(page.context.pages)
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        assert len(page.context.pages) == before
        assert told == [], address
    # What would have run would have been seen.
    page.evaluate("alert('seen')")
    assert told == ["dialog: seen"]


LISTS = ["/", "/articles/", "/claims/", "/sources/", "/topics/", "/timeline/"]


def test_nothing_that_a_stored_word_says_is_done(page):
    assert_nothing_runs(page, [*planted(NASTY), *LISTS])


@pytest.mark.parametrize("name", ["blns.json", "injection_payloads.json"])
def test_nor_what_the_known_lists_say(page, name):
    assert_nothing_runs(page, [*planted(payloads(name)), *LISTS])
