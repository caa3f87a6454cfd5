"""The demonstration data: complete, consistent, our own words, and the same however often it is loaded."""

import base64
import hashlib
import json
import re
import unicodedata

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction

from kb.models import (
    Access,
    Acknowledgement,
    Annotation,
    Appearance,
    Article,
    ArticleStatus,
    BodyFormat,
    Capture,
    Challenge,
    ChallengeState,
    Citation,
    CitationCheck,
    Claim,
    ClaimStatus,
    Correction,
    CorrectionArticle,
    CorrectionKind,
    Display,
    Dissent,
    Evidence,
    FactCheck,
    FactCheckStatus,
    ForecastScore,
    Genre,
    Hop,
    HopKind,
    Outcome,
    Person,
    Resolution,
    Review,
    ReviewRole,
    SearchStep,
    Source,
    SourceName,
    Stance,
    State,
    StatementType,
    Tag,
    TagKind,
    TagLink,
    Variant,
)
from kb.services.integrity import faults
from kb.services.verdicts import status_of
from kb.text import anchors

from .conftest import ROOT, SHARED

pytestmark = pytest.mark.django_db

MODELS = [
    *(User, Source, SourceName, Person, Tag, Capture, Article, Hop, TagLink),
    *(Claim, Citation, Appearance, FactCheck, Evidence, Annotation),
    *(SearchStep, Review, ForecastScore),
    *(Correction, CorrectionArticle, Acknowledgement, Challenge),
]
LINKS = [User.groups.through, Citation.candidates.through, Appearance.citations.through, FactCheck.consulted.through]
ROWS = json.loads((ROOT / "fixtures" / "demo.json").read_text(encoding="utf-8"))
SHORTEST_SENTENCE = 8  # words; fewer in a row belong to nobody


def content() -> dict:
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in [*MODELS, *LINKS]}


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demonstration beside the register, which `migrate` loads; the rows stay until the last test of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", "demo", verbosity=0)
        yield content()
        transaction.set_rollback(True)


def texts(value):
    """Every text in a value of the fixture, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def runs(text: str):
    words = words_of(text)
    return {tuple(words[i : i + SHORTEST_SENTENCE]) for i in range(len(words) - SHORTEST_SENTENCE + 1)}


def values(queryset, field: str) -> set:
    return set(queryset.values_list(field, flat=True))


class TestLoading:
    def test_a_second_load_with_the_register_doubles_and_changes_nothing(self, demo):
        call_command("loaddata", "register", "demo", verbosity=0)
        again = content()
        assert {label: len(rows) for label, rows in demo.items()} == {label: len(rows) for label, rows in again.items()}
        assert demo == again

    def test_every_row_of_the_fixture_is_one_row_of_the_tables(self, demo):
        for model in set(MODELS) - {Source, SourceName}:
            assert len(demo[model._meta.label]) == sum(row["model"] == model._meta.label_lower for row in ROWS), model

    def test_rows_refer_to_each_other_by_natural_key_only(self):
        assert not [row for row in ROWS if "pk" in row]

    def test_the_register_is_not_repeated(self):
        register = json.loads((ROOT / "fixtures" / "register.json").read_text(encoding="utf-8"))
        known = {row["fields"]["slug"] for row in register if row["model"] == "kb.source"}
        assert not known & {row["fields"]["slug"] for row in ROWS if row["model"] == "kb.source"}

    @pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
    def test_every_row_passes_the_rules_of_its_form(self, demo, model):
        ours = {row["fields"]["slug"] for row in ROWS if row["model"] == "kb.source"}
        rows = model._default_manager.all()
        if model in (Source, SourceName):
            rows = rows.filter(**{"slug__in" if model is Source else "source__slug__in": ours})
        assert rows
        for row in rows:
            row.full_clean()


class TestConsistency:
    @pytest.mark.parametrize("model", [Citation, Appearance, Annotation], ids=lambda model: model.__name__)
    def test_anchors_hold(self, demo, model):
        rows = model.objects.filter(start__isnull=False).select_related("article")
        assert rows
        for row in rows:
            assert row.revision == row.article.revision
            anchor = anchors.Anchor(row.exact, row.prefix, row.suffix, row.start, row.end)
            assert anchor == anchors.anchor(row.article.text, row.start, row.end)

    def test_citations_in_the_text_keep_the_words_as_printed(self, demo):
        for citation in Citation.objects.filter(start__isnull=False):
            assert citation.exact == citation.as_printed

    def test_what_a_citation_supports_stands_in_the_article(self, demo):
        for citation in Citation.objects.select_related("article"):
            assert citation.claim_text in citation.article.text

    def test_the_status_of_each_claim_agrees_with_its_checks(self, demo):
        for claim in Claim.objects.prefetch_related("fact_checks"):
            assert claim.status == status_of(list(claim.fact_checks.all())), claim

    def test_every_check_past_its_draft_has_evidence(self, demo):
        assert not FactCheck.objects.exclude(status=FactCheckStatus.DRAFT).filter(evidence=None)

    def test_opinions_and_forecasts_have_no_verdict(self, demo):
        kinds = [StatementType.OPINION, StatementType.FORECAST]
        assert not FactCheck.objects.filter(claim__statement_type__in=kinds)

    def test_captures_are_whole(self, demo):
        for capture in Capture.objects.all():
            assert hashlib.sha256(bytes(capture.content)).hexdigest() == capture.sha256
            assert "".join(capture.text[span["start"] : span["end"]] for span in capture.receipt) == capture.text

    def test_words_of_a_capture_stand_where_the_citation_says(self, demo):
        rows = Citation.objects.filter(raw_start__isnull=False).select_related("article__capture")
        assert rows
        for row in rows:
            assert row.article.capture.text[row.raw_start : row.raw_end] == row.as_printed

    def test_headings_are_blocks_of_their_article(self, demo):
        for article in Article.objects.all():
            assert set(article.headings) <= set(article.body.split("\n\n"))

    def test_nobody_has_a_usable_password(self, demo):
        assert {user.username for user in User.objects.all()} >= {"drafts", "analyst", "analyst2", "editor", "admin"}
        for user in User.objects.all():
            assert not user.has_usable_password()
            assert user.is_staff
            assert not user.is_superuser
            assert user.groups.count() == 1

    def test_no_rule_across_tables_is_broken(self, demo):
        assert [str(fault) for fault in faults({*MODELS} - {User, Source, SourceName})] == []


class TestCoverage:
    def test_there_is_enough_to_look_at(self, demo):
        cited = Source.objects.filter(citations__in=Citation.objects.visible_to(None)).distinct()
        assert Article.objects.count() >= 15
        assert Article.objects.visible_to(None).count() >= 14
        assert cited.count() >= 25
        assert {"Reuters", "CNN", "The Guardian", "Council on Foreign Relations"} <= values(cited, "name")
        assert Citation.objects.count() >= 40
        assert Claim.objects.count() >= 30
        for article in Article.objects.all():
            assert 250 <= len(article.text.split()) <= 500, article

    def test_articles_come_in_every_kind(self, demo):
        assert values(Article.objects, "status") == set(ArticleStatus.values)
        assert values(Article.objects, "body_format") == set(BodyFormat.values)
        assert values(Article.objects, "display") == set(Display.values)
        assert values(Article.objects, "genre") >= set(Genre.values)
        published = Article.objects.filter(status=ArticleStatus.PUBLISHED)
        assert published.count() > Article.objects.count() / 2
        for language in ("fa", "ar"):
            assert published.filter(language=language, direction="rtl", display=Display.FULL).exists(), language

    def test_reprints_show_their_chain_and_their_capture(self, demo):
        reprints = Article.objects.filter(capture__isnull=False)
        assert reprints.filter(display=Display.EXCERPT).exists()
        assert values(Hop.objects.filter(article__in=reprints), "kind") == set(HopKind.values)
        chain = [HopKind.WROTE, HopKind.AGENCY, HopKind.PUBLISHED, HopKind.REPUBLISHED, HopKind.SUMMARISED]
        assert chain in [[hop.kind for hop in reprint.hops.all()] for reprint in reprints]

    def test_a_number_is_followed_through_its_copies_hand_by_hand(self, demo):
        hands = Citation.objects.get(article__slug="how-eleven-days-became-a-summer", source__slug="almery-digest")
        assert hands.via.via.via.source.slug == "tidewire"

    def test_two_articles_start_from_the_same_claims_and_end_at_opposite_opinions(self, demo):
        made = {
            slug: Claim.objects.filter(appearances__article__slug=slug)
            for slug in ("the-free-bus-has-paid-its-fare", "what-a-free-ticket-costs")
        }
        first, second = (set(claims.filter(statement_type=StatementType.FACT)) for claims in made.values())
        assert len(first & second) >= 3
        first, second = (set(claims.filter(statement_type=StatementType.OPINION)) for claims in made.values())
        assert first and second and not first & second

    def test_suggestions_come_in_every_state(self, demo):
        for model in (Citation, Appearance, TagLink):
            assert values(model.objects, "state") == set(State.values), model
        assert values(Tag.objects, "kind") == set(TagKind.values)

    def test_citations_come_in_every_resolution_and_check(self, demo):
        assert values(Citation.objects, "resolution") == set(Resolution.values)
        assert values(Citation.objects, "check_state") == set(CitationCheck.values)
        lacking = [CitationCheck.MISQUOTED, CitationCheck.NOT_FOUND, CitationCheck.UNAVAILABLE]
        assert not Citation.objects.filter(check_state__in=lacking, check_note="")

    @pytest.mark.parametrize(
        "form",
        [
            {"as_printed__regex": r"^\(#\w+, \w+ \d+\)$", "resolution": "resolved", "date_edtf__startswith": "XXXX-"},
            {"as_printed__regex": r"^According to #\w+ \(\w+ \d+\)$", "resolution": "resolved"},
            {"as_printed__regex": r"^The CFR’s .+ argues$", "speaker__gt": ""},
            {"as_printed__contains": "told the Guardian", "speaker__gt": "", "source__slug": "the-guardian"},
            {"as_printed__contains": "recently confirmed", "source__kind": "international_organisation"},
            {"via__isnull": False, "resolution": "resolved"},
            {"start": None, "resolution": "resolved", "raw_start__isnull": False},
            {"resolution": "unresolved", "candidates__isnull": False},
            {"resolution": "unnamed", "as_printed__regex": "[Oo]fficials"},
        ],
        ids=lambda form: next(iter(form)) + " " + str(next(iter(form.values()))),
    )
    def test_citations_come_in_every_form(self, demo, form):
        assert Citation.objects.filter(**form, state=State.CONFIRMED)

    def test_claims_come_in_every_status_and_type(self, demo):
        assert values(Claim.objects, "status") == set(ClaimStatus.values)
        assert values(Claim.objects, "statement_type") == set(StatementType.values)
        assert values(FactCheck.objects, "status") == set(FactCheckStatus.values)
        being_checked = FactCheck.objects.filter(claim__status=ClaimStatus.BEING_CHECKED)
        assert values(being_checked, "status") == {FactCheckStatus.DRAFT, FactCheckStatus.SUBMITTED}

    def test_every_rating_is_in_use(self, demo):
        published = FactCheck.objects.filter(status=FactCheckStatus.PUBLISHED)
        assert values(published, "rating__slug") == {
            *("true", "mostly-true", "mixed", "misleading"),
            *("false", "unproven", "outdated", "not-checkable"),
        }

    def test_a_verdict_has_expired_one_was_reopened_and_one_was_superseded(self, demo):
        standings = values(Claim.objects.with_standing(), "standing")
        assert {"expired", ClaimStatus.REOPENED} <= standings
        assert FactCheck.objects.filter(
            status=FactCheckStatus.SUPERSEDED, claim__fact_checks__status=FactCheckStatus.PUBLISHED
        ).exists()

    def test_corrections_come_in_every_kind_and_one_waits_to_be_acknowledged(self, demo):
        assert values(Correction.objects, "kind") == set(CorrectionKind.values)
        assert Correction.objects.exclude(article=None).exists()
        assert CorrectionArticle.objects.open().count() == 1 <= Acknowledgement.objects.count()
        told = {(step.check_before, step.check_after) for step in Correction.objects.exclude(check_before=None)}
        for check in FactCheck.objects.filter(status=FactCheckStatus.SUPERSEDED):
            assert check in {before for before, _after in told}
        for check in FactCheck.objects.exclude(reopened_at=None):
            assert (check, None) in told

    def test_opinions_agreed_often_enough_to_say_so_and_a_third_person_settled_the_rest(self, demo):
        agreed, given = Review.objects.agreement()
        assert 5 <= agreed < given
        settled = FactCheck.objects.filter(dissent=Dissent.RESOLVED)
        assert settled.filter(consulted__isnull=False)
        for check in settled:
            assert check.reviews.filter(role=ReviewRole.DECIDING).exists()
            assert check.search_steps.exists()

    def test_forecasts_are_open_or_were_due_and_are_scored(self, demo):
        forecasts = Claim.objects.filter(statement_type=StatementType.FORECAST)
        assert not forecasts.filter(resolves_on=None)
        assert values(ForecastScore.objects.confirmed(), "outcome") >= {Outcome.CAME_TRUE, Outcome.DID_NOT}
        assert forecasts.filter(score=None).count() >= 4
        assert not forecasts.filter(score=None, resolves_on__lte="2026-12-31")

    def test_challenges_were_accepted_and_refused_of_claims_and_of_a_citation(self, demo):
        public = Challenge.objects.visible_to(None)
        assert public.count() == Challenge.objects.count()
        assert values(public, "state") == {ChallengeState.ACCEPTED, ChallengeState.PARTLY, ChallengeState.REFUSED}
        assert public.exclude(reopened=None).exclude(correction=None).exists()
        assert public.exclude(citation=None).exists()

    def test_one_measure_has_three_years_and_another_five(self, demo):
        series = Claim.objects.filter(unit="US dollars", definition__startswith="Exports", language="en")
        series = series.filter(statement_type=StatementType.FACT).order_by("period")
        assert [int(claim.value / 10**9) for claim in series] == [88, 190, 240]
        tonnes = Claim.objects.filter(unit="tonnes", definition__startswith="Cargo handled").order_by("period")
        years = tonnes.filter(statement_type=StatementType.FACT).values_list("period", flat=True)
        assert set(years) == {"2021", "2022", "2023", "2024", "2025"}
        assert Appearance.objects.filter(claim__in=tonnes, variant=Variant.OTHER_NUMBER).exists()

    def test_dates_are_known_to_the_day_the_month_the_year_or_without_their_year(self, demo):
        dates = values(Citation.objects.exclude(date_edtf=""), "date_edtf")
        for form in (r"\d{4}-\d\d-\d\d", r"\d{4}-\d\d", r"\d{4}", r"XXXX-\d\d-\d\d"):
            assert any(re.fullmatch(form, printed) for printed in dates), form

    def test_appearances_come_in_the_variants_that_a_reader_meets(self, demo):
        assert values(Appearance.objects, "variant") == set(Variant.values)
        assert Claim.objects.get(text__contains="240 billion US dollars").appearances.count() >= 3

    def test_evidence_comes_in_every_stance(self, demo):
        assert values(Evidence.objects, "stance") == set(Stance.values)

    def test_notes_come_in_every_access_on_words_claims_citations_and_sources(self, demo):
        notes = Annotation.objects
        assert values(notes, "access") == set(Access.values)
        assert notes.filter(start__isnull=False).exists()
        for target in ("claim", "citation", "source"):
            assert notes.filter(**{f"{target}__isnull": False}).exists(), target
        assert notes.filter(resolved_at__isnull=False).exists()
        assert notes.filter(reply_to__isnull=False).exists()

    def test_it_says_that_it_is_a_demonstration(self, demo):
        newest = Article.objects.visible_to().first()
        assert "Demonstration" in newest.standfirst
        assert newest.annotations.visible_to().filter(body__contains="demonstration").exists()


class TestWords:
    def test_texts_hold_no_control_characters(self):
        for row in ROWS:
            for text in texts(row["fields"]):
                # Cc but for the newline; and what turns the direction of a line around.
                odd = [
                    character
                    for character in text
                    if (unicodedata.category(character) == "Cc" and character != "\n")
                    or unicodedata.bidirectional(character)
                    in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
                ]
                assert not odd, (row["model"], text[:60])

    def test_no_sentence_is_copied_from_the_real_pages(self):
        pages = sorted((SHARED / "seeds").glob("*.txt"))
        if not pages:
            pytest.skip("the real pages are not beside this checkout")
        theirs = set().union(*(runs(page.read_text(encoding="utf-8")) for page in pages))
        for row in ROWS:
            fields = dict(row["fields"])
            if row["model"] == "kb.capture":
                fields["content"] = base64.b64decode(fields["content"]).decode(fields["encoding"])
            for text in texts(fields):
                assert not runs(text) & theirs, row["model"]

    def test_addresses_are_home_pages_or_examples(self):
        for row in ROWS:
            for text in texts(row["fields"]):
                for address in re.findall(r"https?://[^\s)\"]+", text):
                    assert re.fullmatch(r"https?://(example\.org/.*|[^/]+/(eurostat/)?)", address), address
