"""Two people at once, over two real connections: one does it, the other is told, and nothing is lost."""

import pytest
from django.db import IntegrityError

from kb.models import Citation, Claim, FactCheck, Merge, MergedRow, Source, StaleVersion
from kb.services import merging, verdicts
from kb.services.refusal import Refused
from tests.at_once import at_once
from tests.factories import make_citation, make_claim, make_draft_check, make_source, make_user

pytestmark = [
    pytest.mark.django_db(transaction=True),
]

TOLD = (Refused, StaleVersion)
ROUNDS = 8


def tried(act, *also_told):
    """The act, and whether it was done or its person was told that somebody else was faster."""

    def run():
        try:
            act()
        except (*TOLD, *also_told):
            return "told"
        return "done"

    return run


@pytest.fixture
def editors():
    return [make_user(group="editor") for _ in "ab"]


def test_the_same_two_are_merged_once_whichever_way(editors):
    for crossed in (False, True):
        for _ in range(ROUNDS):
            one, two = make_source(), make_source()
            for source in (one, two):
                make_citation(source=source)
            pairs = [(one, two), (two, one) if crossed else (one, two)]
            found = at_once(
                *[
                    tried(lambda pair=pair, by=by: merging.merge(*(Source(**vars_of(row)) for row in pair), by=by))
                    for pair, by in zip(pairs, editors, strict=True)
                ]
            )
            assert sorted(found) == ["done", "told"]
            [kept] = Source.objects.filter(pk__in=[one.pk, two.pk])
            assert kept.citations.count() == 2


def vars_of(row) -> dict:
    """The columns of a row, for an object of one's own in each thread."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_a_merge_is_undone_once(editors):
    kept, given_up = make_source(), make_source()
    citation = make_citation(source=given_up)
    done = merging.merge(kept, given_up, by=editors[0])
    found = at_once(*[tried(lambda by=by: merging.undo(done, by=by)) for by in editors])
    assert sorted(found) == ["done", "told"]
    assert Citation.objects.get(pk=citation.pk).source == given_up


@pytest.mark.parametrize("edited", ["kept", "given up"])
def test_who_edits_one_of_the_two_meanwhile_or_the_merger_is_told(editors, edited):
    for _ in range(ROUNDS):
        rows = kept, given_up = make_source(), make_source()
        mine = Source.objects.get(pk=(kept if edited == "kept" else given_up).pk)
        mine.description = "Edited meanwhile"
        found = at_once(tried(mine.save), tried(lambda rows=rows: merging.merge(*rows, by=editors[0])))
        assert sorted(found) == ["done", "told"]
        is_saved = Source.objects.filter(description="Edited meanwhile", pk=mine.pk).exists()
        assert is_saved == (found[0] == "done")
        assert Merge.objects.filter(number=given_up.pk).exists() == (found[1] == "done")


def test_what_is_cited_or_corrected_meanwhile_is_neither_lost_nor_moved_behind_somebodys_back(editors):
    third = make_source()
    for _ in range(ROUNDS):
        kept, given_up = make_source(), make_source()
        stays, corrected = make_citation(source=given_up), make_citation(source=given_up)
        corrected = Citation.objects.get(pk=corrected.pk)
        corrected.source = third
        article = make_citation().article
        rows = [Source.objects.get(pk=row.pk) for row in (kept, given_up)]
        found = at_once(
            tried(lambda rows=rows: merging.merge(*rows, by=editors[0])),
            tried(corrected.save),
            tried(lambda article=article, to=given_up: make_citation(article, source=to), IntegrityError),
        )
        assert found[0] == "done"
        assert Citation.objects.get(pk=stays.pk).source == kept
        now = Citation.objects.get(pk=corrected.pk).source
        assert now == (third if found[1] == "done" else kept)
        new = article.citations.exclude(source=Source.objects.get(slug="reuters"))
        assert [citation.source for citation in new] == ([kept] if found[2] == "done" else [])
        moved = MergedRow.objects.filter(merge__number=given_up.pk, relation="citation.source", effect="moved")
        assert set(moved.values_list("row", flat=True)) == set(kept.citations.values_list("pk", flat=True))


def test_a_check_that_is_drafted_or_submitted_meanwhile_is_on_the_kept_claim_or_its_author_is_told(editors):
    for _ in range(ROUNDS):
        kept, given_up = make_claim(), make_claim()
        check = FactCheck.objects.get(pk=make_draft_check(given_up).pk)
        author = check.author
        rows = [Claim.objects.get(pk=row.pk) for row in (kept, given_up)]
        found = at_once(
            tried(lambda rows=rows: merging.merge(*rows, by=editors[0])),
            tried(lambda check=check, author=author: verdicts.submit(check, by=author)),
            tried(
                lambda claim=given_up: verdicts.draft(Claim.objects.get(pk=claim.pk), by=editors[1]), Claim.DoesNotExist
            ),
        )
        merged = found[0] == "done"
        claim = Claim.objects.get(pk=kept.pk if merged else given_up.pk)
        checks = claim.fact_checks.order_by("number")
        assert checks.count() == 1 + (found[2] == "done")
        assert [check.number for check in checks] == [*range(1, checks.count() + 1)]
        assert checks.get(pk=check.pk).status == ("submitted" if found[1] == "done" else "draft")
        assert claim.status == verdicts.status_of(list(checks))
