"""The feeds: articles, corrections, and what happened to each article, claim, source, topic and person."""

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page
from django.views.generic import View

from kb.models import Article, Claim, Person, Source, Tag
from kb.pages import happenings
from kb.pages.words import plain

from .atom import Channel, answer
from .lists import fresh
from .views import MayBeWithdrawn, MayHaveMoved


@fresh
@method_decorator(conditional_page, name="dispatch")
class Feed(View):
    """One feed: what it is called, which page says the same, and what happened."""

    http_method_names = ["get", "head", "options"]

    def get(self, request, **address):
        return answer(request, self.channel(**address))

    def channel(self, **address) -> Channel:
        raise NotImplementedError


class Articles(Feed):
    def channel(self):
        return Channel(
            key="articles",
            title=settings.KB_SITE_NAME,
            subtitle=_("Articles, with every cited claim and whether it holds"),
            address=reverse("kb:article-list"),
            events=happenings.of_articles(),
        )


class Corrections(Feed):
    def channel(self):
        return Channel(
            key="corrections",
            title=_("{site}: corrections").format(site=settings.KB_SITE_NAME),
            subtitle=_("What was said here, what is said now, and why"),
            address=reverse("kb:correction-list"),
            events=happenings.of_corrections(),
        )


def _named(name: str) -> str:
    return _("{site}: {name}").format(site=settings.KB_SITE_NAME, name=plain(name))


class OfArticle(MayBeWithdrawn, Feed):
    def channel(self, slug):
        article = get_object_or_404(Article.objects.visible_to(), slug=slug)
        return Channel(
            key=f"article/{article.pk}/feed",
            title=_named(article.title),
            subtitle=_("Verdicts this article rests on, and its corrections"),
            address=article.get_absolute_url(),
            events=happenings.of_article(article),
        )


class OfClaim(MayHaveMoved, Feed):
    merged, called = Claim, "number"

    def channel(self, pk):
        claim = get_object_or_404(Claim.objects.visible_to(), pk=pk)
        return Channel(
            key=f"claim/{claim.pk}/feed",
            title=_named(claim.text),
            subtitle=_("Verdicts on this claim, its corrections, and articles that make it"),
            address=claim.get_absolute_url(),
            events=happenings.of_claim(claim),
        )


class OfSource(MayHaveMoved, Feed):
    merged = Source

    def channel(self, slug):
        source = get_object_or_404(Source.objects.visible_to(), slug=slug)
        return Channel(
            key=f"source/{source.pk}/feed",
            title=_named(source.name),
            subtitle=_("Articles that cite this source, and verdicts on what it is cited for"),
            address=source.get_absolute_url(),
            events=happenings.of_source(source),
        )


class OfTopic(MayHaveMoved, Feed):
    merged = Tag

    def channel(self, slug):
        tag = get_object_or_404(Tag.objects.visible_to(), slug=slug)
        return Channel(
            key=f"topic/{tag.pk}/feed",
            title=_named(tag.name),
            subtitle=_("Articles under this topic, verdicts on what they claim, and corrections"),
            address=tag.get_absolute_url(),
            events=happenings.of_topic(tag),
        )


class OfPerson(MayHaveMoved, Feed):
    merged = Person

    def channel(self, slug):
        person = get_object_or_404(Person.objects.visible_to(), slug=slug)
        return Channel(
            key=f"person/{person.pk}/feed",
            title=_named(person.name),
            subtitle=_("Articles by this person or citing them, verdicts on what is claimed there, and corrections"),
            address=person.get_absolute_url(),
            events=happenings.of_person(person),
        )
