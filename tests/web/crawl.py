"""Every public page of a test's database, reached as a reader reaches it: by the links on the pages before."""

import re
from collections.abc import Iterator
from html import unescape

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from kb import urls

# Probes of the machine, which hold no words of anybody.
PROBES = {"livez", "readyz"}
# These ask for an address, and refuse to answer without one.
ASKING = {"oembed"}
LINK = re.compile(r'(?:href="|<loc>|"id": ?")(?:http://testserver)?(/?[^"<#]*)')
# Lists that are filtered by more than this at once lead to nothing new, and there are very many of them.
FILTERS = 2


def starts() -> list[str]:
    """Every address that needs nothing to be filled in, in every language it has; a new one is a start of itself."""
    found = [
        reverse(f"programs:{one.name}") for one in urls.programs if is_whole(one) and one.name not in PROBES | ASKING
    ]
    for code, _ in settings.LANGUAGES:
        with override(code):
            found += [reverse(f"kb:{one.name}") for one in urls.urlpatterns if is_whole(one)]
    return found


def is_whole(route) -> bool:
    return not route.pattern.converters


def walk(client, inside: str = "/", filters: int = FILTERS) -> Iterator[tuple[str, object]]:
    """Each address of this site, or of one part of it, that a page names, once, with its answer."""
    waiting, seen = starts(), set()
    while waiting:
        address = waiting.pop()
        if (
            address in seen
            or not address.startswith(inside)
            or address.startswith("/static/")
            or address.count("?") + address.count("&") > filters
        ):
            continue
        seen.add(address)
        response = client.get(address)
        yield address, response
        if response.status_code != 200:
            continue
        for link in LINK.findall(response.content.decode()):
            link = unescape(link)
            if link.startswith("?"):
                link = address.partition("?")[0] + link
            if link.startswith("/"):
                waiting.append(link)


def crawl(client, inside: str = "/", filters: int = FILTERS) -> dict[str, str]:
    """Address to content; fails where a page leads to one that is not there."""
    found = {}
    for address, response in walk(client, inside, filters):
        assert response.status_code == 200, address
        found[address] = response.content.decode()
    return found
