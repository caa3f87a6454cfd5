"""Users and groups: Django's own pages, without a way up for somebody who is no superuser and without a way out for all."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.options import ActionLocation
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db import models
from django.http import Http404, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from kb.models import GroupPolicy, policy
from kb.services import accounts
from kb.services.refusal import Refused

from .acts import Act, Acts
from .base import DeskInline, say_refused
from .deleting import what_hangs_on
from .history import History
from .versions import VersionGuard

# Only a superuser gives or sees what goes past the groups.
BEYOND_GROUPS = {"is_superuser", "user_permissions"}

admin.site.unregister(User)
admin.site.unregister(Group)
# Kept by allauth for itself: an address is changed on the account, and secrets of second factors are nobody's to see.
admin.site.unregister(EmailAddress)
admin.site.unregister(Authenticator)


class Accounts:
    """A row that does not exist answers 404 here as everywhere; nothing here may lock everybody out."""

    show_full_result_count = False

    def get_object(self, request, object_id, from_field=None):
        if (row := super().get_object(request, object_id, from_field)) is None:
            raise Http404
        return row

    def get_actions(self, request, action_location=ActionLocation.CHANGE_LIST):
        # Accounts and groups are deleted one by one, where one sees what hangs on each.
        found = super().get_actions(request, action_location)
        found.pop("delete_selected", None)
        return found

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refused:
            say_refused(request, refused)
            return HttpResponseRedirect(request.get_full_path())

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except Refused as refused:
            say_refused(request, refused)
            return HttpResponseRedirect(request.get_full_path())

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if change:
            accounts.keep_an_administrator()

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        accounts.keep_an_administrator()


@admin.register(User)
class PersonAtTheDesk(Acts, Accounts, VersionGuard, History, UserAdmin):
    change_list_template = "admin/auth/user/change_list.html"
    list_display = ["username", "email", "first_name", "last_name", "is_staff", "is_active", "last_login"]
    acts = (
        Act(
            name="sign_out",
            label=_("Sign out everywhere"),
            right=policy.ADMINISTER,
            run=accounts.sign_out,
            done=_("Signed out everywhere"),
            fits=lambda person, user: person.sessions.exists(),
        ),
        Act(
            name="remove_second_factor",
            label=_("Remove second factor"),
            right=policy.ADMINISTER,
            run=accounts.remove_second_factor,
            done=_("Signs in by password alone until a new one is set up"),
            fits=lambda person, user: person.authenticator_set.exists(),
        ),
    )

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


class GroupPolicyInline(DeskInline):
    model = GroupPolicy
    fields = ["requires_second_factor"]
    can_delete = False
    # The box to tick stands there open, before anybody ticked it.
    extra = max_num = 1
    classes = []
    show_change_link = False


@admin.register(Group)
class GroupAtTheDesk(Accounts, VersionGuard, History, GroupAdmin):
    inlines = [GroupPolicyInline]
