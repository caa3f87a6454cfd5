"""Two rows that are one become one, keep every name, and can be parted again."""

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kb.models import (
    MERGED,
    Citation,
    Claim,
    ClaimStatus,
    Correction,
    FactCheck,
    Follow,
    Merge,
    Person,
    RatingWords,
    Source,
    SourceName,
    StaleVersion,
    Tag,
    TagLink,
    Task,
)
from kb.services import integrity, merging
from kb.services.hanging import relations
from kb.services.refusal import Refused
from tests.factories import (
    decided,
    make_appearance,
    make_article,
    make_citation,
    make_claim,
    make_correction,
    make_draft_check,
    make_foreign_check,
    make_note,
    make_person,
    make_published_article,
    make_published_check,
    make_source,
    make_tag,
    make_task,
    make_user,
)

pytestmark = pytest.mark.django_db

PAST = ("version", "changed_at")
# More rows of a table than a test makes.
NEWEST = 300


def merge(kept, given_up, **options) -> Merge:
    """The two as they stand now, merged."""
    return merging.merge(type(kept).objects.get(pk=kept.pk), type(given_up).objects.get(pk=given_up.pk), **options)


@pytest.fixture
def editor():
    return make_user("hana", group="editor")


def dump() -> dict:
    """The newest rows of every table as they stand, but for how often they were saved, and without the merges."""
    # What is computed of the rows follows them; it is tested with the search.
    left_out = {"merge", "mergedrow", "searchdocument", "searchchange"}
    found = {}
    for model in apps.get_app_config("kb").get_models(include_auto_created=True):
        if not hasattr(model, "history_object") and model._meta.model_name not in left_out:
            names = [field.attname for field in model._meta.concrete_fields if field.name not in PAST]
            found[model._meta.model_name] = list(model._base_manager.order_by("-pk").values_list(*names)[:NEWEST])
    return found


def hang_on_source(source: Source) -> None:
    article = make_article()
    make_citation(article, source=source)
    make_citation(article, resolution="unresolved", state="suggested").candidates.add(source)
    article.hops.create(position=1, kind="published", source=source)
    make_draft_check().evidence.update(source=source)
    make_note(source=source)
    make_person(source=source)
    make_task(source=source)
    make_foreign_check(publisher=source)
    source.names.create(kind="short", name=f"{source.name} short")
    Follow.objects.create(user=make_user(), source=source)


def hang_on_claim(claim: Claim) -> None:
    make_appearance(claim=claim)
    make_draft_check(claim)
    make_note(claim=claim)
    make_foreign_check(claim)
    make_correction(claim)
    claim.wordings.create(text=f"{claim.text} Or so.")


def hang_on_tag(tag: Tag) -> None:
    TagLink.objects.create(content_object=make_article(), tag=tag, **decided("confirmed"))
    tag.aliases.create(name=f"{tag.name} too")
    Follow.objects.create(user=make_user(), tag=tag)


def hang_on_person(person: Person) -> None:
    make_article().hops.create(position=1, kind="wrote", person=person, printed_name=person.name)
    person.aliases.create(name=f"{person.name} jr")


KINDS = {
    "source": (make_source, hang_on_source),
    "claim": (make_claim, hang_on_claim),
    "tag": (make_tag, hang_on_tag),
    "person": (make_person, hang_on_person),
}


@pytest.mark.parametrize("kind", KINDS)
class TestEachKind:
    @pytest.fixture
    def two(self, kind):
        make, hang = KINDS[kind]
        rows = make(), make()
        for row in rows:
            hang(row)
            row.refresh_from_db()
        return rows

    def test_all_that_hung_on_it_moves_and_it_goes(self, kind, two, editor):
        kept, given_up = two
        hung = {relation: relation.of(given_up).count() for relation in relations(type(kept))}
        before = {relation: relation.of(kept).count() for relation in hung}
        made = {f"{name}": 1 for name in merging.NAMES} | {f"merge.kept_{kind}": 1}
        merging.merge(kept, given_up, by=editor)
        assert not type(kept).objects.filter(pk=given_up.pk).exists()
        for relation, count in hung.items():
            assert relation.of(kept).count() == before[relation] + count + made.get(relation.name, 0), relation.name
        register = {Source, SourceName, RatingWords}
        assert list(integrity.faults([table for table in integrity.TABLES if table not in register])) == []

    def test_undoing_it_at_once_leaves_no_trace(self, kind, two, editor):
        kept, given_up = two
        before = dump()
        merging.undo(merging.merge(kept, given_up, by=editor, reason="One and the same."), by=editor)
        assert dump() == before

    def test_undoing_gives_back_what_was_taken_over(self, kind, two, editor):
        kept, given_up = two
        before = dump()
        everything = [field.name for field in merging.choosable(type(kept))]
        done = merging.merge(kept, given_up, by=editor, take=everything)
        assert str(type(kept).objects.get(pk=kept.pk)) == str(given_up)
        merging.undo(done, by=editor)
        assert dump() == before

    def test_its_name_becomes_another_name_that_says_where_it_came_from(self, kind, two, editor):
        kept, given_up = two
        done = merging.merge(kept, given_up, by=editor)
        names = {"source": "names", "claim": "wordings"}.get(kind, "aliases")
        came = {str(name): name.merge for name in getattr(kept, names).all()}
        assert came[str(given_up)] == done
        assert done in [
            merge for name, merge in came.items() if name.startswith(str(given_up)) and name != str(given_up)
        ]
        assert None in came.values(), "names that stood there before came with no merge"

    def test_every_moved_row_keeps_a_version_signed_by_who_merged(self, kind, two, editor):
        kept, given_up = two
        done = merging.merge(kept, given_up, by=editor)
        for relation in relations(type(kept)):
            moved = done.rows.filter(relation=relation.name, effect="moved").values_list("row", flat=True)
            if relation.keeps_history:
                for row in moved:
                    last = relation.owner.history.filter(id=row).order_by("-history_id").first()
                    assert (last.history_user, last.history_change_reason) == (editor, f"merge {done.pk}")
                    assert getattr(last, relation.field.attname) == kept.pk

    def test_only_who_may_merge_merges_and_undoes(self, kind, two, editor):
        kept, given_up = two
        analyst = make_user(group="analyst")
        with pytest.raises(PermissionDenied):
            merging.merge(kept, given_up, by=analyst)
        done = merging.merge(kept, given_up, by=editor)
        with pytest.raises(PermissionDenied):
            merging.undo(done, by=analyst)

    def test_the_loser_of_a_race_is_told(self, kind, two, editor):
        kept, given_up = two
        stale = type(given_up).objects.get(pk=given_up.pk)
        given_up.save()
        with pytest.raises(StaleVersion):
            merging.merge(kept, stale, by=editor)
        merging.merge(kept, given_up, by=editor)
        with pytest.raises(Refused, match=r"merged into .* by hana already"):
            merging.merge(kept, given_up, by=editor)

    def test_a_form_of_what_moved_is_out_of_date(self, kind, two, editor):
        kept, given_up = two
        opened = [row for relation in relations(type(kept)) if relation.is_versioned for row in relation.of(given_up)]
        merging.merge(kept, given_up, by=editor)
        assert opened
        for row in opened:
            with pytest.raises(StaleVersion):
                row.save()

    def test_it_takes_as_many_statements_for_many_rows_as_for_few(self, kind, two, editor):
        make, _hang = KINDS[kind]

        def statements(count):
            kept, given_up = make(), make()
            for _ in range(count):
                hang_rows = {"source": make_citation, "claim": make_foreign_check}.get(kind)
                if kind == "source":
                    hang_rows(source=given_up)
                elif kind == "claim":
                    hang_rows(given_up)
                elif kind == "tag":
                    TagLink.objects.create(content_object=make_article(), tag=given_up)
                else:
                    make_article().hops.create(position=1, kind="wrote", person=given_up)
            with CaptureQueriesContext(connection) as previewing:
                merging.preview(kept, given_up, by=editor)
            with CaptureQueriesContext(connection) as merged:
                done = merging.merge(kept, given_up, by=editor)
            with CaptureQueriesContext(connection) as undone:
                merging.undo(done, by=editor)
            return len(previewing), len(merged), len(undone)

        statements(1)  # what is asked once, rights among it
        assert statements(3) == statements(30)


def test_nobody_is_merged_into_itself_or_into_another_kind(editor):
    source = make_source()
    for other in (source, make_tag(), make_user()):
        with pytest.raises(Refused):
            merging.merge(source, other, by=editor)


class TestTags:
    def test_of_two_on_one_article_the_confirmed_one_stays(self, editor):
        for mine, theirs, stays in [
            ("suggested", "confirmed", "confirmed"),
            ("rejected", "confirmed", "confirmed"),
            ("rejected", "suggested", "rejected"),
            ("suggested", "rejected", "rejected"),
            ("confirmed", "rejected", "confirmed"),
        ]:
            kept, given_up, article = make_tag(), make_tag(), make_article()
            TagLink.objects.create(content_object=article, tag=kept, **decided(mine))
            TagLink.objects.create(content_object=article, tag=given_up, **decided(theirs))
            before = dump()
            done = merge(kept, given_up, by=editor)
            assert [link.state for link in kept.links.all()] == [stays]
            assert list(article.tags.all()) == ([kept] if stays == "confirmed" else [])
            merging.undo(done, by=editor)
            assert dump() == before

    def test_a_link_that_somebody_removed_since_does_not_come_back(self, editor):
        kept, given_up, article = make_tag(), make_tag(), make_article()
        for tag in (kept, given_up):
            TagLink.objects.create(content_object=article, tag=tag, **decided("confirmed"))
        done = merge(kept, given_up, by=editor)
        article.tags.remove(kept)
        outcome = merging.undo(done, by=editor)
        assert not TagLink.objects.filter(content_object=article).exists()
        assert [blocker.message for blocker in outcome.left] == ["tags of articles: 1 deleted since."]

    def test_who_adds_the_old_name_adds_the_tag_that_was_kept(self, editor):
        kept, given_up = make_tag("Grain"), make_tag("Corn")
        merge(kept, given_up, by=editor)
        article = make_article()
        article.tags.add("corn")
        assert list(article.tags.all()) == [kept]
        assert not Tag.objects.filter(name__iexact="corn").exists()

    def test_the_old_name_of_one_tag_is_not_the_name_of_another(self, editor):
        kept, given_up = make_tag("Grain"), make_tag("Corn")
        merge(kept, given_up, by=editor)
        with pytest.raises(Exception, match="another name of the tag"):
            Tag(name="CORN", slug="new").full_clean()


class TestClaims:
    def test_checks_are_numbered_on_and_the_status_follows(self, editor):
        kept, given_up = make_claim(), make_claim()
        make_draft_check(kept)
        published = make_published_check(given_up)
        make_draft_check(given_up)
        done = merge(kept, given_up, by=editor)
        kept.refresh_from_db()
        assert list(kept.fact_checks.order_by("number").values_list("number", flat=True)) == [1, 2, 3]
        assert kept.status == ClaimStatus.CHECKED
        assert FactCheck.objects.get(pk=published.pk).number == 2
        merging.undo(done, by=editor)
        kept.refresh_from_db()
        assert kept.status == ClaimStatus.BEING_CHECKED
        assert Claim.objects.get(pk=given_up.pk).status == ClaimStatus.CHECKED
        assert FactCheck.objects.get(pk=published.pk).number == 1

    def test_an_opinion_keeps_no_verdict(self, editor):
        opinion, rated = make_claim(statement_type="opinion"), make_published_check().claim
        for kept, given_up, take in [(opinion, rated, ()), (rated, opinion, ("statement_type",))]:
            with pytest.raises(Refused, match="no truth rating"):
                merge(kept, given_up, by=editor, take=take)

    def test_what_is_taken_over_obeys_the_rules_of_the_table(self, editor):
        kept, given_up = make_claim(), make_claim(value=40, unit="per cent")
        with pytest.raises(Refused, match="needs its unit"):
            merge(kept, given_up, by=editor, take=["value"])
        assert Claim.objects.filter(pk=given_up.pk).exists()
        merge(kept, given_up, by=editor, take=["value", "unit"])
        kept.refresh_from_db()
        assert (kept.value, kept.unit) == (40, "per cent")

    def test_the_other_words_find_the_claim(self, editor):
        kept, given_up = make_claim(text="Grain is dear."), make_claim(text="Grain costs much.")
        merge(kept, given_up, by=editor)
        assert Claim.objects.worded("Grain costs much.", "en") == kept
        with pytest.raises(Exception, match="another wording of the claim"):
            Claim(text="Grain costs much.", language="en").full_clean()

    def test_the_same_work_is_open_once(self, editor):
        kept, given_up = make_claim(), make_claim()
        for claim in (kept, given_up):
            make_task(claim=claim, kind="check")
        before = dump()
        done = merge(kept, given_up, by=editor)
        assert sorted(Task.objects.filter(claim=kept).values_list("state", flat=True)) == ["dropped", "open"]
        merging.undo(done, by=editor)
        assert dump() == before


class TestChains:
    def test_what_was_given_up_first_is_found_where_it_stands_now(self, editor):
        a, b, c = (make_source() for _ in "abc")
        hang_on_source(a)
        first = merge(b, a, by=editor)
        merge(c, b, by=editor)
        assert Merge.objects.kept_for(Source, slug=a.slug) == c
        assert Merge.objects.get(pk=first.pk).kept == c
        assert {a.name, b.name} <= set(c.names.values_list("name", flat=True))

    def test_the_first_is_not_undone_while_a_later_one_rests_on_it(self, editor):
        a, b, c = (make_source() for _ in "abc")
        hang_on_source(a)
        before = dump()
        first = merge(b, a, by=editor)
        second = merge(c, b, by=editor)
        with pytest.raises(Refused, match="A later merge rests on this one"):
            merging.undo(first, by=editor)
        merging.undo(second, by=editor)
        merging.undo(first, by=editor)
        assert dump() == before
        with pytest.raises(Refused, match="hana has undone this already"):
            merging.undo(first, by=editor)

    def test_merges_that_do_not_touch_each_other_are_undone_in_any_order(self, editor):
        a, b, c = (make_source() for _ in "abc")
        for source in (a, c):
            make_citation(source=source)
        before = dump()
        first = merge(b, a, by=editor)
        second = merge(b, c, by=editor)
        merging.undo(first, by=editor)
        merging.undo(second, by=editor)
        assert dump() == before

    def test_a_name_that_a_later_merge_found_there_already_holds_the_first_one(self, editor):
        a, b, c = (make_source() for _ in "abc")
        for source in (a, c):
            source.names.create(kind="short", name="HC")
        before = dump()
        first = merge(b, a, by=editor)
        second = merge(b, c, by=editor)
        assert b.names.filter(name="HC").count() == 1
        with pytest.raises(Refused, match="A later merge rests on this one"):
            merging.undo(first, by=editor)
        merging.undo(second, by=editor)
        merging.undo(first, by=editor)
        assert dump() == before

    def test_a_person_comes_back_to_the_source_that_their_own_was_merged_into(self, editor):
        outlet, other = make_source(), make_source()
        kept, given_up = make_person(), make_person(source=outlet)
        before = dump()
        people = merge(kept, given_up, by=editor)
        outlets = merge(other, outlet, by=editor)
        merging.undo(people, by=editor)
        assert Person.objects.get(pk=given_up.pk).source == other
        merging.undo(outlets, by=editor)
        assert dump() == before


class TestUndoingLater:
    def test_rows_that_went_on_or_are_gone_stay_so_and_are_named(self, editor):
        kept, given_up, third = (make_source() for _ in "abc")
        stays, moves_on, goes = (make_citation(source=given_up) for _ in "abc")
        done = merge(kept, given_up, by=editor)
        row = Citation.objects.get(pk=moves_on.pk)
        row.source = third
        row.save()
        Citation.objects.get(pk=goes.pk).delete()
        new = make_citation(source=kept)
        outcome = merging.undo(done, by=editor)
        assert Citation.objects.get(pk=stays.pk).source == given_up
        assert Citation.objects.get(pk=moves_on.pk).source == third
        assert Citation.objects.get(pk=new.pk).source == kept
        assert [(blocker.message, blocker.row) for blocker in outcome.left] == [
            ("It was moved on since: it stays where it is.", row),
            ("citations: 1 deleted since.", None),
        ]

    def test_a_column_that_somebody_changed_since_stays(self, editor):
        kept, given_up = make_source(homepage="https://a.example"), make_source(homepage="https://b.example")
        done = merge(kept, given_up, by=editor, take=["homepage"])
        row = Source.objects.get(pk=kept.pk)
        row.homepage = "https://c.example"
        row.save()
        outcome = merging.undo(done, by=editor)
        assert Source.objects.get(pk=kept.pk).homepage == "https://c.example"
        assert [blocker.message for blocker in outcome.left] == ["home page was changed since: it stays."]

    @pytest.mark.parametrize("field", ["name", "slug"])
    def test_a_name_or_address_that_somebody_else_has_now_stands_in_the_way(self, editor, field):
        kept, given_up = make_source(), make_source()
        done = merge(kept, given_up, by=editor)
        make_source(**{field: getattr(given_up, field)})
        before = dump()
        with pytest.raises(Refused):
            merging.undo(done, by=editor)
        assert dump() == before

    def test_what_it_was_merged_into_may_be_gone(self, editor):
        kept, given_up = make_tag(), make_tag()
        done = merge(kept, given_up, by=editor)
        Tag.objects.get(pk=kept.pk).delete()
        with pytest.raises(Refused, match="is deleted"):
            merging.undo(done, by=editor)


def test_every_table_can_stand_twice_on_a_row_or_has_a_rule():
    """A table with two keys to one of these tables would link a row with itself: that needs a rule first."""
    for model in MERGED.values():
        owners = [relation.owner for relation in relations(model)]
        assert len(owners) == len(set(owners)), model


def test_where_one_of_two_is_left_out_nothing_hangs_on_it():
    for model in MERGED.values():
        for relation in relations(model):
            if relation.name in merging.LEAVES_OUT:
                assert relations(relation.owner) == (), relation.name


@pytest.mark.parametrize("stays", [0, 1])
def test_of_two_published_verdicts_the_chosen_one_stays_and_readers_are_told(editor, stays):
    checks = [make_published_check(rationale=f"Reason {place}.") for place in range(2)]
    articles = [make_published_article() for _ in checks]
    for article, check in zip(articles, checks, strict=True):
        make_appearance(article, check.claim)
    kept, given_up = (check.claim for check in checks)
    with pytest.raises(Refused, match="choose which one stays"):
        merge(kept, given_up, by=editor)
    before = dump()

    done = merge(kept, given_up, by=editor, stays=checks[stays].pk)
    kept.refresh_from_db()
    assert kept.status == ClaimStatus.CHECKED
    assert list(kept.fact_checks.filter(status="published")) == [checks[stays]]
    assert list(kept.fact_checks.filter(status="superseded")) == [checks[1 - stays]]
    told = Correction.objects.get()
    assert (told.claim, told.kind, told.made_by) == (kept, "update", editor)
    assert f"Reason {1 - stays}." in told.before and f"Reason {stays}." in told.after
    assert [row.article for row in told.touched.all()] == [articles[1 - stays]]

    outcome = merging.undo(done, by=editor)
    assert outcome.left == []
    for check in checks:
        check.refresh_from_db()
        assert (check.status, check.claim.status) == ("published", ClaimStatus.CHECKED)
    assert [correction.claim for correction in Correction.objects.all()] == [checks[1 - stays].claim] * 2
    after = dump()
    public = {"correction", "correctionarticle", "task", "notice"}
    assert {name: rows for name, rows in after.items() if name not in public} == {
        name: rows for name, rows in before.items() if name not in public
    }
    register = {Source, SourceName, RatingWords}
    assert list(integrity.faults([table for table in integrity.TABLES if table not in register])) == []


def test_what_gave_way_stays_superseded_where_another_verdict_stands_by_now(editor):
    first, second = make_published_check(), make_published_check()
    done = merge(first.claim, second.claim, by=editor, stays=second.pk)
    newer = make_published_check(Claim.objects.get(pk=first.claim_id))
    outcome = merging.undo(done, by=editor)
    first.refresh_from_db()
    assert first.status == "superseded"
    assert "another verdict by now" in outcome.left[-1].message
    assert FactCheck.objects.get(claim=first.claim_id, status="published") == newer
