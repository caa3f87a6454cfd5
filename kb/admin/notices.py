"""What one follows and what one was told: each person's own, for nobody else to see."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kb.models import Digest, Follow, Notice
from kb.services import digests, notices

from .base import PlainAdmin, badge, listing, own_direction
from .forms import DeskForm
from .tasks import address_of


class Own(PlainAdmin):
    """Rows of the person who looks; another's do not exist. The admin's log keeps none of their words."""

    shows_presence = False

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def history_view(self, request, object_id, extra_context=None):
        """Nothing: no version of them is kept."""
        self.get_object(request, admin.utils.unquote(object_id))
        raise PermissionDenied

    def log_addition(self, request, obj, message):
        """Nothing, as above."""

    log_change = log_addition

    def log_deletions(self, request, queryset):
        """Nothing, as above."""


class FollowForm(DeskForm):
    # The thing that the address of a new one names.
    thing = None

    def sign(self):
        super().sign()
        if self.instance._state.adding:
            self.instance.user = self.request.user
            setattr(self.instance, Follow.target_field(self.thing), self.thing)


@admin.register(Follow)
class FollowAdmin(Own):
    form = FollowForm
    list_display = ["thing_link", "kind", "words", "since"]
    list_display_links = None
    fields = ["thing_link", "why"]
    readonly_fields = ["thing_link"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_thing()

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Things I follow"), **(extra_context or {})})

    @admin.display(description=gettext_lazy("what I follow"))
    def thing_link(self, follow):
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address_of(follow), follow.thing_words)

    @admin.display(description=gettext_lazy("kind"))
    def kind(self, follow):
        return follow._meta.get_field(follow.target_name).verbose_name

    @admin.display(description=gettext_lazy("why I follow it"))
    def words(self, follow):
        return format_html(
            '<bdi>{}</bdi> <a href="{}">{}</a>',
            follow.why,
            reverse("admin:kb_follow_change", args=[follow.pk]),
            _("change the note"),
        )

    def has_add_permission(self, request):
        # One follows a thing from its page, which names it in the address.
        return super().has_add_permission(request) and self._asked_for(request) is not None

    def _asked_for(self, request):
        """The thing named in the address, if this person may see it, or None."""
        for target in Follow.TARGETS:
            if (key := request.GET.get(target, "")).isdecimal():
                model = Follow._meta.get_field(target).related_model
                its_page = self.admin_site.get_model_admin(model)
                thing = its_page.get_queryset(request).filter(pk=key).first()
                if thing is not None and its_page.has_view_permission(request, thing):
                    return thing
        return None

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        thing = self._asked_for(request)
        if (found := self.get_queryset(request).about(thing).first()) is not None:
            return HttpResponseRedirect(reverse("admin:kb_follow_change", args=[found.pk]))
        shown = {"title": _("Follow: %(thing)s") % {"thing": thing}, **(extra_context or {})}
        return super().add_view(request, form_url, shown)

    def get_fields(self, request, obj=None):
        return ["thing_link", "why"] if obj else ["why"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.thing = None if change else self._asked_for(request)
        return form

    def save_model(self, request, obj, form, change):
        saved = notices.follow(obj.target, by=request.user, why=obj.why)
        obj.__dict__.update(saved.__dict__)

    def delete_model(self, request, obj):
        notices.unfollow(obj.target, by=request.user)

    def _back(self, obj):
        return HttpResponseRedirect(address_of(obj))

    def response_add(self, request, obj, post_url_continue=None):
        messages.success(request, _("You follow it now. Only you see that you do, and why."))
        return self._back(obj)

    def response_change(self, request, obj):
        messages.success(request, _("Your note is saved."))
        return self._back(obj)


class ReadFilter(admin.SimpleListFilter):
    title, parameter_name = gettext_lazy("read"), "read"

    def lookups(self, request, model_admin):
        return [("no", gettext_lazy("unread")), ("yes", gettext_lazy("read"))]

    def queryset(self, request, queryset):
        return queryset.filter(read_at__isnull=self.value() == "no") if self.value() in ("no", "yes") else queryset


@admin.register(Notice)
class NoticeAdmin(Own):
    list_display = ["notice", "who", "at"]
    list_display_links = None
    list_filter = [ReadFilter]
    list_select_related = ["by"]
    fields = ["notice", "who", "at", "read_at"]
    readonly_fields = fields
    actions = ["mark_read"]
    change_list_template = "admin/kb/notice/change_list.html"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=gettext_lazy("notice"))
    def notice(self, notice):
        address = reverse("admin:kb_notice_open", args=[notice.pk])
        if notice.is_read:
            return format_html('<a href="{}"><bdi>{}</bdi></a>', address, notice)
        return format_html('{} <a href="{}" class="is-new"><bdi>{}</bdi></a>', badge("new", _("new")), address, notice)

    @admin.display(description=gettext_lazy("by"))
    def who(self, notice):
        return own_direction(notice.by or "")

    def changelist_view(self, request, extra_context=None):
        shown = {"title": _("Notices"), "wants_digest": Digest.objects.filter(user=request.user).exists}
        return super().changelist_view(request, {**shown, **(extra_context or {})})

    @admin.action(description=gettext_lazy("Mark as read"))
    def mark_read(self, request, queryset):
        self._say(request, notices.mark_read(by=request.user, notices=queryset.values_list("pk", flat=True)))

    def get_urls(self):
        return [
            path("<int:key>/open/", self.admin_site.admin_view(self.open), name="kb_notice_open"),
            path("digest/", self.admin_site.admin_view(self.digest), name="kb_notice_digest"),
            path("read/", self.admin_site.admin_view(self.read_all), name="kb_notice_read_all"),
            *super().get_urls(),
        ]

    def open(self, request, key):
        """To what the notice speaks of; going there is reading it."""
        notice = self.get_object(request, str(key))
        notices.mark_read(by=request.user, notices=[notice.pk])
        return HttpResponseRedirect(address_of(notice))

    def read_all(self, request):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        self._say(request, notices.mark_read(by=request.user))
        return HttpResponseRedirect(listing(Notice))

    def digest(self, request):
        """Begin or stop the daily mail."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        wanted = request.POST.get("wanted") == "yes"
        digests.want(wanted, by=request.user)
        if not wanted:
            messages.success(request, _("No more digests by mail."))
        elif request.user.email:
            messages.success(
                request,
                _("A digest goes to %(address)s each day on which there is news.") % {"address": request.user.email},
            )
        else:
            messages.warning(request, _("Your account has no mail address yet: ask an administrator to enter it."))
        return HttpResponseRedirect(listing(Notice))

    def _say(self, request, count: int) -> None:
        words = ngettext("%(count)d notice is read.", "%(count)d notices are read.", count)
        messages.success(request, words % {"count": count})
