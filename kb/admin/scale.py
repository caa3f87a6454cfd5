"""The rating scale in its editions, and how long verdicts last."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kb.models import ExpiryRule, Rating
from kb.services import ratings

from .acts import Act, Acts
from .base import DeskAdmin, named, own_direction


def is_used(rating: Rating) -> bool:
    return Rating.objects.used().filter(pk=rating.pk).exists()


def new_edition(rating: Rating, *, by) -> int:
    return ratings.new_edition(by=by, after=rating.edition)


@admin.register(Rating)
class RatingAdmin(Acts, DeskAdmin):
    list_display = ["words", "edition", "coarse_class", "number", "position", "meaning"]
    list_filter = ["edition"]
    search_fields = ["label", "slug"]
    prepopulated_fields = {"slug": ["label"]}
    fields = ["label", "slug", "definition", ("number", "coarse_class", "position")]
    words = named("label", _("label"))
    acts = (
        Act(
            name="new_edition",
            label=_("New edition of the scale"),
            right="kb.add_rating",
            run=new_edition,
            done=_("A new edition holds every value; change its words now"),
            fits=lambda rating, user: Rating.objects.current().filter(pk=rating.pk).exists(),
        ),
    )

    @admin.display(description=_("definition"))
    def meaning(self, rating):
        return own_direction(rating.definition)

    @admin.display(description=_("why it stands"))
    def fixed(self, rating):
        return _("Verdicts were given in these words, and keep them. To change the scale, make a new edition of it.")

    def get_fields(self, request, obj=None):
        fields = ["edition", *super().get_fields(request, obj)] if obj else super().get_fields(request, obj)
        return ["fixed", *fields] if obj and is_used(obj) else fields

    def get_readonly_fields(self, request, obj=None):
        return ["fixed", "edition"] if obj else []

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and is_used(obj))

    def get_prepopulated_fields(self, request, obj=None):
        return super().get_prepopulated_fields(request, obj) if self.has_change_permission(request, obj) else {}

    def why_kept(self, rating):
        if rating.fact_checks.exists() or rating.reviews.exists():
            return _("is in use: checks are rated with it.")
        return ""

    def get_deleted_objects(self, objs, request):
        nested, counts, lacking, protected = super().get_deleted_objects(objs, request)
        # Which checks use it would tell ratings that nobody may see yet.
        kept = [one for one in protected if "/factcheck/" not in one and "/review/" not in one]
        return nested, counts, lacking, kept

    def save_row(self, request, obj, form, change):
        if not change:
            obj.edition = ratings.current_edition()
        ratings.save(obj, by=request.user)


@admin.register(ExpiryRule)
class ExpiryRuleAdmin(DeskAdmin):
    list_display = ["statement_type", "days"]
    fields = ["statement_type", "days"]
