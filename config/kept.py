"""What was sent and could not be saved is kept: in the page that says why, as a form that is sent again.

Nothing is stored on the server. Two things have to hold before words are shown in such a form. They came from a page of
this site, or another site could put words into somebody's mouth: the token fits, or the browser names our origin. And
they are their person's: every form of the desk says whose it is, and is sent under no other name. The token changes with
each signing in, so a form from before always comes by here.
"""

from collections.abc import Iterator

from django import template
from django.core import signing
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.shortcuts import render
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

WHOSE, TOKEN = "_whose", "csrfmiddlewaretoken"
# Characters of names and values; a longer form is left to the browser's way back.
MOST = 2_000_000

register = template.Library()
signer = signing.Signer(salt="whose form")


class OwnForm(CsrfTokenNode):
    """Django's token, and whose form it is: in every form of the desk, theirs and ours."""

    def render(self, context):
        user = getattr(context.get("request"), "user", None)
        if user is None or not user.is_authenticated:
            return super().render(context)
        whose = format_html('<input type="hidden" name="{}" value="{}">', WHOSE, signer.sign(str(user.pk)))
        return super().render(context) + whose


@register.tag
def csrf_token(parser, token):
    """In place of Django's tag of this name."""
    return OwnForm()


class _Token(CsrfViewMiddleware):
    """Only asks whether the token fits."""

    def _reject(self, request, reason):
        return reason

    def fits(self, request) -> bool:
        return self.process_view(request, None, (), {}) is None


def came_from_us(request) -> bool:
    """Whether a page of this site sent this, and no other site through somebody's browser."""
    if origin := request.headers.get("Origin"):
        return origin == f"{request.scheme}://{request.get_host()}"
    return _Token(lambda request: None).fits(request)


def owner_of(request) -> str | None:
    """The key of the person whose form was sent; None when it does not say, or lies."""
    try:
        return signer.unsign(request.POST.get(WHOSE, ""))
    except signing.BadSignature:
        return None


def kept(request) -> dict | None:
    """What a page needs to send the same again; None when there is nothing, too much, or a password in it."""
    if request.method != "POST":
        return None
    try:
        fields = list(_fields(request))
        files = [one.name for name in request.FILES for one in request.FILES.getlist(name)]
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return None
    is_empty = not files and all(name == WHOSE for name, _value in fields)
    is_secret = any("password" in name.lower() for name, _value in fields)
    if is_empty or is_secret or sum(len(name) + len(value) for name, value in fields) > MOST:
        return None
    return {
        "address": request.get_full_path(),
        "token": get_token(request),
        "fields": fields,
        "files": files,
        # Forms with a key are saved once, however often they are sent.
        "is_saved_once": any(name == "_once" for name, _value in fields),
    }


def _fields(request) -> Iterator[tuple[str, str]]:
    for name in request.POST:
        if name != TOKEN:
            yield from ((name, value) for value in request.POST.getlist(name))


def keeping(request, why: str) -> HttpResponse | None:
    """The page that keeps what was sent and says why it was not saved; None for what is nobody's form, or not from us."""
    if request.method != "POST" or not came_from_us(request):
        return None
    owner = owner_of(request)
    # A token is made, and its cookie sent, only for a form that is shown.
    words = kept(request) if owner is not None else None
    if owner is None or (words is None and why != "too_old"):
        return None
    if request.user.is_authenticated and owner != str(request.user.pk):
        why, words = "not_yours", None
    return render(request, "account/kept.html", {"why": why, "kept": words}, status=403)


def too_old(request, reason="") -> HttpResponse:
    """The answer to a form whose token does not fit: signed in anew meanwhile, or sent by another site."""
    response = None
    if "Origin" in request.headers and hasattr(request, "user") and request.user.is_authenticated:
        response = keeping(request, "too_old")
    return response or render(request, "403.html", {"is_too_old": True}, status=403)
