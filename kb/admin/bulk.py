"""One act over many rows, ten thousand as well: as many as fit into a request, each wholly or not at all, then the rest.

A form may carry only so many fields, so the rows that are still to do travel in one of them, and what was done so far
beside them, signed. Whoever closes the page leaves the rest undone and nothing half done.
"""

import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field

from django.contrib import messages
from django.contrib.admin import helpers
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kb.models import StaleVersion
from kb.models.rules import Versioned
from kb.services.refusal import Refused

from .deleting import name_of
from .forms import broken_rule
from .versions import changed_since, seen_of

CHOSEN, TALLY = "_chosen", "_tally"
# So many rows are acted on at once; a longer list is narrowed first.
MOST = 20_000
# A request works so long and then shows how far it has come.
SECONDS = 4.0
BATCH = 100
# So many reasons are told; of the others it says how many.
NAMED = 10

type Each = Callable[[models.Model], object]
type Together = Callable[[list[models.Model]], int]


@dataclass(slots=True)
class Tally:
    """How far an act has come: rows done and rows refused, with the first reasons as HTML."""

    total: int
    done: int = 0
    refused: int = 0
    reasons: list[str] = field(default_factory=list)

    @property
    def seen(self) -> int:
        return self.done + self.refused

    def refuse(self, *reasons: str) -> None:
        self.refused += 1
        self.reasons += [str(conditional_escape(one)) for one in reasons[: max(0, NAMED - len(self.reasons))]]


def tally_of(request, act: str) -> Tally | None:
    """What was done before, by this person and this act, as the page before said."""
    try:
        return Tally(**signing.loads(request.POST.get(TALLY, ""), salt=_salt(request, act)))
    except signing.BadSignature:
        return None


def _salt(request, act: str) -> str:
    return f"tally of {act} for {request.user.pk}"


class ManyRows:
    """For lists whose actions may be about more rows than a form has room for."""

    def changelist_view(self, request, extra_context=None):
        if chosen := request.POST.get(CHOSEN):
            request.POST = request.POST.copy()
            keys = [key for key in chosen.split() if not key.isdecimal() or len(key) < 19]
            request.POST.setlist(helpers.ACTION_CHECKBOX_NAME, keys)
        return super().changelist_view(request, extra_context)

    def response_action(self, request, queryset, *args, **kwargs):
        is_across = request.POST.get("select_across") in ("1", "true", "on") and "post" not in request.POST
        chosen = queryset if is_across else request.POST.getlist(helpers.ACTION_CHECKBOX_NAME)
        if (chosen[: MOST + 1].count() if is_across else len(chosen)) > MOST:
            words = _("At most %(count)s rows at once: narrow the list first. Nothing was done.")
            messages.error(request, words % {"count": f"{MOST:,}"})
            return HttpResponseRedirect(request.get_full_path())
        # Django writes into its log that rows are deleted, and then deletes them: both or neither.
        is_deletion = "delete_selected" in request.POST.getlist("action")
        try:
            with transaction.atomic() if is_deletion else nullcontext():
                return super().response_action(request, queryset, *args, **kwargs)
        except models.ProtectedError:
            words = _("Meanwhile something came to rest on one of these rows: nothing was deleted. Look again.")
            messages.error(request, words)
            return HttpResponseRedirect(request.get_full_path())

    def carry_out(
        self,
        request,
        queryset,
        *,
        act: str,
        title: str,
        each: Each,
        together: Together | None = None,
        said: Callable[[int], str],
        fields: dict | None = None,
    ) -> HttpResponse | None:
        """Do the act with as many rows as fit into the request; answer with the page that goes on, None at the end.

        `together` does a batch in few statements, all or none; where it is refused, or absent, `each` does row by row.
        `fields` are what a form of the act said, to be said again for the rest.
        """
        seen = _versions(queryset)
        tally = tally_of(request, act) or Tally(len(seen))
        keys, until = list(seen), time.monotonic() + SECONDS
        while keys and (time.monotonic() < until or tally.total == 1):
            some, keys = keys[:BATCH], keys[BATCH:]
            with transaction.atomic():
                keys = [*self._batch(request, some, seen, each, together, tally, until), *keys]
        if not keys:
            self._tell(request, tally, said)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "tally": tally,
            "signed": signing.dumps(asdict(tally), salt=_salt(request, act)),
            "act": act,
            "fields": fields or {},
            "checkbox": helpers.ACTION_CHECKBOX_NAME,
            "first": keys[0],
            "chosen": " ".join(map(str, keys)),
            "seen": self._seen(request, {key: seen[key] for key in keys}),
            "reasons": [mark_safe(reason) for reason in tally.reasons],
        }
        return TemplateResponse(request, "admin/kb/bulk.html", context)

    def _seen(self, request, versions: dict) -> str:
        if issubclass(self.model, Versioned):
            return " ".join(f"{key}:{version}" for key, version in versions.items())
        return seen_of(self.get_queryset(request).filter(pk__in=versions))

    def _batch(self, request, keys, seen, each, together, tally, until) -> list:
        """Do one batch in its transaction; answer with the rows for which there was no time."""
        found = {row.pk: row for row in self.get_queryset(request).filter(pk__in=keys)}
        rows = [row for key in keys if (row := found.get(key)) and _version(row) == seen[key]]
        for key in keys:
            if key not in found:
                tally.refuse(_("A row you chose does not exist any more."))
            elif _version(found[key]) != seen[key]:
                tally.refuse(changed_since(found[key]))
        if together and len(rows) > 1:
            try:
                with transaction.atomic():
                    tally.done += together(rows)
                    return []
            except (Refused, StaleVersion, IntegrityError):
                again = {row.pk: row for row in self.get_queryset(request).filter(pk__in=[row.pk for row in rows])}
                rows = [again[row.pk] for row in rows if row.pk in again]
        for place, row in enumerate(rows):
            if place and time.monotonic() > until:
                return [late.pk for late in rows[place:]]
            self._single(row, each, tally)
        return []

    def _single(self, row, each: Each, tally: Tally) -> None:
        try:
            with transaction.atomic():
                done = each(row)
        except Refused as refused:
            tally.refuse(*(self._reason(blocker.message, blocker.row or row) for blocker in refused.blockers))
        except StaleVersion as stale:
            tally.refuse(changed_since(stale.row))
        except PermissionDenied as denied:
            if tally.total == 1:
                raise
            tally.refuse(self._reason(str(denied) or _("Your account may not do this."), row))
        except IntegrityError as error:
            if (rule := broken_rule(error)) is None:
                raise
            tally.refuse(self._reason(rule, row))
        else:
            tally.done += done if type(done) is int else 1

    def _reason(self, message: str, row: models.Model) -> str:
        return format_html("{} {}", message, name_of(row, self.admin_site))

    def _tell(self, request, tally: Tally, said: Callable[[int], str]) -> None:
        if tally.done:
            messages.success(request, said(tally.done))
        for reason in tally.reasons:
            messages.error(request, mark_safe(reason))
        if more := tally.refused - min(tally.refused, NAMED):
            words = ngettext("%(count)d more was left as it is.", "%(count)d more were left as they are.", more)
            messages.error(request, words % {"count": more})


def _versions(queryset) -> dict:
    """The keys of the rows in their order, each with the version at which it is acted on."""
    if issubclass(queryset.model, Versioned):
        return dict(queryset.values_list("pk", "version"))
    return dict.fromkeys(queryset.values_list("pk", flat=True))


def _version(row: models.Model):
    return row.version if isinstance(row, Versioned) else None
