"""Merging at the desk: chosen in a list, looked at, done once, and undone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kb.models import Claim, Merge, Person, Source, Tag, TagLink
from tests.factories import (
    decided,
    make_article,
    make_citation,
    make_claim,
    make_merge,
    make_note,
    make_person,
    make_published_check,
    make_source,
    make_tag,
)

from .pages import chosen, fields_of, list_of, messages_of, page_of

pytestmark = pytest.mark.django_db

KINDS = {"source": make_source, "person": make_person, "tag": make_tag, "claim": make_claim}


def address(model, *rows) -> str:
    return f"{list_of(model, 'merge')}?{'&'.join(f'rows={row.pk}' for row in rows)}"


def press(client, *rows, button="_merge", follow=True, **changes):
    """Open the page for these rows, change what is given, press a button."""
    sent = fields_of(client.get(address(type(rows[0]), *rows)))
    return client.post(list_of(type(rows[0]), "merge"), {**sent, button: "1", **changes}, follow=follow)


@pytest.mark.parametrize("kind", KINDS)
def test_two_rows_of_a_list_are_looked_at_merged_and_parted_again(editor, kind):
    one, two = KINDS[kind](), KINDS[kind]()
    model = type(one)
    sent = {"action": "merge_chosen", **chosen(one, two)}
    page = editor.post(list_of(model), sent, follow=True)
    assert page.redirect_chain == [(address(model, one, two), 302)]
    assert str(one) in page.content.decode() and str(two) in page.content.decode()
    assert model.objects.filter(pk__in=[one.pk, two.pk]).count() == 2

    done = press(editor, one, two, keep=two.pk, shown=two.pk, reason="One and the same.")
    merge = Merge.objects.get()
    assert (merge.kept, merge.number, merge.reason, merge.merged_by) == (two, one.pk, "One and the same.", editor.user)
    assert done.redirect_chain == [(page_of(merge), 302)]
    assert "Merged: " in messages_of(done)

    undone = editor.post(page_of(merge), {**fields_of(editor.get(page_of(merge))), "_act": "undo"}, follow=True)
    assert "Undone" in messages_of(undone)
    assert model.objects.filter(pk=one.pk).exists()
    again = editor.post(page_of(merge), {**fields_of(editor.get(page_of(merge))), "_act": "undo"}, follow=True)
    assert "has undone this already" in messages_of(again)


def test_the_page_says_what_moves_what_is_the_same_and_where_the_address_leads(editor):
    kept, given_up, article = make_tag("Grain"), make_tag("Corn"), make_article(title="Both")
    for tag in (kept, given_up):
        TagLink.objects.create(content_object=article, tag=tag, **decided("confirmed"))
    TagLink.objects.create(content_object=make_article(), tag=given_up)
    content = editor.get(f"{address(Tag, kept, given_up)}&keep={kept.pk}").content.decode()
    assert "1 stands on both and stays once:" in content and "Both" in content
    assert "<code>/topics/corn/</code> leads to <code>/topics/grain/</code>" in content


def test_the_fullest_is_proposed_and_another_can_be_kept(editor):
    bare, full = make_source(), make_source()
    make_citation(source=full)
    assert fields_of(editor.get(address(Source, bare, full)))["keep"] == [str(full.pk)]
    # Another one chosen without having seen what that does: nothing happens yet.
    page = press(editor, bare, full, keep=bare.pk)
    assert "look at what moves" in messages_of(page)
    assert not Merge.objects.exists()
    assert page.context["kept"] == bare
    looked = press(editor, bare, full, button="_look", keep=bare.pk)
    assert looked.context["kept"] == bare and not Merge.objects.exists()


def test_values_are_taken_over_and_empty_ones_are_proposed_to_be_filled(editor):
    kept = make_source(homepage="", description="Ours")
    given_up = make_source(homepage="https://courier.example", description="Theirs")
    make_citation(source=kept)
    sent = fields_of(editor.get(address(Source, kept, given_up)))
    assert sent["take_homepage"] == [str(given_up.pk)]
    assert sent["take_description"] == [str(kept.pk)]
    press(editor, kept, given_up, take_name=given_up.pk)
    kept.refresh_from_db()
    assert (kept.name, kept.homepage, kept.description) == (given_up.name, "https://courier.example", "Ours")


def test_what_stands_in_the_way_is_named_and_there_is_no_button(editor):
    opinion, rated = make_claim(statement_type="opinion"), make_published_check().claim
    page = editor.get(f"{address(Claim, opinion, rated)}&keep={opinion.pk}")
    content = page.content.decode()
    assert "no truth rating" in content
    assert 'name="_merge"' not in content
    page = press(editor, opinion, rated, keep=opinion.pk, shown=opinion.pk, take_statement_type=opinion.pk)
    assert "no truth rating" in messages_of(page)
    assert not Merge.objects.exists()


def test_which_of_two_verdicts_stays_is_asked(editor):
    one, two = (make_published_check().claim for _ in "ab")
    page = editor.get(address(Claim, one, two))
    assert page.content.decode().count('name="stays"') == 2
    assert "choose which one stays" in messages_of(press(editor, one, two))
    assert not Merge.objects.exists()
    press(editor, one, two, stays=two.fact_checks.get().pk)
    assert Merge.objects.get().gave_way == one.fact_checks.get(number=1)


def test_pressed_twice_it_is_done_once(editor):
    one, two = make_source(), make_source()
    sent = fields_of(editor.get(address(Source, one, two))) | {"_merge": "1"}
    for _ in range(2):
        page = editor.post(list_of(Source, "merge"), sent, follow=True)
    assert Merge.objects.count() == 1
    assert "merged already" in messages_of(page)
    assert page.redirect_chain == [(page_of(Merge.objects.get()), 302)]


def test_who_merges_what_somebody_changed_meanwhile_is_told(editor):
    one, two = make_source(), make_source()
    sent = fields_of(editor.get(address(Source, one, two))) | {"_merge": "1"}
    two.description = "Changed"
    two.save()
    page = editor.post(list_of(Source, "merge"), sent, follow=True)
    assert "was changed by somebody else" in messages_of(page)
    assert not Merge.objects.exists()
    assert fields_of(page)[f"version_{two.pk}"] == [str(two.version)]


def test_three_are_merged_together_or_none(editor):
    rows = [make_person() for _ in range(3)]
    for row in rows:
        row.aliases.create(name="A. H.")
    page = press(editor, *rows, keep=rows[0].pk, shown=rows[0].pk)
    assert page.redirect_chain == [(list_of(Merge), 302)]
    assert list(Person.objects.all()) == [rows[0]]
    assert {*rows[0].aliases.values_list("name", flat=True)} == {"A. H.", rows[1].name, rows[2].name}


def test_from_a_rows_page_the_other_is_searched_by_any_of_its_names(editor):
    one, other = make_source(), make_source(name="The Quay Herald")
    other.names.create(kind="short", name="Quayside")
    content = editor.get(page_of(one)).content.decode()
    assert address(Source, one) in content
    page = editor.get(address(Source, one), {"rows": one.pk, "q": "quayside"})
    assert [found["row"] for found in page.context["found"]] == [other]
    assert "Nothing found" in editor.get(address(Source, one), {"q": "no such name"}).content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"rows": ["x", "-1", "9" * 40, ""]},
        {"rows": ["1", "1"], "keep": "zzz"},
        {"rows": [str(number) for number in range(500)]},
        {"q": "\x00" * 3},
        {"q": "a" * 5000},
    ],
)
def test_nonsense_is_answered_calmly(editor, asked):
    if "\x00" in str(asked.get("q", "")):
        asked = {"q": "%00"}
    for model in (Source, Claim, Tag, Person):
        assert editor.get(list_of(model, "merge"), asked).status_code == 200
        assert editor.post(list_of(model, "merge"), {**asked, "_merge": "1"}).status_code == 200
    assert not Merge.objects.exists()


def test_more_than_ten_are_not_merged_at_once(editor):
    sent = {"action": "merge_chosen", **chosen(*(make_tag() for _ in range(11)))}
    assert "At most 10" in messages_of(editor.post(list_of(Tag), sent, follow=True))


def test_who_may_not_merge_sees_no_way_to_it(analyst):
    one, two = make_tag(), make_tag()
    assert analyst.get(address(Tag, one, two)).status_code == 403
    assert "Merge…" not in analyst.get(page_of(one)).content.decode()
    assert "merge_chosen" not in analyst.get(list_of(Tag)).content.decode()
    merge = make_merge(one, two)
    page = analyst.get(page_of(merge))
    assert page.status_code == 200 and 'value="undo"' not in page.content.decode()
    assert analyst.post(page_of(merge), {"_act": "undo"}).status_code == 403
    assert not Tag.objects.filter(pk=two.pk).exists()


def test_private_notes_of_others_are_not_counted(editor):
    one, two = make_source(), make_source()
    make_note(source=two, access="private")
    page = editor.get(f"{address(Source, one, two)}&keep={one.pk}")
    assert '<th scope="row">Annotations' not in page.content.decode()
    merge = make_merge(one, two)
    assert '<th scope="row">Annotations' not in editor.get(page_of(merge)).content.decode()
    assert one.annotations.count() == 1


def test_a_merge_tells_what_moved_and_what_did_not_come_back(editor):
    kept, given_up, third = make_source(), make_source(), make_source()
    moved, gone = make_citation(source=given_up), make_citation(source=given_up, as_printed="According to #CNN")
    merge = make_merge(kept, given_up)
    assert '<th scope="row">Citations</th><td class="count">2</td>' in editor.get(page_of(merge)).content.decode()
    moved.refresh_from_db()
    moved.source = third
    moved.save()
    gone.refresh_from_db()
    gone.delete()
    page = editor.post(page_of(merge), {**fields_of(editor.get(page_of(merge))), "_act": "undo"}, follow=True)
    content = page.content.decode()
    assert "Moved on since: these stay where they are" in content
    assert page_of(moved) in content


def test_other_names_say_what_they_came_with(editor):
    merge = make_merge(make_tag("Grain"), make_tag("Corn"))
    content = editor.get(page_of(merge.kept)).content.decode()
    assert f'<a href="{page_of(merge)}"><bdi>of “Corn”, merged' in content


def test_the_pages_ask_as_often_for_many_rows_as_for_few(editor):
    def queries(count):
        one, two = make_source(), make_source()
        for _ in range(count):
            make_citation(source=two)
            two.names.create(kind="short", name=f"{two.name} {_}")
        with CaptureQueriesContext(connection) as looking:
            editor.get(f"{address(Source, one, two)}&keep={one.pk}")
        merge = make_merge(one, two)
        with CaptureQueriesContext(connection) as telling:
            editor.get(page_of(merge))
        with CaptureQueriesContext(connection) as listing:
            editor.get(list_of(Merge))
        return len(looking), len(telling), len(listing)

    queries(1)
    assert queries(3) == queries(30)
