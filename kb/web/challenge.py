"""The challenge desk: a reader says what is wrong, without an account, and follows by a number what becomes of it.

Alone among readers' pages these take words, so their forms carry a token against forgery, which a cookie holds until
the browser is closed. Nothing else is set or kept.
"""

import time
import uuid

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from kb.models import Challenge, ChallengeKind, Citation, Claim, StaleVersion
from kb.models.challenge import LIMITS, OF_CITATION, OF_CLAIM
from kb.pages import challenges
from kb.pages.words import plain
from kb.search import paging
from kb.services import challenges as desk
from kb.services.refusal import Refused
from kb.text import visitors
from kb.text.markup import normalise_newlines

SALT = "kb.challenge"
ADDRESSES = 5
# Nobody reads the page and writes faster than this; and a form that lay about for longer is not from this page.
SECONDS_AT_LEAST, SECONDS_AT_MOST = 4, 24 * 3600
ANSWERED_SHOWN = ("-closed_at", "-pk")


class Lines(forms.CharField):
    """Text of several lines, with newlines as they are stored."""

    def __init__(self, rows: int, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}), **kwargs)

    def to_python(self, value):
        return normalise_newlines(super().to_python(value) or "")


class ChallengeForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is wrong?"), widget=forms.RadioSelect)
    words = Lines(2, label=_("Which words?"), max_length=LIMITS["words"], required=False)
    why = Lines(5, label=_("Why is it wrong?"), max_length=LIMITS["why"])
    addresses = Lines(
        2,
        label=_("Where can one see it?"),
        max_length=LIMITS["addresses"],
        required=False,
        help_text=_("Up to five web addresses, one on each line."),
    )
    quote = Lines(3, label=_("What does it say there?"), max_length=LIMITS["quote"], required=False)
    contact = forms.EmailField(
        label=_("Your e-mail address, if we may ask back"),
        max_length=254,
        required=False,
        help_text=_("Only whoever answers sees it. It is erased with the answer, and is never public."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    # For programs that fill in everything; people do not see it.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, target, **kwargs):
        super().__init__(*args, **kwargs)
        is_claim = isinstance(target, Claim)
        allowed = OF_CLAIM if is_claim else OF_CITATION
        self.fields["kind"].choices = [(kind.value, ChallengeKind(kind).label) for kind in allowed]
        said = target.text if is_claim else target.exact or target.as_printed
        self.initial["words"] = said[: LIMITS["words"]]
        self.initial["opened"] = signing.dumps({"uid": str(uuid.uuid4()), "at": int(time.time())}, salt=SALT)

    def clean_addresses(self):
        lines = [line.strip() for line in self.cleaned_data["addresses"].splitlines() if line.strip()]
        if len(lines) > ADDRESSES:
            raise ValidationError(_("At most five addresses."))
        for line in lines:
            try:
                URLValidator(schemes=["http", "https"])(line)
            except ValidationError as error:
                raise ValidationError(gettext("“%s” is no web address.") % plain(line[:80])) from error
        return "\n".join(lines)

    def content(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("kind", "words", "why", "addresses", "quote", "contact")}

    def opening(self) -> tuple[uuid.UUID | None, tuple[str, ...]]:
        """The number of the form, and what makes the desk suspect, in its language, that no person filled it in."""
        found = [gettext("a field that people do not see was filled in")] if self.cleaned_data["website"] else []
        try:
            signed = signing.loads(self.cleaned_data["opened"], salt=SALT)
        except signing.BadSignature:
            return None, (*found, gettext("the form did not come from this page"))
        age = time.time() - signed["at"]
        if age < SECONDS_AT_LEAST:
            found.append(gettext("written in %s seconds") % int(age))
        elif age > SECONDS_AT_MOST:
            found.append(gettext("the form is older than a day"))
        return uuid.UUID(signed["uid"]), tuple(found)


class Desk(View):
    """What was answered; and, for a claim or a citation, the form."""

    def get(self, request):
        target = self._target(request)
        if target is None:
            return self._answered(request)
        return self._form(request, target, ChallengeForm(target=target))

    def post(self, request):
        target = self._target(request)
        if target is None:
            raise Http404
        form = ChallengeForm(request.POST, target=target)
        if not form.is_valid():
            return self._form(request, target, form, status=400)
        with override(settings.LANGUAGE_CODE):
            uid, suspicion = form.opening()
        try:
            sent = desk.file(target, origin=origin_of(request), uid=uid, suspicion=suspicion, **form.content())
        except desk.TooMany:
            response = render(request, "429.html", status=429)
            response.headers["Retry-After"] = str(24 * 3600)
            return response
        return HttpResponseRedirect(sent.get_absolute_url())

    def _target(self, request) -> Claim | Citation | None:
        for name, rows in (("claim", Claim.objects), ("citation", Citation.objects)):
            if (key := request.GET.get(name)) is not None:
                # An id is a number the database can hold.
                if not key.isascii() or not key.isdecimal() or len(key) > 18:
                    raise Http404
                rows = rows.visible_to()
                if name == "citation":
                    rows = rows.select_related("article", "source").defer("article__body", "article__headings")
                return get_object_or_404(rows, pk=key)
        return None

    def _form(self, request, target, form, status=200):
        context = {"form": form, "subject": challenges.subject_of(target)}
        response = render(request, "challenges/form.html", context, status=status)
        add_never_cache_headers(response)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def _answered(self, request):
        rows = challenges.for_pages(Challenge.objects.visible_to())
        problem = ""
        try:
            found = paging.take(rows, ANSWERED_SHOWN, request.GET.get("page", ""))
        except paging.UnknownPlace:
            found, problem = paging.Slice([]), _("This page of the list does not exist.")
        page = {
            "rows": [challenges.entry(one, is_public=True) for one in found.rows],
            "earlier": found.earlier,
            "later": found.later,
            "problem": problem,
        }
        response = render(request, "challenges/list.html", {"page": page})
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response


class Followed(View):
    """What became of one challenge; while it is open whoever knows its number may take it back."""

    def get(self, request, reference):
        return self._page(request, self._challenge(reference))

    def post(self, request, reference):
        challenge = self._challenge(reference)
        try:
            desk.withdraw(challenge)
        except (Refused, StaleVersion):
            return self._page(request, self._challenge(reference), problem=_("It is closed already."), status=409)
        return HttpResponseRedirect(challenge.get_absolute_url())

    def _challenge(self, reference) -> Challenge:
        return get_object_or_404(challenges.for_pages(Challenge.objects), reference=reference.upper())

    def _page(self, request, challenge, problem="", status=200):
        is_public = Challenge.objects.visible_to().filter(pk=challenge.pk).exists()
        context = {"entry": challenges.entry(challenge, is_public=is_public), "problem": problem}
        response = render(request, "challenges/followed.html", context, status=status)
        if is_public:
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        else:
            add_never_cache_headers(response)
            response.headers["X-Robots-Tag"] = "noindex"
        return response


def origin_of(request) -> str:
    """Where the request came from: counted for a day under a hash, and kept nowhere."""
    peer, forwarded = request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", "")
    return visitors.origin(peer, forwarded, settings.KB_TRUSTED_PROXIES)
