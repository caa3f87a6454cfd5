"""Two stacks: what only signed-in people need runs for their addresses alone; readers pass it by."""

import logging

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.views import redirect_to_login
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language_from_path, override
from simple_history.middleware import HistoryRequestMiddleware

from kb.models import policy

from .errors import AWAY, away
from .kept import keeping

logger = logging.getLogger("django.request")

SIGNED_IN = ("/admin/", "/accounts/", "/annotations/")
# Alone among the readers' pages these take what a reader writes, so a forged form is refused there too.
WRITTEN_TO = (*SIGNED_IN, "/challenge/", *(f"/{code}/challenge/" for code, _ in settings.LANGUAGES))


def Language(get_response):
    """The address alone says in which language a page is: no cookie and no header, so that every cache may keep it."""

    def middleware(request):
        with override(get_language_from_path(request.path_info) or settings.LANGUAGE_CODE):
            return get_response(request)

    return middleware


class DatabaseAway:
    """A page that the database left in the middle answers 503, in development too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, AWAY):
            logger.error("The database is away: %s", request.path, exc_info=exception)
            return away(request)
        return None


class SignedInOnly:
    """Skips the middleware it is mixed into for every address a reader may ask for."""

    addresses = SIGNED_IN

    def __call__(self, request):
        if request.path_info.startswith(self.addresses):
            return super().__call__(request)
        return self.get_response(request)


class Session(SignedInOnly, SessionMiddleware):
    pass


class Csrf(SignedInOnly, CsrfViewMiddleware):
    addresses = WRITTEN_TO

    def process_view(self, request, callback, args, kwargs):
        if request.path_info.startswith(self.addresses):
            return super().process_view(request, callback, args, kwargs)


class Authentication(SignedInOnly, AuthenticationMiddleware):
    pass


class Messages(SignedInOnly, MessageMiddleware):
    pass


def History(get_response):
    """Names the person at the desk in every history row their request writes."""
    record = HistoryRequestMiddleware(get_response)
    return lambda request: (record if request.path_info.startswith(SIGNED_IN) else get_response)(request)


def Door(get_response):
    """Who is not signed in, or owes a second factor, reaches nothing else; what they sent is kept for them."""

    def middleware(request):
        if request.path_info.startswith(SIGNED_IN) and not request.path_info.startswith("/accounts/"):
            if not request.user.is_authenticated:
                # The pages themselves lead to the door.
                return keeping(request, "signed_out") or get_response(request)
            if policy.owes_second_factor(request.user):
                setup = reverse("mfa_activate_totp")
                return keeping(request, "second_factor") or redirect_to_login(request.get_full_path(), setup)
        return get_response(request)

    return middleware


def NoStore(get_response):
    """What a signed-in person sees is kept by no cache."""

    def middleware(request):
        response = get_response(request)
        if request.path_info.startswith(SIGNED_IN):
            add_never_cache_headers(response)
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    return middleware
