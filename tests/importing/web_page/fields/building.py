"""Builds web pages for tests of their fields, and reads them."""

import json

import lxml.html

from kb.importing.register import Entry, Register
from kb.importing.web_page.fields import Fields, read_fields

ADDRESS = "https://www.harbourtimes.example/2025/03/24/ferries-return"
REGISTER = Register(
    (
        Entry("Harbour Times", "newspaper", (("The Harbour Times", "full"), ("harbourtimes.example", "domain"))),
        Entry("Reuters", "news_agency", (("reuters.com", "domain"),)),
        Entry("Agence France-Presse", "news_agency", (("AFP", "short"),)),
        Entry("CNN", "broadcaster", (("cnn.com", "domain"),)),
    )
)


def json_ld(**properties: object) -> str:
    """A script with one article of these properties."""
    return script(
        json.dumps({"@context": "https://schema.org", "@type": "NewsArticle"} | properties, ensure_ascii=False)
    )


def script(words: str) -> str:
    return f'<script type="application/ld+json">{words}</script>'


def meta(**contents: str) -> str:
    """Metas by name; two underscores stand for a colon: og__title."""
    return "".join(f'<meta property="{name.replace("__", ":")}" content="{words}">' for name, words in contents.items())


def read(head: str = "", body: str = "", *, html: str = "", address: str | None = ADDRESS, text=(), **more) -> Fields:
    """The fields of a page with this head and body; `text` are the blocks of its article."""
    source = f"<!doctype html><html {html}><head>{head}</head><body>{body}</body></html>"
    return read_fields(
        lxml.html.document_fromstring(source), REGISTER, address=address, source=source, body=text, **more
    )
