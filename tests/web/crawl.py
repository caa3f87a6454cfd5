"""Every public page of a test's database, reached as a reader reaches it: by the links on the pages before."""

import re
from html import unescape

STARTS = ["/", "/articles/", "/claims/", "/sources/", "/topics/", "/timeline/", "/corrections/", "/challenge/", "/method/", "/feeds/articles.atom", "/feeds/corrections.atom", "/sitemap.xml", "/robots.txt"]  # fmt: skip
LINK = re.compile(r'(?:href="|<loc>(?:http://testserver)?)(/?[^"<#]*)')


def crawl(client) -> dict[str, str]:
    """Address to content; only addresses of this site that answer 200."""
    waiting, seen = list(STARTS), {}
    while waiting:
        address = waiting.pop()
        if address in seen or address.startswith(("/static/", "/feeds/articles.atom?")):
            continue
        response = client.get(address)
        assert response.status_code == 200, address
        seen[address] = response.content.decode()
        for link in LINK.findall(seen[address]):
            link = unescape(link)
            if link.startswith("?"):
                link = address.partition("?")[0] + link
            if link.startswith("/"):
                waiting.append(link)
    return seen
