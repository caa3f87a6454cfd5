"""The admin site object: the analyst's desk. The pages in `kb/admin` say which sections it has and what waits there."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _


class Desk(AdminSite):
    site_header = site_title = settings.KB_SITE_NAME
    index_title = _("The desk")
    # In the order of the day's work: a name, its tables, and pages that show no table (label, right, URL name).
    sections = ()
    # The view that answers autocomplete fields.
    offered = AutocompleteJsonView
    # Answers, for a request and this site, what the first page shows.
    first_page = None
    # Answers, for a request, what the header of every page says of the person's own work.
    own = None

    def get_app_list(self, request, app_label=None):
        """Tables by task instead of by package; every table this person may see stands somewhere."""
        found = super().get_app_list(request, app_label)
        left = {row["model"]: row for app in found for row in app["models"]}
        sections = []
        for name, models, pages in self.sections:
            if rows := [left.pop(model) for model in models if model in left]:
                rows = [*self._rows_of(pages, request.user), *rows]
                address = f"{reverse('admin:index')}#{slugify(str(name))}"
                sections.append(
                    {"name": name, "app_label": slugify(str(name)), "app_url": address, "has_module_perms": True}
                    | {"models": rows}
                )
        others = [app | {"models": [row for row in app["models"] if row["model"] in left]} for app in found]
        return sections + [app for app in others if app["models"]]

    def _rows_of(self, pages, user) -> list[dict]:
        return [
            {"model": None, "name": label, "object_name": slugify(str(label)), "admin_url": reverse(address)}
            for label, right, address in pages
            if user.has_perm(right)
        ]

    def login(self, request, extra_context=None):
        """One door for everybody, with its limits and its second step; `next` leads back here."""
        if request.user.is_authenticated:
            if not self.has_permission(request):
                raise PermissionDenied
            return HttpResponseRedirect(reverse("admin:index"))
        query = urlencode({"next": request.GET.get("next") or reverse("admin:index")})
        return HttpResponseRedirect(f"{reverse('account_login')}?{query}")

    def password_change(self, request, extra_context=None):
        return HttpResponseRedirect(reverse("account_change_password"))

    def app_index(self, request, app_label, extra_context=None):
        # The first page shows it all.
        return HttpResponseRedirect(reverse("admin:index"))

    def index(self, request, extra_context=None):
        shown = self.first_page(request, self) if self.first_page else {}
        return super().index(request, {**shown, **(extra_context or {})})

    def autocomplete_view(self, request):
        return self.offered.as_view(admin_site=self)(request)

    def each_context(self, request):
        return super().each_context(request) | {"own": self.own(request) if self.own else None}


class Site(AdminConfig):
    default_site = "config.admin.Desk"
