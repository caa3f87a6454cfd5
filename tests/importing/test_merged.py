"""What was merged is not made anew by an import, of pages or of records, the first time or the second."""

import pytest
from django.core.exceptions import ValidationError

from kb.importing.applying.rows import touched
from kb.importing.planning import load_register
from kb.models import Article, Citation, Claim, Merge, Person, Source, Tag, TagLink
from kb.services import integrity, merging, suggestions
from tests.exporting.test_round_trip import round_trip
from tests.factories import (
    decided,
    make_appearance,
    make_article,
    make_citation,
    make_claim,
    make_foreign_check,
    make_note,
    make_person,
    make_published_check,
    make_source,
    make_tag,
    make_user,
)
from tests.importing.interchange.files import exported, imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_user("hana", group="editor")


def two_of_each() -> dict:
    """Two rows of each table, with an article that leans on all eight."""
    made = {
        "source": (make_source(name="Harbour Courier", slug="courier"), make_source(name="The Courier", slug="the")),
        "person": (make_person(name="Ada Harbour", slug="ada"), make_person(name="A. Harbour", slug="a-h")),
        "tag": (make_tag("Grain"), make_tag("Corn")),
        "claim": (make_claim(text="Grain is dear"), make_claim(text="Grain costs much")),
    }
    article = make_article(slug="grain")
    for place, (source, person, tag, claim) in enumerate(zip(*made.values(), strict=True)):
        citation = make_citation(article, source=source, state="suggested")
        citation.candidates.set(made["source"])
        article.hops.create(position=place + 1, kind="wrote", person=person)
        TagLink.objects.create(content_object=article, tag=tag, **decided(["suggested", "confirmed"][place]))
        exact = ["Exports rose by 40 per cent in May", "two more convoys are waiting"][place]
        make_appearance(article, claim, exact=exact).citations.add(citation)
        make_foreign_check(claim, publisher=source)
        check = make_published_check(make_claim())
        check.evidence.update(source=source)
    make_note(claim=made["claim"][1])
    make_note(source=made["source"][1])
    return made


def merge_all(made: dict, editor) -> None:
    for kept, given_up in made.values():
        merging.merge(type(kept).objects.get(pk=kept.pk), type(kept).objects.get(pk=given_up.pk), by=editor)


def test_an_older_file_of_records_changes_nothing_and_makes_nothing_anew(tmp_path, editor):
    made = two_of_each()
    (tmp_path / "before.jsonl").write_bytes(exported())
    merge_all(made, editor)
    after = exported()
    summary, told = imported(tmp_path / "before.jsonl")
    assert exported() == after
    assert (summary["new"], summary["changed"], summary["failed"]) == (0, 0, 0)
    # Nobody is told of an article whose references lead on; only of the lines whose rows went, and of those that took over.
    assert not [line for line in told if "Grain leaves" in line]
    for kept, given_up in made.values():
        assert not type(kept).objects.filter(pk=given_up.pk).exists()


def test_a_new_file_finds_the_kept_ones_by_the_old_names(tmp_path, editor):
    made = two_of_each()
    before = exported()
    merge_all(made, editor)
    (tmp_path / "new.jsonl").write_bytes(before.replace(b'"slug":"grain",', b'"slug":"grain-again",'))
    summary, _told = imported(tmp_path / "new.jsonl")
    assert summary["failed"] == 0
    again = Article.objects.get(slug="grain-again")
    assert {citation.source for citation in again.citations.all()} == {made["source"][0]}
    assert {source for citation in again.citations.all() for source in citation.candidates.all()} == {made["source"][0]}
    assert {hop.person for hop in again.hops.all()} == {made["person"][0]}
    assert [(link.tag, link.state) for link in again.tag_links.all()] == [(made["tag"][0], "confirmed")]
    assert {appearance.claim for appearance in again.appearances.all()} == {made["claim"][0]}


def test_names_and_merges_come_back_from_a_file_byte_for_byte(tmp_path):
    def fill():
        made = two_of_each()
        editor = make_user("hana", group="editor")
        merge_all(made, editor)
        undone = merging.merge(make_tag("Port"), make_tag("Harbour"), by=editor, reason="A slip.")
        merging.undo(undone, by=editor)
        made["tag"][0].aliases.create(name="Written by hand")

    first, second = round_trip(tmp_path, fill)
    assert first == second
    assert first.count(b'"kind":"merge"') == 5
    summary, told = imported(tmp_path / "kb.jsonl")
    assert (summary["new"], summary["changed"], summary["failed"], told) == (0, 0, 0, [])
    assert Merge.objects.kept_for(Source, slug="the") == Source.objects.get(slug="courier")
    assert Tag.objects.named("corn").aliases.get(name="Corn").merge.kind == "tag"
    register = {Source}
    assert list(integrity.faults([table for table in integrity.TABLES if table not in register])) == []
    editor = make_user("again", group="editor")
    with pytest.raises(Exception, match="came with an import"):
        merging.undo(Merge.objects.standing().first(), by=editor)


def test_a_merge_of_rows_that_stand_apart_here_is_not_made_by_a_file(tmp_path, editor):
    made = two_of_each()
    merge_all(made, editor)
    (tmp_path / "merged.jsonl").write_bytes(exported())
    for merge in Merge.objects.standing():
        merging.undo(merge, by=editor)
    Merge.objects.all().delete()
    lines = (tmp_path / "merged.jsonl").read_bytes().splitlines()
    (tmp_path / "merges.jsonl").write_bytes(b"\n".join(line for line in lines if b'"kind":"merge"' in line))
    summary, told = imported(tmp_path / "merges.jsonl")
    assert summary == {"new": 0, "changed": 0, "unchanged": 4, "failed": 0}
    assert len([line for line in told if "stands here by itself" in line]) == 4


def test_printed_names_mean_the_kept_source(editor):
    made = two_of_each()
    merge_all(made, editor)
    assert load_register().resolve("The Courier").source == "Harbour Courier"


def test_a_byline_and_words_that_are_confirmed_find_the_kept_ones(editor):
    made = two_of_each()
    merge_all(made, editor)
    article = make_article(body="Grain costs much.")
    hop = article.hops.create(position=1, kind="wrote", printed_name="A. Harbour")
    words = make_appearance(article, state="suggested", exact="Grain costs much.")
    suggestions.confirm([hop, words], by=editor)
    assert (hop.person, words.claim) == (made["person"][0], made["claim"][0])
    assert (Person.objects.count(), Claim.objects.filter(text__startswith="Grain").count()) == (1, 1)


def test_what_a_merge_moved_is_no_correction_by_a_person(editor):
    kept, given_up = make_source(), make_source()
    article = make_article()
    citation = Citation.objects.get(pk=make_citation(article, source=given_up, state="suggested").pk)
    merging.merge(kept, given_up, by=editor)
    assert touched(article.citations.all()) == set()
    citation.refresh_from_db()
    citation.source = make_source()
    citation.save()
    assert touched(article.citations.all()) == {citation.pk}


@pytest.mark.parametrize("kind", ["source", "person", "tag"])
def test_nobody_takes_the_name_or_the_address_by_hand(kind, editor):
    made = two_of_each()
    given_up = made[kind][1]
    merge_all(made, editor)
    row = type(given_up)(name="Something else", slug=given_up.slug)
    with pytest.raises(ValidationError, match="leads to"):
        row.clean()
    if kind != "person":
        row = type(given_up)(name=given_up.name.upper(), slug="something-else")
        with pytest.raises(ValidationError, match="another name"):
            row.clean()
