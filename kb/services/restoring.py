"""An earlier version of a row made the newest one: an edit of today, by the rules of today; a deleted row comes back.

What acts decided (a publication, a verdict, a confirmation) is not undone by restoring words: it takes an act.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from kb.models import (
    Annotation,
    Appearance,
    Article,
    Citation,
    CitationCheck,
    Claim,
    ClaimWording,
    Evidence,
    FactCheck,
    FactCheckStatus,
    Hop,
    Person,
    PersonAlias,
    Rating,
    RatingWords,
    Source,
    SourceName,
    StaleVersion,
    State,
    Tag,
    TagAlias,
    TagLink,
    policy,
)
from kb.models.rules import Anchored, Standing, Suggestion, Versioned
from kb.models.versions import WITH, parts_of, signed
from kb.text import reanchoring

from . import articles, claims, merging, notes, ratings, verdicts
from .refusal import Blocker, Refused, refuse_if

# Begins the reason of a version that restored another one, whose number follows.
RESTORED = "restored "

ANCHOR = tuple(column.name for column in Anchored._meta.local_fields)


def _plainly(row: models.Model, by: User) -> models.Model:
    row.save()
    return row


def _standing(row: models.Model, by: User) -> Blocker | None:
    """What the state of the row has against an edit by this person."""
    if isinstance(row, Annotation) and row.author_id != by.pk:
        return Blocker(_("A note is its author's: nobody else brings back its words."))
    if isinstance(row, FactCheck | Evidence):
        check = row.fact_check if isinstance(row, Evidence) else row
        if check.status != FactCheckStatus.DRAFT:
            words = _("A verdict past its draft stays as it was decided: draft the next check of the claim.")
            return Blocker(words, check)
        if check.author_id != by.pk:
            return Blocker(_("A draft and its evidence are its author's alone."), check)
    return None


def _citation(row: Citation, by: User) -> Citation:
    now = Citation.objects.filter(pk=row.pk).values_list("check_state", flat=True).first()
    if row.check_state != (now or CitationCheck.UNCHECKED):
        notes.sign_check(row, by=by)
    return _plainly(row, by)


# How a row of each table is saved by a person. Rows of other tables are made by programs and acts alone.
SAVED: dict[type[models.Model], Callable[[models.Model, User], models.Model]] = {
    Article: lambda row, by: articles.save_text(row, by=by),
    Claim: lambda row, by: claims.save_claim(row, by=by),
    Annotation: lambda row, by: notes.save_note(row, by=by),
    FactCheck: lambda row, by: verdicts.save_draft(row, by=by),
    Citation: _citation,
    Rating: lambda row, by: ratings.save(row, by=by),
    **dict.fromkeys((Appearance, ClaimWording, Evidence, Hop, RatingWords), _plainly),
    **dict.fromkeys((Person, PersonAlias, Source, SourceName, Tag, TagAlias, TagLink), _plainly),
}
# What a person edits though no form shows it: it belongs to the words.
WITH_THE_WORDS = {Article: ("headings",)}


@dataclass(frozen=True, slots=True)
class Restored:
    """The row as it is now; `parts` counts what came back with it, `left` says what did not, and why."""

    row: models.Model
    parts: int = 0
    left: list[Blocker] = field(default_factory=list)


def newest_of(model: type[models.Model], pk: int) -> int:
    """The number of a row's newest version: who restores says which one they saw."""
    return model.history.filter(id=pk).order_by("-history_id").values_list("history_id", flat=True).first() or 0


def restored_from(reason: str | None) -> int | None:
    """The number of the version that a version restored, by its reason."""
    number = (reason or "").removeprefix(RESTORED).partition(":")[0]
    return int(number) if (reason or "").startswith(RESTORED) and number.isdecimal() else None


def content_of(model: type[models.Model]) -> list[models.Field]:
    """The columns that a person writes: neither what ties a row to another one nor what acts decide."""
    acted = {"state"} if issubclass(model, Suggestion) else set()
    ties = {"claim"} if model is FactCheck else set()
    return [
        column
        for column in model._meta.concrete_fields
        if (column.editable or column.name in WITH_THE_WORDS.get(model, ()))
        and not column.primary_key
        and column.name not in acted | ties | set(ANCHOR)
        and not (column.is_relation and column.remote_field.on_delete is models.CASCADE)
    ]


def differs(row: models.Model, version: models.Model) -> bool:
    """Whether restoring the version would change anything a person wrote."""
    columns = [column.attname for column in content_of(type(row))] + (["exact"] if isinstance(row, Anchored) else [])
    if any(getattr(row, name) != getattr(version, name) for name in columns):
        return True
    return any(set(_linked(row, name)) != wanted for name, wanted in _links_at(row, version).items())


@transaction.atomic
def restore(version: models.Model, *, by: User, seen: int, reason: str = "") -> Restored:
    """Make this version of a row its newest one; a row that was deleted comes back with what went with it.

    `seen` is the newest version that the person saw. Nothing later is lost: every version stays.

    Raises:
        PermissionDenied: the person may not edit such a row, or not add one that was deleted.
        Refused: the rules of today, or the state of the row, do not allow it; each reason in words.
        StaleVersion: somebody changed the row since.
    """
    model = version.instance_type
    if model not in SAVED:
        raise Refused(Blocker(_("Such rows are made by programs and acts alone: do the act again instead.")))
    row = model._default_manager.select_for_update(of=("self",)).filter(pk=version.id).first()
    if newest_of(model, version.id) != seen:
        raise StaleVersion(row or version.instance)
    said = f"{RESTORED}{version.history_id}" + (f": {reason.strip()}" if reason.strip() else "")
    with signed(by, said):
        return _bring_back(version, by) if row is None else Restored(_edit(row, version, by))


def _edit(row: models.Model, version: models.Model, by: User) -> models.Model:
    opts = row._meta
    policy.require(by, policy.right_to_text(row) if isinstance(row, Article) else f"kb.change_{opts.model_name}")
    refuse_if(_standing(row, by))
    refuse_if(
        None if differs(row, version) else Blocker(_("It is as it was in this version: nothing to restore."), row)
    )
    for column in content_of(type(row)):
        setattr(row, column.attname, getattr(version, column.attname))
    if isinstance(row, Anchored) and row.exact != version.exact:
        _place(row, version)
    _validate(row)
    row = SAVED[type(row)](row, by)
    for name, wanted in _links_at(row, version).items():
        getattr(row, name).set(_existing(row, name, wanted))
    return row


def _bring_back(version: models.Model, by: User) -> Restored:
    model = version.instance_type
    policy.require(by, f"kb.add_{model._meta.model_name}")
    row = version.instance
    if _last_reason(version).startswith(merging.REASON):
        raise Refused(Blocker(_("It was merged into another one: undo the merge instead, and everything comes back.")))
    if isinstance(row, Article):
        policy.require(by, policy.right_to_text(row))
    row._state.adding = True
    refuse_if(*(_missing(row, column) for column in model._meta.concrete_fields if column.is_relation))
    refuse_if(_standing(row, by))
    if isinstance(row, Suggestion) and row.state != State.SUGGESTED:
        policy.require(by, policy.DECIDE)
        row.decided_by, row.decided_at = by, timezone.now()
    if isinstance(row, Anchored) and row.is_anchored and row.article_id:
        _place(row, version)
    links = _links_at(row, version)
    if model is FactCheck:
        row = _drafted_again(row, by)
    else:
        _validate(row)
        _insert(row)
    for name, wanted in links.items():
        getattr(row, name).set(_existing(row, name, wanted))
    parts, left = _bring_back_parts(row)
    return Restored(row, parts, left)


def _last_reason(version: models.Model) -> str:
    return version.instance_type.history.filter(id=version.id).latest("history_id").history_change_reason or ""


def _insert(row: models.Model) -> None:
    """Insert a row under the number it had, with the moment it was first made."""
    born = {
        column.attname: getattr(row, column.attname)
        for column in row._meta.concrete_fields
        if getattr(column, "auto_now_add", False)
    }
    if isinstance(row, Versioned):
        row.version += 1
    row.save(force_insert=True)
    if born:
        type(row)._default_manager.filter(pk=row.pk).update(**born)
        row.history.filter(pk=row._version.pk).update(**born)


def _drafted_again(row: FactCheck, by: User) -> FactCheck:
    """The number of a discarded draft may have been given again: then it gets the next one."""
    content = {column.attname: getattr(row, column.attname) for column in content_of(FactCheck)}
    return verdicts.draft(row.claim, by=by, pk=row.pk, **content)


def _place(row: Anchored, version: models.Model) -> None:
    """The words where they stand in the text of today; where they do not, they keep the revision they stood in."""
    for name in ANCHOR:
        setattr(row, name, getattr(version, name))
    if not row.is_anchored:
        return
    row.standing, row.places = Standing.UNTOUCHED, []
    if found := reanchoring.place(row.article.text, row.anchor):
        row.stand(found, row.article.revision)


def _validate(row: models.Model) -> None:
    """Ask every rule of the row, each broken one in words."""
    try:
        row.full_clean(validate_unique=True)
    except ValidationError as error:
        labels = {column.name: capfirst(str(column.verbose_name)) for column in row._meta.fields}
        raise Refused(
            *(
                Blocker(f"{labels[name]}: {message}" if name in labels else str(message), row if row.pk else None)
                for name, messages in error.message_dict.items()
                for message in messages
            )
        ) from error


def _missing(row: models.Model, column: models.Field) -> Blocker | None:
    key = getattr(row, column.attname)
    if key is None or column.related_model._base_manager.filter(pk=key).exists():
        return None
    words = _("%(what)s: what it names does not exist any more. Bring that back first.")
    return Blocker(words % {"what": capfirst(str(column.verbose_name))})


# Links of many to many: a version says what it changed, so a state is what is there now with the later changes undone.


def _links_at(row: models.Model, version: models.Model) -> dict[str, set[int]]:
    """What was linked at this version, for each field whose links are kept and changed since."""
    later = version.instance_type.history.filter(id=version.id, history_id__gt=version.history_id)
    found: dict[str, set[int]] = {}
    for name in version.linked:
        linked = set() if row._state.adding else set(_linked(row, name))
        versions = [*later.order_by("-history_id")]
        if version.history_type == "-":
            versions.append(version)
        changed = [noted for one in versions if (noted := (one.links or {}).get(name))]
        for noted in changed:
            linked = (linked - set(noted["added"])) | set(noted["removed"])
        if changed:
            found[name] = linked
    return found


def _linked(row: models.Model, name: str) -> list[int]:
    return list(getattr(row, name).values_list("pk", flat=True))


def _existing(row: models.Model, name: str, keys: set[int]) -> models.QuerySet:
    return row._meta.get_field(name).related_model._default_manager.filter(pk__in=keys)


# What went with a row.


def _bring_back_parts(whole: models.Model) -> tuple[int, list[Blocker]]:
    """Every row that went with this one, table by table; a row whose reference is gone stays away and is named."""
    reason = f"{WITH}{whole._meta.label_lower}"
    came, left = 0, []
    of: dict[type[models.Model], object] = {type(whole): [whole.pk]}
    for part, ties in parts_of(type(whole)).items():
        tied = reduce(or_, (models.Q(**{f"{tie.name}__in": of[tie.related_model]}) for tie in ties))
        gone = part.history.filter(tied, history_type="-", history_change_reason=reason).order_by()
        of[part] = gone.values("id")
        last = gone.values("id").annotate(last=models.Max("history_id")).values("last")
        there = part._base_manager.values("pk")
        versions = list(part.history.filter(history_id__in=last).exclude(id__in=there).order_by("history_id"))
        rows, missing = _whole(part, versions)
        if rows:
            bulk_create_with_history([row for row, _version in rows], part, batch_size=500)
            _link_again(part, rows)
        came += len(rows)
        if missing:
            words = _("%(count)s of %(what)s did not come back: what they name does not exist any more.")
            left.append(Blocker(words % {"count": missing, "what": part._meta.verbose_name_plural}))
    return came, left


def _whole(part: type[models.Model], versions: list) -> tuple[list[tuple], int]:
    """The rows of these versions whose references all exist, each with its version, and how many others there are."""
    rows = [(version.instance, version) for version in versions]
    for column in part._meta.concrete_fields:
        if not column.is_relation:
            continue
        wanted = {key for row, _version in rows if (key := getattr(row, column.attname)) is not None}
        there = set(column.related_model._base_manager.only("pk").in_bulk(wanted))
        if column.related_model is part:
            there |= {row.pk for row, _version in rows}
        rows = [(row, one) for row, one in rows if getattr(row, column.attname) not in wanted - there]
    return rows, len(versions) - len(rows)


def _link_again(part: type[models.Model], rows: list[tuple]) -> None:
    for row, version in rows:
        for name, noted in (getattr(version, "links", None) or {}).items():
            getattr(row, name).set(_existing(row, name, set(noted["removed"])))
