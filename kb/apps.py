"""The one app: it owns every table."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class KbConfig(AppConfig):
    name = "kb"
    label = "kb"
    verbose_name = _("knowledge base")

    def ready(self):
        # Registers the checks and what follows when rights change; both need what is not there when this module is read.
        import_module("kb.checks")
        import_module("kb.services.accounts")
        search_index = import_module("kb.search.claim_index")
        # A migration that makes the table anew takes its triggers away: every migrate ends with a whole index.
        post_migrate.connect(search_index.keep, sender=self, dispatch_uid="kb.search.claim_index")
        documents = import_module("kb.search.documents")
        post_migrate.connect(documents.keep, sender=self, dispatch_uid="kb.search.documents")
        for changes in (post_save, post_delete):
            changes.connect(documents.follow, dispatch_uid="kb.search.documents")
