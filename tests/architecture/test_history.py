"""Every table that people or programs change keeps its versions, and every way past them has a reason here."""

import ast

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User

from .test_rooms import CODE, ROOT

# Tables without versions: nobody's words, or rows that are themselves the record of what happened.
WITHOUT = {
    "Session": "who is signed in now",
    "Capture": "never changed; what people put back or take out of it is a version of its article",
    "EvidenceCopy": "a file as it was seen, known by its hash and never changed",
    "Fingerprint": "computed from the text of an article",
    "ImportRun": "the account of a run, written by the run",
    "ImportedFile": "the account of a run, written by the run",
    "LedgerEntry": "how far a run has come",
    "Upload": "a file on its way into a run",
    "ImportProblem": "the account of a run, written by the run",
    "Merge": "the record of a merge, which names who and when, and who undid it",
    "MergedRow": "the record of a merge",
    "CorrectionArticle": "which articles a correction touched, computed with it",
    "Acknowledgement": "the record of an act, signed and dated",
    "Follow": "each person's own business",
    "Notice": "each person's own business",
    "Tally": "how often something came on a day",
    "Digest": "each person's own business",
    "SentForm": "forgotten after a day",
    "Presence": "over in two minutes",
    "SearchDocument": "computed from what can be found",
    "SearchChange": "gone as soon as the index has taken it in",
}

# Calls that write past `save()` and `delete()`, and why no version is lost there: file and function.
PAST_SAVING = {
    "kb/services/presence.py:note": "Presence has no versions",
    "kb/services/challenges.py:_count": "Tally has no versions",
    "kb/models/rules.py:Versioned.save": "counts the version up for the save that follows",
    "kb/models/rules.py:change_together": "writes the versions with the rows",
    "kb/admin/versions.py:count_up": "counts up what hangs on a row: no word of it changes",
    "kb/admin/versions.py:touch": "counts up what hangs on a row: no word of it changes",
    "kb/services/marking.py:_count_up": "counts up what hangs on a row: no word of it changes",
    "kb/services/restoring.py:_insert": "the day a row was first made, in the row and in its version",
    "kb/services/restoring.py:_bring_back_parts": "writes the versions with the rows",
    "kb/services/tasks.py:_open_batch": "writes the versions with the rows",
    "kb/services/merging.py:_change": "keep_versions follows in the same function",
    "kb/services/merging.py:_leave_out": "keep_versions stands before it",
    "kb/services/merging.py:_insert": "keep_versions follows in the same function",
    "kb/services/merging.py:_lead_on": "Merge has no versions",
    "kb/services/merging.py:_note_what_stands": "MergedRow has no versions",
    "kb/services/merging.py:_bring_back_left_out": "MergedRow has no versions",
    "kb/services/notices.py:tell": "Notice has no versions",
    "kb/services/notices.py:mark_read": "Notice has no versions",
    "kb/services/ripple.py:acknowledge": "Acknowledgement has no versions",
    "kb/services/ripple.py:_write": "CorrectionArticle has no versions",
    "kb/services/ripple.py:freshen": "when pages went stale: no word of the claim changes",
    "kb/services/invitations.py:accept": "the save that follows keeps the version",
    "kb/services/digests.py": "Digest has no versions",
    "kb/importing/interchange/batch.py:_note_origin": "which merge a name came with: no word of it changes",
    "kb/importing/writing.py:Table.change": "copies the versions in the same batch",
    "kb/importing/writing.py:_write": "copies the versions in the same batch",
    "kb/importing/applying/rows.py:create": "writes the versions with the rows",
    "kb/importing/applying/rows.py:complete": "completes the first versions with the rows",
    "kb/importing/applying/findings.py:_point_into_capture": "places in a capture: no word of the rows changes",
    "kb/importing/account.py:Account.keep": "ImportRun and its problems have no versions",
    "kb/importing/uploads.py": "ImportRun and Upload have no versions",
    "kb/importing/marks.py:_write": "Fingerprint has no versions",
    "kb/search/documents.py": "SearchDocument and SearchChange have no versions",
}
PAST = {
    *("bulk_create", "bulk_update", "bulk_create_with_history", "bulk_update_with_history"),
    *("executemany", "_raw_delete", "save_base", "save_without_historical_record"),
}

TABLES = [
    *(model for model in apps.get_app_config("kb").get_models() if not hasattr(model, "instance_type")),
    *(User, Group),
]


def writes_past_saving(path):
    """(file:function) of each call that writes rows past their `save()`, by its name."""
    place = str(path.relative_to(ROOT))

    def walk(node, inside):
        for child in ast.iter_child_nodes(node):
            named = isinstance(child, ast.FunctionDef | ast.ClassDef)
            yield from walk(child, [*inside, child.name] if named else inside)
            if isinstance(child, ast.Call) and isinstance(child.func, ast.Name | ast.Attribute):
                name = child.func.id if isinstance(child.func, ast.Name) else child.func.attr
                # A dictionary is updated by what it is given, a queryset by names of columns.
                is_update = name == "update" and child.keywords and not child.args
                if name in PAST or is_update:
                    yield f"{place}:{'.'.join(inside)}"
            if isinstance(child, ast.Attribute) and child.attr == "skip_history_when_saving":
                yield f"{place}:{'.'.join(inside)}"

    return set(walk(ast.parse(path.read_text(encoding="utf-8")), []))


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_every_table_keeps_its_versions_or_says_why_not(model):
    assert hasattr(model, "history") != (model.__name__ in WITHOUT), model


def test_no_reason_is_left_of_a_table_that_is_gone():
    assert set(WITHOUT) <= {model.__name__ for model in TABLES}


@pytest.mark.parametrize(
    "model", [model for model in TABLES if hasattr(model, "history")], ids=lambda one: one.__name__
)
def test_links_of_many_to_many_are_kept_too(model):
    linked = {field.name for field in model._meta.local_many_to_many if field.remote_field.through._meta.auto_created}
    assert linked == set(model.history.model.linked)


def test_every_way_past_saving_has_its_reason():
    found = {place for path in CODE for place in writes_past_saving(path)}
    whole_files = {place for place in PAST_SAVING if ":" not in place}
    unknown = {place for place in found if place not in PAST_SAVING and place.partition(":")[0] not in whole_files}
    assert unknown == set()
    assert {place for place in PAST_SAVING if not any(one.startswith(place) for one in found)} == set()


def test_the_versions_of_every_table_are_signed_by_whoever_acts():
    """A table that took the package's own class would lose the person of every command and service."""
    for path in CODE:
        if path.name != "versions.py":
            assert "HistoricalRecords" not in path.read_text(encoding="utf-8"), path
