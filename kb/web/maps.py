"""For crawlers: the map of public addresses, and what not to visit."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.urls import reverse
from django.views.generic import TemplateView

from kb.models import Article, Claim, Correction, Person, Source, Tag


class Map(Sitemap):
    """A section of the map: each page once, with the same page in the other languages of the site."""

    # The protocol allows 50,000 addresses and 50 MB a file.
    limit = 20_000

    def get_urls(self, page=1, site=None, protocol=None):
        host = f"{protocol}://{site.domain}"
        found = super().get_urls(page=page, site=site, protocol=protocol)
        for url in found:
            path = url["location"].removeprefix(host)
            url["alternates"] = [
                (code, url["location"] if code == settings.LANGUAGE_CODE else f"{host}/{code}{path}")
                for code, _ in settings.LANGUAGES
            ]
        return found

    def get_latest_lastmod(self):
        """Told by each address alone: to tell it of all of them every row would have to be read."""
        return None


class Pages(Map):
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


class Rows(Map):
    """What readers may see of one table, by primary key so that pages of the map are stable."""

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


class Corrections(Rows):
    def lastmod(self, row):
        return row.made_at


SITEMAPS = {
    "pages": Pages(),
    "articles": Articles(Article, "slug", "published_at"),
    "claims": Changing(Claim, "changed_at"),
    "sources": Rows(Source, "slug"),
    "topics": Rows(Tag, "slug"),
    "people": Rows(Person, "slug"),
    "corrections": Corrections(Correction, "made_at"),
}


def contents(request):
    """Which files the map consists of."""
    return views.index(request, SITEMAPS, "sitemap_index.xml", sitemap_url_name="programs:sitemap-section")


def section(request, section):
    return views.sitemap(request, SITEMAPS, section, "sitemap.xml")


class Robots(TemplateView):
    template_name = "robots.txt"
    content_type = "text/plain; charset=utf-8"
