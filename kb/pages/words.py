"""Words with their language and direction, so that a Persian title stands right in an English list."""

from dataclasses import dataclass

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Words:
    text: str
    language: str = ""
    direction: str = "auto"


def words(text: str, language: str = "", direction: str = "") -> Words:
    """The text with its direction: the given one, else the language's, else what its first strong letter says."""
    return Words(text, language, direction or direction_of(language))


def direction_of(language: str) -> str:
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "auto"


def name_of(user) -> str:
    """Under which name somebody's public words appear."""
    return user.get_full_name() or user.get_username() if user else _("the desk")
