"""Challenges at the desk: what readers hold to be wrong, who answers, by when, and the acts that settle them."""

from django import forms
from django.contrib import admin
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from kb.models import Challenge, ChallengeState, CitationCheck, Correction, Task, TaskState, policy
from kb.models.challenge import OPEN
from kb.services import challenges, tasks

from .acts import Act, Acts
from .base import DeskAdmin, badge, link_to
from .filters import WaitingFilter
from .forms import Text, Textarea
from .tasks import GiveOutForm, address_of

HELD, RECEIVED, SPAM = ChallengeState.HELD, ChallengeState.RECEIVED, ChallengeState.SPAM


class AnswerForm(forms.Form):
    answer = Text(
        label=_("Answer"), widget=Textarea(attrs={"rows": 5}), help_text=_("Public, with your reasons, for good.")
    )
    shows_text = forms.BooleanField(
        label=_("Publish the reader’s words beside the answer"),
        required=False,
        initial=True,
        help_text=_("Not what insults, names private people or advertises. The contact is never published."),
    )


class AcceptForm(AnswerForm):
    reopens = forms.BooleanField(
        label=_("Reopen the verdict"),
        required=False,
        help_text=_("Readers see at once that it is in doubt; the correction is written and linked by itself."),
    )
    correction = forms.ModelChoiceField(
        label=_("Or link the correction"),
        queryset=Correction.objects.all(),
        required=False,
        widget=forms.NumberInput,
        help_text=_("Its number, as in its public address, if it was written already."),
    )
    check_state = forms.ChoiceField(
        label=_("Or say what the cited source says"),
        choices=[("", _("as it is")), *CitationCheck.choices[1:]],
        required=False,
        help_text=_("For a citation: the answer above stands beside it as the reason."),
    )


def is_received(challenge, user) -> bool:
    return challenge.state == RECEIVED


def take(challenge, *, by):
    return tasks.take_up(challenge, by=by)


def give_out(challenge, *, by, **chosen):
    return tasks.give_out(challenge, by=by, **chosen)


def _answer(outcome: str):
    def act(challenge, *, by, **content):
        return challenges.answer(challenge, by=by, outcome=outcome, **content)

    return act


class WaitingChallenges(WaitingFilter):
    @classmethod
    def conditions(cls, user):
        received, late = Q(state=RECEIVED), Q(due_on__lt=timezone.localdate())
        with_whom = Task.objects.filter(challenge=OuterRef("pk"), state=TaskState.OPEN)
        return {
            "mine": (_("My challenges"), received & Exists(with_whom.filter(assignee=user))),
            "unassigned": (_("Challenges nobody has"), received & ~Exists(with_whom.filter(assignee__is_active=True))),
            "overdue": (_("Challenges overdue"), received & late),
            "held": (_("Challenges held back"), Q(state=HELD)),
        }


@admin.register(Challenge)
class ChallengeAdmin(Acts, DeskAdmin):
    list_display = ["number", "about", "kind", "state_badge", "due", "who"]
    list_filter = [WaitingChallenges, "state", "kind"]
    search_fields = ["reference", "why", "claim__text", "citation__as_printed"]
    kept_out = ("contact",)
    acts = (
        Act(
            name="take",
            label=_("Take"),
            right=policy.SORT_CHALLENGES,
            run=take,
            done=_("Yours now"),
            fits=is_received,
        ),
        Act(
            name="give_out",
            label=_("Give out…"),
            right=policy.SORT_CHALLENGES,
            run=give_out,
            done=_("Given out"),
            fits=is_received,
            form=GiveOutForm,
        ),
        Act(
            name="accept",
            label=_("Accept…"),
            right=policy.ANSWER_CHALLENGES,
            run=_answer(ChallengeState.ACCEPTED),
            done=_("Accepted, in public"),
            fits=is_received,
            form=AcceptForm,
        ),
        Act(
            name="accept_partly",
            label=_("Accept in part…"),
            right=policy.ANSWER_CHALLENGES,
            run=_answer(ChallengeState.PARTLY),
            done=_("Accepted in part, in public"),
            fits=is_received,
            form=AcceptForm,
        ),
        Act(
            name="refuse",
            label=_("Refuse…"),
            right=policy.ANSWER_CHALLENGES,
            run=_answer(ChallengeState.REFUSED),
            done=_("Refused, in public"),
            fits=is_received,
            form=AnswerForm,
            explanation=_("Refusals are published with their reasons."),
        ),
        Act(
            name="release",
            label=_("No spam"),
            right=policy.SORT_CHALLENGES,
            run=challenges.release,
            done=_("Received"),
            fits=lambda challenge, user: challenge.state in (HELD, SPAM),
        ),
        Act(
            name="spam",
            label=_("Spam"),
            right=policy.SORT_CHALLENGES,
            run=challenges.mark_as_spam,
            done=_("Put away as spam"),
            fits=lambda challenge, user: challenge.state in OPEN,
        ),
    )

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .with_thing()
            .select_related("closed_by")
            .prefetch_related(Prefetch("tasks", Task.objects.open().select_related("assignee"), "open_tasks"))
        )

    def has_add_permission(self, request):
        # Readers file them.
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_fieldsets(self, request, obj=None):
        said = ["kind", "words_said", "why_said", "evidence_said"]
        if obj and obj.contact and self._may_write_to(obj, request.user):
            said.append("contact")
        clock = ["state_badge", "held_because", "received", "due", "who"]
        answered = ["closed", "answer_given", "shows_text", "what_followed"] if obj and not obj.is_open else []
        return [
            (None, {"fields": ["about", *clock]}),
            (_("What the reader says"), {"fields": said}),
            *([(_("The answer"), {"fields": answered})] if answered else []),
        ]

    def get_readonly_fields(self, request, obj=None):
        return [name for _title, options in self.get_fieldsets(request, obj) for name in options["fields"]]

    def _may_write_to(self, challenge, user) -> bool:
        """The contact is for whoever answers."""
        has_it = any(task.assignee_id == user.pk for task in challenge.open_tasks)
        return has_it or policy.may(user, policy.ANSWER_CHALLENGES)

    def facts_for(self, challenge):
        said = [(_("About"), self.about(challenge)), (_("What is wrong"), challenge.get_kind_display())]
        return [*said, (_("Why"), self.why_said(challenge)), (_("Evidence"), self.evidence_said(challenge))]

    def fit(self, form, rows):
        # A verdict is reopened at a claim, a source compared at a citation.
        if not any(challenge.citation_id for challenge in rows):
            form.fields.pop("check_state", None)
        if not any(challenge.claim_id for challenge in rows):
            form.fields.pop("reopens", None)

    def view_on_site(self, challenge):
        return challenge.get_absolute_url()

    @admin.display(description=_("number"), ordering="reference")
    def number(self, challenge):
        return challenge.reference

    @admin.display(description=_("about"))
    def about(self, challenge):
        what = challenge._meta.get_field(challenge.target_name).verbose_name
        words = Truncator(challenge.thing_words).chars(120)
        return format_html(
            '<a href="{}"><bdi>{}</bdi></a> <span class="quiet">{}</span>', address_of(challenge), words, what
        )

    @admin.display(description=_("state"), ordering="state")
    def state_badge(self, challenge):
        return badge(challenge.state, challenge.get_state_display())

    @admin.display(description=_("held back because"))
    def held_because(self, challenge):
        return challenge.suspicion or "–"

    @admin.display(description=_("received"), ordering="received_at")
    def received(self, challenge):
        return f"{challenge.received_at:%Y-%m-%d}"

    @admin.display(description=_("answer due"), ordering="due_on")
    def due(self, challenge):
        day = f"{challenge.due_on:%Y-%m-%d}"
        if not challenge.is_open or challenge.due_on >= timezone.localdate():
            return day
        return badge("overdue", _("%(day)s, overdue") % {"day": day})

    @admin.display(description=_("with"))
    def who(self, challenge):
        people = [task.assignee for task in challenge.open_tasks if task.assignee]
        return format_html_join(", ", "<bdi>{}</bdi>", ((person,) for person in people)) or format_html(
            '<span class="quiet">{}</span>', _("nobody")
        )

    @admin.display(description=_("which words"))
    def words_said(self, challenge):
        return _lines(challenge.words)

    @admin.display(description=_("why"))
    def why_said(self, challenge):
        return _lines(challenge.why)

    @admin.display(description=_("evidence"))
    def evidence_said(self, challenge):
        # As text: nobody is led off by a click to where a stranger wants them.
        return _lines("\n".join(filter(None, (challenge.addresses, challenge.quote))))

    @admin.display(description=_("closed"))
    def closed(self, challenge):
        return format_html("{} <bdi>{}</bdi>", f"{challenge.closed_at:%Y-%m-%d %H:%M}", challenge.closed_by or "")

    @admin.display(description=_("answer"))
    def answer_given(self, challenge):
        return _lines(challenge.answer)

    @admin.display(description=_("what followed"))
    def what_followed(self, challenge):
        rows = [row for row in (challenge.reopened, challenge.correction) if row]
        return format_html_join(" · ", "{}", ((link_to(row),) for row in rows)) or "–"


def _lines(text: str) -> str:
    return format_html('<div class="lines" dir="auto">{}</div>', text) if text else "–"
