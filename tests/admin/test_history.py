"""The past of a row at the desk: one list of everything, compared by words, filtered, and read by who may read it."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kb.models import Access, Claim, Hop, Person, Source, TagLink
from kb.services import articles, suggestions, verdicts
from tests.factories import (
    make_appearance,
    make_article,
    make_citation,
    make_claim,
    make_draft_check,
    make_note,
    make_source,
    make_tag,
    make_user,
    publish_verdict,
)

from .pages import fields_of, list_of, page_of, sure

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_each_database]


def history_of(row) -> str:
    return page_of(row, "history")


def page(client, row, **asked) -> str:
    response = client.get(history_of(row), asked)
    assert response.status_code == 200
    return response.content.decode()


def entries(client, row, **asked):
    return client.get(history_of(row), asked).context["entries"]


def compare(row, earlier, later) -> str:
    return f"{page_of(row, 'compare')}?from={earlier.history_id}&to={later.history_id}"


def test_the_timeline_has_the_article_and_what_hangs_on_it_newest_first(analyst):
    article = make_article()
    citation = make_citation(article, state="suggested")
    article.tags.add(make_tag("Harbour"))
    article.hops.create(position=1, kind="wrote", printed_name="Ada Harbour")
    appearance = make_appearance(article, state="suggested")
    make_note(article=article, body="Ask twice.")
    suggestions.confirm([citation], by=analyst.user)
    article.title = "Grain leaves the harbour"
    articles.save_text(article, by=analyst.user)
    found = entries(analyst, article)
    assert [entry.version.instance_type.__name__ for entry in found][:2] == ["Article", "Citation"]
    assert {entry.version.instance_type.__name__ for entry in found} == {
        *("Article", "Citation", "TagLink", "Hop", "Appearance", "Annotation"),
    }
    moments = [entry.when for entry in found]
    assert moments == sorted(moments, reverse=True)
    html = page(analyst, article)
    for words in ("Ada Harbour", "Tag of an article: Harbour", "Ask twice.", appearance.exact, citation.as_printed):
        assert words in html.replace("<bdi>", "").replace("</bdi>", ""), words
    assert "<ins>harbour</ins>" in html.replace("<ins>harbour </ins>", "<ins>harbour</ins>")


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("filled with ships", "filled with shisp", "typo"),
        ("filled with ships", "was full of vessels", "wording"),
        ("40 per cent", "45 per cent", "number"),
        ("According to #CNN", "According to #AFP", "attribution"),
    ],
)
def test_a_change_of_the_text_is_classed_and_found_by_its_class(analyst, before, after, kind):
    article = make_article()
    make_citation(article, as_printed="#AFP", printed_name="AFP", date_printed="", date_edtf="")
    article.body = article.body.replace(before, after)
    articles.save_text(article, by=analyst.user)
    newest, *_cited, first = [one for one in entries(analyst, article) if one.is_of_this]
    assert newest.kinds == {kind} and not first.kinds
    assert [entry.version for entry in entries(analyst, article, kind=kind)] == [newest.version]
    other = "number" if kind != "number" else "typo"
    assert entries(analyst, article, kind=other) == []
    assert f'<span class="badge">{kind}</span>' in page(analyst, article)


def test_the_timeline_is_filtered_by_person(analyst, editor):
    article = make_article()
    for client, title in ((analyst, "One"), (editor, "Two")):
        article.title = title
        articles.save_text(article, by=client.user)
    assert [entry.who for entry in entries(analyst, article, by=editor.user.pk)] == [editor.user]
    assert [entry.who for entry in entries(analyst, article, by="nobody")] == [None]
    for nonsense in ("x", "99999999999999999999", "-1", "1'"):
        assert len(entries(analyst, article, by=nonsense)) == 3


def test_a_claims_checks_stand_with_their_evidence_in_its_history(analyst):
    claim = make_claim()
    check = make_draft_check(claim, by=analyst.user)
    verdicts.submit(check, by=analyst.user)
    html = page(analyst, claim)
    assert "Customs statistics, May 2025." in html and "submitted" in html


def test_a_sources_names_stand_in_its_history(analyst):
    source = make_source()
    name = source.names.create(kind="short", name="the Courier")
    name.name = "The Courier"
    name.save()
    assert [entry.kinds for entry in entries(analyst, source)][:1] == [{"typo"}]


def test_links_of_citations_to_words_are_told(analyst):
    appearance = make_appearance()
    citation = make_citation(appearance.article)
    appearance.citations.set([citation])
    before = appearance.history.count()
    article = appearance.article
    form = fields_of(analyst.get(page_of(appearance)))
    analyst.post(page_of(appearance), {**form, "citations": [], "variant": "other_number"})
    assert appearance.history.count() == before + 1
    assert appearance.history.first().links == {"citations": {"added": [], "removed": [citation.pk]}}
    html = page(analyst, article)
    assert f"<del>{citation.as_printed}</del>" in html and "<ins>other number</ins>" in html


def test_marks_that_only_moved_are_one_quiet_entry(analyst):
    article = make_article()
    make_citation(article)
    make_citation(article, as_printed="#CNN", date_printed="", date_edtf="", source=Source.objects.get(slug="cnn"))
    article.body = f"A new beginning.\n\n{article.body}"
    articles.save_text(article, by=analyst.user)
    quiet = [entry for entry in entries(analyst, article) if entry.is_placement]
    assert [(entry.count, entry.subject) for entry in quiet] == [(2, "2 citations")]


def test_two_versions_are_compared_word_by_word(analyst):
    article = make_article()
    for number in ("45", "50"):
        article.body = article.body.replace("40 per", f"{number} per").replace("45 per", f"{number} per")
        articles.save_text(article, by=analyst.user)
    versions = list(article.history.all())
    assert len(versions) == 3
    html = analyst.get(compare(article, versions[0], versions[2])).content.decode()
    assert "<del>40</del><ins>50</ins>" in html and "number" in html
    # The earlier one comes first, whatever was asked, and without a question the last two are compared.
    assert "<del>40</del><ins>50</ins>" in analyst.get(compare(article, versions[2], versions[0])).content.decode()
    assert "<del>45</del><ins>50</ins>" in analyst.get(page_of(article, "compare")).content.decode()
    assert analyst.get(f"{page_of(article, 'compare')}?from=x&to=1").status_code == 404
    other = make_article().history.get()
    assert analyst.get(compare(article, versions[0], other)).status_code == 404


def test_the_history_costs_as_many_queries_for_many_versions_as_for_few(analyst):
    def with_versions(count):
        article = make_article()
        for number in range(count):
            citation = make_citation(article, state="suggested", source=make_source())
            suggestions.confirm([citation], by=make_user(group="analyst"))
            citation.source = make_source()
            citation.save()
            make_appearance(article, make_claim()) if not number else None
            TagLink.objects.create(content_object=article, tag=make_tag())
            Hop.objects.create(article=article, position=number + 1, kind="wrote", printed_name=f"Ada {number}")
            make_note(article=article, author=make_user())
        article.title += " again"
        articles.save_text(article, by=analyst.user)
        return article

    counts = []
    for article in (with_versions(2), with_versions(9)):
        analyst.get(history_of(article))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            analyst.get(history_of(article))
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 40, counts


def test_long_histories_are_paged(analyst):
    claim = make_claim()
    for number in range(45):
        claim.text = f"Exports rose by {number} per cent."
        claim.save()
    assert len(entries(analyst, claim)) == 40 and len(entries(analyst, claim, p=2)) == 6
    assert len(entries(analyst, claim, p="x")) == 40
    assert "Looked through versions 1 to 46 of 46." in page(analyst, claim, kind="number")


@pytest.mark.parametrize("about", ["article", "claim", "citation", "source"])
def test_no_history_tells_of_somebody_elses_private_note(analyst, editor, about):
    row = {"article": make_article, "claim": make_claim, "citation": make_citation, "source": make_source}[about]()
    note = make_note(**{about: row}, author=editor.user, access="private", body="zzsecret")
    public = make_note(**{about: row}, author=editor.user, access="private", body="zzsecret too")
    public.access, public.body = Access.TEAM, "Told now."
    public.save()
    closed = make_note(**{about: row}, author=editor.user, body="zzsecret again")
    closed.access = Access.PRIVATE
    closed.save()
    gone = make_note(**{about: row}, author=editor.user, body="zzsecret and gone", access="private")
    gone.delete()
    whole = row.article if about == "citation" else row
    for address in (history_of(row), history_of(whole), reverse("admin:kb_annotation_deleted")):
        html = analyst.get(address).content.decode()
        assert "zzsecret" not in html, address
    html = page(analyst, row)
    assert "Told now." in html and "<del>" not in html
    assert "zzsecret again" in page(editor, row)
    assert "zzsecret and gone" in editor.get(reverse("admin:kb_annotation_deleted")).content.decode()
    for hidden in (note, closed):
        assert analyst.get(page_of(hidden, "compare")).status_code == 404


def test_the_rating_of_a_submitted_check_is_in_nobodys_history_but_its_authors(analyst, editor):
    claim = make_claim()
    check = make_draft_check(claim, by=analyst.user, rationale="zzrationale")
    check.rationale = "zzrationale, again"
    verdicts.save_draft(check, by=analyst.user)
    verdicts.submit(check, by=analyst.user)
    first, newest = check.history.last(), check.history.first()
    places = [
        history_of(check),
        history_of(claim),
        f"{history_of(claim)}?kind=wording",
        compare(check, first, newest),
        *(reverse("admin:kb_factcheck_simple_history", args=[check.pk, one.pk]) for one in (first, newest)),
        reverse("admin:kb_factcheck_restore", args=[check.pk, first.pk]),
    ]
    for address in places:
        assert "zzrationale" not in editor.get(address).content.decode(), address
    assert all("zzrationale" in analyst.get(places[number]).content.decode() for number in (0, 1, 3, 4))
    publish_verdict(check)
    assert all("zzrationale" in editor.get(places[number]).content.decode() for number in (0, 1, 3, 4))


def test_who_gave_whom_which_right_is_kept(sign_in):
    administrator = sign_in("administrator")
    person = make_user("newcomer", group="analyst")
    form = fields_of(administrator.get(page_of(person)))
    editors = Group.objects.get(name="editor")
    administrator.post(page_of(person), {**form, "groups": [editors.pk]})
    newest = person.history.first()
    assert newest.history_user == administrator.user
    html = page(administrator, person)
    assert "<del>analyst</del><ins>editor</ins>" in html
    assert administrator.get(history_of(editors)).status_code == 200


def test_a_readers_history_shows_no_table_they_may_not_see(sign_in):
    article = make_article()
    make_citation(article)
    html = page(sign_in("reader-of-drafts"), article)
    assert "Citation" not in html and "created" in html
    assert sign_in("reader-of-drafts").get(history_of(make_claim())).status_code == 403


def test_hostile_words_of_a_version_are_words(analyst):
    person = Person.objects.create(name="<script>alert(1)</script>", slug="x")
    person.name = "‮evil <b>bold</b>"
    person.save()
    html = page(analyst, person) + analyst.get(page_of(person, "compare")).content.decode()
    assert "<script>alert" not in html and "<b>bold" not in html


def test_what_was_deleted_is_listed_with_who_and_when(analyst):
    claim, kept = make_claim(text="Ships sank."), make_claim(text="Ships swam.")
    analyst.post(page_of(claim, "delete"), sure(claim))
    html = analyst.get(reverse("admin:kb_claim_deleted")).content.decode()
    assert "Ships sank." in html and analyst.user.username in html and kept.text not in html
    assert reverse("admin:kb_claim_deleted") in analyst.get(list_of(Claim)).content.decode()
    assert analyst.get(page_of(claim)).status_code == 404
    assert "It was deleted." in page(analyst, claim)


def test_what_never_was_has_no_history(analyst):
    for pk in ("999999", "x", "1'"):
        for view in ("history", "compare"):
            address = reverse(f"admin:kb_claim_{view}", args=[pk])
            assert analyst.get(address).status_code == 404, address
