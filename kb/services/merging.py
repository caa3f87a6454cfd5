"""Merging two sources, claims, tags or people that are one: everything moves, every old name stays, and it can be undone.

The row that is given up goes; what it was, which rows moved and which names were made of it stands in the merge. Rows are
moved in a statement for each table, however many they are. Its public address leads to the kept row meanwhile.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from itertools import batched
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.models import (
    MERGED,
    Annotation,
    Claim,
    ClaimWording,
    FactCheck,
    FactCheckStatus,
    Follow,
    Merge,
    MergedRow,
    MergeEffect,
    NameKind,
    Notice,
    PersonAlias,
    Source,
    SourceName,
    StaleVersion,
    Tag,
    TagAlias,
    Task,
    policy,
)
from kb.models.merge import kept_field
from kb.models.versions import keep_versions, signed

from . import tasks, verdicts
from .hanging import Relation, relations
from .refusal import Blocker, Refused, refuse_if

# Begins the reason of every version a merge wrote; its number follows.
REASON = "merge"
# Lets one merge in at a time (PostgreSQL): two at once could each wait for rows of the other.
ONE_AT_A_TIME = 0x6B62_6D67
BATCH = 500
# More rows than this are counted and not named.
NAMED = 20

NAMES = {"sourcename.source", "tagalias.tag", "personalias.person", "claimwording.claim"}
CHECKS = "factcheck.claim"
# Where both have the same already, one of the two is left out, and comes back when the merge is undone. Anywhere else two
# rows that cannot stand beside each other are a person's to sort out first.
LEAVES_OUT = (
    NAMES | {"taglink.tag", "citation_candidates.source"} | {f"follow.{of}" for of in ("source", "claim", "tag")}
)


@dataclass(frozen=True, slots=True)
class Moves:
    """What moves over one foreign key: how many rows, and what both have already."""

    relation: Relation
    count: int
    same: int
    examples: tuple[models.Model, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    moves: tuple[Moves, ...]
    blockers: tuple[Blocker, ...]
    warnings: tuple[str, ...]


@dataclass(slots=True)
class Undone:
    """What came back, table by table, and why the rest did not."""

    merge: Merge
    back: dict[str, int] = field(default_factory=dict)
    left: list[Blocker] = field(default_factory=list)


def choosable(model: type[models.Model]) -> list[models.Field]:
    """The columns that a merge may take over from the row it gives up. The kept row's address stays."""
    return [found for found in model._meta.concrete_fields if found.editable and found.name not in ("id", "slug")]


# Looking ahead


def preview(kept: models.Model, given_up: models.Model, *, by: User, take: Collection[str] = ()) -> Preview:
    """What `merge` would do now, and what stands in its way. Queries: a fixed number, whatever hangs on the two."""
    moves = []
    for relation in relations(type(kept)):
        rows = relation.of(given_up)
        if relation.owner is Annotation:
            rows = rows.filter(policy.readable_annotation(by))
        if not _is_told(relation):
            continue
        if count := rows.count():
            doubles = relation.doubles(kept, given_up) if relation.name in LEAVES_OUT else {}
            examples = relation.rows().filter(pk__in=[*doubles][:NAMED]) if doubles else ()
            moves.append(Moves(relation, count, len(doubles), tuple(examples)))
    return Preview(
        tuple(moves),
        tuple(blocker for blocker in _blockers(kept, given_up, take) if blocker),
        tuple(_warnings(kept, given_up, take)),
    )


def _blockers(kept: models.Model, given_up: models.Model, take: Collection[str]) -> Iterator[Blocker | None]:
    for relation in relations(type(kept)):
        if relation.name in LEAVES_OUT or relation.owner is Task or relation.name == CHECKS:
            continue
        if doubles := relation.doubles(kept, given_up):
            what = relation.owner._meta.verbose_name
            words = _("Both have a %(what)s where only one can stand: one of the two has to go first.")
            yield Blocker(words % {"what": what}, relation.rows().filter(pk__in=doubles).first())
    if isinstance(kept, Claim):
        yield from _blockers_of_claims(kept, given_up, take)
    if isinstance(kept, Tag):
        aliases = TagAlias.objects.filter(name__iexact=given_up.name).exclude(tag__in=[kept.pk, given_up.pk])
        for alias in aliases.select_related("tag"):
            yield Blocker(_("“%(name)s” is another name of a third tag.") % {"name": alias.name}, alias.tag)
    merged = _with_taken(type(kept)._base_manager.get(pk=kept.pk), given_up, take)
    for rule in merged._meta.constraints:
        if not isinstance(rule, models.UniqueConstraint):
            try:
                rule.validate(type(merged), merged)
            except ValidationError as error:
                yield Blocker(" ".join(error.messages), kept)


def _blockers_of_claims(kept: Claim, given_up: Claim, take: Collection[str]) -> Iterator[Blocker]:
    statement_type = (given_up if "statement_type" in take else kept).statement_type
    if statement_type in verdicts.UNRATABLE:
        decided = relations_named(Claim, CHECKS).rows().filter(claim__in=[kept.pk, given_up.pk])
        if check := decided.exclude(status=FactCheckStatus.DRAFT).first():
            yield Blocker(_("Opinions and forecasts get no truth rating, and one of the two has been rated."), check)


def relations_named(model: type[models.Model], name: str) -> Relation:
    return next(relation for relation in relations(model) if relation.name == name)


def _warnings(kept: models.Model, given_up: models.Model, take: Collection[str]) -> Iterator[str]:
    if isinstance(kept, Claim) and kept.language != given_up.language and "language" not in take:
        yield _("The two are in different languages: the words that are given up stay as a wording in theirs.")
    if isinstance(kept, Claim | Tag | Source) and (kind := _kind_of(kept)) != (other := _kind_of(given_up)):
        yield _("One is “%(kind)s”, the other “%(other)s”.") % {"kind": kind, "other": other}


def _kind_of(row: models.Model) -> str:
    return row.get_statement_type_display() if isinstance(row, Claim) else row.get_kind_display()


# Merging


@transaction.atomic
def merge(
    kept: models.Model,
    given_up: models.Model,
    *,
    by: User,
    reason: str = "",
    take: Collection[str] = (),
    stays: int | None = None,
) -> Merge:
    """Give one row up for the other: all that hangs on it moves, and its names become names of the kept one.

    `take` names the columns whose value the kept row takes over from it. Where both are claims with a published verdict,
    `stays` is the number of the check that stays published; the other gives way, in public.

    Raises:
        Refused: the two are not two of one table, one is gone, or something of both cannot stand on one row.
        StaleVersion: somebody changed one of the two since it was read.
    """
    policy.require(by, policy.MERGE)
    refuse_if(*_unless_two(kept, given_up))
    kept, given_up = _held(kept, given_up)
    verdicts_of_both = published_of(kept, given_up)
    refuse_if(*_blockers(kept, given_up, take), _unless_chosen(verdicts_of_both, stays))
    done = Merge(
        kind=type(kept)._meta.model_name,
        number=given_up.pk,
        name=str(given_up),
        slug=getattr(given_up, "slug", ""),
        fields=_columns(given_up),
        reason=reason.strip(),
        merged_by=by,
        **{kept_field(type(kept)): kept},
    )
    if isinstance(kept, Claim):
        done.checks_behind = kept.fact_checks.aggregate(last=Max("number"))["last"] or 0
    if len(verdicts_of_both) == 2:
        winner, loser = sorted(verdicts_of_both, key=lambda check: check.pk != stays)
        why = done.reason or _("The same claim stood here twice, with two verdicts.")
        done.gave_way = verdicts.give_way(loser, to=winner, by=by, reason=why)
        for claim in (kept, given_up):
            claim.refresh_from_db()
    done.save()
    with signed(by, f"{REASON} {done.pk}"):
        _end_same_tasks(done, kept, given_up, by)
        for relation in relations(type(kept)):
            if relation.name in LEAVES_OUT:
                _leave_out(done, relation, relation.doubles(kept, given_up))
        for relation in relations(type(kept)):
            _move(done, relation, given_up, kept)
        before = _columns(kept)
        given_up.delete()
        _with_taken(kept, given_up, take)
        if isinstance(kept, Claim):
            kept.status = verdicts.status_of(list(kept.fact_checks.all()))
        _refuse_invalid(kept)
        kept.save()
        after = _columns(kept)
        done.changed = {
            name: [before[name], after[name]]
            for column in choosable(type(kept))
            if before[name := column.attname] != after[name]
        }
        done.save(update_fields=["changed"])
        _keep_names(done, kept, [(before, done.changed), (done.fields, None)])
    return done


@transaction.atomic
def merge_all(
    kept: models.Model,
    given_up: Iterable[models.Model],
    *,
    by: User,
    reason: str = "",
    take: Mapping[str, int],
    stays: int | None = None,
) -> list[Merge]:
    """Give several rows up for one: all of them, or none. `take` says from which row, by its number, a column comes."""
    done = []
    for row in given_up:
        taken = [name for name, number in take.items() if number == row.pk]
        both = [check.pk for check in published_of(kept, row)]
        # The chosen verdict may be that of a third: until its turn comes, the kept one's stays.
        staying = stays if stays is None or stays in both else next(iter(both), None)
        done.append(merge(kept, row, by=by, reason=reason, take=taken, stays=staying))
        kept = done[-1].kept
    return done


def published_of(*rows: models.Model) -> list[FactCheck]:
    """The published verdict of each, where they are claims and have one; in the order of the rows."""
    if not isinstance(rows[0], Claim):
        return []
    found = FactCheck.objects.filter(claim__in=[row.pk for row in rows], status=FactCheckStatus.PUBLISHED)
    of = {check.claim_id: check for check in found.select_related("rating", "claim")}
    return [of[row.pk] for row in rows if row.pk in of]


def _unless_chosen(published: list[FactCheck], stays: int | None) -> Blocker | None:
    if len(published) < 2 or stays in [check.pk for check in published]:
        return None
    return Blocker(_("Both claims have a published verdict: choose which one stays."), published[1])


def _unless_two(kept: models.Model, given_up: models.Model) -> Iterator[Blocker | None]:
    if type(kept) is not type(given_up) or type(kept) not in MERGED.values():
        yield Blocker(_("Only two sources, two claims, two tags or two people are merged."))
    elif kept.pk == given_up.pk:
        yield Blocker(_("This is one and the same."), kept)


def _held(*rows: models.Model) -> list[models.Model]:
    """The rows as stored, locked with all that hangs on them, in an order in which nobody waits for us and we for them."""
    model = type(rows[0])
    _take_turns()
    if connection.vendor == "postgresql":
        for relation in relations(model):
            # Who acts on a check holds its claim first, so the claim comes first here as well.
            if relation.name != CHECKS:
                held = relation.of(rows[-1]).select_for_update(of=("self",)).order_by("pk").values_list("pk")
                deque(held.iterator(), maxlen=0)
    stored = {
        row.pk: row
        for row in model._base_manager.select_for_update().filter(pk__in=[r.pk for r in rows]).order_by("pk")
    }
    refuse_if(*(_gone(row) for row in rows if row.pk not in stored))
    for row in rows:
        if row.version != stored[row.pk].version:
            raise StaleVersion(row)
    return [stored[row.pk] for row in rows]


def _gone(row: models.Model) -> Blocker:
    merged = Merge.objects.standing().of(type(row)).filter(number=row.pk).order_by("-pk").first()
    if merged is None:
        return Blocker(_("“%(name)s” is gone: somebody deleted it.") % {"name": row})
    details = {"name": row, "kept": merged.kept, "who": merged.merged_by}
    return Blocker(_("“%(name)s” was merged into “%(kept)s” by %(who)s already.") % details, merged.kept)


def _take_turns() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def _end_same_tasks(done: Merge, kept: models.Model, given_up: models.Model, by: User) -> None:
    """Where the same work is open on both, it is done once."""
    for relation in relations(type(kept)):
        if relation.owner is Task:
            for pk in relation.doubles(kept, given_up):
                task = Task.objects.get(pk=pk)
                was = {name: value for name, value in _columns(task).items() if name in TASK_ENDS}
                tasks.drop(task, by=by, reason=_("The same work is open on “%(kept)s”.") % {"kept": kept})
                MergedRow.objects.create(merge=done, relation=relation.name, row=pk, effect=MergeEffect.MOVED, was=was)


TASK_ENDS = ("state", "done_at", "done_by_id", "outcome")


def _leave_out(done: Merge, relation: Relation, doubles: dict[int, int]) -> None:
    for some in batched(doubles.items(), BATCH, strict=False):
        goes = dict(some)
        rows = relation.rows().filter(pk__in=goes)
        MergedRow.objects.bulk_create(
            MergedRow(
                merge=done,
                relation=relation.name,
                row=row.pk,
                effect=MergeEffect.LEFT_OUT,
                was=_columns(row),
                beside=goes[row.pk],
            )
            for row in rows.order_by("pk")
        )
        if relation.keeps_history:
            keep_versions(rows, "-")
        rows._raw_delete(rows.db)


def _move(done: Merge, relation: Relation, given_up: models.Model, kept: models.Model) -> None:
    """Everything over this key, in a statement that notes it, one that moves it and one that keeps its versions."""
    rows = relation.of(given_up)
    noted = MergedRow.objects.filter(merge=done, relation=relation.name, effect=MergeEffect.MOVED)
    which, values = rows.exclude(pk__in=noted.values("row")).values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO "kb_mergedrow" ("merge_id", "relation", "row", "effect", "is_back") '
            f'SELECT %s, %s, id, %s, %s FROM "{relation.owner._meta.db_table}" WHERE id IN ({which}) ORDER BY id',
            [done.pk, relation.name, MergeEffect.MOVED.value, False, *values],
        )
        if not cursor.rowcount and not noted.exists():
            return
    changes = {relation.field.name: kept.pk}
    if relation.name in NAMES:
        changes["merge"] = Coalesce("merge", done.pk)
    if relation.name == CHECKS:
        changes["number"] = F("number") + done.checks_behind
    _change(relation, rows, noted, changes)


def _change(relation: Relation, rows: models.QuerySet, noted: models.QuerySet, changes: dict) -> None:
    if relation.is_versioned:
        changes["version"] = F("version") + 1
    rows.update(**changes)
    if relation.keeps_history:
        keep_versions(relation.rows().filter(pk__in=noted.values("row")))


def _keep_names(done: Merge, kept: models.Model, names: Iterable[tuple[dict, dict | None]]) -> None:
    """Every name that neither row has any more, and that nobody wrote down yet, becomes another name of the kept one."""
    for columns, changed in names:
        if changed is not None and not {"name", "text"} & changed.keys():
            continue
        if (alias := _alias(kept, columns)) is None:
            continue
        alias.merge = done
        alias.save()
        relation = f"{alias._meta.model_name}.{done.kind}"
        was = _columns(alias)
        MergedRow.objects.create(merge=done, relation=relation, row=alias.pk, effect=MergeEffect.MADE, was=was)


def _alias(kept: models.Model, columns: dict) -> models.Model | None:
    """The other name that these columns come to; None where the row has it already."""
    if isinstance(kept, Claim):
        words = {"text": columns["text"], "language": columns["language"]}
        has_it = words == {"text": kept.text, "language": kept.language} or kept.wordings.filter(**words).exists()
        return None if has_it else ClaimWording(claim=kept, **words)
    name = columns["name"]
    if name.lower() == kept.name.lower():
        return None
    if isinstance(kept, Source):
        has_it = kept.names.filter(name__iexact=name).exclude(kind=NameKind.DOMAIN).exists()
        return None if has_it else SourceName(source=kept, kind=NameKind.FULL, name=name)
    if kept.aliases.filter(name__iexact=name).exists():
        return None
    return TagAlias(tag=kept, name=name) if isinstance(kept, Tag) else PersonAlias(person=kept, name=name)


def _with_taken(kept: models.Model, given_up: models.Model, take: Collection[str]) -> models.Model:
    for column in choosable(type(kept)):
        if column.name in take:
            setattr(kept, column.attname, getattr(given_up, column.attname))
    return kept


# Undoing


@transaction.atomic
def undo(done: Merge, *, by: User) -> Undone:
    """Bring back what was given up, with its address, its number, and every row that moved and still stands there.

    Rows that went on or were deleted since stay as they are, and are named.

    Raises:
        Refused: it is undone already, a later merge rests on it, or its name or address is somebody else's by now.
    """
    policy.require(by, policy.MERGE)
    _take_turns()
    done = Merge.objects.select_for_update(of=("self",)).get(pk=done.pk)
    refuse_if(*_blockers_of_undoing(done))
    [kept] = _held(done.kept)
    outcome = Undone(done)
    shown = [verdicts.words_of(check) for check in published_of(kept)]
    with signed(by, f"{REASON} {done.pk} undone"):
        _note_what_stands(done, kept)
        _unmake(done, outcome)
        # From here on the merge holds neither the address nor the names of what comes back.
        done.undone_by, done.undone_at = by, timezone.now()
        done.save(update_fields=["undone_by", "undone_at"])
        _give_back_columns(done, kept, outcome)
        given_up = _bring_back(done, outcome)
        for relation in relations(done.model):
            _move_back(done, relation, given_up, outcome)
        _bring_back_left_out(done, outcome)
        if isinstance(kept, Claim):
            for claim in (kept, given_up):
                status = verdicts.status_of(list(claim.fact_checks.all()))
                if claim.status != status:
                    claim.status = status
                    claim.save()
            _let_stand_again(done, shown, outcome, by)
    return outcome


def _let_stand_again(done: Merge, shown: list[str], outcome: Undone, by: User) -> None:
    """The verdict that gave way stands again, unless its claim has another by now."""
    check = done.gave_way
    if check is None:
        return
    if check.status != FactCheckStatus.SUPERSEDED or published_of(check.claim):
        outcome.left.append(Blocker(_("Its claim has another verdict by now: this one stays superseded."), check))
        return
    why = _("Two claims that stood here as one are two again.")
    verdicts.stand_again(check, instead_of=next(iter(shown), str(check.claim)), by=by, reason=why)


def _blockers_of_undoing(done: Merge) -> Iterator[Blocker | None]:
    if done.is_undone:
        yield Blocker(_("%(who)s has undone this already.") % {"who": done.undone_by}, done)
        return
    if done.is_from_elsewhere:
        yield Blocker(_("It came with an import, and which rows moved is known where it was made alone."), done)
    if done.kept is None:
        yield Blocker(_("What it was merged into is deleted."))
    for later in resting_on(done)[:NAMED]:
        yield Blocker(_("A later merge rests on this one: undo that one first."), later)


def resting_on(done: Merge) -> models.QuerySet:
    """Later merges, still standing, that gave up what this one kept, or left out or gave up what this one moved."""
    own = MergedRow.objects.filter(merge=done, relation=OuterRef("relation"))
    left_out = MergedRow.objects.filter(merge=OuterRef("pk"), effect=MergeEffect.LEFT_OUT).filter(
        Exists(own.filter(Q(row=OuterRef("row")) | Q(row=OuterRef("beside")) | Q(beside=OuterRef("row"))))
    )
    moved_on = MergedRow.objects.filter(merge=OuterRef("pk"), relation=f"merge.{kept_field(done.model)}", row=done.pk)
    given_up = Q()
    for kind, model in MERGED.items():
        of_kind = [relation.name for relation in relations(done.model) if relation.owner is model]
        moved = MergedRow.objects.filter(merge=done, relation__in=of_kind, row=OuterRef("number"))
        given_up |= Q(kind=kind) & Q(Exists(moved))
    later = Merge.objects.standing().filter(pk__gt=done.pk)
    return later.filter(Exists(left_out) | Exists(moved_on) | given_up).order_by("-pk")


def _note_what_stands(done: Merge, kept: models.Model) -> None:
    for relation in relations(done.model):
        moved = done.rows.filter(relation=relation.name, effect=MergeEffect.MOVED)
        moved.filter(row__in=relation.of(kept).values("pk")).update(is_back=True)


def _unmake(done: Merge, outcome: Undone) -> None:
    """The names that the merge made go, unless somebody has rewritten them since."""
    for made in done.rows.filter(effect=MergeEffect.MADE):
        relation = relations_named(done.model, made.relation)
        alias = relation.rows().filter(pk=made.row).first()
        if alias is None:
            continue
        own = {name: value for name, value in made.was.items() if name in ("name", "text", "language")}
        if own.items() <= _columns(alias).items():
            alias.delete()
        else:
            words = _("Somebody has rewritten this name since: it stays where it is.")
            outcome.left.append(Blocker(words, alias))


def _give_back_columns(done: Merge, kept: models.Model, outcome: Undone) -> None:
    columns = {column.attname: column for column in choosable(done.model)}
    now = _columns(kept)
    for name, (before, after) in done.changed.items():
        if now[name] == after:
            setattr(kept, name, columns[name].to_python(before))
        else:
            words = _("%(field)s was changed since: it stays.") % {"field": columns[name].verbose_name}
            outcome.left.append(Blocker(words, kept))
    _refuse_invalid(kept)
    kept.save()


def _bring_back(done: Merge, outcome: Undone) -> models.Model:
    row = done.model(**_values(done.model, done.fields))
    for column in row._meta.concrete_fields:
        if column.related_model in MERGED.values() and getattr(row, column.attname) is not None:
            _lead_on(row, column, outcome)
    row.version += 1
    _refuse_invalid(row)
    _insert([row])
    return row


def _lead_on(row: models.Model, column: models.ForeignKey, outcome: Undone) -> None:
    """What the row belonged to may have been merged itself since."""
    model, key = column.related_model, getattr(row, column.attname)
    if model._base_manager.filter(pk=key).exists():
        return
    merged = Merge.objects.standing().of(model).filter(number=key).order_by("-pk").first()
    setattr(row, column.attname, merged and getattr(merged, f"{kept_field(model)}_id"))
    if merged is None:
        words = _("%(field)s is deleted since: it comes back without.") % {"field": column.verbose_name}
        outcome.left.append(Blocker(words))
        return
    # It hangs there as if it had moved with the others, so that it goes back with them.
    carried = Q(rows__relation=f"merge.{kept_field(model)}", rows__row=merged.pk)
    relation = f"{row._meta.model_name}.{column.name}"
    MergedRow.objects.bulk_create(
        MergedRow(merge=later, relation=relation, row=row.pk, effect=MergeEffect.MOVED)
        for later in Merge.objects.standing().filter(Q(pk=merged.pk) | carried).distinct()
    )


def _move_back(done: Merge, relation: Relation, given_up: models.Model, outcome: Undone) -> None:
    moved = done.rows.filter(relation=relation.name, effect=MergeEffect.MOVED)
    back = moved.filter(is_back=True)
    changes = {relation.field.name: given_up.pk}
    if relation.name in NAMES:
        changes["merge"] = models.Case(models.When(merge=done.pk, then=None), default=F("merge"))
    if relation.name == CHECKS:
        changes["number"] = F("number") - done.checks_behind
    if count := back.count():
        outcome.back[relation.name] = count
        _change(relation, relation.rows().filter(pk__in=back.values("row")), back, changes)
        for noted in back.filter(was__isnull=False):
            row = relation.rows().get(pk=noted.row)
            for name, value in _values(relation.owner, noted.was).items():
                setattr(row, name, value)
            row.save()
    others = moved.filter(is_back=False)
    went_on = relation.rows().filter(pk__in=others.values("row"))
    for row in went_on[:NAMED]:
        outcome.left.append(Blocker(_("It was moved on since: it stays where it is."), row))
    if more := max(0, went_on.count() - NAMED):
        outcome.left.append(Blocker(_("%(more)d more were moved on since.") % {"more": more}))
    if deleted := others.exclude(row__in=relation.rows().values("pk")).count():
        details = {"count": deleted, "what": relation.owner._meta.verbose_name_plural}
        outcome.left.append(Blocker(_("%(what)s: %(count)d deleted since.") % details))


def _bring_back_left_out(done: Merge, outcome: Undone) -> None:
    for relation in relations(done.model):
        noted = done.rows.filter(relation=relation.name, effect=MergeEffect.LEFT_OUT)
        if relation.name not in NAMES:
            # Who deleted the row that said the same meant both.
            lost = noted.exclude(beside__in=relation.rows().values("pk"))
            if count := lost.count():
                details = {"count": count, "what": relation.owner._meta.verbose_name_plural}
                outcome.left.append(Blocker(_("%(what)s: %(count)d deleted since.") % details))
            noted = noted.filter(beside__in=relation.rows().values("pk"))
        for some in batched(noted.order_by("pk").iterator(BATCH), BATCH, strict=False):
            _insert([relation.owner(**_values(relation.owner, found.was)) for found in some])
            noted.filter(pk__in=[found.pk for found in some]).update(is_back=True)
            outcome.back[relation.name] = outcome.back.get(relation.name, 0) + len(some)


# Telling


@dataclass(slots=True)
class Account:
    """What a merge did over one foreign key, and how much of it was taken back."""

    relation: Relation
    moved: int = 0
    left_out: int = 0
    back: int = 0


def account_of(done: Merge, *, by: User) -> list[Account]:
    """What this person may know of what moved: not who follows a thing, nor notes of others that are private."""
    found = {relation.name: Account(relation) for relation in relations(done.model) if _is_told(relation)}
    private = Q(relation__startswith="annotation.") & ~Q(
        row__in=Annotation.objects.filter(policy.readable_annotation(by)).values("pk")
    )
    rows = done.rows.filter(relation__in=found).exclude(effect=MergeEffect.MADE).exclude(private).order_by()
    counted = rows.values_list("relation", "effect", "is_back").annotate(Count("pk"))
    for name, effect, is_back, count in counted:
        one = found[name]
        if effect == MergeEffect.MOVED:
            one.moved += count
        else:
            one.left_out += count
        one.back += count if is_back else 0
    return [one for one in found.values() if one.moved or one.left_out]


def went_on(done: Merge, *, by: User) -> list[models.Model]:
    """Some of the rows that an undone merge did not bring back, because somebody had moved them on."""
    found: list[models.Model] = []
    for one in account_of(done, by=by):
        if one.relation.owner is not Annotation and len(found) < NAMED:
            lost = done.rows.filter(relation=one.relation.name, effect=MergeEffect.MOVED, is_back=False)
            found += one.relation.rows().filter(pk__in=lost.values("row")).order_by("pk")[: NAMED - len(found)]
    return found


def _is_told(relation: Relation) -> bool:
    """What a person follows and was told is theirs alone; where older merges lead shows at those."""
    return relation.owner not in (Follow, Notice, Merge)


# Rows as they were


def _columns(row: models.Model) -> dict:
    """Every column of a row, as JSON takes it."""
    return {column.attname: _plain(getattr(row, column.attname)) for column in row._meta.concrete_fields}


def _plain(value):
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | UUID) else value


def _values(model: type[models.Model], columns: dict) -> dict:
    """The columns as the row has them; a column that the table gained since has its default."""
    fields = {column.attname: column for column in model._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in columns.items() if name in fields}


def _insert(rows: list[models.Model]) -> None:
    """Rows with all their columns as they are, their moments too, and a version of each."""
    for row in rows:
        row.save_base(raw=True, force_insert=True)
    if rows and hasattr(type(rows[0]), "history"):
        keep_versions(type(rows[0])._base_manager.filter(pk__in=[row.pk for row in rows]), "+")


def _refuse_invalid(row: models.Model) -> None:
    try:
        row.clean()
        row.validate_unique()
        row.validate_constraints()
    except ValidationError as error:
        raise Refused(Blocker(" ".join(error.messages), row)) from error
