"""The text of the article as the page's JSON-LD repeats it: a witness for the lines of the page, never a text of its own."""

from lxml.html import HtmlElement

from kb.importing.web_page.fields.json_ld import read_scripts, text_of
from kb.importing.web_page.source_map import map_source
from kb.importing.web_page.votes import letters_of

SHORTEST = 400
LONGEST = 200_000
_MOST = 5


def declared_bodies(tree: HtmlElement) -> list[str]:
    """The letters of each article text that the page declares, the longest first."""
    scripts = (script.text or "" for script in tree.iter("script") if "ld+json" in (script.get("type") or "").lower())
    found = []
    for node in read_scripts(scripts):
        text = text_of(node.get("articleBody"))
        if SHORTEST <= len(text) <= LONGEST:
            # Some declare it with its tags, or with these as references.
            lines = map_source(text).lines
            if any("<p" in line.text for line in lines):
                lines = map_source("\n".join(line.text for line in lines)).lines
            found.append(letters_of("".join(line.text for line in lines)))
    return sorted((body for body in found if len(body) >= SHORTEST // 2), key=len, reverse=True)[:_MOST]
