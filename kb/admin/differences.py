"""How two versions of a row differ, field by field and word by word, each change with its class in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.contrib.admin.utils import display_for_field
from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kb.models.rules import Anchored, Versioned
from kb.text.changes import Change, Piece, changes, whole
from kb.text.direction import with_signs

KINDS = {
    "attribution": _("attribution"),
    "number": _("number"),
    "wording": _("wording"),
    "typo": _("typo"),
    "added": _("added"),
    "removed": _("removed"),
    "moved": _("moved"),
    "state": _("state"),
}
# A text up to this length is shown whole, with its changes in it.
SHORT = 300
# So many changes of one text are shown; all of them stand on the page that compares.
SHOWN = 12

# Where marked words stand, and what a program keeps for itself: nobody wrote these.
PLACE = frozenset(
    [field.name for field in Anchored._meta.local_fields if field.name != "exact"]
    + ["raw_start", "raw_end", "confidence", "headings", "provenance", "raw", "key"]
    + [field.name for field in Versioned._meta.local_fields]
)
# Whom these name, a citation leans on.
ATTRIBUTION = frozenset(["source", "person", "via", "antecedent", "speaker", "printed_name", "candidates", "citations"])


@dataclass(frozen=True)
class Labelled:
    """One change of a text as it is shown."""

    kind: str
    pieces: tuple[Piece, ...]

    @property
    def label(self) -> str:
        return str(KINDS[self.kind])


def labelled(change: Change) -> Labelled:
    """The change as it is shown, without the empty lines around it."""
    *before, last = change.pieces or (Piece("equal", ""),)
    return Labelled(change.kind, (*before, Piece(last.kind, last.text.rstrip())))


@dataclass(frozen=True)
class Difference:
    """One field that two versions do not share; `more` changes of it are not shown."""

    label: str
    kinds: tuple[str, ...]
    changes: tuple[Labelled, ...] = ()
    pieces: tuple[Piece, ...] = ()
    more: int = 0

    @property
    def labels(self) -> list[str]:
        return [str(KINDS[kind]) for kind in self.kinds]


def marked_changes(before: str, after: str) -> str:
    """`after` as HTML, with the words marked that `before` does not have there."""
    shown = (piece for piece in whole(with_signs(before), with_signs(after)) if piece.kind != "deleted")
    return format_html_join("", "{}", ((_marked(piece),) for piece in shown))


def _marked(piece: Piece) -> str:
    is_new = piece.kind == "inserted" and piece.text.strip()
    return format_html("<mark>{}</mark>", piece.text) if is_new else piece.text


def is_shown(field: models.Field) -> bool:
    """Whether a change of this column tells a person something that the version itself does not say."""
    is_signature = not field.editable and field.name.endswith(("_by", "_at")) and field.name != "published_at"
    return not (field.primary_key or field.name in PLACE or is_signature)


def of_texts(label: str, old: str, new: str, name: str, cites: Callable, *, shown: int | None = SHOWN) -> Difference:
    old, new = with_signs(old), with_signs(new)
    found = changes(old, new, is_attribution=cites)
    kinds = {change.kind for change in found}
    if name in ATTRIBUTION:
        kinds = {"typo" if kind == "typo" else "attribution" for kind in kinds}
    kinds = tuple(kind for kind in KINDS if kind in kinds)
    if max(len(old), len(new)) <= SHORT:
        if set(kinds) <= {"added", "removed"}:
            return replace(of_values(label, old, new, ""), kinds=kinds)
        return Difference(label, kinds, pieces=whole(old, new))
    return Difference(
        label,
        kinds,
        tuple(labelled(change) for change in found[:shown]),
        more=max(0, len(found) - (shown or len(found))),
    )


def of_values(label: str, old: str, new: str, kind: str) -> Difference:
    pieces = (Piece("deleted", with_signs(old)), Piece("inserted", with_signs(new)))
    return Difference(label, (kind,), pieces=tuple(piece for piece in pieces if piece.text))


@dataclass(frozen=True)
class Names:
    """What rows that versions refer to are called now: filled for many versions at once."""

    of: dict[type[models.Model], dict[int, str]]

    def __call__(self, model: type[models.Model], pk: int | None) -> str:
        if pk is None:
            return ""
        return self.of.get(model, {}).get(pk) or str(
            _("deleted: %(what)s %(pk)s") % {"what": model._meta.verbose_name, "pk": pk}
        )


def between(
    earlier: models.Model,
    later: models.Model,
    names: Names,
    cites: Callable,
    *,
    hidden: Iterable[str] = (),
    shown=SHOWN,
) -> list[Difference]:
    """The differences between two versions of a row, without what is `hidden` from who looks."""
    found = []
    for field in later.tracked_fields:
        old, new = getattr(earlier, field.attname), getattr(later, field.attname)
        if old == new or field.name in hidden or not is_shown(field):
            continue
        label = capfirst(str(field.verbose_name))
        if field.is_relation:
            kind = "attribution" if field.name in ATTRIBUTION else "state"
            found.append(of_values(label, names(field.related_model, old), names(field.related_model, new), kind))
        elif isinstance(field, models.CharField | models.TextField) and not field.choices:
            found.append(of_texts(label, old, new, field.name, cites, shown=shown))
        else:
            is_number = isinstance(field, models.IntegerField | models.DecimalField | models.DateField)
            kind = "number" if is_number else "state"
            found.append(of_values(label, in_words(field, old), in_words(field, new), kind))
    return found


def in_words(field: models.Field, value) -> str:
    return "" if value in (None, "") else str(display_for_field(value, field, ""))


def of_links(version: models.Model, names: Names) -> list[Difference]:
    """The links of many to many that a version added and removed."""
    found = []
    for name, changed in (getattr(version, "links", None) or {}).items():
        field = version.instance_type._meta.get_field(name)
        old, new = (", ".join(names(field.related_model, pk) for pk in changed[kind]) for kind in ("removed", "added"))
        if old or new:
            kind = "attribution" if name in ATTRIBUTION else "state"
            found.append(of_values(capfirst(str(field.verbose_name)), old, new, kind))
    return found
