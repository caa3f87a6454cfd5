"""Tags of the reader pages: their languages, data for machines, safe links, and the name of the site where no context brings it."""

import json
from dataclasses import dataclass

from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from kb.pages.formats import Formats, formats_of
from kb.pages.heads import head_of, locale
from kb.pages.structured import graph_of
from kb.pages.words import direction_of

register = template.Library()

# Nothing in the data may end the script element or begin another.
UNSAFE = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@register.simple_tag
def site_name() -> str:
    return settings.KB_SITE_NAME


@dataclass(frozen=True, slots=True)
class Edition:
    """This page in one language of the site: the code and the name of the language, and the page's whole address."""

    code: str
    name: str
    direction: str
    address: str


@register.simple_tag(takes_context=True)
def editions(context) -> list[Edition]:
    """The page that is shown, in every language of the site; nothing where the address has no language, or is none of ours."""
    if context["request"].resolver_match is None:
        return []
    here = context["request"].build_absolute_uri()
    found = [Edition(code, name, direction_of(code), translate_url(here, code)) for code, name in settings.LANGUAGES]
    return found if len({edition.address for edition in found}) > 1 else []


@register.simple_tag(takes_context=True)
def formats(context) -> tuple[Formats, ...]:
    """What the page that is shown is also to be had as: nothing where there is no page, as for errors."""
    found = context["request"].resolver_match
    if found is None or found.namespace != "kb" or "page" not in context:
        return ()
    page = context["request"].build_absolute_uri(context["request"].path)
    return formats_of(found.url_name, page, **found.kwargs)


@register.inclusion_tag("parts/head.html", takes_context=True)
def head(context, page) -> dict:
    """What the page of a thing says of itself to machines."""
    absolute = context["request"].build_absolute_uri
    found = head_of(page)
    return {
        "head": found,
        "address": absolute(found.address),
        "locale": locale(),
        "data": _block(graph_of(page, absolute)),
    }


def _block(data: dict) -> str:
    """A block of data; it is no program, so the content security policy has nothing to allow."""
    if not data:
        return ""
    text = json.dumps(data, ensure_ascii=False).translate(UNSAFE)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


@register.simple_tag(takes_context=True)
def canonical(context) -> str:
    """The address of a list without what was asked of it."""
    return context["request"].build_absolute_uri(context["request"].path)


@register.filter
def web(address: str) -> str:
    """The address if it leads to the web, else nothing: loaded rows may carry other schemes."""
    return address if address.lower().startswith(("https://", "http://")) else ""
