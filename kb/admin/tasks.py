"""Work at the desk: what is to be done, who has it, and by when; and the buttons that take it and give it out."""

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from kb.models import FactCheck, Follow, Priority, Task, TaskKind, TaskState, policy
from kb.models.rules import About
from kb.models.task import UNASSIGNED
from kb.services import tasks

from .acts import Act, Acts
from .base import DeskAdmin, badge
from .filters import WaitingFilter, typed
from .forms import Text, Textarea


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class GiveOutForm(forms.Form):
    to = forms.ModelChoiceField(
        label=_("To"), queryset=User.objects.none(), required=False, empty_label=_("nobody yet")
    )
    due_on = forms.DateField(label=_("Due on"), widget=Day, required=False, help_text=_("Empty: as it is."))
    priority = forms.TypedChoiceField(
        label=_("Priority"),
        choices=[("", _("as it is")), *Priority.choices],
        coerce=lambda value: Priority(int(value)),
        empty_value=None,
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = policy.holders(policy.ASSIGN).order_by("username")


class GiveOutThingForm(GiveOutForm):
    why = Text(label=_("What is to be done, and why"), widget=Textarea(attrs={"rows": 3}), required=False)


class OutcomeForm(forms.Form):
    outcome = Text(label=_("Outcome"), widget=Textarea(attrs={"rows": 3}), required=False)


class DropForm(forms.Form):
    reason = Text(label=_("Why nobody has to do it any more"), widget=Textarea(attrs={"rows": 3}))


def may_be_worked_on(thing, user) -> bool:
    return not isinstance(thing, FactCheck) or thing.is_open


# For pages of things that there may be work on.
WORK = (
    Act(
        name="take",
        label=_("Take"),
        right=policy.ASSIGN,
        run=tasks.take_up,
        done=_("Yours now"),
        fits=may_be_worked_on,
    ),
    Act(
        name="give_out",
        label=_("Give out…"),
        right=policy.ASSIGN,
        run=tasks.give_out,
        done=_("Given out"),
        fits=may_be_worked_on,
        form=GiveOutThingForm,
        explanation=_("What there is to do about it: a check, a review, or another look."),
    ),
)


def address_of(row: About) -> str:
    """The change page of what a row is about; loads nothing."""
    model = row._meta.get_field(row.target_name).related_model
    return reverse(f"admin:kb_{model._meta.model_name}_change", args=[getattr(row, f"{row.target_name}_id")])


def due_badge(task: Task, today) -> str:
    if task.due_on is None:
        return ""
    day = f"{task.due_on:%Y-%m-%d}"
    if not task.is_open or task.due_on > today:
        return day
    if task.due_on == today:
        return badge("overdue", _("today"))
    return format_html("{} {}", day, badge("overdue", _("overdue")))


def priority_badge(task: Task) -> str:
    if task.priority == Priority.NORMAL:
        return ""
    return badge(f"priority-{Priority(task.priority).name.lower()}", task.get_priority_display())


class Beside:
    """For pages of things that one follows and works on: says so, and leads there."""

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and obj:
            context["beside"] = {"tasks": self._open_tasks(request, obj), "follow": self._follow(request, obj)}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _open_tasks(self, request, obj) -> list[dict]:
        if not policy.may(request.user, policy.ASSIGN) or self.opts.model_name == "tag":
            return []
        today = timezone.localdate()
        return [
            {
                "row": task,
                "address": reverse("admin:kb_task_change", args=[task.pk]),
                "due": due_badge(task, today),
                "priority": priority_badge(task),
            }
            for task in Task.objects.open().about(obj).select_related("assignee")
        ]

    def _follow(self, request, obj) -> dict | None:
        if not request.user.has_perm("kb.add_follow"):
            return None
        try:
            target = Follow.target_field(obj)
        except TypeError:
            return None
        found = Follow.objects.visible_to(request.user).about(obj).first()
        if found is None:
            return {"add": f"{reverse('admin:kb_follow_add')}?{target}={obj.pk}"}
        return {
            "why": found.why,
            "change": reverse("admin:kb_follow_change", args=[found.pk]),
            "delete": reverse("admin:kb_follow_delete", args=[found.pk]),
        }


class WaitingTasks(WaitingFilter):
    @classmethod
    def conditions(cls, user):
        is_open, is_late = Q(state=TaskState.OPEN), Q(due_on__lt=timezone.localdate())
        return {
            "mine": (_("My tasks"), is_open & Q(assignee=user)),
            "mine-overdue": (_("My overdue tasks"), is_open & Q(assignee=user) & is_late),
            "unassigned": (_("Unassigned tasks"), is_open & UNASSIGNED),
            "overdue": (_("Overdue tasks"), is_open & is_late),
            "recheck": (_("Verdicts to check again"), is_open & Q(kind=TaskKind.RECHECK)),
            "after_change": (_("Articles to look at after a change"), is_open & Q(kind=TaskKind.AFTER_CHANGE)),
        }


class OpenFilter(admin.SimpleListFilter):
    """Closed tasks are shown when one asks for them."""

    title, parameter_name = _("state"), "state"

    def lookups(self, request, model_admin):
        return [*TaskState.choices, ("all", _("all"))]

    def choices(self, changelist):
        # Django's first choice means all; here none chosen means open.
        chosen = self.value() or TaskState.OPEN
        for value, label in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": value == chosen, "query_string": query, "display": label}

    def queryset(self, request, queryset):
        if self.value() == "all":
            return queryset
        return queryset.filter(state=self.value() if self.value() in TaskState.values else TaskState.OPEN)


def is_takeable(task: Task, user) -> bool:
    return task.is_open and task.assignee_id != user.pk


@admin.register(Task)
class TaskAdmin(Acts, DeskAdmin):
    list_display = ["task", "thing_and_why", "who", "due", "opened"]
    list_display_links = ["task"]
    list_filter = [
        WaitingTasks,
        OpenFilter,
        "kind",
        "priority",
        typed(_("assigned to"), "assignee", lambda words: Q(assignee__username__icontains=words)),
    ]
    search_fields = ["why", "article__title", "claim__text", "citation__as_printed", "source__name"]
    fields = ["thing_link", "kind", "reasons_in_full", "who", "due", "opened", "closed", "outcome_words"]
    readonly_fields = ["thing_link", "reasons_in_full", "who", "due", "opened", "closed", "outcome_words"]
    acts = (
        Act(
            name="take",
            label=_("Take"),
            right=policy.ASSIGN,
            run=tasks.take,
            done=_("Yours now"),
            fits=is_takeable,
        ),
        Act(
            name="give_out",
            label=_("Give out…"),
            right=policy.ASSIGN,
            run=tasks.assign,
            done=_("Given out"),
            fits=lambda task, user: task.is_open,
            form=GiveOutForm,
        ),
        Act(
            name="complete",
            label=_("Done…"),
            right=policy.ASSIGN,
            run=tasks.complete,
            done=_("Done"),
            fits=lambda task, user: task.is_open,
            form=OutcomeForm,
        ),
        Act(
            name="drop",
            label=_("Drop…"),
            right=policy.ASSIGN,
            run=tasks.drop,
            done=_("Dropped"),
            fits=lambda task, user: task.is_open,
            form=DropForm,
        ),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).with_thing().select_related("assignee", "opened_by", "done_by")

    def changelist_view(self, request, extra_context=None):
        label, _condition = WaitingTasks.conditions(request.user).get(request.GET.get("waiting"), (_("Tasks"), None))
        return super().changelist_view(request, {"title": label, **(extra_context or {})})

    def has_add_permission(self, request):
        # Tasks are opened from the page of the thing.
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("to do"), ordering="kind")
    def task(self, task):
        return task.get_kind_display()

    @admin.display(description=_("about"))
    def thing_link(self, task):
        what = task._meta.get_field(task.target_name).verbose_name
        return format_html(
            '<a href="{}"><bdi>{}</bdi></a> <span class="quiet">{}</span>',
            address_of(task),
            Truncator(task.thing_words).chars(120),
            what,
        )

    @admin.display(description=_("about, and why"))
    def thing_and_why(self, task):
        why = Truncator(task.why).chars(160)
        return format_html('{}<br><span class="quiet" dir="auto">{}</span>', self.thing_link(task), why)

    @admin.display(description=_("why"))
    def reasons_in_full(self, task):
        return format_html('<div class="lines" dir="auto">{}</div>', task.why)

    @admin.display(description=_("assigned to"), ordering="assignee__username")
    def who(self, task):
        if task.assignee is None:
            return format_html('<span class="quiet">{}</span>', _("nobody"))
        closed = "" if task.assignee.is_active else badge("closed", _("account closed"))
        return format_html("<bdi>{}</bdi> {}", task.assignee, closed)

    @admin.display(description=_("due, priority"), ordering="due_on")
    def due(self, task):
        return format_html("{} {}", due_badge(task, timezone.localdate()), priority_badge(task))

    @admin.display(description=_("opened"), ordering="opened_at")
    def opened(self, task):
        return format_html("{} <bdi>{}</bdi>", f"{task.opened_at:%Y-%m-%d}", task.opened_by or "")

    @admin.display(description=_("closed"))
    def closed(self, task):
        if task.is_open:
            return badge("open", _("open"))
        return format_html(
            "{} {} <bdi>{}</bdi>",
            badge(task.state, task.get_state_display()),
            f"{task.done_at:%Y-%m-%d %H:%M}",
            task.done_by or "",
        )

    @admin.display(description=_("outcome"))
    def outcome_words(self, task):
        return format_html('<div class="lines" dir="auto">{}</div>', task.outcome)
