"""Citations as every page shows them: who says so, when, and whether the source really says it."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from kb.models import Citation, CitationCheck, Resolution, State

from .claims import UNKNOWN, Badge
from .dates import PrintedDate, date_of
from .notes import Note

CHECKS = {
    CitationCheck.UNCHECKED: Badge("○", gettext_lazy("not compared with the source yet"), "open"),
    CitationCheck.CONFIRMED: Badge("✓", gettext_lazy("the source says so"), "supported"),
    CitationCheck.MISQUOTED: Badge("✗", gettext_lazy("misquoted"), "refuted"),
    CitationCheck.NOT_FOUND: Badge(UNKNOWN, gettext_lazy("not found at the source"), "mixed"),
    CitationCheck.UNAVAILABLE: Badge("–", gettext_lazy("source not available"), "none"),
}
# A reader must not have to open a card to learn of these.
ALARMING = {CitationCheck.MISQUOTED, CitationCheck.NOT_FOUND}
NOBODY = gettext_lazy("attributed to nobody by name")


@dataclass(frozen=True, slots=True)
class CitedSource:
    """`name` is the register's for a resolved citation, the printed one for an unresolved, a phrase for an unnamed."""

    key: str
    name: str | Promise
    source_address: str
    is_unresolved: bool
    is_unnamed: bool
    speaker: str
    date: PrintedDate | None
    via: str
    check: Badge
    check_note: str
    checked_on: date | None
    address: str
    challenge: str
    mark: str = ""
    notes: tuple[Note, ...] = ()


def citation_key(citation: Citation) -> str:
    return f"citation-{citation.pk}"


def cited_source(citation: Citation, *, key: str = "", mark: str = "", notes: tuple[Note, ...] = ()) -> CitedSource:
    """What to say of a citation loaded with its source and with the one it is quoted through."""
    via = citation.via if citation.via and citation.via.state == State.CONFIRMED else None
    return CitedSource(
        key=key,
        name=citation.name or NOBODY,
        source_address=citation.source.get_absolute_url() if citation.source else "",
        is_unresolved=citation.resolution == Resolution.UNRESOLVED,
        is_unnamed=citation.resolution == Resolution.UNNAMED,
        speaker=citation.speaker,
        date=date_of(citation),
        via=via.name if via else "",
        check=CHECKS[citation.check_state],
        check_note=citation.check_note,
        checked_on=timezone.localdate(citation.checked_at) if citation.checked_at else None,
        address=citation.address,
        challenge=f"{reverse('kb:challenge')}?citation={citation.pk}",
        mark=mark,
        notes=notes,
    )
