"""The feeds: articles, and corrections."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kb.models import Article, Correction
from kb.pages import corrections
from kb.pages.article import opening, standfirst_of

LATEST = 30
# Characters that XML cannot carry, not even escaped.
UNPRINTABLE = {code: None for code in (*range(32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)) if chr(code) not in "\t\n\r"}


class Articles(Feed):
    feed_type = Atom1Feed
    title = author_name = settings.KB_SITE_NAME
    subtitle = _("Articles, with every cited claim and whether it holds")
    link = reverse_lazy("kb:article-list")

    def items(self):
        return Article.objects.visible_to().with_changed_at().prefetch_related("tag_links__tag")[:LATEST]

    def item_title(self, article):
        # Atom declares these texts to be HTML.
        return escape(article.title.translate(UNPRINTABLE))

    def item_description(self, article):
        return escape((standfirst_of(article) or opening(article)).translate(UNPRINTABLE))

    def item_pubdate(self, article):
        return article.published_at

    def item_updateddate(self, article):
        return article.changed_at

    def item_categories(self, article):
        return [link.tag.name.translate(UNPRINTABLE) for link in article.tag_links.all() if link.state == "confirmed"]


class Corrections(Feed):
    feed_type = Atom1Feed
    title = format_lazy(_("{site}: corrections"), site=settings.KB_SITE_NAME)
    author_name = settings.KB_SITE_NAME
    subtitle = _("What was said here, what is said now, and why")
    link = reverse_lazy("kb:correction-list")

    def items(self):
        return corrections.for_pages(Correction.objects.visible_to(), named=0)[:LATEST]

    def item_title(self, correction):
        return escape(str(correction).translate(UNPRINTABLE))

    def item_description(self, correction):
        told = render_to_string("corrections/feed.html", {"entry": corrections.entry(correction)})
        return told.translate(UNPRINTABLE)

    def item_pubdate(self, correction):
        return correction.made_at

    item_updateddate = item_pubdate

    def item_categories(self, correction):
        return [correction.get_kind_display()]
