"""When the database is away: a page of our own that says so, instead of a fault. It asks nothing of the database."""

import sys

from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

from .kept import came_from_us, kept

# Not reachable, gone in the middle, locked, full; InternalError is what a standby says that takes no writes.
AWAY = (OperationalError, InterfaceError, InternalError)
# Seconds after which it is worth asking again.
RETRY_AFTER = 3


def away(request) -> HttpResponse:
    """503: nothing of this request was saved, as far as anybody can know; what was sent stands in the page."""
    was_sent = request.method not in ("GET", "HEAD")
    context = {"was_sent": was_sent, "retry_after": RETRY_AFTER}
    if was_sent and came_from_us(request):
        context["kept"] = kept(request)
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    return HttpResponse(render_to_string("503.html", context), status=503, headers=headers)


def fault(request) -> HttpResponse:
    """The answer to what nobody caught, in a page or in a middleware before it."""
    return away(request) if isinstance(sys.exc_info()[1], AWAY) else server_error(request)
