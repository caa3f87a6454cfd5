"""Tags of the reader pages: data for machines, safe links, and the name of the site where no context brings it."""

import json

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from kb.pages.structured import Review, claim_review

register = template.Library()

# Nothing in the data may end the script element or begin another.
UNSAFE = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@register.simple_tag
def site_name() -> str:
    return settings.KB_SITE_NAME


@register.simple_tag(takes_context=True)
def claim_reviews(context, reviews: tuple[Review, ...]) -> str:
    """A block of ClaimReview data; it is no program, so the content security policy has nothing to allow."""
    absolute = context["request"].build_absolute_uri
    found = [claim_review(review, publisher=settings.KB_SITE_NAME, absolute=absolute) for review in reviews]
    if not found:
        return ""
    data = json.dumps(found[0] if len(found) == 1 else found, ensure_ascii=False).translate(UNSAFE)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(data))


@register.filter
def web(address: str) -> str:
    """The address if it leads to the web, else nothing: loaded rows may carry other schemes."""
    return address if address.lower().startswith(("https://", "http://")) else ""
