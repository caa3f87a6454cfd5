"""What the claim page is made of: places in their sentences, variants, and all that happened to the claim."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kb.models import BodyFormat, Claim, Rating
from kb.pages.claim import claim_page
from kb.pages.claims import for_pages
from kb.services import challenges, verdicts
from tests.factories import (
    make_appearance,
    make_challenge,
    make_citation,
    make_claim,
    make_correction,
    make_published_article,
    make_published_check,
    make_user,
)

pytestmark = pytest.mark.django_db


def page_of(claim: Claim):
    return claim_page(for_pages(Claim.objects.visible_to()).get(pk=claim.pk))


def test_a_place_shows_the_words_in_their_sentence_and_no_more():
    claim = make_claim()
    make_appearance(make_published_article(), claim, exact="two more convoys are waiting")
    [place] = page_of(claim).places
    assert (place.before, place.exact, place.after) == (
        "According to #CNN (June 4), ",
        "two more convoys are waiting",
        ".",
    )


def test_words_over_two_sentences_stand_in_both():
    claim = make_claim()
    make_appearance(make_published_article(), claim, exact="June 12). Exports rose")
    [place] = page_of(claim).places
    assert place.before.startswith("Grain left the port") and place.after == " by 40 per cent in May."


def test_a_heading_is_no_part_of_the_sentence_below_it():
    claim, body = make_claim(), "## What was\n\nExports rose by 40 per cent in May. So they say."
    make_appearance(
        make_published_article(body=body, body_format=BodyFormat.MARKDOWN), claim, exact="rose by 40 per cent"
    )
    [place] = page_of(claim).places
    assert (place.before, place.after) == ("Exports ", " in May.")


def test_of_an_excerpt_a_place_shows_what_the_article_shows():
    body = " ".join(f"Sentence {number} tells of the harbour of Almery." for number in range(60))
    claim, hidden = make_claim(), make_claim()
    article = make_published_article(body=body, display="excerpt")
    make_appearance(article, claim, exact="Sentence 30 tells")
    for number in range(31, 58):
        make_appearance(article, hidden if number == 57 else None, exact=f"Sentence {number} tells")
    [place] = page_of(claim).places
    assert (place.before, place.exact, place.after) == ("", "Sentence 30 tells", " of the harbour of Almery.")
    [place] = page_of(hidden).places
    assert (place.before, place.exact, place.after) == ("", "", "")


def test_words_of_an_older_text_and_texts_without_full_stops_stay_short():
    claim, older = make_claim(), make_claim()
    make_appearance(make_published_article(body=f"{'word ' * 500}the claim {'word ' * 500}"), claim, exact="the claim")
    make_appearance(make_published_article(revision=3), older, revision=2)
    [place] = page_of(claim).places
    assert len(place.before) < 310 and len(place.after) < 310
    assert place.before.startswith("… ") and place.after.endswith(" …")
    assert page_of(older).places[0].exact == ""


def test_variants_stand_apart_from_the_claim_as_it_was_checked():
    claim = make_published_check().claim
    make_appearance(make_published_article(), claim)
    make_appearance(make_published_article(), claim, variant="other_number")
    page = page_of(claim)
    assert [place.variant for place in page.places] == [""]
    assert [place.variant for place in page.variants] == ["other number"]


def test_the_history_tells_everything_that_readers_may_know_the_latest_first():
    editor = make_user(group="editor")
    claim = make_claim()
    first = make_published_check(claim)
    verdicts.reopen(first, by=editor, reason="New figures are out.")
    make_published_check(claim, rating=Rating.objects.get(slug="false"), as_of=date(2025, 7, 1))
    make_correction(claim)
    answered = make_challenge(claim)
    make_challenge(claim)
    challenges.answer(answered, by=editor, outcome="refused", answer="It came twice.")
    found = page_of(claim).history
    told = [str(moment.words) for moment in found]
    assert told.count("Verdict published") == 2 and told.count("Verdict reopened") == 1
    assert told.count("Challenge answered") == 1
    assert told.count("Correction") == claim.corrections.count() >= 3
    assert [moment.said for moment in found if moment.said] == ["New figures are out."]
    earlier = [moment.verdict for moment in found if moment.verdict]
    assert [(str(one.badge.words), one.key) for one in earlier] == [("True", f"check-{first.number}")]
    assert [moment.on for moment in found] == sorted((moment.on for moment in found), reverse=True)


def test_a_figure_has_separators_and_no_empty_zeros():
    for value, shown in [
        ("190000000000", "190,000,000,000"),
        ("408.600000", "408.6"),
        ("0", "0"),
        ("-0.000001", "-0.000001"),
    ]:
        claim = make_published_check(make_claim(value=value, unit="kilograms")).claim
        assert page_of(claim).figure == shown


def test_dates_of_a_verdict_and_how_to_cite_the_page_stand_on_it(client):
    day = timezone.localdate() + timedelta(days=40)
    claim = make_published_check(expires_on=day).claim
    make_citation(make_appearance(make_published_article(), claim).article)
    html = client.get(claim.get_absolute_url()).content.decode()
    for label in ("Decided", "Speaks as of", "Expires"):
        assert f"<dt>{label}</dt>" in html
    assert f"http://testserver{claim.get_absolute_url()}</span>" in html
    assert f'href="{claim.get_absolute_url()}feed.atom"' in html
