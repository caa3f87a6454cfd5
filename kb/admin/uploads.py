"""Importing from the desk, in three pages without a shell: send files, look at the plan, watch the import."""

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent, ValidationError
from django.http import HttpResponseRedirect
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_protect

from kb.importing import uploads
from kb.models import ImportRun, policy
from kb.models.rules import validate_edtf
from kb.text.language import is_language_tag

from .base import admin_url

# Seconds that one request works, and that a plan may take to look.
WORKED, LOOKED = 2.0, 8.0
# What a form weighs beside its files.
FRAME = 1024 * 1024
SALT = "kb.import"
CONTINUED_WITHIN = 10 * 60  # seconds


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """One file or many."""

    widget = FilesInput

    def clean(self, data, initial=None):
        found = data if isinstance(data, list | tuple) else [data] if data else []
        if not found:
            raise ValidationError(self.error_messages["required"], code="required")
        problems = []
        if len(found) > uploads.MOST_FILES:
            problems.append(_("At most %(limit)d files at once.") % {"limit": uploads.MOST_FILES})
        if sum(one.size for one in found) > uploads.LARGEST_TOTAL:
            limit = uploads.LARGEST_TOTAL // 1024 // 1024
            problems.append(_("The files are larger than %(limit)d MB together.") % {"limit": limit})
        for one in found:
            if words := uploads.objection(one.name, one.size):
                problems.append(format_html("<bdi>{}</bdi> {}", one.name, words))
        if problems:
            raise ValidationError(problems)
        return found


class UploadForm(forms.Form):
    files = Files(
        label=gettext_lazy("Files"),
        widget=FilesInput(attrs={"accept": ",".join(uploads.ENDINGS)}),
        help_text=gettext_lazy(
            "Saved pages (txt, html, mhtml; at most 5 MB each) and files of records (jsonl, json; at most 50 MB each). "
            "At most 100 files, 60 MB together."
        ),
    )
    address = forms.URLField(
        label=gettext_lazy("Address"),
        required=False,
        assume_scheme="https",
        max_length=1000,
        help_text=gettext_lazy("Where the page was saved from, if it is a single one. Nothing is fetched from there."),
    )
    publisher = forms.CharField(
        label=gettext_lazy("Publisher"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=gettext_lazy(
            "Who published these pages, whatever they say themselves; of fact-checks in JSON those that name nobody."
        ),
    )
    published = forms.CharField(
        label=gettext_lazy("Published"),
        required=False,
        max_length=64,
        validators=[validate_edtf],
        help_text=gettext_lazy("When they were published, pages only: 2025-03-24, 2025-03, 2025."),
    )
    language = forms.CharField(
        label=gettext_lazy("Language"),
        required=False,
        max_length=35,
        help_text=gettext_lazy("The language they are in (BCP 47): en, fa, pt-BR."),
    )

    def clean_language(self):
        language = self.cleaned_data["language"]
        if language and not is_language_tag(language):
            raise ValidationError(_("Write a language as en, fa, pt-BR."))
        return language

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("address") and len(cleaned.get("files", ())) > 1:
            self.add_error("address", _("This is the address of one page: send one file, or leave it empty."))
        return cleaned

    @property
    def options(self) -> dict[str, str]:
        names = ("address", "publisher", "published", "language")
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}


def receive(request, page):
    """Take the files, or say why not; the body of a request that is too large is never read."""
    policy.require(request.user, policy.IMPORT)
    if request.method != "POST":
        return _ask(request, page, UploadForm())
    if problem := _unreadable(request):
        return _ask(request, page, UploadForm(), problem, status=413)
    return csrf_protect(_receive)(request, page)


def _unreadable(request) -> str:
    """Why this request is refused as a whole; reads its files only if their size is known to fit."""
    limit = uploads.LARGEST_TOTAL // 1024 // 1024
    if int(request.META.get("CONTENT_LENGTH") or 0) > uploads.LARGEST_TOTAL + FRAME:
        return _("The files are larger than %(limit)d MB together.") % {"limit": limit}
    try:
        request.FILES  # noqa: B018
    except TooManyFilesSent:
        return _("At most %(limit)d files at once.") % {"limit": uploads.MOST_FILES}
    except (RequestDataTooBig, MultiPartParserError):
        return _("What your browser sent cannot be read. Choose the files again.")
    return ""


def _receive(request, page):
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, page, form)
    files = ((one.name, one.read()) for one in form.cleaned_data["files"])
    run = uploads.keep(files, options=form.options, by=request.user)
    return HttpResponseRedirect(address_of(run, "plan"))


def show_plan(request, page, key):
    """What the import would do; nothing but the files is kept so far."""
    policy.require(request.user, policy.IMPORT)
    run = _run(key)
    if not run.is_planned:
        return HttpResponseRedirect(address_of(run, "work"))
    plan = uploads.look_through(run, by=request.user, seconds=LOOKED)
    uploaded = list(run.uploads.defer("content"))
    context = {"run": run, "plan": plan, "uploaded": uploaded, "size": sum(one.size for one in uploaded)}
    context["worth_it"] = plan.counts["new"] + plan.counts["changed"] > 0 or not plan.is_whole
    return TemplateResponse(
        request, "admin/kb/importrun/plan.html", _context(request, page, _("What would be imported"), context)
    )


def work(request, page, key):
    """Import bit by bit, or cancel. Each answer that is not the last asks for the next by itself, without a script.

    Only who pressed the button holds the signed word that lets a plain request go on.
    """
    policy.require(request.user, policy.IMPORT)
    run = _run(key)
    if request.method == "POST":
        if request.POST.get("act") == "cancel":
            return _cancel(request, run)
        return HttpResponseRedirect(f"{address_of(run, 'work')}?go={_word(request, run)}")
    goes = not run.is_over and _is_word(request, run)
    if goes:
        uploads.go_on(run, by=request.user, seconds=WORKED)
    if run.is_over:
        return _finished(request, run)
    if run.is_planned:
        return HttpResponseRedirect(address_of(run, "plan"))
    watches = not goes and run.is_worked_on
    context = {"run": run, "progress": uploads.progress_of(run), "goes": goes, "watches": watches}
    response = TemplateResponse(
        request, "admin/kb/importrun/work.html", _context(request, page, _("Importing"), context)
    )
    if goes:
        response.headers["Refresh"] = f"1; url={address_of(run, 'work')}?go={_word(request, run)}"
    elif watches:
        response.headers["Refresh"] = f"3; url={address_of(run, 'work')}"
    return response


def _run(key: int) -> ImportRun:
    """A run of uploaded files; one that the command began is the command's."""
    return get_object_or_404(ImportRun.objects.filter(uploads__isnull=False).distinct(), pk=key)


def address_of(run: ImportRun, view: str) -> str:
    return reverse(f"admin:kb_importrun_{view}", args=[run.pk])


def _ask(request, page, form, problem="", status=200):
    context = _context(request, page, _("Upload and import"), {"form": form, "problem": problem})
    return TemplateResponse(request, "admin/kb/importrun/upload.html", context, status=status)


def _cancel(request, run):
    if uploads.cancel(run, by=request.user):
        messages.success(request, _("Cancelled. What was imported stays; the files that waited are gone."))
    else:
        messages.warning(request, _("This import was over already."))
    return HttpResponseRedirect(admin_url(run))


def _finished(request, run):
    if "go" in request.GET:
        messages.success(request, _("The import is finished."))
    return HttpResponseRedirect(admin_url(run))


def _word(request, run) -> str:
    return signing.dumps([run.pk, request.user.pk], salt=SALT)


def _is_word(request, run) -> bool:
    try:
        return signing.loads(request.GET.get("go", ""), salt=SALT, max_age=CONTINUED_WITHIN) == [
            run.pk,
            request.user.pk,
        ]
    except signing.BadSignature:
        return False


def _context(request, page, title: str, context: dict) -> dict:
    return {**page.admin_site.each_context(request), "title": title, "opts": page.opts, **context}
