"""What is always true of a row, broken past the forms: the database refuses, whoever writes."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, models, transaction
from django.db.models import CheckConstraint, F, UniqueConstraint
from django.utils import timezone

from kb.models import (
    Acknowledgement,
    Article,
    Capture,
    Correction,
    ExpiryRule,
    FactCheck,
    Follow,
    ForeignCheck,
    ImportedFile,
    ImportProblem,
    ImportRun,
    LedgerEntry,
    Notice,
    PageChange,
    Person,
    Piece,
    Presence,
    Rating,
    RatingWords,
    Review,
    SearchDocument,
    SentForm,
    Source,
    TagLink,
    Tally,
    Task,
    Upload,
)
from tests.factories import (
    make_appearance,
    make_article,
    make_challenge,
    make_citation,
    make_claim,
    make_copy,
    make_correction,
    make_dissent,
    make_draft_check,
    make_invitation,
    make_merge,
    make_note,
    make_person,
    make_published_article,
    make_published_check,
    make_score,
    make_search_step,
    make_source,
    make_tag,
    make_task,
    make_touched,
    make_user,
    words,
)

pytestmark = pytest.mark.django_db

TABLES = [model for model in apps.get_app_config("kb").get_models() if not hasattr(model, "history_object")]
RULES = {
    constraint.name: (model, constraint)
    for model in TABLES
    for constraint in model._meta.constraints
    if constraint.name.startswith("kb_")
}


def make_hop():
    return make_article().hops.create(position=1, kind="wrote", printed_name="Ada Harbour")


def make_capture():
    return Capture.objects.create(sha256="0" * 64, content=b"words", origin="page.txt")


def make_evidence():
    return make_draft_check().evidence.get()


def make_problem():
    return ImportProblem.objects.create(
        run=ImportRun.objects.create(), file="page.txt", level="info", code="x", message="x"
    )


def make_tag_link():
    return TagLink.objects.create(content_object=make_article(), tag=make_tag())


def make_piece():
    return Piece.objects.create(capture=make_capture(), start=0, end=5)


def make_page_change(**changes):
    first = Capture.objects.count()
    captures = [
        Capture.objects.create(sha256=f"{number:064}", content=b"words", origin="page.txt")
        for number in (first, first + 1)
    ]
    return PageChange.objects.create(
        **{"article": make_article(), "before": captures[0], "after": captures[1], **changes}
    )


def make_linked_check():
    return ForeignCheck.objects.create(key="1" * 64, statement="Grain.", claim=make_claim(), linked_by=make_user())


def make_foreign_check():
    return ForeignCheck.objects.create(key="0" * 64, statement="Grain is dear.")


def make_changed_verdict():
    """The correction of a verdict that another superseded."""
    check = make_published_check()
    return make_published_check(check.claim, rationale="Counted anew.").claim.corrections.get()


def make_acknowledgement():
    return Acknowledgement.objects.create(touched=make_touched(), acknowledged_by=make_user())


def make_tally():
    return Tally.objects.create(day=date(2026, 11, 25), place="0" * 32)


def make_ledger_entry():
    return LedgerEntry.objects.create(run=ImportRun.objects.create(), file="export.jsonl", sha256="0" * 64)


def make_notice():
    return Notice.objects.create(user=make_user(), event="published:1", words="Published.", article=make_article())


def make_sent_form():
    return SentForm.objects.create(user=make_user(), key="k" * 22)


def make_document():
    return SearchDocument.objects.create(place=1, kind=1, row=10**6)


def make_presence():
    table = ContentType.objects.get_for_model(Article)
    return Presence.objects.create(user=make_user(), content_type=table, object_id="1")


def make_follow():
    return Follow.objects.create(user=make_user(), claim=make_claim())


def make_review():
    return make_dissent().reviews.get()


ROWS = {
    "expiryrule": lambda: ExpiryRule.objects.get(statement_type="fact"),
    "review": make_review,
    "evidencecopy": make_copy,
    "searchstep": make_search_step,
    "forecastscore": make_score,
    "source": make_source,
    "sourcename": lambda: make_source().names.create(name="Courier", kind="short"),
    "person": lambda: Person.objects.create(name="Ada Harbour", slug="ada"),
    "capture": make_capture,
    "tag": make_tag,
    "taglink": make_tag_link,
    "article": make_article,
    "hop": make_hop,
    "citation": make_citation,
    "claim": make_claim,
    "appearance": make_appearance,
    "rating": lambda: Rating.objects.get(slug="true"),
    "factcheck": make_draft_check,
    "evidence": make_evidence,
    "annotation": make_note,
    "importrun": ImportRun.objects.create,
    "importproblem": make_problem,
    "piece": make_piece,
    "pagechange": make_page_change,
    "foreigncheck": make_foreign_check,
    "ratingwords": lambda: RatingWords.objects.create(words="quite so", coarse_class="supported"),
    "ledgerentry": make_ledger_entry,
    "correction": make_changed_verdict,
    "correctionarticle": make_touched,
    "acknowledgement": make_acknowledgement,
    "invitation": make_invitation,
    "importedfile": lambda: ImportedFile.objects.create(run=ImportRun.objects.create(), file="page.txt", effect="new"),
    "merge": make_merge,
    "mergedrow": lambda: make_merge().rows.get(),
    "tagalias": lambda: make_tag().aliases.create(name="Corn"),
    "personalias": lambda: make_person().aliases.create(name="A. Harbour"),
    "claimwording": lambda: make_claim().wordings.create(text="Grain costs much."),
    "task": make_task,
    "challenge": make_challenge,
    "tally": make_tally,
    "follow": make_follow,
    "sentform": make_sent_form,
    "presence": make_presence,
    "notice": make_notice,
    "upload": lambda: Upload.objects.create(run=ImportRun.objects.create(), name="page.txt", content=b"words"),
}


# What is submitted takes no other words, so a draft breaks the rules of words on its way.
SUBMITTED = {"status": "submitted", "checked_on": date.today(), "submitted_at": timezone.now()}

# Constraint to a row and the change that breaks it.
BREAKS = {
    "kb_challenge_has_one_target": (make_challenge, {"claim": None}),
    "kb_challenge_kind_fits_target": (make_challenge, {"kind": "misquoted"}),
    "kb_challenge_says_why": (make_challenge, {"why": ""}),
    "kb_challenge_end_has_moment": (make_challenge, {"state": "withdrawn"}),
    "kb_challenge_contact_ends_with_answer": (
        make_challenge,
        {"state": "withdrawn", "closed_at": timezone.now(), "contact": "reader@example.org"},
    ),
    "kb_challenge_answer_has_words": (make_challenge, {"answer": "Words before the answer."}),
    "kb_challenge_held_says_why": (make_challenge, {"state": "held"}),
    "kb_tagalias_not_empty": (ROWS["tagalias"], {"name": ""}),
    "kb_personalias_not_empty": (ROWS["personalias"], {"name": ""}),
    "kb_claimwording_says_something": (ROWS["claimwording"], {"text": ""}),
    "kb_merge_keeps_one_of_its_kind": (make_merge, {"kind": "tag"}),
    "kb_merge_names_what_it_gave_up": (make_merge, {"slug": ""}),
    "kb_merge_undoing_is_signed": (make_merge, {"undone_at": timezone.now()}),
    "kb_mergedrow_left_out_is_kept": (ROWS["mergedrow"], {"effect": "left_out"}),
    "kb_rating_edition_counts_from_one": (ROWS["rating"], {"edition": 0}),
    "kb_expiryrule_days_in_range": (ROWS["expiryrule"], {"days": 0}),
    "kb_claim_only_forecasts_resolve": (make_claim, {"resolves_on": date(2025, 6, 1)}),
    "kb_factcheck_expiry_fits_its_day": (make_draft_check, {"expiry": "day", "expires_on": None}),
    "kb_factcheck_handed_back_is_draft": (make_published_check, {"return_reason": "One source."}),
    "kb_factcheck_dissent_is_of_a_review": (make_draft_check, {"dissent": "open"}),
    "kb_review_says_why": (make_review, {"note": ""}),
    "kb_review_has_hash": (make_review, {"content_hash": "abc"}),
    "kb_evidencecopy_has_hash": (make_copy, {"sha256": "abc"}),
    "kb_evidencecopy_size_in_range": (make_copy, {"size": 0}),
    "kb_evidencecopy_is_named": (make_copy, {"name": ""}),
    "kb_searchstep_says_where_and_what": (make_search_step, {"result": ""}),
    "kb_forecastscore_says_why": (make_score, {"reason": ""}),
    "kb_forecastscore_confirmed_by_another": (
        make_score,
        {"confirmed_by": F("scored_by"), "confirmed_at": timezone.now()},
    ),
    "kb_forecastscore_confirmation_is_signed": (make_score, {"confirmed_at": timezone.now()}),
    "kb_source_is_named": (make_source, {"name": ""}),
    "kb_source_letter_has_reason": (make_source, {"reliability": "A"}),
    "kb_sourcename_not_empty": (ROWS["sourcename"], {"name": ""}),
    "kb_person_is_named": (ROWS["person"], {"slug": ""}),
    "kb_capture_has_hash": (make_capture, {"sha256": "abc"}),
    "kb_tag_is_named": (make_tag, {"name": ""}),
    "kb_invitation_accepted_or_revoked": (
        make_invitation,
        {"accepted_at": timezone.now(), "revoked_at": timezone.now()},
    ),
    "kb_taglink_decision_has_moment": (make_tag_link, {"state": "confirmed"}),
    "kb_hop_decision_has_moment": (make_hop, {"decided_at": timezone.now()}),
    "kb_citation_decision_has_moment": (make_citation, {"decided_at": None}),
    "kb_appearance_decision_has_moment": (make_appearance, {"state": "suggested"}),
    "kb_article_has_slug": (make_article, {"slug": ""}),
    "kb_article_published_is_complete": (make_published_article, {"title": ""}),
    "kb_article_withdrawn_has_moment": (make_published_article, {"status": "withdrawn"}),
    "kb_hop_names_one": (make_hop, {"printed_name": ""}),
    "kb_citation_resolution_fits": (make_citation, {"resolution": "unnamed"}),
    "kb_citation_is_printed": (make_citation, {"as_printed": ""}),
    "kb_citation_inferred_date_has_basis": (make_citation, {"date_resolved": "2025-06-12"}),
    "kb_citation_not_via_itself": (make_citation, {"via": F("pk")}),
    "kb_citation_check_is_signed": (make_citation, {"check_state": "confirmed"}),
    "kb_citation_anchor_whole_or_absent": (make_citation, {"end": None}),
    "kb_appearance_anchor_whole_or_absent": (make_appearance, {"exact": ""}),
    "kb_annotation_anchor_whole_or_absent": (make_note, {"start": 3}),
    "kb_citation_proposal_has_places": (make_citation, {"standing": "changed"}),
    "kb_appearance_proposal_has_places": (make_appearance, {"places": [[3, 9, 97]]}),
    "kb_annotation_proposal_has_places": (make_note, {"places": [[3, 9, 97]]}),
    "kb_claim_says_something": (make_claim, {"text": ""}),
    "kb_claim_value_has_unit": (make_claim, {"value": 190}),
    "kb_appearance_confirmed_has_claim": (make_appearance, {"claim": None}),
    "kb_appearance_is_anchored": (
        make_appearance,
        {"start": None, "end": None, "revision": None, "exact": "", "prefix": "", "suffix": ""},
    ),
    "kb_rating_is_defined": (ROWS["rating"], {"definition": ""}),
    "kb_factcheck_reviewer_is_not_author": (make_published_check, {"reviewer": F("author")}),
    "kb_factcheck_needs_rationale": (make_draft_check, SUBMITTED | {"rationale": ""}),
    "kb_factcheck_needs_rating": (make_draft_check, SUBMITTED | {"rating": None}),
    "kb_factcheck_as_of_not_after_check": (make_draft_check, SUBMITTED | {"as_of": date.today() + timedelta(days=2)}),
    "kb_factcheck_expires_after_as_of": (make_published_check, {"expires_on": date(2025, 6, 1)}),
    "kb_factcheck_decision_has_reviewer": (make_published_check, {"reviewer": None}),
    "kb_factcheck_rejection_has_reason": (make_published_check, {"status": "rejected"}),
    "kb_factcheck_reopening_is_signed": (make_published_check, {"reopened_at": timezone.now()}),
    "kb_evidence_says_something": (make_evidence, {"summary": ""}),
    "kb_annotation_has_one_target": (make_note, {"article": None}),
    "kb_annotation_words_need_article": (
        lambda: make_note(claim=make_claim()),
        {"start": 1, "end": 2, "revision": 1, "exact": "x"},
    ),
    "kb_annotation_says_something": (make_note, {"body": ""}),
    "kb_annotation_resolution_is_signed": (make_note, {"resolved_at": timezone.now()}),
    "kb_citation_repeats_another": (make_citation, {"antecedent": F("pk")}),
    "kb_citation_confidence_in_range": (make_citation, {"confidence": 101}),
    "kb_piece_has_extent": (make_piece, {"end": 0}),
    "kb_piece_decision_has_moment": (make_piece, {"state": "confirmed"}),
    "kb_pagechange_applied_has_revision": (make_page_change, {"revision": 2}),
    "kb_pagechange_decision_has_moment": (make_page_change, {"state": "dismissed"}),
    "kb_foreigncheck_says_something": (make_foreign_check, {"statement": ""}),
    "kb_foreigncheck_has_key": (make_foreign_check, {"key": "abc"}),
    "kb_foreigncheck_link_is_signed": (make_linked_check, {"linked_by": None}),
    "kb_ratingwords_say_something": (ROWS["ratingwords"], {"words": ""}),
    "kb_correction_has_one_target": (make_correction, {"claim": None}),
    "kb_correction_says_what_was": (make_correction, {"before": ""}),
    "kb_correction_says_what_is": (make_correction, {"after": ""}),
    "kb_correction_verdicts_are_of_a_claim": (make_changed_verdict, {"check_before": None}),
    "kb_correction_kind_fits_verdicts": (make_changed_verdict, {"check_after": None}),
    "kb_importrun_stage_fits_its_end": (ROWS["importrun"], {"stage": "cancelled"}),
    "kb_task_has_one_target": (make_task, {"article": None}),
    "kb_task_end_has_moment": (make_task, {"state": "done"}),
    "kb_task_drop_has_reason": (make_task, {"state": "dropped", "done_at": timezone.now()}),
    "kb_follow_has_one_target": (make_follow, {"claim": None}),
    "kb_sentform_has_key": (make_sent_form, {"key": ""}),
    "kb_presence_seen_after_since": (make_presence, {"since": timezone.now() + timedelta(days=1)}),
    "kb_notice_has_one_target": (make_notice, {"article": None}),
    "kb_notice_says_something": (make_notice, {"words": ""}),
    "kb_importrun_ends_after_start": (ROWS["importrun"], {"finished_at": timezone.now() - timedelta(days=1)}),
}
CHECKS = {name: rule for name, rule in RULES.items() if isinstance(rule[1], CheckConstraint)}
LENGTHS = [name for name in CHECKS if name.endswith("_length")]
CHOICES = [name for name in CHECKS if name.endswith("_known")]


def refused(rule: str, row: models.Model, change: dict) -> None:
    """The update past every form fails, and the error names the rule."""
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        change_past_the_forms(row, change)
    # PostgreSQL refuses a text that is longer than its column before it looks at the rules.
    assert rule in str(error.value) or (connection.vendor == "postgresql" and "too long" in str(error.value))


def change_past_the_forms(row: models.Model, change: dict) -> None:
    # What stands for good takes no other words: the broken one is a new one.
    if isinstance(row, Correction):
        twice(row, uid=uuid4(), **change)
    elif isinstance(row, Review):
        twice(row, **{"role": "deciding", "reviewer": make_user()} | change)
    else:
        type(row)._base_manager.filter(pk=row.pk).update(**change)


def make_inferred_citation():
    return make_citation(date_resolved="2025-06-12", date_basis="published-before")


def make_anchored_note():
    article = make_article()
    return make_note(article=article, **words(article, "Exports rose"))


# Rows that keep every other rule when one of their texts grows too long.
ROWS_FOR_LENGTH = ROWS | {"citation": make_inferred_citation, "annotation": make_anchored_note}


def field_of(name: str) -> tuple[models.Model, str]:
    model, _ = CHECKS[name]
    table = model._meta.model_name
    return ROWS_FOR_LENGTH[table](), name.removeprefix(f"kb_{table}_").removesuffix("_length").removesuffix("_known")


@pytest.mark.parametrize("name", LENGTHS)
def test_a_text_respects_its_length(name):
    row, field = field_of(name)
    limit = next(child[1] for child in CHECKS[name][1].condition.children)
    refused(name, row, {field: "x" * (limit + 1)})


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_is_one_of_the_listed(name):
    row, field = field_of(name)
    is_number = isinstance(row._meta.get_field(field), models.IntegerField)
    with pytest.raises(DatabaseError), transaction.atomic():
        change_past_the_forms(row, {field: 99 if is_number else "nonsense"})


@pytest.mark.parametrize("name", [name for name in CHECKS if name not in {*LENGTHS, *CHOICES}])
def test_a_rule_holds_past_the_forms(name):
    make, change = BREAKS[name]
    refused(name, make(), change)


@pytest.mark.parametrize("name", RULES)
def test_every_rule_has_words_for_the_analyst(name):
    _, constraint = RULES[name]
    assert str(constraint.violation_error_message) != str(constraint.default_violation_error_message)


def test_the_rule_speaks_when_a_form_validates():
    check = make_published_check()
    check.reviewer = check.author
    with pytest.raises(ValidationError, match="Nobody reviews their own check"):
        check.validate_constraints()


# What tasks and follows may be about.
TARGETS = {
    "challenge": make_challenge,
    "article": make_article,
    "claim": make_claim,
    "fact_check": make_draft_check,
    "citation": make_citation,
    "source": make_source,
    "tag": make_tag,
    "annotation": make_note,
}

UNIQUE = {
    "kb_tally_once": lambda: twice(make_tally()),
    "kb_tagalias_once": lambda: [make_tag().aliases.create(name=name) for name in ("Corn", "corn")],
    "kb_personalias_once": lambda: twice(ROWS["personalias"]()),
    "kb_claimwording_once": lambda: twice(ROWS["claimwording"]()),
    "kb_mergedrow_once": lambda: twice(ROWS["mergedrow"]()),
    "kb_rating_once": lambda: twice(ROWS["rating"](), position=99),
    "kb_rating_position_once": lambda: twice(ROWS["rating"](), slug="quite-true"),
    "kb_expiryrule_once": lambda: twice(ROWS["expiryrule"]()),
    "kb_review_once_per_person": lambda: twice(make_review(), role="deciding"),
    "kb_review_one_of_each_role": lambda: twice(make_review(), reviewer=make_user()),
    "kb_searchstep_position_once": lambda: twice(make_search_step()),
    "kb_source_name_unique": lambda: (make_source(name="The Quay"), make_source(name="THE QUAY")),
    "kb_sourcename_once": lambda: [make_source_name("Quay", source) for source in [make_source()] * 2],
    "kb_sourcename_domain_has_one_owner": lambda: [make_source_name("quay.example", kind="domain") for _ in "ab"],
    "kb_searchdocument_once": lambda: twice(make_document(), place=2),
    "kb_tag_name_unique": lambda: (make_tag("Grain"), make_tag("grain", slug="other")),
    "kb_taglink_once": lambda: twice(make_tag_link()),
    "kb_hop_position_once": lambda: twice(make_hop()),
    "kb_citation_position_once": lambda: twice(make_citation()),
    "kb_claim_once": lambda: (make_claim(text="Grain is dear."), make_claim(text="Grain is dear.")),
    "kb_appearance_once": lambda: twice(make_appearance()),
    "kb_factcheck_number_once": lambda: twice(make_draft_check()),
    "kb_factcheck_one_published": lambda: publish_past_the_services(make_published_check()),
    "kb_pagechange_one_waits": lambda: make_page_change(article=make_page_change().article),
    "kb_piece_once": lambda: twice(make_piece()),
    "kb_ratingwords_once": lambda: twice(ROWS["ratingwords"]()),
    "kb_ledgerentry_once": lambda: twice(make_ledger_entry()),
    **{
        f"kb_task_one_open_for_{target}": lambda target=target: twice(make_task(**{target: TARGETS[target]()}))
        for target in Task.TARGETS
    },
    **{
        f"kb_follow_{target}_once": lambda target=target: twice(
            Follow.objects.create(user=make_user(), **{target: TARGETS[target]()})
        )
        for target in Follow.TARGETS
    },
    "kb_sentform_once": lambda: twice(make_sent_form()),
    "kb_presence_once": lambda: twice(make_presence()),
    "kb_annotation_came_once": lambda: twice(make_note(via="https://example.org/note"), uid=uuid4()),
    "kb_notice_once_for_a_person": lambda: twice(make_notice()),
    "kb_evidence_position_once": lambda: twice(make_evidence()),
    "kb_correction_once_for_a_verdict": lambda: twice(make_changed_verdict(), uid=uuid4()),
    "kb_correction_once_for_a_reopening": lambda: twice(make_reopening(), uid=uuid4()),
    "kb_correctionarticle_once": lambda: twice(make_touched()),
    "kb_acknowledgement_once": lambda: twice(make_acknowledgement()),
}


def make_source_name(name, source=None, kind="short"):
    return (source or make_source()).names.create(name=name, kind=kind)


def make_reopening():
    check = make_published_check()
    return make_correction(check.claim, check_before=check, after="", kind="update")


def twice(row, **changes):
    for name, value in changes.items():
        setattr(row, name, value)
    row.pk = None
    row._state.adding = True
    row.save()


def publish_past_the_services(check):
    second = make_draft_check(check.claim)
    fields = ("status", "reviewer", "decided_at", "submitted_at", "checked_on")
    FactCheck.objects.filter(pk=second.pk).update(**{field: getattr(check, field) for field in fields})


@pytest.mark.parametrize("name", [name for name, rule in RULES.items() if isinstance(rule[1], UniqueConstraint)])
def test_what_is_unique_stays_unique(name):
    with pytest.raises(DatabaseError), transaction.atomic():
        UNIQUE[name]()


def test_a_source_that_is_cited_cannot_be_deleted():
    citation = make_citation()
    with pytest.raises(models.ProtectedError):
        citation.source.delete()
    assert Source.objects.filter(pk=citation.source.pk).exists()


def test_a_claim_that_an_article_makes_cannot_be_deleted():
    with pytest.raises(models.ProtectedError):
        make_appearance().claim.delete()


def test_a_tag_in_use_cannot_be_deleted():
    with pytest.raises(models.ProtectedError):
        make_tag_link().tag.delete()


def test_a_person_who_checked_cannot_be_deleted():
    user = make_user(group="analyst")
    make_draft_check(by=user)
    with pytest.raises(models.ProtectedError):
        user.delete()


@pytest.mark.parametrize("change", [{"before": "x"}, {"after": "x"}, {"reason": "x"}, {"made_at": timezone.now()}])
def test_a_correction_that_stands_takes_no_other_words(change):
    correction = make_correction()
    with pytest.raises(DatabaseError, match="kb_correction_stays_as_it_is"), transaction.atomic():
        Correction.objects.filter(pk=correction.pk).update(**change)


@pytest.mark.parametrize("change", [{"rationale": "x"}, {"as_of": date(2020, 1, 1)}, {"rating": None}])
def test_a_check_takes_other_words_only_as_a_draft(change):
    draft, check = make_draft_check(), make_published_check()
    with pytest.raises(DatabaseError, match="kb_factcheck_stays_as_submitted"), transaction.atomic():
        FactCheck.objects.filter(pk=check.pk).update(**change)
    assert FactCheck.objects.filter(pk=draft.pk).update(**change) == 1


@pytest.mark.parametrize("change", [{"note": "x"}, {"role": "deciding"}, {"content_hash": "0" * 64}])
def test_an_opinion_that_was_given_takes_no_other_words(change):
    review = make_published_check().reviews.get()
    with pytest.raises(DatabaseError, match="kb_review_stays_as_given"), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(**change)


def test_a_correction_moves_with_a_claim_that_is_merged():
    correction, claim = make_correction(), make_claim()
    assert Correction.objects.filter(pk=correction.pk).update(claim=claim) == 1
