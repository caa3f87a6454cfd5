"""A claim on other people's pages: a card that may be framed, and the address that says how (oEmbed)."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import get_language_from_path, gettext, override
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from django.views.decorators.http import conditional_page
from django.views.generic import TemplateView, View

from kb.models import Claim, Merge
from kb.pages import claims
from kb.pages.corrections import corrections_of

from .lists import fresh
from .views import MayHaveMoved

# The card may stand in any page, and runs nothing there.
FRAMED = {**settings.SECURE_CSP, "script-src": ["'none'"], "connect-src": ["'none'"], "frame-ancestors": ["*"]}
WIDTH, HEIGHT = 560, 280
# Who keeps a card asks again after so many seconds: verdicts change.
KEPT = 300


@fresh
@method_decorator([csp_override(FRAMED), xframe_options_exempt], name="dispatch")
class ClaimCard(MayHaveMoved, TemplateView):
    """The verdict of a claim as it stands; where there is none to show any more, the card says so."""

    template_name = "claims/card.html"
    merged, called = Claim, "number"

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            return TemplateResponse(request, self.template_name, {"claim": None}, status=404)

    def get_context_data(self, pk):
        claim = get_object_or_404(claims.for_pages(Claim.objects.visible_to()), pk=pk)
        return {"claim": claims.summary(claim), "correction": next(iter(corrections_of(claim=claim)), None)}


@fresh
@method_decorator(conditional_page, name="dispatch")
class OEmbed(View):
    """oEmbed 1.0 for the pages of claims, as JSON."""

    http_method_names = ["get", "head", "options"]

    def get(self, request):
        asked = request.GET
        if asked.get("format", "json") != "json":
            return _refused(gettext("Only JSON is offered: leave “format” out, or say format=json."))
        try:
            width, height = _size(asked, "maxwidth", WIDTH), _size(asked, "maxheight", HEIGHT)
        except ValueError:
            return _refused(gettext("“maxwidth” and “maxheight” are whole numbers of pixels."))
        if not asked.get("url"):
            return _refused(gettext("Say in “url” which claim: the address of its page."))
        claim, language = _claim_at(asked["url"], request.get_host())
        if claim is None:
            return _refused(gettext("There is no claim at this address."), status=404)
        with override(language):
            card = request.build_absolute_uri(reverse("kb:claim-card", args=[claim.pk]))
            page = request.build_absolute_uri(claim.get_absolute_url())
        frame = format_html(
            '<iframe src="{}" width="{}" height="{}" title="{}" frameborder="0" loading="lazy" referrerpolicy="no-referrer" '
            'sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>',
            *(card, width, height, claim.text),
        )
        found = {
            "version": "1.0",
            "type": "rich",
            "title": claim.text,
            "author_name": settings.KB_SITE_NAME,
            "author_url": page,
            "provider_name": settings.KB_SITE_NAME,
            "provider_url": request.build_absolute_uri("/"),
            "cache_age": KEPT,
            "html": frame,
            "width": width,
            "height": height,
        }
        return _open(JsonResponse(found, json_dumps_params={"ensure_ascii": False}))


def _claim_at(address: str, host: str) -> tuple[Claim | None, str]:
    """The public claim whose page stands at this address of this site, in which language; merged ones lead on."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None, ""
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != host.lower():
        return None, ""
    language = get_language_from_path(parts.path) or settings.LANGUAGE_CODE
    try:
        with override(language):
            found = resolve(parts.path)
    except Resolver404:
        return None, ""
    if found.view_name != "kb:claim":
        return None, ""
    public, number = Claim.objects.visible_to(), found.kwargs["pk"]
    claim = public.filter(pk=number).first()
    if claim is None and (kept := Merge.objects.kept_for(Claim, number=number)):
        claim = public.filter(pk=kept.pk).first()
    return claim, language


def _size(asked, name: str, ours: int) -> int:
    """The size of the frame: ours, unless the page has less room."""
    given = asked.get(name, "")
    if not given:
        return ours
    if not (given.isascii() and given.isdigit() and len(given) < 9 and int(given)):
        raise ValueError(name)
    return min(ours, int(given))


def _refused(words: str, status: int = 400) -> JsonResponse:
    return _open(JsonResponse({"error": words}, status=status))


def _open(response: JsonResponse) -> JsonResponse:
    """Scripts of any site may read it: there is nothing in it that is not public."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
