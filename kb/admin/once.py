"""Forms of the desk carry a key: whoever presses a button twice, or sends again after an error, saves once."""

import re
import secrets
from collections.abc import Callable
from hashlib import blake2b

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from kb.models import SentForm
from kb.services import sending

KEY = "_once"
# The same form may be sent again with another button, and with another token after signing in.
NOT_SAID = {"csrfmiddlewaretoken", "_whose", KEY, "_save", "_continue", "_addanother"}
_KEY = re.compile(r"[A-Za-z0-9_-]{16,40}")
# Tells the browser that what it keeps of the form is saved.
SAVED = "kb_saved"


def new_key() -> str:
    return secrets.token_urlsafe(16)


def for_the_browser(request, form) -> dict:
    """What a page needs to send its form once, and to keep what is typed into it."""
    sent = (request.POST.get(KEY) or "unknown") if form.is_bound else ""
    return {"once": new_key(), "keeps": {"sent": sent}}


def answer_once(request, view: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer a form; one that was saved already is answered with what its first sending came to.

    The view says by `request.desk_saved` that it saved something, whatever it answers then.
    """
    key = request.POST.get(KEY, "") if request.method == "POST" else ""
    if not _KEY.fullmatch(key):
        return view()

    def save(sent: SentForm) -> HttpResponse:
        response = view()
        if getattr(request, "desk_saved", False):
            is_redirect = isinstance(response, HttpResponseRedirect)
            sent.answer = response.url if is_redirect else request.get_full_path()
            sent.popup = (getattr(response, "context_data", None) or {}).get("popup_response_data", "")
        return response

    response = sending.once(_seal(key, request), by=request.user, save=save, again=lambda sent: _again(request, sent))
    if getattr(request, "desk_saved", False):
        is_safe = bool(settings.SESSION_COOKIE_SECURE)
        response.set_cookie(SAVED, key, max_age=600, path="/admin/", secure=is_safe, samesite="Lax")
    return response


def _seal(key: str, request) -> str:
    """The key with what was sent: somebody who goes back and types something else sends another form."""
    said = sorted((name, request.POST.getlist(name)) for name in request.POST if name not in NOT_SAID)
    files = sorted((name, one.name, one.size) for name in request.FILES for one in request.FILES.getlist(name))
    return blake2b(repr((key, said, files)).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _again(request, sent: SentForm) -> HttpResponse:
    request.desk_saved = True
    if sent.popup:
        return TemplateResponse(request, "admin/popup_response.html", {"popup_response_data": sent.popup})
    messages.info(request, _("This was saved already when you sent it the first time; nothing was done twice."))
    return HttpResponseRedirect(sent.answer)
