"""What happened to a row and to what hangs on it, newest first: who, when, what, in one list of flat cost.

Nobody reads a version here that they may not read on its own page, and nothing of a column that is closed to them.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import groupby
from operator import or_

from django.contrib.auth.models import User
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.importing.history import REASON, is_by_import
from kb.models import Article, Claim, FactCheck, Hop, Review, TagLink
from kb.models.versions import WITH, parts_of
from kb.services import merging
from kb.services.restoring import RESTORED
from kb.text.changes import mentions

from .differences import Difference, Names, between, of_links

# Entries on a page; with a filter by class so many are looked through, since a class is known by comparing alone.
ON_A_PAGE = 40
LOOKED_THROUGH = 200

# What is read with a row though it does not go with it.
BESIDE = {Claim: (FactCheck._meta.get_field("claim"),), FactCheck: (Review._meta.get_field("fact_check"),)}
# What a row is called without asking for others: the first of these that says something.
NAMED = (
    *("title", "name", "text", "as_printed", "exact", "summary", "statement", "words", "label", "username"),
    *("printed_name", "body", "state"),
)
# Where a row is called by another one.
CALLED_BY = {TagLink: "tag", FactCheck: "claim"}
# What a name of a row asks for.
LOADED = {FactCheck: ("claim",), Hop: ("person", "source"), TagLink: ("tag",)}

ACTS = {"+": gettext_lazy("created"), "~": gettext_lazy("changed"), "-": gettext_lazy("deleted")}
IMPORTED = gettext_lazy("import")
NOBODY = "nobody"


@dataclass(frozen=True)
class Entry:
    """One version: `count` of them, where many rows were only placed again."""

    version: models.Model
    subject: str
    act: str
    reason: str
    address: str
    is_of_this: bool
    restore: str = ""
    differences: list[Difference] = field(default_factory=list)
    is_placement: bool = False
    count: int = 1

    @property
    def kinds(self) -> set[str]:
        return {kind for difference in self.differences for kind in difference.kinds}

    @property
    def who(self):
        return self.version.history_user

    @property
    def when(self):
        return self.version.history_date


def address_of(version: models.Model, view: str = "simple_history") -> str:
    opts = version.instance_type._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{view}", args=[version.id, version.history_id])


def reason_in_words(reason: str | None) -> str:
    """Why a version was written, where a program said so with a word of its own."""
    reason = reason or ""
    if reason.startswith(RESTORED):
        said = reason.partition(": ")[2]
        return _("restored: %(why)s") % {"why": said} if said else str(_("restored"))
    if reason.startswith(WITH):
        return str(_("together with what it belonged to"))
    if reason.startswith(f"{merging.REASON} "):
        number, _space, undone = reason.removeprefix(f"{merging.REASON} ").partition(" ")
        words = _("merge %(number)s undone") if undone else _("merge %(number)s")
        return words % {"number": number}
    if is_by_import(reason):
        said = reason.removeprefix(REASON).lstrip(": ")
        return f"{IMPORTED}: {said}" if said else str(IMPORTED)
    return reason


class Timeline:
    """The versions of one row and of what hangs on it, as one person may read them."""

    def __init__(self, model: type[models.Model], pk: int, *, site, user, by: str = "", kind: str = ""):
        self.model, self.pk, self.site, self.user, self.by, self.kind = model, pk, site, user, by, kind
        self._tables = list(self._versions())

    def _versions(self):
        """Each table with its versions that stand here."""
        of = {self.model: self.model.history.visible_to(self.user).filter(id=self.pk)}
        yield of[self.model]
        ties = parts_of(self.model)
        beside = deque(BESIDE.get(self.model, ()))
        while beside:
            tie = beside.popleft()
            ties |= {tie.model: [tie]} | parts_of(tie.model)
            beside.extend(BESIDE.get(tie.model, ()))
        for part, fields in ties.items():
            opts = part._meta
            whole = [tie for tie in fields if tie.related_model in of]
            if not whole or not self.user.has_perm(f"{opts.app_label}.view_{opts.model_name}"):
                continue
            tied = reduce(or_, (models.Q(**{f"{tie.name}__in": self._keys(of[tie.related_model])}) for tie in whole))
            of[part] = part.history.visible_to(self.user).filter(tied)
            yield of[part]

    def _keys(self, versions):
        return [self.pk] if versions.model.instance_type is self.model else versions.order_by().values("id")

    @cached_property
    def people(self) -> list[User]:
        """Whoever wrote one of the versions, by name."""
        wrote = [versions.order_by().values_list("history_user", flat=True) for versions in self._tables]
        return list(User.objects.filter(pk__in=wrote[0].union(*wrote[1:])).order_by("username"))

    def _keyed(self) -> models.QuerySet:
        rows = []
        for number, versions in enumerate(self._tables):
            if self.by:
                versions = versions.filter(history_user=None if self.by == NOBODY else int(self.by))
            rows.append(
                versions.order_by()
                .annotate(table=models.Value(number, output_field=models.IntegerField()))
                .values_list("history_date", "history_id", "table")
            )
        return rows[0].union(*rows[1:], all=True)

    @cached_property
    def count(self) -> int:
        return self._keyed().count()

    def entries(self, start: int, end: int) -> list[Entry]:
        """Those between two places in the list; with a class, those of them that are of it."""
        keys = list(self._keyed().order_by("-history_date", "table", "-history_id")[start:end])
        wanted = defaultdict(list)
        for _date, key, number in keys:
            wanted[number].append(key)
        found, earlier, closed = {}, {}, set()
        for number, ids in wanted.items():
            versions = self._tables[number]
            rows = versions.annotate(version_before=versions.before()).filter(history_id__in=ids)
            found |= {(number, row.history_id): row for row in rows.select_related("history_user")}
            before = {row.version_before for (of, _key), row in found.items() if of == number} - {None}
            known = {row.history_id: row for (of, _key), row in found.items() if of == number}
            asked = versions.model.objects.in_bulk(before - known.keys())
            earlier |= {(number, key): row for key, row in (known | asked).items()}
            if versions.model.withheld:
                opened = versions.opened_to(self.user).filter(history_id__in=ids).values_list("history_id", flat=True)
                closed |= {(number, key) for key in set(ids) - set(opened)}
        pairs = [
            (found[number, key], earlier.get((number, found[number, key].version_before)), (number, key) in closed)
            for _date, key, number in keys
            if (number, key) in found
        ]
        names = names_for([(before, later) for later, before, _closed in pairs])
        entries = [self._entry(*pair, names) for pair in pairs]
        if self.kind:
            entries = [entry for entry in entries if self.kind in entry.kinds]
        return list(_gathered(entries))

    def _entry(self, version, before, is_closed: bool, names: Names) -> Entry:
        model = version.instance_type
        hidden = hidden_columns(self.site, model, version, is_closed=is_closed)
        differences = of_links(version, names)
        if before is not None and version.history_type == "~":
            differences = [*between(before, version, names, self._cites, hidden=hidden), *differences]
        is_of_this = model is self.model
        what = capfirst(str(model._meta.verbose_name))
        return Entry(
            version,
            "" if is_of_this else f"{what}: {name_of(version, names)}",
            str(ACTS[version.history_type]),
            reason_in_words(version.history_change_reason),
            address_of(version) if self.site.is_registered(model) else "",
            is_of_this,
            restore=address_of(version, "restore")
            if version.history_type == "-" and self.site.is_registered(model)
            else "",
            differences=differences if version.history_type != "-" else [],
            is_placement=version.history_type == "~" and not differences,
        )

    @cached_property
    def _cites(self) -> Callable:
        return cites_of(self.model, self.pk)


def cites_of(model: type[models.Model], pk: int) -> Callable:
    """Tells whether words say who is cited; of an article by the names it prints."""
    if model is not Article:
        return mentions([])
    return mentions(
        Article.citations.rel.related_model.objects.filter(article=pk).values_list("printed_name", flat=True)
    )


def hidden_columns(site, model, version, *, is_closed: bool) -> tuple[str, ...]:
    """The columns of a version that are not for whoever looks."""
    kept_out = getattr(site.get_model_admin(model), "kept_out", ()) if site.is_registered(model) else ()
    return (*kept_out, *(version.withheld if is_closed else ()))


def name_of(version, names: Names | None = None) -> str:
    """What the row of a version was called then."""
    tie = CALLED_BY.get(version.instance_type)
    if tie and names:
        tie = version.instance_type._meta.get_field(tie)
        return names(tie.related_model, getattr(version, tie.attname))
    words = next((text for name in NAMED if (text := getattr(version, name, ""))), "") or str(version.id)
    return Truncator(str(words)).chars(90)


def names_for(pairs: list[tuple]) -> Names:
    """What is called by name where these versions (the earlier one or None, the later one) differ: a query a table."""
    wanted = defaultdict(set)
    for before, later in pairs:
        caller = CALLED_BY.get(later.instance_type)
        for column in later.tracked_fields:
            if column.is_relation:
                old, new = getattr(before, column.attname, None), getattr(later, column.attname)
                if column.name == caller or (before is not None and old != new):
                    wanted[column.related_model].update({old, new} - {None})
        for name, changed in (getattr(later, "links", None) or {}).items():
            related = later.instance_type._meta.get_field(name).related_model
            wanted[related].update(changed["added"], changed["removed"])
    found = {}
    for model, keys in wanted.items():
        heavy = [column.name for column in model._meta.concrete_fields if column.get_internal_type() == "BinaryField"]
        rows = model._default_manager.select_related(*LOADED.get(model, [None])).defer(*heavy).in_bulk(keys)
        found[model] = {key: Truncator(str(row)).chars(120) for key, row in rows.items()}
    return Names(found)


def _gathered(entries: list[Entry]) -> Iterator[Entry]:
    """Rows that one person's save only placed again are one entry."""

    def together(entry: Entry):
        return entry.is_placement and not entry.is_of_this, entry.version.history_user_id, entry.reason

    for (is_placement, *_signed), group in groupby(entries, key=together):
        group = list(group)
        if not is_placement or len(group) == 1:
            yield from group
            continue
        counts = Counter(entry.version.instance_type._meta for entry in group)
        subject = ", ".join(
            f"{count} {opts.verbose_name if count == 1 else opts.verbose_name_plural}" for opts, count in counts.items()
        )
        yield replace(group[0], subject=subject, address="", count=len(group))
