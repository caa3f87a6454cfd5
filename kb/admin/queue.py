"""The resolver queue: citations whose source or year is open, worked one after the other, by keyboard or as a form."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kb.models import Article, Citation, Hop, Open, Resolution, Source, State, policy
from kb.pages.dates import basis_in_words, in_words
from kb.search.paging import UnknownPlace, take
from kb.services import citations
from kb.services.citations import Choice, Outcome
from kb.text.folding import fold
from kb.text.inferred_dates import Inferred
from kb.text.partial_dates import PUBLISHED_BEFORE

from .base import admin_url, link_to, own_direction
from .suggestions import in_sentence
from .versions import count_up, hold

PAGE = 25
# A number beyond this is not worth counting exactly.
COUNTED = 1000
ORDER = ("-article_id", "-rank", "pk")
ACTS = {"accept": citations.accept, "reject": citations.reject}
AS_PRINTED = "printed"


@dataclass(frozen=True)
class Row:
    """One citation to resolve; `chosen` is the value of the ticked source, `typed` the name of another."""

    citation: Citation
    sentence: str
    proposal: Inferred | None
    basis: str
    candidates: list[Source]
    chosen: str
    typed: str
    with_date: bool
    is_ticked: bool
    alike: int
    mark: str

    @property
    def address(self):
        return admin_url(self.citation)

    @property
    def is_nameless(self) -> bool:
        return self.citation.resolution == Resolution.UNRESOLVED

    @property
    def date_asks(self) -> bool:
        return self.proposal is not None

    @property
    def edtf(self) -> str:
        return self.citation.date_edtf

    @property
    def proposed(self) -> str:
        return in_words(self.proposal.edtf)


@dataclass(frozen=True)
class Group:
    """The rows of one article."""

    article: Article
    rows: list[Row]

    @property
    def address(self):
        return admin_url(self.article)

    @property
    def issued(self) -> str:
        return in_words(self.article.issued_on)


def queue(request, page):
    """Show the queue, or do what was decided in it. `page` is the admin page of citations."""
    if not page.has_view_permission(request):
        raise PermissionDenied
    if request.method == "POST":
        policy.require(request.user, policy.DECIDE)
        if "undo" in request.POST:
            return _undo(request)
        if (problems := _decide(request)) is None:
            return HttpResponseRedirect(_back(request))
        for problem in problems:
            messages.error(request, problem)
    return _show(request, page)


def _narrowed(request) -> models.QuerySet:
    """The rows that the filters in the address leave."""
    rows = Citation.objects.unresolved(request.GET.get("what", ""))
    article, source = request.GET.get("article", ""), request.GET.get("source", "").strip()
    if article.isdecimal():
        rows = rows.filter(article=int(article[:18]))
    if source and "\0" not in source:
        rows = rows.filter(
            models.Q(printed_name__icontains=source)
            | models.Q(source__name__icontains=source)
            | models.Exists(
                Citation.candidates.through.objects.filter(
                    citation=models.OuterRef("pk"), source__name__icontains=source
                )
            )
        )
    return rows


def _loaded(rows: models.QuerySet) -> models.QuerySet:
    return rows.select_related("source", "antecedent__source", "via", "decided_by").prefetch_related(
        "article",
        "candidates",
        models.Prefetch("article__hops", Hop.objects.select_related("source").order_by("position")),
    )


def _show(request, page):
    rows = _narrowed(request)
    try:
        found = take(_loaded(rows.ranked()), ORDER, request.GET.get("page", ""), size=PAGE)
    except UnknownPlace:
        found = take(_loaded(rows.ranked()), ORDER, size=PAGE)
    counted = rows.order_by()[: COUNTED + 1].count()
    groups = _groups(found.rows, request.POST)
    shown = [row for group in groups for row in group.rows]
    context = {
        **page.admin_site.each_context(request),
        "title": _("Citations to resolve"),
        "opts": page.opts,
        "media": page.media,
        "groups": groups,
        "page": found,
        "count": min(counted, COUNTED),
        "is_more": counted > COUNTED,
        "bases": _bases(shown),
        "kinds": [("", _("all"), not request.GET.get("what"))]
        + [(kind.value, kind.label, request.GET.get("what") == kind.value) for kind in Open],
        "narrowed": {name: request.GET.get(name, "") for name in ("what", "article", "source")},
        "article": groups[0].article if groups and request.GET.get("article") else None,
        "may_decide": policy.may(request.user, policy.DECIDE),
        "as_printed": AS_PRINTED,
        "names": f"{reverse('admin:autocomplete')}?app_label=kb&model_name=citation&field_name=source",
        "changelist": reverse("admin:kb_citation_changelist"),
    }
    return TemplateResponse(request, "admin/kb/citation/queue.html", context)


def _groups(found: list[Citation], sent) -> list[Group]:
    alike = _alike({row.article_id for row in found})
    groups = []
    for article, rows in groupby(found, key=lambda row: row.article):
        text = article.text
        groups.append(Group(article, [_row(row, text, alike, sent) for row in rows]))
    return groups


def _row(citation: Citation, text: str, alike: dict[tuple, list[int]], sent) -> Row:
    proposal, source = citations.proposed_date(citation), citations.proposed_source(citation)
    candidates = list(citation.candidates.all()) if citation.resolution == Resolution.UNRESOLVED else []
    if source and not citation.source and source not in candidates:
        candidates.insert(0, source)
    number = citation.pk
    was_sent = str(number) in sent.getlist("row") if sent else False
    proposed = str(source.pk) if source and candidates else ("" if candidates else AS_PRINTED)
    return Row(
        citation=citation,
        sentence=in_sentence(citation, text) if citation.is_anchored else format_html("<mark>{}</mark>", citation),
        proposal=proposal,
        basis=_basis(citation, proposal) if proposal else "",
        candidates=candidates,
        chosen=sent.get(f"source-{number}", "") if was_sent else proposed,
        typed=sent.get(f"other-{number}", "") if was_sent else "",
        with_date=f"dated-{number}" in sent if was_sent else True,
        is_ticked=str(number) in sent.getlist("ticked") if was_sent else False,
        alike=len(alike.get(_likeness(citation), ())) - 1,
        mark=citations.mark_of(citation),
    )


def _basis(citation: Citation, proposal: Inferred) -> str:
    """Why this day, in words that can be checked at a glance."""
    issued = in_words(citation.article.issued_on)
    if proposal.basis == PUBLISHED_BEFORE and issued:
        printed = own_direction(citation.date_printed or citation.date_edtf.removeprefix("XXXX-"))
        words = _("latest {date} before the article's date, {issued}")
        return format_html(words, date=printed, issued=issued)
    if issued:
        return _("%(basis)s; the article is of %(issued)s") % {
            "basis": basis_in_words(proposal.basis),
            "issued": issued,
        }
    return basis_in_words(proposal.basis)


def _bases(shown: list[Row]) -> list[dict]:
    """The bases that more than one shown row has, where nothing but the date is open."""
    keys = [row.proposal.basis for row in shown if row.proposal and not row.is_nameless]
    return [
        {"key": key, "words": basis_in_words(key), "count": keys.count(key)}
        for key in dict.fromkeys(keys)
        if keys.count(key) > 1
    ]


def _likeness(citation: Citation) -> tuple:
    """Citations of one article with the same open question: the same name, and a date of the same basis."""
    nameless = citation.resolution == Resolution.UNRESOLVED
    name = fold(citation.printed_name) or citation.printed_name if nameless else ""
    return citation.article_id, citation.state, name, citation.date_basis, bool(citation.date_resolved)


def _alike(articles: set[int]) -> dict[tuple, list[int]]:
    fields = ("article", "state", "resolution", "printed_name", "date_basis", "date_resolved")
    alike: dict[tuple, list[int]] = {}
    for row in Citation.objects.unresolved().filter(article__in=articles).only(*fields).order_by("position"):
        alike.setdefault(_likeness(row), []).append(row.pk)
    return alike


def _decide(request) -> list[str] | None:
    """Do what the pressed button says. None when it is done; else what is missing, and nothing was done."""
    sent = request.POST
    target, _colon, decision = sent.get("decide", "").rpartition(":")
    if decision not in ACTS:
        raise PermissionDenied
    shown = [key for key in sent.getlist("row") if key.isdecimal() and len(key) < 19]
    if target == "ticked":
        keys = [key for key in sent.getlist("ticked") if key in shown]
    elif target.startswith("basis="):
        keys = _with_basis(shown, target.removeprefix("basis="))
    else:
        keys = [target] if target in shown else []
    if not keys:
        return [_("Nothing was ticked, so nothing was decided.")]
    rows = Citation.objects.in_bulk([int(key) for key in keys])
    choices, problems = {}, []
    for key in keys:
        row = rows.get(int(key))
        try:
            choice = _choice(row, key, sent, decision)
        except ValueError as missing:
            problems.append(format_html('<a href="#citation-{}">{}</a> {}', key, row, str(missing)))
            continue
        choices[choice.pk] = choice
        if row and f"like-{key}" in sent:
            for pk in _others_like(row, choice):
                choices.setdefault(pk, Choice(pk, choice.source, choice.with_date))
    if problems:
        return problems
    with transaction.atomic():
        hold(Article.objects.filter(pk__in=Citation.objects.filter(pk__in=choices).values("article")))
        outcome = ACTS[decision](choices.values(), by=request.user)
        _count_up(outcome)
    _say(request, outcome, decision)
    return None


def _with_basis(shown: list[str], basis: str) -> list[str]:
    rows = _loaded(Citation.objects.unresolved().filter(pk__in=map(int, shown)))
    proposals = {row.pk: citations.proposed_date(row) for row in rows if row.resolution != Resolution.UNRESOLVED}
    return [str(pk) for pk, proposal in proposals.items() if proposal and proposal.basis == basis]


def _others_like(row: Citation, choice: Choice) -> list[int]:
    others = _alike({row.article_id}).get(_likeness(row), [])
    if choice.source and row.source_id:
        # Another source instead of the one it has is meant for that one alone.
        others = Citation.objects.filter(pk__in=others, source=row.source_id).values_list("pk", flat=True)
    return [pk for pk in others if pk != row.pk]


def _choice(row: Citation | None, key: str, sent, decision: str) -> Choice:
    """What the form says of one row. Raises ValueError in words: nothing is chosen, or nobody knows the name."""
    with_date = f"dated-{key}" in sent or f"asks-date-{key}" not in sent
    seen = sent.get(f"seen-{key}", "")
    if row is None or decision == "reject":
        return Choice(int(key), with_date=with_date, seen=seen)
    typed, chosen = sent.get(f"other-{key}", "").strip(), sent.get(f"source-{key}", "")
    source = None
    if typed:
        source = _named(typed)
    elif chosen.isdecimal():
        source = Source.objects.filter(pk=chosen[:18]).first()
    asks = row.resolution == Resolution.UNRESOLVED and row.state == State.SUGGESTED
    if asks and source is None and chosen != AS_PRINTED:
        raise ValueError(_("Choose a source, or keep the name as printed."))
    return Choice(int(key), source, with_date, seen)


def _named(words: str) -> Source:
    """The one source of this name. Raises ValueError in words."""
    if "\0" in words:
        raise ValueError(_("No source has this name: look it up in the register."))
    by_name = Source.objects.filter(name__iexact=words)
    found = list(by_name[:1] or Source.objects.filter(names__name__iexact=words).distinct()[:5])
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(map(str, found))
        raise ValueError(_("“%(words)s” may be %(names)s: write which.") % {"words": words, "names": names})
    raise ValueError(_("No source of the register is called “%(words)s”.") % {"words": words})


def _count_up(outcome: Outcome) -> None:
    """Whoever has an article of these open shows older rows of it."""
    count_up(Article.objects.filter(pk__in={row.article_id for row in outcome.done}))


def _say(request, outcome: Outcome, decision: str) -> None:
    count = len(outcome.done)
    if count:
        words = (
            ngettext("%(count)d accepted.", "%(count)d accepted.", count)
            if decision == "accept"
            else ngettext("%(count)d rejected.", "%(count)d rejected.", count)
        )
        undo = format_html(
            '<button type="submit" form="queue" name="undo" value="{}" class="undo" aria-keyshortcuts="u">{}</button>',
            outcome.at.isoformat(),
            _("Take back"),
        )
        messages.success(request, format_html("{} {}", words % {"count": count}, undo))
    _say_left(request, outcome)


def _say_left(request, outcome: Outcome) -> None:
    for blocker in outcome.left:
        messages.warning(request, format_html("{} {}", blocker.message, link_to(blocker.row)))


def _undo(request):
    try:
        at = datetime.fromisoformat(request.POST["undo"]).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise PermissionDenied from error
    with transaction.atomic():
        decided = Citation.objects.filter(decided_by=request.user, decided_at=at)
        hold(Article.objects.filter(pk__in=decided.values("article")))
        outcome = citations.take_back(at, by=request.user)
        _count_up(outcome)
    count = len(outcome.done)
    if count:
        words = ngettext("%(count)d taken back: open again.", "%(count)d taken back: open again.", count)
        messages.success(request, words % {"count": count})
    elif not outcome.left:
        messages.warning(request, _("There is nothing to take back any more."))
    _say_left(request, outcome)
    first = f"#citation-{outcome.done[0].pk}" if outcome.done else ""
    return HttpResponseRedirect(f"{request.get_full_path()}{first}")


def _back(request) -> str:
    """The same page of the queue, at the row behind the one that was decided."""
    target = request.POST["decide"].partition(":")[0]
    shown = request.POST.getlist("row")
    behind = shown[shown.index(target) + 1 :] if target in shown else []
    return f"{request.get_full_path()}{f'#citation-{behind[0]}' if behind else ''}"
