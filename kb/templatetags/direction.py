"""Words of people in their own direction: in HTML within isolates, in plain text between the characters that do the same."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from kb.pages.words import plain
from kb.text import markup
from kb.text.direction import direction_of_line, with_signs

register = template.Library()


@register.filter
def runs(words, direction: str = "") -> SafeString:
    """One line for an element of this direction: its runs of the other one isolated."""
    return mark_safe(markup.line(str(words), direction))


@register.filter
def paragraphs(words) -> SafeString:
    """Plain text as paragraphs, each with its own language and direction."""
    return mark_safe(markup.paragraphs(str(words)))


@register.simple_tag
def quotation(before: str, exact: str, after: str, classes: str = "") -> SafeString:
    """A sentence in its own direction, with words marked in it."""
    return mark_safe(markup.quotation(before, exact, after, classes))


@register.filter
def way(words) -> str:
    """The direction in which these words are written, for an element that holds them alone."""
    return direction_of_line(str(words)) or "auto"


@register.filter
def isolated(words, own: str = "") -> str:
    """One line of plain text, for a title, a mail or a choice of the page's language."""
    return plain(str(words), own)


@register.filter
def signs(words) -> str:
    """Text as it was received, with what would turn it around as signs."""
    return with_signs(str(words))
