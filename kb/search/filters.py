"""The filters of every list: source, tag, status, rating, genre, language, after, before."""

from datetime import datetime, time

from django.db.models import Exists, OuterRef, Q
from django.forms import CheckboxSelectMultiple, DateInput
from django.utils.timezone import make_aware
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from django_filters import DateFilter, FilterSet, ModelMultipleChoiceFilter, MultipleChoiceFilter

from kb.models import (
    STANDINGS,
    Appearance,
    Article,
    Citation,
    Claim,
    CorrectionKind,
    FoundKind,
    Genre,
    Rating,
    Reliability,
    Source,
    SourceKind,
    StatementType,
    Tag,
)

from .narrowing import Narrowing

DAY = {"input_formats": ["%Y-%m-%d"], "widget": DateInput(attrs={"type": "date"})}


def several(choices, label, field_name=None, **changes):
    """A filter that takes any number of the listed values; a value that is not listed makes the filter invalid."""
    return MultipleChoiceFilter(
        field_name=field_name, choices=choices, label=label, distinct=False, widget=CheckboxSelectMultiple, **changes
    )


def named(rows, label, method):
    """A filter by slugs of rows that readers may see."""
    return ModelMultipleChoiceFilter(
        queryset=rows, to_field_name="slug", label=label, method=method, widget=CheckboxSelectMultiple
    )


def visible_sources(request):
    return Source.objects.visible_to()


def visible_tags(request):
    return Tag.objects.visible_to()


def ratings(request):
    return Rating.objects.newest_words()


def _slugs(rows):
    """A value of the scale is one over all its editions."""
    return [row.slug for row in rows]


def article_languages():
    return _languages(Article.objects.visible_to())


def claim_languages():
    return _languages(Claim.objects.visible_to())


def _languages(rows):
    codes = rows.exclude(language="").order_by("language").values_list("language", flat=True).distinct()
    return [(code, language_name(code)) for code in codes]


def language_name(code: str) -> str:
    try:
        return get_language_info(code)["name_local"]
    except KeyError:
        return code


class ArticleFilter(FilterSet):
    source = named(visible_sources, _("Cites"), "cites")
    tag = named(visible_tags, _("Topic"), "has_tag")
    genre = several(Genre.choices, _("Genre"), "genre")
    status = several(STANDINGS, _("Makes a claim that is"), method="makes_claim_of_status")
    rating = named(ratings, _("Makes a claim rated"), "makes_claim_rated")
    language = several(article_languages, _("Language"), "language")
    after = DateFilter(label=_("Published on or after"), method="published_from", **DAY)
    before = DateFilter(label=_("Published on or before"), method="published_until", **DAY)

    def cites(self, articles, _name, sources):
        return articles.citing(*(source.slug for source in sources)) if sources else articles

    def has_tag(self, articles, _name, tags):
        return articles.tagged(*(tag.slug for tag in tags)) if tags else articles

    def makes_claim_of_status(self, articles, _name, statuses):
        return self._making(articles, Claim.objects.standing_as(*statuses))

    def makes_claim_rated(self, articles, _name, ratings):
        if not ratings:
            return articles
        return self._making(articles, Claim.objects.with_standing().filter(verdict__rating__slug__in=_slugs(ratings)))

    def _making(self, articles, claims):
        made = Appearance.objects.confirmed().filter(article=OuterRef("pk"), claim__in=claims.values("pk"))
        return articles.filter(Exists(made))

    def published_from(self, articles, _name, day):
        return articles.filter(published_at__gte=make_aware(datetime.combine(day, time.min)))

    def published_until(self, articles, _name, day):
        return articles.filter(published_at__lte=make_aware(datetime.combine(day, time.max)))


class MadeClaims(FilterSet):
    """Over claims, by where they are made."""

    source = named(visible_sources, _("Said by"), "said_by")
    tag = named(visible_tags, _("Topic"), "made_under_tag")

    def said_by(self, claims, _name, sources):
        if not sources:
            return claims
        citations = Citation.objects.confirmed().filter(source__in=sources)
        return self._appearing(claims, citations__in=citations)

    def made_under_tag(self, claims, _name, tags):
        if not tags:
            return claims
        return self._appearing(claims, article__in=Article.objects.tagged(*(tag.slug for tag in tags)).values("pk"))

    def _appearing(self, claims, **where):
        return claims.filter(Exists(Appearance.objects.visible_to().filter(claim=OuterRef("pk"), **where)))


class ClaimFilter(MadeClaims):
    """Over claims with their standing (`Claim.objects.with_standing()`)."""

    status = several(STANDINGS, _("Fact-check"), method="of_standing")
    rating = named(ratings, _("Rating"), "rated")
    type = several(StatementType.choices, _("Kind of statement"), "statement_type")
    language = several(claim_languages, _("Language"), "language")
    after = DateFilter(label=_("Checked on or after"), field_name="verdict__checked_on", lookup_expr="gte", **DAY)
    before = DateFilter(label=_("Checked on or before"), field_name="verdict__checked_on", lookup_expr="lte", **DAY)

    def of_standing(self, claims, _name, standings):
        return claims.standing_as(*standings) if standings else claims

    def rated(self, claims, _name, ratings):
        return claims.filter(verdict__rating__slug__in=_slugs(ratings)) if ratings else claims


class TimelineDays(FilterSet):
    """A date of which only a part is known begins and ends on other days: the page compares them, no column does."""

    after = DateFilter(label=_("Not over before"), method="leave", **DAY)
    before = DateFilter(label=_("Begun by"), method="leave", **DAY)

    def leave(self, rows, _name, day):
        return rows


class TimelineClaims(MadeClaims, TimelineDays):
    pass


class TimelineCitations(TimelineDays):
    source = named(visible_sources, _("Said by"), "said_by")
    tag = named(visible_tags, _("Topic"), "under_tag")

    def said_by(self, citations, _name, sources):
        return citations.filter(source__in=sources) if sources else citations

    def under_tag(self, citations, _name, tags):
        tagged = Article.objects.tagged(*(tag.slug for tag in tags))
        return citations.filter(article__in=tagged.values("pk")) if tags else citations


class SourceFilter(FilterSet):
    kind = several(SourceKind.choices, _("Kind"), "kind")
    reliability = several(Reliability.choices, _("Reliability"), "reliability")


def languages():
    return sorted({*article_languages(), *claim_languages()})


def _kinds():
    return [(kind.name.lower(), kind.label) for kind in FoundKind]


class SearchFilter(FilterSet):
    """What a search is narrowed to: the names of the lists' filters, over everything that can be found."""

    type = several(_kinds, _("What"))
    source = named(visible_sources, _("Source"), None)
    tag = named(visible_tags, _("Topic"), None)
    status = several(STANDINGS, _("Fact-check"))
    rating = named(ratings, _("Rating"), None)
    genre = several(Genre.choices, _("Genre"))
    language = several(languages, _("Language"))
    uncited = several([("1", _("without a citation"))], _("Citations"))
    after = DateFilter(label=_("On or after"), **DAY)
    before = DateFilter(label=_("On or before"), **DAY)

    def narrowing(self) -> Narrowing:
        """What was chosen, of a form that holds."""
        chosen = self.form.cleaned_data
        return Narrowing(
            kinds=[FoundKind[name.upper()] for name in chosen["type"]],
            sources=[source.pk for source in chosen["source"]],
            topics=[tag.pk for tag in chosen["tag"]],
            statuses=chosen["status"],
            ratings=_slugs(chosen["rating"]),
            genres=chosen["genre"],
            languages=chosen["language"],
            after=chosen["after"],
            before=chosen["before"],
            uncited=bool(chosen["uncited"]),
        )


class CorrectionFilter(FilterSet):
    type = several(CorrectionKind.choices, _("What changed"), "kind")
    source = named(visible_sources, _("About what is cited from"), "cited_from")
    tag = named(visible_tags, _("Topic"), "under_tag")
    after = DateFilter(label=_("Corrected on or after"), method="made_from", **DAY)
    before = DateFilter(label=_("Corrected on or before"), method="made_until", **DAY)

    def cited_from(self, corrections, _name, sources):
        if not sources:
            return corrections
        citing = Article.objects.visible_to().citing(*(source.slug for source in sources))
        citations = Citation.objects.confirmed().filter(source__in=sources)
        return self._about(corrections, citing, citations__in=citations)

    def under_tag(self, corrections, _name, tags):
        if not tags:
            return corrections
        tagged = Article.objects.visible_to().tagged(*(tag.slug for tag in tags))
        return self._about(corrections, tagged, article__in=tagged.values("pk"))

    def _about(self, corrections, articles, **where):
        """About one of these articles, or about a claim with such an appearance."""
        appearing = Appearance.objects.visible_to().filter(claim=OuterRef("claim"), **where)
        return corrections.filter(Q(article__in=articles.values("pk")) | Exists(appearing))

    def made_from(self, corrections, _name, day):
        return corrections.filter(made_at__gte=make_aware(datetime.combine(day, time.min)))

    def made_until(self, corrections, _name, day):
        return corrections.filter(made_at__lte=make_aware(datetime.combine(day, time.max)))
