"""Checks of others in the table: every one once, changed only when what it says changed, and nothing of ours touched."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kb.importing.reading import read_paths
from kb.importing.running import run
from kb.models import Article, Claim, ForeignCheck, ImportRun, LedgerEntry, RatingWords, Source
from kb.services.foreign_checks import RatingTable, apply_rating_words, link
from tests.factories import make_claim, make_source, make_user

from .generating import generate
from .test_reading import DESK, REVIEW, claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def take_in(tmp_path):
    """Import these claims from one file; returns the four counts."""

    def take_in(*claims, **how):
        path = tmp_path / "checks.json"
        path.write_text(json.dumps({"claims": claims}))
        return run(read_paths([str(path)]), **how).summary

    return take_in


def test_everything_is_stored_right_and_again_without_a_change(tmp_path):
    truths = []
    for language, day_first, entities in [("ar", False, False), ("en", True, True)]:
        path = tmp_path / f"{language}.json"
        truths += generate(path, 700, language=language, day_first=day_first, entities=entities)
    assert run(read_paths([str(tmp_path)])).summary == {"new": 1400, "changed": 0, "unchanged": 0, "failed": 0}
    stored = {row.statement: row for row in ForeignCheck.objects.all()}
    for truth in truths:
        for name in truth.__dataclass_fields__:
            assert getattr(stored[truth.statement], name) == getattr(truth, name), name
    versions = ForeignCheck.history.count()
    assert versions == 1400
    with CaptureQueriesContext(connection) as queries:
        assert run(read_paths([str(tmp_path)])).summary == {"new": 0, "changed": 0, "unchanged": 1400, "failed": 0}
    assert ForeignCheck.history.count() == versions
    assert [one["sql"] for one in queries if "foreigncheck" in one["sql"] and not one["sql"].startswith("SELECT")] == []
    # How many batches there are hangs on the machine; a look-up for each check would be more.
    assert len(queries) < 1400
    assert not Claim.objects.exists()


def test_a_changed_rating_is_a_further_version_and_a_persons_link_stays(take_in):
    take_in(claim())
    analyst, ours = make_user(group="analyst"), make_claim()
    link(ForeignCheck.objects.get(), ours, by=analyst)
    assert take_in(claim(review_textualRating="Mostly true"))["changed"] == 1
    check = ForeignCheck.objects.get()
    assert (check.rating_words, check.coarse_class) == ("Mostly true", "supported")
    assert (check.claim, check.linked_by) == (ours, analyst)
    assert list(check.history.values_list("rating_words", flat=True)) == ["Mostly true", "False", "False"]
    assert check.raw["claimReview"][0]["textualRating"] == "Mostly true"


def test_two_people_said_the_same_sentence(take_in):
    claims = [claim(claimant="Jo"), claim(claimant="Ada"), claim(claimant="Jo")]
    assert take_in(*claims) == {"new": 2, "changed": 0, "unchanged": 1, "failed": 0}
    assert take_in(*claims) == {"new": 0, "changed": 0, "unchanged": 3, "failed": 0}
    assert set(ForeignCheck.objects.values_list("claimant", flat=True)) == {"Jo", "Ada"}


def test_a_dry_run_counts_and_writes_nothing(take_in):
    assert take_in(claim(), claim(), claim(text=""), dry_run=True) == {
        "new": 1,
        "changed": 0,
        "unchanged": 1,
        "failed": 1,
    }
    assert not ForeignCheck.objects.exists() and not ImportRun.objects.exists()


def test_what_was_refused_or_stays_open_is_on_the_account(take_in):
    take_in(claim(claimDate="2/5/2021"), claim(text=None))
    account = ImportRun.objects.get()
    assert (account.new, account.failed) == (1, 1)
    assert list(account.problems.values_list("code", flat=True)) == ["open-date", "no-statement"]


def test_publishers_of_the_register_are_known_and_no_other_is_made(take_in):
    source = make_source(name="Harbour Facts")
    source.names.create(kind="domain", name="harbour-facts.example")
    before = Source.objects.count()
    publisher = {"name": "The checkers", "site": "www.checks.harbour-facts.example"}
    take_in(claim(), claim(text="b", review_publisher=publisher), claim(text="c", review_publisher={"name": "Nobody", "site": "nobody.example"}))  # fmt: skip
    assert list(ForeignCheck.objects.order_by("statement").values_list("publisher", flat=True)) == [source.pk, source.pk, None]  # fmt: skip
    assert Source.objects.count() == before


def test_the_register_says_how_a_publisher_writes_its_dates(take_in):
    source = make_source(day_first=True)
    source.names.create(kind="domain", name="harbour-facts.example")
    take_in(claim(claimDate="2/5/2021"))
    assert ForeignCheck.objects.get().claimed_on == "2021-05-02"


def test_a_run_that_was_cut_off_goes_on_from_its_ledger(tmp_path, monkeypatch):
    path = tmp_path / "checks.json"
    generate(path, 1200, language="en", day_first=True, entities=True)
    monkeypatch.chdir(tmp_path)
    steps = []

    class Cut(Exception):
        pass

    def cut_off(done):
        for one in done:
            steps.append(one)
            yield one
            if len(steps) == 2:
                raise Cut

    with pytest.raises(Cut):
        run(read_paths([str(path)]), watched=cut_off)
    done = ForeignCheck.objects.count()
    assert 0 < done == LedgerEntry.objects.get().records < 1200
    assert run(read_paths([str(path)]), resume=True).summary["new"] == 1200 - done
    account = ImportRun.objects.get()
    assert (account.new, account.unchanged) == (1200, 0)
    assert LedgerEntry.objects.get().position == path.stat().st_size - len('], "nextPageToken": "x"}')


def test_words_mean_what_the_table_says_at_their_site_first():
    RatingWords.objects.all().delete()
    for words, site, coarse_class in [
        ("Half true", "", "mixed"),
        ("Half-True", "facts.example", "supported"),
        ("Odd", "facts.example", "refuted"),
        ("odd!", "facts.example", "mixed"),
        ("مضلّل", "", "mixed"),
    ]:
        RatingWords.objects.create(words=words, site=site, coarse_class=coarse_class)
    table = RatingTable.load()
    assert table.class_of("HALF TRUE!", "") == "mixed"
    assert table.class_of("half true", "www.checks.facts.example") == "supported"
    assert table.class_of("odd", "facts.example") == "none"  # two meanings are none
    assert table.class_of("مضلل", "other.example") == "mixed"
    for unknown in ("", "?!", "It is half true that ships left", "3"):
        assert table.class_of(unknown, "facts.example") == "none"


def test_the_table_that_comes_with_migrate_knows_common_words():
    table = RatingTable.load()
    for words, site, coarse_class in [
        ("False", "any.example", "refuted"),
        ("MOSTLY TRUE", "any.example", "supported"),
        ("Pants on Fire!", "politifact.com", "refuted"),
        ("خطأ", "any.example", "refuted"),
        ("نیمه‌درست", "factnameh.com", "supported"),
        ("Satire", "any.example", "none"),
        ("No evidence", "any.example", "unproven"),
    ]:
        assert table.class_of(words, site) == coarse_class, words


def test_a_changed_table_is_applied_to_what_is_stored(take_in):
    take_in(claim(review_textualRating="Rather odd"), claim(text="b", review_textualRating="False"))
    administrator = make_user(group="administrator")
    RatingWords.objects.create(words="rather odd", coarse_class="mixed")
    assert apply_rating_words(by=administrator) == 1
    check = ForeignCheck.objects.get(rating_words="Rather odd")
    assert check.coarse_class == "mixed" and check.history.first().history_user == administrator
    assert apply_rating_words(by=administrator) == 0


def test_a_page_that_is_a_check_is_an_article_and_a_check(tmp_path):
    words = "<p>" + "</p><p>".join(f"The {name} ship left the harbour with grain on Monday, says the customs office of the port, and it has not come back since then." for name in ("first", "second", "third", "fourth")) + "</p>"  # fmt: skip
    review = {**REVIEW, "author": DESK, "reviewRating": {"alternateName": "Mostly false"}}
    page = tmp_path / "check.html"

    def save(described):
        page.write_text(f"""<html lang="en"><head><title>Did the ships leave?</title><script type="application/ld+json">
        {json.dumps(described)}</script></head><body><article><h1>Did the ships leave?</h1>{words}</article></body></html>""")
        return run(read_paths([str(page)], {"check.html": "https://harbour-facts.example/a"})).summary

    assert save(review)["new"] == 1
    article, check = Article.objects.get(), ForeignCheck.objects.get()
    assert "fourth ship left" in article.text
    assert (check.address, check.rating_words) == ("https://harbour-facts.example/ships", "Mostly false")
    assert (check.coarse_class, check.language, check.claim) == ("refuted", "en", None)
    assert save(review)["unchanged"] == 1
    save({**review, "reviewRating": {"alternateName": "True"}})
    assert ForeignCheck.objects.get().rating_words == "True" and check.history.count() == 2


def test_what_the_operator_knows_holds_where_a_check_does_not_say_it(take_in):
    silent = claim(text="b", review_publisher=None, review_languageCode=None, review_url=None)
    counts = take_in(claim(), silent, given={"publisher": "Ridge Facts", "language": "fa", "published": "2020"})
    assert counts["new"] == 2
    rows = ForeignCheck.objects.order_by("statement").values_list("publisher_name", "language", "reviewed_on")
    assert list(rows) == [("Harbour Facts", "en", "2021-12-31"), ("Ridge Facts", "fa", "2021-12-31")]
    [told] = ImportRun.objects.get().problems.all()
    assert told.level == "info" and "published: not used" in told.message


def test_a_changed_file_is_written_whole_and_a_persons_link_stays(tmp_path):
    path = tmp_path / "checks.json"
    generate(path, 400, language="en", day_first=True, entities=False)
    run(read_paths([str(path)]))
    analyst, ours = make_user(group="analyst"), make_claim()
    linked = link(ForeignCheck.objects.first(), ours, by=analyst)
    path.write_text(path.read_text().replace('"title": "', '"title": "Now: '))
    assert run(read_paths([str(path)])).summary["changed"] == 400
    assert ForeignCheck.objects.filter(title__startswith="Now: ").count() == 400
    assert ForeignCheck.history.filter(title__startswith="Now: ", history_type="~").count() == 400
    assert ForeignCheck.history.count() == 801
    linked.refresh_from_db()
    assert (linked.claim, linked.linked_by) == (ours, analyst)
    assert linked.history.first().claim_id == ours.pk and linked.raw["claimReview"][0]["title"] == linked.title
