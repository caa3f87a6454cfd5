"""The reading view: marks with their cards, new cards on words, acts on cards, undo; all of it as plain forms."""

import pytest

from kb.models import (
    Access,
    Annotation,
    Appearance,
    Article,
    BodyFormat,
    Citation,
    Claim,
    Evidence,
    Motivation,
    Source,
    State,
)
from tests.factories import (
    BODY,
    make_appearance,
    make_article,
    make_citation,
    make_claim,
    make_draft_check,
    make_note,
    make_published_check,
    make_user,
    words,
)

from .pages import list_of, messages_of, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_each_database]
WORDS = "two more convoys are waiting"


@pytest.fixture
def article():
    return make_article(issued_on="2025-06-14")


def compose(client, article, kind, exact=WORDS, **changes):
    """Mark words and open the form of a new card: the response, and what the form would send."""
    response = client.post(page_of(article, "read"), {"_new": kind, "exact": exact, **changes})
    card = response.context["composer"]
    sent = {"_save": kind, "exact": card.found.exact, "start": card.found.start, "revision": article.revision}
    sent |= {"prefix": card.found.prefix, "suffix": card.found.suffix}
    for one in card:
        value = one.value()
        sent[one.name] = getattr(value, "pk", value) if value is not None else ""
    return response, sent


def save(client, article, kind, exact=WORDS, **changes):
    _response, sent = compose(client, article, kind, exact)
    return client.post(page_of(article, "read"), sent | changes, follow=True)


def act(client, article, act, key, row, **more):
    row.refresh_from_db()
    sent = {"_act": f"{act}:{key}-{row.pk}:{row.version}", **more}
    return client.post(page_of(article, "read"), sent, follow=True)


# The page


def test_the_list_of_articles_leads_to_the_reading_view(analyst, article):
    assert f'href="{page_of(article, "read")}"' in analyst.get(list_of(Article)).content.decode()


def test_every_mark_has_its_card_beside_the_paragraph_it_begins_in(analyst, article):
    citation = make_citation(article, state=State.SUGGESTED)
    note = make_note(article=article, body="Since when?", **words(article, WORDS))
    page = analyst.get(page_of(article, "read"))
    html = page.content.decode()
    assert (
        f'<mark id="words-citation-{citation.pk}" class="of-citation is-suggested">(#Reuters, June 12)</mark>' in html
    )
    first, second = page.context["shown"]
    assert [card.key for card in first.cards] == [f"citation-{citation.pk}"]
    assert [card.key for card in second.cards] == [f"note-{note.pk}"]
    assert (first.block.start, second.block.start) == (0, BODY.index("According"))


def test_overlapping_and_nested_marks_each_keep_their_words(analyst, article):
    for exact in ("two more convoys are", "convoys are waiting. Nobody", "convoys"):
        make_note(article=article, body="?", **words(article, exact))
    html = analyst.get(page_of(article, "read")).context["shown"][1].html
    assert html.count("<mark") == html.count("</mark>")
    assert "</mark></mark></mark>" in html


def test_words_that_left_the_text_have_a_card_and_no_mark(analyst, article):
    note = make_note(article=article, body="Gone?", **words(article, WORDS) | {"revision": article.revision + 1})
    page = analyst.get(page_of(article, "read"))
    assert [card.row for card in page.context["beside"]] == [note]
    html = page.content.decode()
    assert f'id="words-note-{note.pk}"' not in html
    assert f'href="{page_of(article, "orphans")}#annotation-{note.pk}"' in html
    assert "Place 1 marked passage again" in html


def test_the_words_that_readers_do_not_see_are_set_apart(analyst):
    article = make_article(body="Grain left the port. " * 40, display="excerpt")
    assert 'class="unseen"' in analyst.get(page_of(article, "read")).content.decode()


def test_somebody_elses_private_note_is_not_there(analyst, article):
    note = make_note(article=article, body="Mine alone", access=Access.PRIVATE, **words(article, WORDS))
    html = analyst.get(page_of(article, "read")).content.decode()
    assert "Mine alone" not in html and "of-note" not in html
    answer = analyst.post(page_of(article, "read"), {"_act": f"resolve:note-{note.pk}:{note.version}"})
    assert answer.status_code == 404


def test_a_reader_of_drafts_sees_what_is_confirmed_and_changes_nothing(sign_in, article):
    reader = sign_in("reader-of-drafts")
    make_citation(article, state=State.SUGGESTED)
    confirmed = make_citation(article, as_printed="According to #CNN (June 4)")
    page = reader.get(page_of(article, "read"))
    assert [card.row for one in page.context["shown"] for card in one.cards] == [confirmed]
    assert page.context["new"] == []
    assert reader.post(page_of(article, "read"), {"_new": "note", "exact": WORDS}).status_code == 403


@pytest.mark.parametrize(
    "narrowed, left",
    [
        ({}, {"citation", "claim", "note"}),
        ({"kind": "note"}, {"note"}),
        ({"state": "open"}, {"citation", "note"}),
        ({"state": "done"}, {"claim"}),
        ({"access": "team"}, {"note"}),
        ({"author": "ines"}, {"note"}),
        ({"kind": "nonsense"}, set()),
    ],
)
def test_cards_are_narrowed_with_their_marks(analyst, article, narrowed, left):
    make_citation(article, state=State.SUGGESTED)
    make_appearance(article)
    make_note(article=article, author=make_user("ines"), access=Access.TEAM, **words(article, WORDS))
    page = analyst.get(page_of(article, "read"), narrowed)
    assert {card.kind for one in page.context["shown"] for card in one.cards} == left
    assert page.content.decode().count("<mark id=") == len(left)


# New cards


def test_a_note_on_words_is_saved_with_its_anchor(analyst, article):
    response = save(analyst, article, "note", body="Since when?", access=Access.PUBLIC)
    note = Annotation.objects.get()
    assert (note.body, note.access, note.author, note.article) == ("Since when?", "public", analyst.user, article)
    start = BODY.index(WORDS)
    assert (note.exact, note.start, note.end, note.revision) == (WORDS, start, start + len(WORDS), 1)
    assert note.prefix == BODY[start - 32 : start]
    assert f'id="card-note-{note.pk}"' in response.content.decode()


def test_a_note_without_a_word_is_a_highlight(analyst, article):
    save(analyst, article, "note")
    assert Annotation.objects.get().motivation == Motivation.HIGHLIGHTING


def test_a_citation_is_filled_in_from_the_words(analyst, article):
    _response, sent = compose(analyst, article, "citation", "(#Reuters, June 12)")
    expected = {
        "source": "Reuters",
        "date_printed": "June 12",
        "date_edtf": "XXXX-06-12",
        "date_resolved": "2025-06-12",
    }
    assert {name: sent[name] for name in expected} == expected
    analyst.post(page_of(article, "read"), sent)
    citation = Citation.objects.get()
    assert (citation.source.name, citation.state, citation.decided_by) == ("Reuters", State.CONFIRMED, analyst.user)
    assert (citation.date_resolved, citation.date_basis) == ("2025-06-12", "published-before")
    assert citation.exact == citation.as_printed == "(#Reuters, June 12)"


@pytest.mark.parametrize(
    "typed, resolution", [("The Harbour Gazette", "unresolved"), ("", "unnamed"), ("cnn.com", "resolved")]
)
def test_a_source_is_known_by_any_of_its_names_or_kept_as_printed(analyst, article, typed, resolution):
    save(analyst, article, "citation", source=typed)
    assert Citation.objects.get().resolution == resolution


def test_a_claim_is_filled_in_and_its_sentence_supports_it(analyst, article):
    citation = make_citation(article, as_printed="According to #CNN (June 4)")
    _response, sent = compose(analyst, article, "claim")
    assert (sent["text"], sent["statement_type"], sent["citations"]) == (WORDS, "fact", [citation.pk])
    analyst.post(page_of(article, "read"), sent)
    appearance = Appearance.objects.get()
    assert (appearance.claim.text, appearance.exact, appearance.state) == (WORDS, WORDS, State.CONFIRMED)
    assert list(appearance.citations.all()) == [citation]


def test_a_similar_claim_is_offered_with_its_relation_and_linked_as_its_variant(analyst, article):
    known = make_claim(text="Exports rose by 70 per cent in May", language="en")
    response, sent = compose(analyst, article, "claim", "Exports rose by 40 per cent in May")
    [offer] = response.context["composer"].similar
    assert (offer.claim, offer.candidate.relation) == (known, "other_number")
    analyst.post(page_of(article, "read"), sent | {"known": known.pk})
    appearance = Appearance.objects.get()
    assert (appearance.claim, appearance.variant) == (known, "other_number")


def test_the_same_claim_is_chosen_already(analyst, article):
    known = make_claim(text="Exports rose by 40 per cent in May", language="en")
    _response, sent = compose(analyst, article, "claim", "Exports rose by 40 per cent in May")
    assert sent["known"] == str(known.pk)


def test_words_become_evidence_of_an_own_draft_alone(analyst, article):
    others, own = make_draft_check(), make_draft_check(by=analyst.user)
    before = own.evidence.count()
    save(analyst, article, "evidence", fact_check=others.pk)
    assert not others.evidence.filter(quote=WORDS).exists()
    save(analyst, article, "evidence")
    row = Evidence.objects.get(quote=WORDS)
    assert (row.fact_check, row.stance, own.evidence.count()) == (own, "supports", before + 1)
    assert row.address.endswith(article.get_absolute_url())


def test_without_a_draft_the_words_can_be_taken_along_with_their_address(analyst, article):
    html = compose(analyst, article, "evidence")[0].content.decode()
    assert f"{WORDS}\n\n{article}, http://testserver{article.get_absolute_url()}" in html


# Where the words stand


def test_of_two_places_the_selected_one_is_marked(analyst):
    article = make_article(body="Grain waits. Ships wait. Grain waits.")
    second = article.text.rindex("Grain")
    save_at = compose(analyst, article, "note", "Grain waits", start=second, revision=1)[1]
    analyst.post(page_of(article, "read"), save_at)
    assert Annotation.objects.get().start == second


def test_words_that_stand_twice_are_asked_again_and_kept(analyst):
    article = make_article(body="Grain waits. Ships wait. Grain waits.")
    response = analyst.post(page_of(article, "read"), {"_new": "note", "exact": "Grain waits"})
    assert response.status_code == 409
    html = response.content.decode()
    assert "stand in the text 2 times" in html and ">Grain waits</textarea>" in html


def test_white_space_at_the_ends_is_not_marked(analyst, article):
    start = BODY.index(" " + WORDS)
    sent = compose(analyst, article, "note", f" {WORDS}", start=start, revision=1)[1]
    analyst.post(page_of(article, "read"), sent)
    assert (Annotation.objects.get().exact, Annotation.objects.get().start) == (WORDS, start + 1)


def test_words_of_an_older_text_are_placed_by_their_context(analyst, article):
    _response, sent = compose(analyst, article, "note")
    Article.objects.filter(pk=article.pk).update(body=f"A new first paragraph.\n\n{BODY}", revision=2)
    analyst.post(page_of(article, "read"), sent | {"body": "Still here"})
    note, text = Annotation.objects.get(), Article.objects.get(pk=article.pk).text
    assert (note.revision, text[note.start : note.end]) == (2, WORDS)


@pytest.mark.parametrize("wrong", [{"start": "0"}, {"revision": "7"}, {"exact": "words that nobody wrote"}])
def test_nothing_is_ever_marked_on_other_words(analyst, article, wrong):
    _response, sent = compose(analyst, article, "note")
    response = analyst.post(page_of(article, "read"), sent | {"body": "Mine"} | wrong)
    note = Annotation.objects.first()
    assert note is None or note.exact == article.text[note.start : note.end] == WORDS
    if note is None:
        assert response.status_code == 409
        assert (sent | wrong)["exact"] in response.content.decode()


@pytest.mark.parametrize(
    "nonsense",
    [
        {},
        {"_new": "nothing"},
        {"_new": "note"},
        {"_new": "note", "exact": "  \r\n "},
        {"_new": "note", "exact": WORDS, "start": "-1"},
        {"_new": "note", "exact": WORDS, "start": "9" * 40},
        {"_new": "note", "exact": WORDS, "revision": "x", "start": "1e3"},
        {"_new": "note", "exact": "x" * 200_000},
        {"_new": "note", "exact": "a\0b"},
        {"_save": "claim", "exact": WORDS, "known": "999999999999999999999"},
        {"_save": "evidence", "exact": WORDS, "fact_check": "x"},
        {"_save": "citation", "exact": WORDS, "date_edtf": "yesterday", "source": "x" * 300},
        {"_act": "resolve"},
        {"_act": "resolve:note-99999999999999999999999:1"},
        {"_act": "destroy:citation-1:1"},
        {"_act": ":::::"},
        {"_undo": "1"},
    ],
)
def test_nonsense_is_answered_in_words_and_writes_nothing(analyst, article, nonsense):
    response = analyst.post(page_of(article, "read"), nonsense)
    assert response.status_code in (200, 302, 400, 403, 404, 409)
    assert not any(table.objects.exists() for table in (Annotation, Citation, Appearance, Claim, Evidence))


def test_two_people_who_mark_the_same_words_both_keep_theirs(analyst, editor, article):
    forms = [
        (client, compose(client, article, kind)[1]) for client in (analyst, editor) for kind in ("note", "citation")
    ]
    for client, sent in forms:
        client.post(page_of(article, "read"), sent | {"body": "Mine"})
    assert Annotation.objects.count() == Citation.objects.count() == 2


def test_a_card_that_is_sent_twice_is_saved_once(analyst, article):
    response, sent = compose(analyst, article, "note")
    sent |= {"body": "Once", "_once": response.context["once"]}
    for _time in range(2):
        analyst.post(page_of(article, "read"), sent)
    assert Annotation.objects.count() == 1


# Acts on cards, and undo


def test_a_thread_is_answered_resolved_and_opened_again(analyst, editor, article):
    note = make_note(article=article, author=editor.user, access=Access.TEAM, **words(article, WORDS))
    act(analyst, article, "reply", "note", note, reply="Since Monday.")
    reply = note.replies.get()
    assert (reply.body, reply.author, reply.access) == ("Since Monday.", analyst.user, Access.TEAM)
    act(editor, article, "resolve", "note", note)
    note.refresh_from_db()
    assert (note.is_resolved, note.resolved_by) == (True, editor.user)
    act(editor, article, "reopen", "note", note)
    note.refresh_from_db()
    assert not note.is_resolved


def test_only_its_author_changes_who_may_read_a_note(analyst, editor, article):
    note = make_note(article=article, author=editor.user, access=Access.TEAM, **words(article, WORDS))
    assert act(analyst, article, "access-public", "note", note).status_code == 403
    response = act(editor, article, "access-public", "note", note)
    assert "every reader" in messages_of(response)
    note.refresh_from_db()
    assert note.access == Access.PUBLIC


def test_an_act_on_an_older_card_is_refused(analyst, article):
    note = make_note(article=article, access=Access.TEAM, **words(article, WORDS))
    sent = {"_act": f"resolve:note-{note.pk}:{note.version}"}
    note.save()
    response = analyst.post(page_of(article, "read"), sent, follow=True)
    assert "was changed since you opened it" in messages_of(response)
    note.refresh_from_db()
    assert not note.is_resolved


@pytest.mark.parametrize("kind, table", [("note", Annotation), ("citation", Citation), ("claim", Appearance)])
def test_a_new_card_is_taken_back(analyst, article, kind, table):
    save(analyst, article, kind)
    assert table.objects.count() == 1
    response = analyst.post(page_of(article, "read"), {"_undo": "1"}, follow=True)
    assert "Taken back" in messages_of(response)
    assert not table.objects.exists() and not Claim.objects.exists()


def test_evidence_is_taken_back_from_a_draft(analyst, article):
    make_draft_check(by=analyst.user)
    save(analyst, article, "evidence")
    analyst.post(page_of(article, "read"), {"_undo": "1"})
    assert not Evidence.objects.filter(quote=WORDS).exists()


@pytest.mark.parametrize("decision", ["confirmed", "rejected"])
def test_a_decision_is_taken_back_with_the_claim_it_made(analyst, article, decision):
    appearance = make_appearance(article, state=State.SUGGESTED)
    act(analyst, article, decision, "claim", appearance)
    assert Claim.objects.exists() == (decision == "confirmed")
    analyst.post(page_of(article, "read"), {"_undo": "1"})
    appearance.refresh_from_db()
    assert (appearance.state, appearance.claim, appearance.decided_at) == (State.SUGGESTED, None, None)
    assert not Claim.objects.exists()


def test_several_acts_are_taken_back_the_last_one_first(analyst, article):
    save(analyst, article, "note", body="First")
    note = Annotation.objects.get()
    act(analyst, article, "access-public", "note", note)
    act(analyst, article, "resolve", "note", note)
    for access, count in [("public", 1), ("team", 1), ("team", 0)]:
        analyst.post(page_of(article, "read"), {"_undo": "1"})
        assert Annotation.objects.filter(resolved_at=None, access=access).count() == count


def test_what_somebody_rests_on_is_not_taken_back(analyst, editor, article):
    save(analyst, article, "note", body="First")
    act(editor, article, "reply", "note", Annotation.objects.get(), reply="Second")
    response = analyst.post(page_of(article, "read"), {"_undo": "1"}, follow=True)
    assert "This note was answered" in messages_of(response)
    assert Annotation.objects.count() == 2


def test_an_undo_is_ones_own(analyst, editor, article):
    save(analyst, article, "note", body="Mine")
    response = editor.post(page_of(article, "read"), {"_undo": "1"}, follow=True)
    assert "nothing to take back" in messages_of(response)
    assert Annotation.objects.count() == 1


# Cost


def test_the_page_takes_the_same_queries_however_many_marks_it_has(analyst, article, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    analyst.get(page_of(article, "read"))
    with CaptureQueriesContext(connection) as bare:
        analyst.get(page_of(article, "read"))
    check = make_published_check()
    for number, exact in enumerate(("Grain left", "the port", "on Monday", "harbour filled")):
        appearance = make_appearance(article, check.claim, exact=exact)
        citation = make_citation(article, as_printed=exact)
        appearance.citations.add(citation)
        unknown = make_citation(article, as_printed=exact, state=State.SUGGESTED, resolution="unresolved", source=None)
        unknown.candidates.add(*Source.objects.all()[: number + 1])
        note = make_note(article=article, **words(article, exact))
        make_note(article=article, reply_to=note)
        make_note(citation=citation)
    with django_assert_num_queries(len(bare)):
        analyst.get(page_of(article, "read"))


def test_markdown_counts_in_the_text_that_readers_see(analyst):
    article = make_article(
        body="# Grain\n\n- *one* ship\n- two ships\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        body_format=BodyFormat.MARKDOWN,
    )
    save(analyst, article, "note", "one ship\ntwo ships", body="Which?")
    note = Annotation.objects.get()
    assert article.text[note.start : note.end] == note.exact == "one ship\ntwo ships"
    shown = analyst.get(page_of(article, "read")).context["shown"]
    assert [one.html[:3] for one in shown] == ["<h2", "<ul", "<ta"]
    assert [article.text[one.block.start] for one in shown[:2]] == ["G", "\n"]
