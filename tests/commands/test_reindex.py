"""Articles that came as records are found as originals of a copy, as those that came as pages are."""

from io import StringIO

import pytest
from django.core.management import call_command

from kb.models import Article, Fingerprint, FoundKind, SearchDocument
from kb.search.finding import find
from kb.services.integrity import faults
from tests.importing.interchange.files import article, imported, written
from tests.importing.pages_of_ports import FERRIES, import_page

pytestmark = pytest.mark.django_db

COPY = FERRIES.replace("decided late on Friday", "decided on Friday night")
ELSEWHERE = "https://mirror.example/ferries"


def reindexed(*arguments: str) -> str:
    out = StringIO()
    call_command("reindex", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def records(tmp_path):
    return written(tmp_path, article("ferries", body=FERRIES, address="https://example.org/ferries"), article("short"))


def test_a_copy_of_an_article_that_came_as_a_record_is_found(records):
    imported(records)
    assert import_page(COPY, ELSEWHERE)[0] == {"changed": 1}
    assert Article.objects.get(slug="ferries").hops.filter(address=ELSEWHERE).exists()


def test_a_record_that_changes_the_text_changes_its_marks(records, tmp_path):
    imported(records)
    before = set(Fingerprint.objects.values_list("value", flat=True))
    other = " ".join(f"word{number}" for number in range(80))
    assert imported(written(tmp_path, article("ferries", body=other)))[0]["changed"] == 1
    after = set(Fingerprint.objects.values_list("value", flat=True))
    assert len(after) == 4 and not after & before


def test_a_dry_run_of_an_import_makes_no_marks(records):
    imported(records, dry_run=True)
    assert not Fingerprint.objects.exists()


def test_reindex_renews_what_is_missing_or_of_an_older_text_and_nothing_else(records):
    imported(records)
    assert reindexed().endswith("Renewed the marks of 0 of 2 articles.\n")
    right = set(Fingerprint.objects.values_list("value", flat=True))
    kept = Fingerprint.objects.order_by("pk").first()
    Fingerprint.objects.exclude(pk=kept.pk).delete()
    Fingerprint.objects.create(article=kept.article, value=1)
    assert reindexed("--dry-run").endswith("Would renew the marks of 1 of 2 articles.\n")
    assert Fingerprint.objects.count() == 2
    assert reindexed().endswith("Renewed the marks of 1 of 2 articles.\n")
    assert set(Fingerprint.objects.values_list("value", flat=True)) == right


def test_reindex_puts_right_what_the_search_index_has_wrong_and_nothing_else(records):
    imported(records)
    assert find("ferries").total == 0, "a draft"
    reindexed()
    SearchDocument.objects.filter(kind=FoundKind.ARTICLE, row=Article.objects.get(slug="ferries").pk).delete()
    SearchDocument.objects.create(place=10**9, kind=FoundKind.CLAIM, row=10**6, title="ferry", marks="k:claim")
    assert {fault.rule for fault in faults(())} >= {"search"}
    assert reindexed("--dry-run").startswith("Would renew 2 of ")
    assert reindexed().startswith("Renewed 2 of ")
    assert reindexed().startswith("Renewed 0 of ")
    assert not any(fault.rule == "search" for fault in faults(()))
