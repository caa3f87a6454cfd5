"""Notes for programs, by the Web Annotation Protocol (https://www.w3.org/TR/annotation-protocol/).

`/annotations/` takes a note of whoever is signed in and lists what they may read; without an account that is what every
reader may. `/articles/<slug>/annotations/` is the readers' own: no session, public notes alone.
"""

import hashlib
import json
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.generic import View

from kb.exporting.web_annotation import PROFILE, Writer, for_export
from kb.importing.web_annotation import Unfit, read, send_in
from kb.models import Annotation, Article, policy

LARGEST = 1024 * 1024
JSON_TYPES = ("application/ld+json", "application/json")
HTML_TYPES = ("text/html", "application/xhtml+xml", "text/*")
RESOURCE = '<http://www.w3.org/ns/ldp#Resource>; rel="type"'
CONTAINER = (
    '<http://www.w3.org/ns/ldp#BasicContainer>; rel="type", '
    '<http://www.w3.org/TR/annotation-protocol/>; rel="http://www.w3.org/ns/ldp#constrainedBy"'
)
# What of a document is wrong decides the answer; everything else is a bad request.
STATUS = {
    "too-large": HTTPStatus.CONTENT_TOO_LARGE,
    **dict.fromkeys(
        ("unknown-target", "other-target", "ambiguous-target", "refused"), HTTPStatus.UNPROCESSABLE_CONTENT
    ),
}


def problem(status: int, detail: str, *, at: str = "", code: str = "") -> HttpResponse:
    """What is wrong, and where, for programs and people (RFC 9457)."""
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": int(status), "detail": detail}
    said |= {name: value for name, value in (("at", at), ("code", code)) if value}
    content = _json(said)
    response = HttpResponse(content, content_type="application/problem+json; charset=utf-8", status=status)
    patch_vary_headers(response, ["Accept"])
    return response


def _json(document: dict) -> str:
    """The document, with no sign that would begin markup where somebody takes it for a page."""
    content = json.dumps(document, ensure_ascii=False)
    return content.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


class Annotations(View):
    """What answers in JSON-LD, in plain JSON, or by leading to the page that people read."""

    http_method_names = ["get", "head", "options"]
    link, varies = RESOURCE, ["Accept"]
    # The page for people; its name alone, so that nobody is led anywhere who may not read it.
    is_public = False

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Allow"] = ", ".join(self._allowed_methods())
        if response.status_code < 400:
            response.headers["Link"] = self.link
            if "POST" in self._allowed_methods():
                response.headers["Accept-Post"] = PROFILE
        return response

    def reader(self):
        """Who asks; nobody where no session is."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    def writer(self) -> Writer:
        return Writer(self.request.build_absolute_uri("/"), self.reader())

    def wanted(self) -> str | None:
        """The form that is wanted most of those there are; without a wish, JSON-LD."""
        for media in self.request.accepted_types_by_precedence:
            name = f"{media.main_type}/{media.sub_type}"
            if name in ("application/ld+json", "application/*", "*/*"):
                return PROFILE
            if name == "application/json":
                return "application/json"
            if name in HTML_TYPES:
                return "text/html"
        return None

    def answer(self, document: dict, *, status: int = 200, form: str = PROFILE) -> HttpResponse:
        content = _json(document).encode()
        response = HttpResponse(content, content_type=form, status=status)
        response.headers["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        patch_vary_headers(response, self.varies)
        if self.is_public:
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        if status != 200:
            return response
        return get_conditional_response(self.request, etag=response.headers["ETag"], response=response)

    def lead_to(self, address: str) -> HttpResponse:
        response = HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)
        patch_vary_headers(response, self.varies)
        return response

    def unacceptable(self) -> HttpResponse:
        detail = _("This is to be had as JSON-LD, as JSON, and as a page.")
        return problem(HTTPStatus.NOT_ACCEPTABLE, detail)


class One(Annotations):
    """One note. One that this person may not read and one that does not exist answer alike."""

    def get(self, request, uid):
        rows = for_export(Annotation.objects.visible_to(self.reader()).filter(uid=uid))
        note = get_object_or_404(rows)
        form = self.wanted()
        if form is None:
            return self.unacceptable()
        if form == "text/html":
            return self.lead_to(self._page_of(note))
        return self.answer(self.writer().document(note), form=form)

    def _page_of(self, note: Annotation) -> str:
        if policy.may(self.reader(), "kb.view_annotation"):
            return reverse("admin:kb_annotation_change", args=[note.pk])
        about = note.citation.article if note.citation else note.target
        return f"{about.get_absolute_url()}#note-{note.uid}"


class Container(Annotations):
    """A collection of notes, page by page."""

    link, varies = CONTAINER, ["Accept", "Prefer"]

    def rows(self, **address) -> QuerySet:
        raise NotImplementedError

    def label(self) -> str:
        raise NotImplementedError

    def page_for_people(self) -> str:
        raise NotImplementedError

    def get(self, request, **address):
        rows, form = self.rows(**address), self.wanted()
        if form is None:
            return self.unacceptable()
        if form == "text/html":
            return self.lead_to(self.page_for_people())
        prefers = request.headers.get("Prefer", "")
        iris = request.GET.get("iris") == "1" or "PreferContainedIRIs" in prefers
        home, writer, label = request.build_absolute_uri(request.path), self.writer(), self.label()
        if (number := request.GET.get("page")) is None:
            minimal = "PreferMinimalContainer" in prefers
            document = writer.collection(home, label, rows, iris=iris, minimal=minimal)
        else:
            document = self._page(writer, home, label, rows, number, iris)
        response = self.answer(document, form=form)
        if prefers and response.status_code == 200:
            response.headers["Content-Location"] = (
                f"{home}?iris=1" if iris and "page" not in request.GET else document["id"]
            )
        return response

    def _page(self, writer: Writer, home: str, label: str, rows: QuerySet, number: str, iris: bool) -> dict:
        if not number.isascii() or not number.isdecimal() or len(number) > 9:
            raise Http404
        try:
            return writer.page(home, label, rows, int(number), total=rows.count(), iris=iris)
        except IndexError as error:
            raise Http404 from error


class OfArticle(Container):
    """The public notes on one article."""

    is_public = True

    def get(self, request, slug):
        if not Article.objects.visible_to().filter(slug=slug).exists():
            get_object_or_404(Article.objects.withdrawn(), slug=slug)
            return problem(HTTPStatus.GONE, _("This article was withdrawn, and its notes with it."))
        return super().get(request, slug=slug)

    def rows(self, slug):
        self.article = get_object_or_404(Article.objects.visible_to().defer("body", "headings"), slug=slug)
        return Annotation.objects.visible_to().filter(article=self.article)

    def label(self):
        return _("Notes on “%(article)s”") % {"article": self.article}

    def page_for_people(self):
        return self.article.get_absolute_url()


@method_decorator(ensure_csrf_cookie, name="get")
class All(Container):
    """Every note that this person may read; and where they send a new one, with the token that forms carry too."""

    http_method_names = ["get", "head", "options", "post"]

    def rows(self):
        return Annotation.objects.visible_to(self.reader())

    def label(self):
        return _("Notes of %(site)s") % {"site": settings.KB_SITE_NAME}

    def page_for_people(self):
        return reverse("admin:kb_annotation_changelist")

    def post(self, request):
        reader = self.reader()
        if reader is None:
            response = problem(HTTPStatus.UNAUTHORIZED, _("Sign in to write notes."))
            response.headers["WWW-Authenticate"] = f'Cookie location="{reverse(settings.LOGIN_URL)}"'
            return response
        if request.content_type not in JSON_TYPES:
            return problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, _("Send it as application/ld+json."))
        try:
            step = send_in(read(request.read(LARGEST + 1), largest=LARGEST), by=reader, hosts={request.get_host()})
        except PermissionDenied as denied:
            return problem(HTTPStatus.FORBIDDEN, str(denied))
        except Unfit as unfit:
            status = STATUS.get(unfit.code, HTTPStatus.BAD_REQUEST)
            return problem(status, unfit.reason, at=unfit.at, code=unfit.code)
        note, writer = for_export(Annotation.objects.filter(pk=step.note.pk)).get(), self.writer()
        document = writer.document(note, unattached=step.why)
        is_new = step.fate == "new"
        response = self.answer(document, status=HTTPStatus.CREATED if is_new else HTTPStatus.OK)
        if is_new:
            response.headers["Location"] = writer.address(note)
        else:
            response.headers["Content-Location"] = writer.address(note)
        return response
