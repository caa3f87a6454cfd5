"""Users and groups: Django's own pages, without a way up for somebody who is no superuser."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from .deleting import what_hangs_on

# Only a superuser gives or sees what goes past the groups.
BEYOND_GROUPS = {"is_superuser", "user_permissions"}

admin.site.unregister(User)
admin.site.unregister(Group)


class Found:
    """A row that does not exist answers 404 here as everywhere at the desk."""

    show_full_result_count = False

    def get_object(self, request, object_id, from_field=None):
        if (row := super().get_object(request, object_id, from_field)) is None:
            raise Http404
        return row


@admin.register(User)
class PersonAtTheDesk(Found, UserAdmin):
    list_display = ["username", "email", "first_name", "last_name", "is_staff", "is_active"]

    def has_change_permission(self, request, obj=None):
        # Whoever sets a superuser's password is a superuser.
        is_above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not is_above

    def has_delete_permission(self, request, obj=None):
        is_above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_delete_permission(request, obj) and not is_above

    def get_deleted_objects(self, objs, request):
        return what_hangs_on(objs, request, self)

    def why_kept(self, person) -> str:
        """Whoever wrote or decided something is named by it: notes that only their author reads count, and are not told."""
        return "" if self._is_unnamed(person) else _("is named in what stays on record: take the account out of use.")

    def _is_unnamed(self, person) -> bool:
        relations = (field for field in self.opts.get_fields(include_hidden=True) if field.auto_created)
        protecting = [one for one in relations if getattr(one, "on_delete", None) is models.PROTECT]
        return not any(
            one.related_model._base_manager.filter(**{one.field.name: person}).exists() for one in protecting
        )

    def get_fieldsets(self, request, obj=None):
        hidden = set() if request.user.is_superuser else set(BEYOND_GROUPS)
        if obj and not self.has_change_permission(request, obj):
            # A view-only page prints values as they are stored.
            hidden.add("password")
        return [
            (name, {**options, "fields": [field for field in options["fields"] if field not in hidden]})
            for name, options in super().get_fieldsets(request, obj)
        ]


@admin.register(Group)
class GroupAtTheDesk(Found, GroupAdmin):
    pass
