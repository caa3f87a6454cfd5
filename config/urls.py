"""Addresses: the desk under /admin/, everything else for readers, in each language of theirs."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from kb import urls

# Also for faults in what stands before a page.
handler500 = "config.errors.fault"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("kb.accounts.urls")),
    path("", include((urls.programs, "programs"))),
    *i18n_patterns(path("", include(urls)), prefix_default_language=False),
]
