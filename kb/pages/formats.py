"""In which other formats a page can be had: feeds, references, notes. Each page links its own."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FEED, NOTES, OEMBED = "application/atom+xml", "application/ld+json", "application/json+oembed"
# A page for a frame: of no use as another form of the whole page.
CARD = "text/html"
# By the ending of the file: what the format is called, and its media type.
REFERENCES = {
    "json": ("CSL-JSON", "application/vnd.citationstyles.csl+json"),
    "bib": ("BibTeX", "application/x-bibtex"),
    "ris": ("RIS", "application/x-research-info-systems"),
}


@dataclass(frozen=True, slots=True)
class Format:
    name: str
    media_type: str
    address: str


@dataclass(frozen=True, slots=True)
class Formats:
    """The formats of one thing about a page, and what that thing is."""

    words: str | Promise
    listed: tuple[Format, ...]


def formats_of(kind: str, page: str, **address) -> tuple[Formats, ...]:
    """The formats of a page by the name of its address and the arguments of that; none for pages that have no others.

    `page` is its whole address, by which other sites ask for what they embed.
    """
    if kind not in ("article", "claim", "source", "topic", "person"):
        return ()
    found = [Formats(_("Follow what changes"), (Format("Atom", FEED, reverse(f"kb:{kind}-feed", kwargs=address)),))]
    if kind in ("article", "claim"):
        found.append(Formats(_("Cite this page"), _references(f"programs:{kind}-citation", address)))
        cited = _("What it cites") if kind == "article" else _("What it rests on")
        found.append(Formats(cited, _references(f"programs:{kind}-references", address)))
    if kind == "claim":
        card = Format(str(_("Card")), CARD, reverse("kb:claim-card", kwargs=address))
        embed = Format("oEmbed", OEMBED, f"{reverse('programs:oembed')}?{urlencode({'url': page})}")
        found.append(Formats(_("Show it elsewhere"), (card, embed)))
    if kind == "article":
        notes = reverse("programs:article-annotations", kwargs=address)
        found.append(Formats(_("Public notes"), (Format("Web Annotation", NOTES, notes),)))
    return tuple(found)


def _references(name: str, address: dict) -> tuple[Format, ...]:
    return tuple(
        Format(words, media_type, reverse(name, kwargs={**address, "form": form}))
        for form, (words, media_type) in REFERENCES.items()
    )
