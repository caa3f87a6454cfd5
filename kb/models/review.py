"""Reviews: what another person made of the evidence, before and after they saw the author's rating."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import policy
from .factcheck import PUBLIC, Dissent, FactCheck, FactCheckStatus
from .rating import Rating
from .rules import choice_rules
from .versions import Versions


class ReviewRole(models.TextChoices):
    """The second opinion is given blind; the deciding one sees both and settles a dissent."""

    SECOND = "second", _("second opinion")
    DECIDING = "deciding", _("deciding opinion")


class ReviewQuerySet(models.QuerySet):
    def visible_to(self, user=None, *, now=None):
        """Readers see the opinions on verdicts that are or were published, and, once a later verdict of the claim is
        published, that an earlier one was turned down by two opinions."""
        if policy.may(user, policy.PREVIEW):
            return self
        later = FactCheck.objects.filter(
            claim=models.OuterRef("fact_check__claim"),
            number__gt=models.OuterRef("fact_check__number"),
            status=FactCheckStatus.PUBLISHED,
        )
        turned_down = Q(fact_check__status=FactCheckStatus.REJECTED, fact_check__dissent=Dissent.RESOLVED)
        return self.filter(Q(fact_check__status__in=PUBLIC) | (turned_down & models.Exists(later)))

    def agreement(self) -> tuple[int, int]:
        """How many second opinions were of the author's class, of how many that were given; blind, each of them."""
        given = self.filter(role=ReviewRole.SECOND)
        found = given.aggregate(
            agreed=models.Count("pk", filter=Q(fact_check__dissent=Dissent.NONE)), given=models.Count("pk")
        )
        return found["agreed"], found["given"]


class ReviewManager(models.Manager.from_queryset(ReviewQuerySet)):
    def get_by_natural_key(self, text, language, number, role):
        return self.get(
            fact_check__claim__text=text, fact_check__claim__language=language, fact_check__number=number, role=role
        )


class Review(models.Model):
    """One person's rating of another's check. Append-only: nobody changes an opinion that was given."""

    fact_check = models.ForeignKey(FactCheck, models.PROTECT, related_name="reviews", verbose_name=_("fact-check"))
    role = models.CharField(_("role"), max_length=10, choices=ReviewRole)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="given_reviews", verbose_name=_("reviewer")
    )
    rating = models.ForeignKey(Rating, models.PROTECT, related_name="reviews", verbose_name=_("rating"))
    note = models.TextField(_("why"), help_text=_("Readers see it where opinions differ."))
    content_hash = models.CharField(_("hash of what was shown"), max_length=64)
    at = models.DateTimeField(_("at"), default=timezone.now)

    objects = ReviewManager()
    history = Versions()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["fact_check", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fact_check", "reviewer"],
                name="kb_review_once_per_person",
                violation_error_message=_("This person has reviewed the check already."),
            ),
            models.UniqueConstraint(
                fields=["fact_check", "role"],
                name="kb_review_one_of_each_role",
                violation_error_message=_("The check has a review of this role already."),
            ),
            models.CheckConstraint(
                name="kb_review_says_why",
                condition=~Q(note=""),
                violation_error_message=_("Say why: a review has a reason."),
            ),
            models.CheckConstraint(
                name="kb_review_has_hash",
                condition=Q(content_hash__length=64),
                violation_error_message=_("A review names what was shown by its hash."),
            ),
            *choice_rules("review", role=ReviewRole),
        ]

    def __str__(self):
        return f"{self.get_role_display()}: {self.rating}"

    def natural_key(self):
        return (*self.fact_check.natural_key(), self.role)

    natural_key.dependencies = ["kb.factcheck", "kb.rating", "auth.user"]
