"""Reviewing at the desk: blind until one has chosen, then side by side; a third person decides."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kb.models import Claim, EvidenceCopy, FactCheck, FactCheckStatus, ForecastScore, Rating, Review
from kb.services import verdicts
from kb.services.seals import hash_of, seal_of
from tests.factories import (
    give_review,
    make_claim,
    make_copy,
    make_dissent,
    make_draft_check,
    make_forecast,
    make_published_check,
    make_score,
    make_search_step,
    make_user,
    publish_verdict,
)

from .pages import chosen, fields_of, list_of, messages_of, page_of, save

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_each_database]

REASON = "Zanzibar counted it twice."


def review_of(check: FactCheck) -> str:
    return reverse("admin:kb_factcheck_review", args=[check.pk])


def rate(client, check, rating: str, note="I counted too.", **changes):
    page = client.get(review_of(check))
    value = Rating.objects.current().get(slug=rating).pk
    sent = {**fields_of(page), "rating": value, "note": note, "rate": "1", **changes}
    return client.post(review_of(check), sent, follow=True)


def submitted(**changes) -> FactCheck:
    check = make_draft_check(**{"rationale": REASON, **changes})
    return verdicts.submit(check, by=check.author)


def test_a_reviewer_sees_evidence_and_search_and_neither_rating_nor_rationale(editor):
    check = submitted()
    step = make_search_step(make_draft_check(check.claim))
    step.fact_check.search_steps.update(fact_check=check)
    html = editor.get(review_of(check)).content.decode()
    assert "Customs statistics, May 2025." in html and step.place in html
    assert REASON not in html
    # Every value of the scale is offered, and none is chosen.
    assert html.count('name="rating"') == Rating.objects.count() and "checked" not in html


def test_agreement_publishes_and_both_ratings_of_one_class_agree(editor):
    check = submitted()
    rate(editor, check, "mostly-true")
    check.refresh_from_db()
    assert (check.status, check.reviewer, check.rating.slug) == (FactCheckStatus.PUBLISHED, editor.user, "true")


def test_after_a_dissent_both_stand_side_by_side_and_a_third_decides(editor, sign_in):
    check = submitted()
    third = sign_in("editor")
    revealed = rate(editor, check, "false", note="The second count is missing.").content.decode()
    check.refresh_from_db()
    assert (check.status, check.dissent) == (FactCheckStatus.SUBMITTED, "open")
    assert REASON in revealed and "The second count is missing." in revealed
    assert "A third person decides" in revealed and 'name="rate"' not in revealed

    page = third.get(review_of(check)).content.decode()
    assert REASON in page and "The second count is missing." in page
    rate(third, check, "true", note="Both counts are in the annex.")
    check.refresh_from_db()
    assert (check.status, check.dissent, check.reviewer) == (FactCheckStatus.PUBLISHED, "resolved", third.user)


def test_a_third_against_the_author_rejects_with_the_reason(sign_in):
    check = make_dissent()
    third = sign_in("editor")
    rate(third, check, "false", note="Not in the annex.")
    check.refresh_from_db()
    assert (check.status, check.rejection_reason, check.dissent) == ("rejected", "Not in the annex.", "resolved")


def test_a_desk_of_two_publishes_with_the_dissent_open_and_a_third_settles_it_later(editor, sign_in):
    check = submitted()
    page = rate(editor, check, "false", note="I differ.")
    assert "Publish with the dissent open" in page.content.decode()
    editor.post(review_of(check), {"publish": "1", "shown": hash_of(seal_of(check))})
    check.refresh_from_db()
    assert (check.status, check.dissent) == (FactCheckStatus.PUBLISHED, "open")

    third = sign_in("editor")
    assert check in set(third.get(list_of(FactCheck), {"waiting": "decide"}).context["cl"].result_list)
    rate(third, check, "false", note="He is right.")
    check.refresh_from_db()
    assert (check.dissent, check.reopen_reason) == ("resolved", "He is right.")


def test_with_a_third_at_the_desk_nobody_publishes_over_a_dissent(editor, sign_in):
    check = submitted()
    sign_in("editor")
    rate(editor, check, "false")
    response = editor.post(review_of(check), {"publish": "1", "shown": hash_of(seal_of(check))}, follow=True)
    assert "A third person can decide" in messages_of(response)
    check.refresh_from_db()
    assert check.status == FactCheckStatus.SUBMITTED


def test_a_claim_that_was_reworded_meanwhile_cannot_be_approved(editor):
    check = submitted()
    opened = fields_of(editor.get(review_of(check)))
    claim = Claim.objects.get(pk=check.claim_id)
    claim.text = "Exports fell by 40 per cent."
    claim.save()
    assert "this has changed: the claim" in editor.get(review_of(check)).content.decode()
    response = rate(editor, check, "true", **{"shown": opened["shown"]})
    assert "this has changed: the claim" in messages_of(response)
    # What was typed is still there.
    assert "I counted too." in response.content.decode()
    check.refresh_from_db()
    assert (check.status, Review.objects.count()) == (FactCheckStatus.SUBMITTED, 0)


def test_a_review_of_what_was_taken_back_and_submitted_anew_is_refused(editor):
    check = submitted()
    opened = fields_of(editor.get(review_of(check)))
    verdicts.take_back(check, by=check.author)
    check.rationale = "Counted in another way."
    verdicts.submit(verdicts.save_draft(check, by=check.author), by=check.author)
    response = rate(editor, check, "true", shown=opened["shown"])
    assert "changed since you opened it" in messages_of(response)
    check.refresh_from_db()
    assert check.status == FactCheckStatus.SUBMITTED


@pytest.mark.parametrize(
    "sent", [{"rating": ""}, {"rating": "99999"}, {"rating": "x"}, {"note": " "}, {"shown": ""}, {"shown": "0" * 64}]
)
def test_nonsense_reviews_nothing(editor, sent):
    check = submitted()
    fields = {
        "rating": Rating.objects.get(slug="true").pk,
        "note": "Counted.",
        "shown": hash_of(seal_of(check)),
        **sent,
    }
    assert editor.post(review_of(check), {**fields, "rate": "1"}).status_code == 200
    assert not Review.objects.exists()


def test_nobody_reviews_their_own_check_nor_without_the_right(editor, analyst):
    own = submitted(by=editor.user)
    fields = {
        "rating": Rating.objects.get(slug="true").pk,
        "note": "Mine.",
        "shown": hash_of(seal_of(own)),
        "rate": "1",
    }
    assert editor.post(review_of(own), fields).status_code == 302
    assert analyst.post(review_of(submitted()), fields).status_code == 403
    assert not Review.objects.exists()


def pages_that_could_tell(check: FactCheck) -> list[str]:
    changelist = list_of(FactCheck)
    return [
        *(page_of(check, view) for view in ("change", "history")),
        *(f"{changelist}{query}" for query in ("", "?o=4", "?waiting=review", "?status__exact=submitted")),
        *(page_of(check.claim, view) for view in ("change", "history")),
        list_of(Claim),
        review_of(check),
        reverse("admin:index"),
        reverse("admin:kb_factcheck_compare", args=[check.pk]),
        f"{reverse('admin:autocomplete')}?app_label=kb&model_name=factcheck&field_name=consulted&term=e",
    ]


@pytest.mark.parametrize("state", ["draft", "submitted", "rejected"])
def test_no_page_of_the_desk_tells_a_reviewer_the_rating_before_they_chose(editor, state):
    """A rating of words that stand nowhere else, and a rationale: neither leaks."""
    odd = Rating.objects.create(slug="odd", label="Quincunxial", definition="x", coarse_class="mixed", position=99)
    check = make_draft_check(make_claim(text="Exports rose."), rating=odd, rationale=REASON)
    if state != "draft":
        verdicts.submit(check, by=check.author)
    if state == "rejected":
        verdicts.reject(check, by=make_user(group="editor"), reason="One source.")
    hidden_from_reviewer = [page for page in pages_that_could_tell(check) if page != review_of(check)]
    for address in hidden_from_reviewer:
        html = editor.get(address, follow=True).content.decode()
        if address.startswith(list_of(FactCheck)):
            # The filter offers every value of the scale; no row shows it.
            html = html.partition('id="result_list"')[2].partition("</table>")[0]
        assert REASON not in html, address
        assert "Quincunxial" not in html, address


@pytest.mark.parametrize("query", ["rating=odd", "rating__slug=odd", "rating__label__startswith=Q", "rationale__contains=Zanzibar", "q=Zanzibar", "seal__contains=x"])  # fmt: skip
def test_no_filter_and_no_search_finds_out_a_hidden_rating(editor, query):
    odd = Rating.objects.create(slug="odd", label="Quincunxial", definition="x", coarse_class="mixed", position=99)
    check = submitted(rating=odd)
    response = editor.get(f"{list_of(FactCheck)}?{query}", follow=True)
    found = set(response.context["cl"].result_list) if response.context and "cl" in response.context else set()
    other = editor.get(
        f"{list_of(FactCheck)}?{query.replace('odd', 'true').replace('Zanzibar', 'Nobody')}", follow=True
    )
    as_well = set(other.context["cl"].result_list) if other.context and "cl" in other.context else set()
    # Either way the answer is the same: it depends on nothing that is hidden.
    assert (check in found) == (check in as_well)


def test_an_administrator_who_deletes_a_rating_is_not_told_who_uses_it(sign_in):
    odd = Rating.objects.create(slug="odd", label="Quincunxial", definition="x", coarse_class="mixed", position=99)
    check = submitted(rating=odd)
    sent = {"action": "delete_selected", **chosen(odd), "index": "0"}
    html = sign_in("administrator").post(list_of(Rating), sent).content.decode()
    assert "is in use" in html and page_of(check) not in html


def test_the_author_sees_their_own_rating_all_the_time(analyst):
    check = submitted(by=analyst.user)
    assert REASON in analyst.get(page_of(check)).content.decode()


def test_a_used_rating_is_read_only_and_says_why_and_a_new_edition_can_be_changed(sign_in):
    client = sign_in("administrator")
    rating = make_published_check().rating
    page = client.get(page_of(rating))
    assert "make a new edition" in page.content.decode() and 'name="definition"' not in page.content.decode()
    client.post(list_of(Rating), {"action": "new_edition", **chosen(rating), "index": "0"})
    client.post(list_of(Rating), {"action": "new_edition", **chosen(rating), "index": "0"})
    newer = Rating.objects.current().get(slug="true")
    assert newer.edition == 2
    save(client, newer, definition="Nothing that matters is left out.")
    newer.refresh_from_db()
    rating.refresh_from_db()
    assert newer.definition == "Nothing that matters is left out." != rating.definition


def test_a_copy_of_evidence_is_kept_with_its_hash_and_served_as_a_file_to_save(analyst):
    check = make_draft_check(by=analyst.user)
    row = check.evidence.get()
    file = SimpleUploadedFile("page.html", b"<script>alert(1)</script>", "text/html")
    save(analyst, check, **{"evidence-0-file": file, "evidence-0-summary": "The page."})
    copy = EvidenceCopy.objects.get(evidence=row)
    assert (copy.name, copy.media_type, copy.size) == ("page.html", "text/html", 25)
    response = analyst.get(reverse("admin:kb_factcheck_copy", args=[copy.pk]))
    assert response.headers["Content-Disposition"] == 'attachment; filename="page.html"'
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("content", [b"", b"x" * (3 * 1024 * 1024 + 1)], ids=["empty", "too large"])
def test_a_copy_that_is_empty_or_too_large_is_refused_and_nothing_lost(analyst, content):
    check = make_draft_check(by=analyst.user)
    file = SimpleUploadedFile("page.html", content)
    response = save(analyst, check, **{"evidence-0-file": file, "evidence-0-summary": "Typed words."})
    assert response.status_code == 200 and "Typed words." in response.content.decode()
    assert not EvidenceCopy.objects.exists()


def test_a_typed_day_replaces_the_rule_and_the_rule_is_proposed(analyst):
    check = verdicts.draft(make_claim(), by=analyst.user, as_of=date(2025, 6, 1))
    assert "365 days" in analyst.get(page_of(check)).content.decode()
    save(analyst, check, expires_on="2030-01-01")
    check.refresh_from_db()
    assert (check.expiry, check.expires_on) == ("day", date(2030, 1, 1))


def test_a_forecast_is_scored_by_one_and_confirmed_by_another(analyst, editor):
    claim = make_forecast()
    answer = {"outcome": "partly", "reason": "Half of it.", "address": "https://customs.example/"}
    sent = {"action": "score", **chosen(claim), "post": "yes", "from_page": "yes", **answer}
    analyst.post(list_of(Claim), sent)
    score = ForecastScore.objects.get(claim=claim)
    assert score.outcome == "partly" and not score.is_confirmed
    act = {"_act": "confirm", "version": str(score.version)}
    editor.post(page_of(score), act)
    score.refresh_from_db()
    assert score.confirmed_by == editor.user


def test_nobody_confirms_their_own_score(editor):
    score = make_score(scored_by=editor.user)
    response = editor.post(page_of(score), {"_act": "confirm", "version": str(score.version)}, follow=True)
    assert "Nobody confirms their own score" in messages_of(response)
    score.refresh_from_db()
    assert not score.is_confirmed


def test_a_rejected_check_is_drafted_anew_with_all_that_it_holds(analyst):
    check = make_draft_check(by=analyst.user, rationale=REASON)
    make_copy(check.evidence.get())
    make_search_step(check)
    verdicts.submit(check, by=check.author)
    verdicts.reject(check, by=make_user(group="editor"), reason="One source.")
    new = verdicts.redraft(check, by=analyst.user)
    assert (new.number, new.status, new.rationale) == (2, "draft", REASON)
    assert new.evidence.get().copy.sha256 == check.evidence.get().copy.sha256
    assert new.search_steps.count() == 1
    publish_verdict(new)


def test_the_history_of_a_reviewed_check_opens(editor):
    check = submitted()
    version = reverse("admin:kb_factcheck_simple_history", args=[check.pk, check.history.latest().pk])
    assert REASON not in editor.get(version).content.decode()
    give_review(check, "true", by=editor.user)
    assert REASON in editor.get(version).content.decode()
