"""The admin site object: the analyst's desk."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class Desk(AdminSite):
    site_header = site_title = settings.KB_SITE_NAME
    index_title = _("The desk")


class Site(AdminConfig):
    default_site = "config.admin.Desk"
