"""Sources, claims and tags as tables: exported to CSV and XLSX, imported with a preview, row by row with its errors."""

import os.path
from decimal import Decimal

from django import forms
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from import_export.admin import ImportExportMixin
from import_export.fields import Field
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm
from import_export.resources import Diff, ModelResource
from import_export.widgets import DecimalWidget, Widget

from kb.models import Claim, NameKind, Source, SourceName, Tag
from kb.models.rules import refuse_turning
from kb.services import claims
from kb.services.suggestions import free_slug

from .table_files import LARGEST_FILE, TableCSV, TableXLSX, Unreadable
from .versions import in_words, last_changes

# Stands in the history of every version that a table wrote.
REASON = "table"
# How long a preview may be confirmed.
CONFIRMED_WITHIN = 3600


class Difference(Diff):
    """What a row would change, without styles in the markup."""

    def as_html(self):
        before = [""] * len(self.left) if self.new else self.left
        return [_difference(old, new) for old, new in zip(map(_shown, before), map(_shown, self.right), strict=True)]


def _shown(value) -> str:
    return "" if value is None else str(value)


def _difference(old: str, new: str) -> str:
    if old == new:
        return format_html("<bdi>{}</bdi>", new)
    removed = format_html("<del><bdi>{}</bdi></del> ", old) if old else ""
    return format_html("{}<ins><bdi>{}</bdi></ins>", removed, new)


class Table(ModelResource):
    """A table whose rows obey every rule of the database and write their history.

    `met` says for each row of the file which row of the database it meets, at which version: none where it is new.
    What a preview met, `expected`, is what the import may write.
    """

    def __init__(self, expected: list | None = None, met: list | None = None, **kwargs):
        super().__init__(**kwargs)
        self.expected, self.met = expected, [] if met is None else met

    def get_diff_class(self):
        return Difference

    def after_init_instance(self, instance, new, row, **kwargs):
        met = None if new else [instance.pk, instance.version]
        self.met.append(met)
        if self.expected is None:
            return
        before = self.expected[len(self.met) - 1] if len(self.met) <= len(self.expected) else None
        if before is None and met is not None:
            raise ValidationError(_("It came into being after the preview: send the file again."))
        if met is None and before is not None:
            raise ValidationError(_("It was deleted after the preview: send the file again."))
        if before != met:
            change = last_changes([instance]).get(instance.pk)
            who = in_words([change]) if change else _("somebody")
            message = _("“%(row)s” was changed after the preview, by %(who)s: send the file again.")
            raise ValidationError(message % {"row": instance, "who": who})

    def before_import(self, dataset, **kwargs):
        known = {field.column_name for field in self.get_import_fields()}
        if unknown := [name for name in dataset.headers if name not in known]:
            raise ValidationError(_("No such column: %(names)s.") % {"names": ", ".join(unknown)})
        if len(set(dataset.headers)) < len(dataset.headers):
            raise ValidationError(_("Two columns have the same name."))

    def before_import_row(self, row, **kwargs):
        for name, value in row.items():
            try:
                refuse_turning(value)
            except ValidationError as error:
                raise ValidationError({name: error}) from error

    def before_save_instance(self, instance, row, **kwargs):
        instance._change_reason = REASON


class SluggedTable(Table):
    def import_instance(self, instance, row, **kwargs):
        super().import_instance(instance, row, **kwargs)
        if not instance.slug and instance.name:
            instance.slug = free_slug(type(instance), instance.name)


class Options:
    """What the three tables share. Row by row, never in bulk: only so is every version kept."""

    clean_model_instances = True
    skip_unchanged = True
    report_skipped = True
    use_bulk = False
    use_transactions = True
    store_row_values = True


class Names(Widget):
    """Every name of a source on a line of its own: "short: FT"."""

    def clean(self, value, row=None, **kwargs):
        names = set()
        for line in str(value or "").splitlines():
            if not line.strip():
                continue
            kind, _colon, name = line.partition(":")
            if kind.strip() not in NameKind.values or not name.strip():
                message = _("“%(line)s”: write one name a line, behind its kind (%(kinds)s): “short: FT”.")
                raise ValueError(message % {"line": line.strip(), "kinds": ", ".join(NameKind.values)})
            names.add((kind.strip(), name.strip()))
        return sorted(names)

    def render(self, value, obj=None, **kwargs):
        return "\n".join(f"{kind}: {name}" for kind, name in value)


class NamesField(Field):
    """The names of the source, wanted or stored."""

    def get_value(self, instance, **kwargs):
        wanted = getattr(instance, self.attribute, None)
        if wanted is not None or instance is None or instance.pk is None:
            return wanted or []
        return sorted((name.kind, name.name) for name in instance.names.all())


class Yes(Widget):
    """Yes, no, or nothing where nobody knows."""

    WORDS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": None}

    def clean(self, value, row=None, **kwargs):
        try:
            return self.WORDS[str("" if value is None else value).strip().lower()]
        except KeyError:
            raise ValueError(_("Write yes or no, or nothing where nobody knows.")) from None

    def render(self, value, obj=None, **kwargs):
        return {True: "yes", False: "no"}.get(value, "")


class Exact(DecimalWidget):
    """A number as text: a spreadsheet would round a long one."""

    def clean(self, value, row=None, **kwargs):
        try:
            number = super().clean(value, row, **kwargs)
        except ArithmeticError:
            number = Decimal("nan")
        if number is not None and not number.is_finite():
            raise ValueError(_("Write a number: 1234.5."))
        return number

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else f"{value.normalize():f}"


class SourceTable(SluggedTable):
    day_first = Field(attribute="day_first", column_name="day_first", widget=Yes())
    names = NamesField(attribute="wanted_names", column_name="names", widget=Names())

    class Meta(Options):
        model = Source
        import_id_fields = ["slug"]
        fields = (
            *("slug", "name", "kind", "country", "language", "homepage", "description", "day_first"),
            *("reliability", "reliability_reason", "names"),
        )
        import_order = export_order = fields

    def get_queryset(self):
        return super().get_queryset().prefetch_related("names")

    def after_save_instance(self, instance, row, **kwargs):
        """Keep the names that stay, so that only what changed gains a version."""
        wanted = getattr(instance, "wanted_names", None)
        if wanted is None:
            return
        stored = {(name.kind, name.name): name for name in SourceName.objects.filter(source=instance)}
        for key, name in stored.items():
            if key not in wanted:
                name._change_reason = REASON
                name.delete()
        for kind, text in wanted:
            if (kind, text) not in stored:
                name = SourceName(source=instance, kind=kind, name=text)
                try:
                    name.full_clean()
                except ValidationError as error:
                    raise ValidationError({"names": [f"{text}: {message}" for message in error.messages]}) from error
                name._change_reason = REASON
                name.save()


class ClaimTable(Table):
    value = Field(attribute="value", column_name="value", widget=Exact())
    version = Field(attribute="version", column_name="version", readonly=True)

    class Meta(Options):
        model = Claim
        import_id_fields = ["text", "language"]
        fields = (
            "text",
            "language",
            "statement_type",
            "value",
            "unit",
            "period",
            "definition",
            "resolves_on",
            "version",
        )
        import_order = export_order = fields

    def import_instance(self, instance, row, **kwargs):
        super().import_instance(instance, row, **kwargs)
        if instance.pk and str(row.get("version", "")).strip() != str(instance.version):
            message = _("The claim stands at version %(stored)d and this row at %(row)s: export it again.")
            said = row.get("version") or _("none")
            raise ValidationError({"version": message % {"stored": instance.version, "row": said}})

    def before_save_instance(self, instance, row, **kwargs):
        super().before_save_instance(instance, row, **kwargs)
        if claims.reworded(instance, Claim.objects.filter(pk=instance.pk).first()):
            raise ValidationError(_("Its verdict is published: its figures change on its own page, with a reason."))


class TagTable(SluggedTable):
    class Meta(Options):
        model = Tag
        import_id_fields = ["name"]
        fields = ("name", "slug", "kind", "description")
        import_order = export_order = fields


class SendTable(ImportForm):
    """The kind of file is known by its name."""

    format = forms.CharField(required=False, widget=forms.HiddenInput)
    media = forms.Media()

    def _init_formats(self, formats):
        self.endings = {f".{kind().get_extension()}": str(place) for place, kind in enumerate(formats)}
        file = self.fields["import_file"]
        file.help_text = _("%(endings)s, at most %(size)d MB.") % {
            "endings": _(" or ").join(self.endings),
            "size": LARGEST_FILE // 1024 // 1024,
        }
        file.widget.attrs["accept"] = ",".join(self.endings)

    def clean_import_file(self):
        file = self.cleaned_data["import_file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(_("The file is larger than %(size)d MB.") % {"size": LARGEST_FILE // 1024 // 1024})
        if os.path.splitext(file.name)[1].lower() not in self.endings:
            raise ValidationError(
                _("Send a file that ends in %(endings)s.") % {"endings": _(" or ").join(self.endings)}
            )
        return file

    def clean(self):
        if file := self.cleaned_data.get("import_file"):
            self.cleaned_data["format"] = self.endings[os.path.splitext(file.name)[1].lower()]
        return self.cleaned_data


class ConfirmTable(ConfirmImportForm):
    """Only the file that was shown can be confirmed, over the rows it was shown with, by who was shown it."""

    salt = ""
    expected: list | None = None

    def clean_import_file_name(self):
        try:
            name, self.expected = signing.loads(
                self.cleaned_data["import_file_name"], salt=self.salt, max_age=CONFIRMED_WITHIN
            )
        except signing.BadSignature as error:
            raise ValidationError(_("This preview is too old: send the file again.")) from error
        return os.path.basename(name)


class TableExchange(ImportExportMixin):
    """For pages whose rows go out as a table for who may see them, and come in for who may add and change them."""

    formats = import_formats = export_formats = [TableCSV, TableXLSX]
    import_form_class = SendTable
    confirm_form_class = ConfirmTable
    export_form_class = ExportForm
    import_export_change_list_template = "admin/kb/table_list.html"
    import_template_name = "admin/kb/table_import.html"
    export_template_name = "admin/kb/table_export.html"
    to_encoding = "utf-8-sig"

    def has_import_permission(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request):
        return self.has_view_permission(request)

    def get_import_data_kwargs(self, **kwargs):
        return super().get_import_data_kwargs(**kwargs) | {"rollback_on_validation_errors": True}

    def get_import_resource_kwargs(self, request, **kwargs):
        form = kwargs.pop("form", None)
        request.desk_met = []
        return {"expected": getattr(form, "expected", None), "met": request.desk_met}

    def get_confirm_form_initial(self, request, import_form):
        initial = super().get_confirm_form_initial(request, import_form)
        if initial:
            shown = [initial["import_file_name"], request.desk_met]
            initial["import_file_name"] = signing.dumps(shown, salt=self._salt(request), compress=True)
        return initial

    def create_confirm_form(self, request, import_form=None):
        form = super().create_confirm_form(request, import_form)
        form.salt = self._salt(request)
        return form

    def add_data_read_fail_error_to_form(self, form, e):
        words = (
            str(e) if isinstance(e, Unreadable) else _("The file cannot be read: save it as UTF-8 and send it again.")
        )
        form.add_error("import_file", words)

    def process_import(self, request, **kwargs):
        if not self.has_import_permission(request):
            raise PermissionDenied
        try:
            return super().process_import(request, **kwargs)
        except OSError:
            self.message_user(request, _("This preview is gone: send the file again."), "error")
            return HttpResponseRedirect(reverse("admin:{}_{}_import".format(*self.get_model_info())))

    def process_result(self, result, request):
        """What changed since the preview is told like an error of the preview; then nothing was written."""
        if not (result.has_errors() or result.has_validation_errors()):
            return super().process_result(result, request)
        context = self.admin_site.each_context(request) | {
            "title": _("Import"),
            "form": self.import_form_class(self.get_import_formats(), self.get_import_resource_classes(request)),
            "opts": self.opts,
            "media": self.media,
            "result": result,
        }
        return TemplateResponse(request, [self.import_template_name], context, status=409)

    def _salt(self, request) -> str:
        return f"table of {self.opts.label_lower} for {request.user.pk}"
