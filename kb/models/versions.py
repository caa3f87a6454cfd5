"""The versions of rows, in django-simple-history's tables: who wrote each, when and why, whatever path wrote it.

A version holds the columns of its row; `links` holds what a change of many-to-many links added and removed. Rows that
go with another row (the citations of a deleted article) say so in their last version: they can come back with it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.auth.models import User
from django.db import connection, models
from django.db.models.signals import m2m_changed
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.manager import HistoricalQuerySet, HistoryManager
from simple_history.models import HistoricalRecords
from simple_history.signals import post_create_historical_record

# Begins the reason of a last version: the row went with a row of this table.
WITH = "with "

_signature: ContextVar[tuple[User | None, str | None] | None] = ContextVar("signature of versions", default=None)


@contextmanager
def signed(by: User | None, reason: str | None = None) -> Iterator[None]:
    """Every version written inside is by this person and for this reason, unless its row names another.

    Without a reason that of the surrounding `signed` holds on.
    """
    outer = _signature.get()
    token = _signature.set((by, outer[1] if reason is None and outer else reason))
    try:
        yield
    finally:
        _signature.reset(token)


class VersionQuerySet(HistoricalQuerySet):
    def visible_to(self, user=None):
        """The versions this person may read, of those of rows that not everybody at the desk may read."""
        readable = self.model.readable_versions
        return readable(self, user) if readable else self

    def opened_to(self, user=None):
        """Those of which this person may read all; of others the columns in `withheld` stay closed to them for now."""
        opened = self.model.opened_versions
        return opened(self, user) if opened else self

    def before(self) -> models.Subquery:
        """For a queryset of versions: the key of the last of these versions before each, of the same row."""
        earlier = models.Q(history_date__lt=models.OuterRef("history_date")) | models.Q(
            history_date=models.OuterRef("history_date"), history_id__lt=models.OuterRef("history_id")
        )
        rows = self.filter(earlier, id=models.OuterRef("id")).order_by("-history_date", "-history_id")
        return models.Subquery(rows.values("history_id")[:1])


class VersionManager(HistoryManager):
    """Versions of many rows at once are signed as those of single rows are."""

    def bulk_history_create(self, objs, *args, default_change_reason=None, **kwargs):
        signature = _signature.get()
        reason = default_change_reason or (signature[1] if signature else None)
        versions = super().bulk_history_create(objs, *args, default_change_reason=reason, **kwargs)
        for row, version in zip(objs, versions or (), strict=False):
            row._version = version
        return versions


class Versions(HistoricalRecords):
    """Keeps every version of a table's rows.

    `links` names the many-to-many fields whose changes are kept too. `readable` and `opened` answer, for a queryset of
    versions and a person, those that may be read at all, and those of which the columns in `withheld` may be read.
    """

    def __init__(self, *args, links=(), readable=None, opened=None, withheld=(), **kwargs):
        super().__init__(*args, history_manager=VersionManager, historical_queryset=VersionQuerySet, **kwargs)
        self.links, self.readable, self.opened, self.withheld = links, readable, opened, withheld

    def finalize(self, sender, **kwargs):
        super().finalize(sender, **kwargs)
        if sender is self.cls:
            for name in self.links:
                watch = _Links(self, name)
                m2m_changed.connect(watch, sender=sender._meta.get_field(name).remote_field.through, weak=False)

    def get_extra_fields(self, model, fields):
        extra = super().get_extra_fields(model, fields) | {
            "readable_versions": self.readable and staticmethod(self.readable),
            "opened_versions": self.opened and staticmethod(self.opened),
            "withheld": tuple(self.withheld),
            "linked": tuple(self.links),
        }
        if self.links:
            extra["links"] = models.JSONField(_("links"), null=True, editable=False)
        return extra

    def get_history_user(self, instance):
        signature = _signature.get()
        if signature and not hasattr(instance, "_history_user"):
            return signature[0]
        return super().get_history_user(instance)

    def get_change_reason_for_object(self, instance, history_type, using):
        signature = _signature.get()
        said = super().get_change_reason_for_object(instance, history_type, using)
        return said or (signature[1] if signature else None)

    def post_save(self, instance, created, using=None, update_fields=None, raw=False, **kwargs):
        # Rows that are loaded get their first versions together, with what is linked to them then.
        instance._is_loaded = raw
        # A sign-in is no change of an account.
        if update_fields and set(update_fields) <= set(self.excluded_fields):
            return
        super().post_save(instance, created, using=using, raw=raw, **kwargs)

    def pre_delete(self, instance, **kwargs):
        super().pre_delete(instance, **kwargs)
        instance._links_at_the_end = {name: linked for name in self.links if (linked := _linked(instance, name))}

    def post_delete(self, instance, using=None, origin=None, **kwargs):
        deleted = getattr(origin, "model", type(origin))
        if origin is not None and deleted is not type(instance):
            instance._change_reason = f"{WITH}{deleted._meta.label_lower}"
        super().post_delete(instance, using=using, **kwargs)
        for name, linked in getattr(instance, "_links_at_the_end", {}).items():
            self.note_links(instance, name, removed=linked)

    def note_links(self, instance, name: str, *, added=(), removed=()) -> None:
        """Keep a change of links in the version that this act has written, or in a new one."""
        if getattr(instance, "_is_loaded", False):
            return
        version = getattr(instance, "_version", None)
        signature = self.get_history_user(instance), self.get_change_reason_for_object(instance, "~", None)
        if version is None or (version.history_user, version.history_change_reason) != signature:
            self.create_historical_record(instance, "~")
            version = instance._version
        noted = (version.links or {}).get(name, {})
        came = {*noted.get("added", ()), *added} - set(removed)
        went = ({*noted.get("removed", ()), *removed} - set(added)) - set(noted.get("added", ()))
        version.links = {**(version.links or {}), name: {"added": sorted(came), "removed": sorted(went)}}
        version.save(update_fields=["links"])


class _Links:
    """Watches one many-to-many field, from either end of it."""

    def __init__(self, records: Versions, name: str):
        self.records, self.name = records, name

    def __call__(self, sender, instance, action, reverse, model, pk_set, **kwargs):
        moment, _underscore, change = action.partition("_")
        if moment == "pre":
            # What is linked before: a removal names links that may not exist, and clearing names none.
            if change != "add":
                instance._links_before = self._linked(instance, reverse)
            return
        keys = set(pk_set or ()) if change == "add" else set(instance._links_before)
        if change == "remove":
            keys &= set(pk_set)
        if not keys:
            return
        kind = "added" if change == "add" else "removed"
        if not reverse:
            self.records.note_links(instance, self.name, **{kind: keys})
        else:
            for row in model._default_manager.filter(pk__in=keys):
                self.records.note_links(row, self.name, **{kind: [instance.pk]})

    def _linked(self, instance, reverse: bool) -> list[int]:
        if not reverse:
            return _linked(instance, self.name)
        owner = self.records.cls
        return list(owner._default_manager.filter(**{self.name: instance.pk}).values_list("pk", flat=True))


def _linked(row: models.Model, name: str) -> list[int]:
    return sorted(getattr(row, name).values_list("pk", flat=True))


def _remember(instance, history_instance, **kwargs) -> None:
    instance._version = history_instance


post_create_historical_record.connect(_remember, dispatch_uid="the version an act has written")


def keep_versions(rows: models.QuerySet, kind: str = "~") -> None:
    """Keep a version of each of these rows as it stands, in one statement, however many they are.

    `kind` is `+`, `~` or `-`. To be called inside `signed`, which says by whom and why.
    """
    by, reason = _signature.get()
    table, history = rows.model._meta.db_table, rows.model.history.model
    names = ", ".join(f'"{field.column}"' for field in history.tracked_fields)
    which, values = rows.order_by().values("pk").query.sql_with_params()
    moment = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{history._meta.db_table}" ({names}, history_date, history_change_reason, history_type, '
            f'history_user_id) SELECT {names}, %s, %s, %s, %s FROM "{table}" WHERE id IN ({which}) ORDER BY id',
            [moment, reason, kind, by and by.pk, *values],
        )


def parts_of(model: type[models.Model]) -> dict[type[models.Model], list[models.ForeignKey]]:
    """The tables with versions whose rows go when a row of this one goes, nearest first, with what ties them to it."""
    found: dict[type[models.Model], list[models.ForeignKey]] = {}
    waiting = [model]
    for whole in waiting:
        for relation in whole._meta.related_objects:
            part = relation.related_model
            if relation.on_delete is models.CASCADE and hasattr(part, "history") and part not in (whole, model):
                if part not in found:
                    waiting.append(part)
                found.setdefault(part, []).append(relation.field)
    return found
