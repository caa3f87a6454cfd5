"""Plain text in mails: words of people keep their own direction there too."""

from django import template

register = template.Library()

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


@register.filter
def isolated(words) -> str:
    """The words on one line, between the marks that keep their direction to themselves."""
    return f"{FIRST_STRONG_ISOLATE}{' '.join(str(words).split())}{POP_ISOLATE}"
