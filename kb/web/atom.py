"""Atom as the standard has it (RFC 4287): plain titles in their language, ids that stay, nothing XML cannot carry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.translation import get_language
from django.utils.xmlutils import SimplerXMLGenerator

from kb.pages.happenings import Event

# Characters that XML cannot carry, not even escaped.
UNPRINTABLE = {code: None for code in (*range(32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)) if chr(code) not in "\t\n\r"}
# Which day a feed of nothing was last changed: the same at each asking.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
# What this program names is named as of this day (RFC 4151), unless the thing has a day of its own.
SINCE = date(2025, 1, 1)


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed: `key` names it for good, `address` is the page that says the same to people."""

    key: str
    title: str
    subtitle: str
    address: str
    events: Iterable[Event]
    language: str = ""


class Printable(SimplerXMLGenerator):
    """Writes XML without what XML cannot carry."""

    def characters(self, content):
        super().characters(str(content).translate(UNPRINTABLE))

    def startElement(self, name, attrs):
        super().startElement(name, {key: str(value).translate(UNPRINTABLE) for key, value in attrs.items()})


class Atom(Atom1Feed):
    """Django's, with the language of each title, and with an end to what changes without a change."""

    def write(self, outfile, encoding):
        handler = Printable(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        handler.startElement("feed", self.root_attributes())
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")

    def latest_post_date(self):
        return max((item["updateddate"] for item in self.items), default=NEVER)

    def add_item_elements(self, handler, item):
        language = {"xml:lang": item["language"]} if item["language"] else {}
        handler.addQuickElement("title", item["title"], {"type": "text", **language})
        handler.addQuickElement("link", "", {"href": item["link"], "rel": "alternate", "type": "text/html"})
        handler.addQuickElement("published", rfc3339_date(item["pubdate"]))
        handler.addQuickElement("updated", rfc3339_date(item["updateddate"]))
        handler.addQuickElement("id", item["unique_id"])
        handler.addQuickElement("summary", item["description"], {"type": "html"})
        for category in item["categories"]:
            handler.addQuickElement("category", "", {"term": category})


def answer(request: HttpRequest, channel: Channel) -> HttpResponse:
    """The feed.

    It names no moment of its own in the header: a withdrawn article takes its entry away and leaves no later one behind.
    """
    absolute = request.build_absolute_uri
    host = request.get_host().partition(":")[0].lower()
    feed = Atom(
        title=channel.title,
        link=absolute(channel.address),
        description="",
        subtitle=channel.subtitle,
        language=get_language(),
        feed_url=absolute(),
        feed_guid=tag(host, SINCE, channel.key),
        author_name=settings.KB_SITE_NAME,
    )
    for event in channel.events:
        feed.add_item(
            title=event.title.plain,
            link=absolute(event.address),
            description=event.told,
            unique_id=tag(host, event.since, event.key),
            pubdate=event.happened_at,
            updateddate=event.changed_at,
            categories=event.kinds,
            language=event.title.language,
        )
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    return response


def tag(host: str, since: date, key: str) -> str:
    """A name for good (RFC 4151): it says who gave it and when, and leads nowhere."""
    return f"tag:{host},{since.isoformat()}:{quote(key)}"
