"""Addresses: the desk under /admin/, everything else for readers."""

from django.contrib import admin
from django.urls import include, path

# Also for faults in what stands before a page.
handler500 = "config.errors.fault"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("kb.accounts.urls")),
    path("", include("kb.urls")),
]
