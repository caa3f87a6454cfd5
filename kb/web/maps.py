"""For crawlers: the map of public addresses, and what not to visit."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.views.generic import TemplateView

from kb.models import Article, Claim, Person, Source, Tag


class Pages(Sitemap):
    def items(self):
        return [
            "kb:home",
            "kb:article-list",
            "kb:claim-list",
            "kb:source-list",
            "kb:topic-list",
            "kb:correction-list",
            "kb:timeline",
            "kb:forecasts",
            "kb:method",
        ]

    def location(self, name):
        return reverse(name)


class Rows(Sitemap):
    """What readers may see of one table, by primary key so that pages of the map are stable."""

    # The protocol allows 50,000 addresses a file, all tables together.
    limit = 12_000

    def __init__(self, model, *columns):
        self.model, self.columns = model, columns

    def items(self):
        return self.model.objects.visible_to().only(*self.columns).order_by("pk")


class Changing(Rows):
    """Rows that know when what they show last changed."""

    def lastmod(self, row):
        return row.changed_at


class Articles(Changing):
    def items(self):
        return super().items().with_changed_at()


SITEMAPS = {
    "pages": Pages(),
    "articles": Articles(Article, "slug", "published_at"),
    "claims": Changing(Claim, "changed_at"),
    "sources": Rows(Source, "slug"),
    "topics": Rows(Tag, "slug"),
    "people": Rows(Person, "slug"),
}


class Robots(TemplateView):
    template_name = "robots.txt"
    content_type = "text/plain; charset=utf-8"
