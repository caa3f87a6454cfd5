"""Where each field of an article was read, in words: the evidence that an import kept."""

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.importing.applying.fields import READ
from kb.importing.history import edited_by_people
from kb.models import Article

# What the places are called at the desk; a place that is not listed goes by its own name.
ORIGINS = {
    "json-ld": gettext_lazy("from JSON-LD"),
    "opengraph": gettext_lazy("from OpenGraph"),
    "microdata": gettext_lazy("from microdata"),
    "meta": gettext_lazy("from the page's meta tags"),
    "selector": gettext_lazy("by the selectors of the source"),
    "byline": gettext_lazy("from the byline"),
    "date line": gettext_lazy("from the date line"),
    "text": gettext_lazy("from the printed text"),
    "given": gettext_lazy("given by the operator"),
}
LABELS = {
    "headline": gettext_lazy("title"),
    "authors": gettext_lazy("authors"),
    "publisher": gettext_lazy("publisher"),
    "originally_published_by": gettext_lazy("first published by"),
    "tags": gettext_lazy("tags"),
}


def origin_in_words(origin: str) -> str:
    return str(ORIGINS.get(origin) or _("from %(place)s") % {"place": origin})


def provenance_of(article: Article) -> str:
    """A list: each field, where it was read, the words there, and what other places said."""
    if not article.provenance:
        return _("No evidence was kept.") if article.capture_id else _("written here")
    edited = edited_by_people(article, *READ.values())
    rows = [
        (_label(name), _finding(found), _others(found.get("others") or ()), _since(READ.get(name) in edited))
        for name, found in article.provenance.items()
        if isinstance(found, dict)
    ]
    return format_html(
        '<dl class="provenance">{}</dl>',
        format_html_join("", "<div><dt>{}</dt><dd>{}{}{}</dd></div>", rows),
    )


def _label(name: str) -> str:
    if field := READ.get(name):
        return str(LABELS.get(name) or Article._meta.get_field(field).verbose_name)
    return str(LABELS.get(name, name.replace("_", " ")))


def _finding(found: dict) -> str:
    return format_html("{}: <bdi>{}</bdi>", origin_in_words(found.get("origin", "")), found.get("words", ""))


def _others(others) -> str:
    if not others:
        return ""
    said = format_html_join("", "<li>{}: <bdi>{}</bdi></li>", ((origin_in_words(o), words) for o, words in others))
    return format_html("<details><summary>{}</summary><ul>{}</ul></details>", _("Other places say"), said)


def _since(is_edited: bool) -> str:
    return format_html(' <span class="badge">{}</span>', _("changed by hand since")) if is_edited else ""
