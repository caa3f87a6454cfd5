"""Words with their language and direction, so that a Persian title stands right in an English list."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi, get_language_info
from django.utils.translation import gettext as _

from kb.text import markup
from kb.text.direction import direction_of_line, isolated


@dataclass(frozen=True, slots=True)
class Words:
    text: str
    language: str = ""
    direction: str = "auto"

    @property
    def html(self) -> SafeString:
        """The text with its runs of the other direction isolated, for an element of this direction."""
        return mark_safe(markup.line(self.text, self.direction))

    @property
    def plain(self) -> str:
        """The text where nothing but text can stand, with the characters that isolate its runs."""
        return plain(self.text, self.direction)


def words(text: str, language: str = "", direction: str = "") -> Words:
    """The text with its direction: the given one, else the language's, else what its letters say."""
    return Words(text, language, direction or direction_of(language) or direction_of_line(text) or "auto")


def plain(text: str, own: str = "") -> str:
    """One line of plain text within the language of the page: a title, a choice, an entry of a feed, a line of a mail."""
    return isolated(text, "rtl" if get_language_bidi() else "ltr", own=own if own in ("ltr", "rtl") else "")


def direction_of(language: str) -> str:
    """The direction of a language that we know; empty for another."""
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return ""


def name_of(user) -> str:
    """Under which name somebody's public words appear."""
    return user.get_full_name() or user.get_username() if user else _("the desk")
