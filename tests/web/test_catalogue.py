"""What a reader reads is translated: the catalogue has every string of their pages, and what is compiled is what it says."""

import gettext
import re
from inspect import getmembers, isclass
from io import BytesIO

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.db.models import Choices
from django.utils.translation import override

from kb import models
from kb.models.rating import SHIPPED

READ = ("templates/", "kb/pages/", "kb/web/", "kb/search/", "kb/templatetags/")
DESK = ("templates/admin/", "templates/account/", "templates/mfa/", "templates/mail/")
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")
FOLDER = settings.LOCALE_PATHS[0] / "ar" / "LC_MESSAGES"


def catalogue():
    return read_po(BytesIO((FOLDER / "django.po").read_bytes()), locale="ar")


def names_of_values() -> set[str]:
    with override("en"):
        kinds = [kind for _, kind in getmembers(models, isclass) if issubclass(kind, Choices)]
        return {str(label) for kind in kinds for label in kind.labels} | set(SHIPPED)


def read_by_readers(message, names: set[str]) -> bool:
    files = [file for file, _ in message.locations]
    return message.id in names or any(file.startswith(READ) and not file.startswith(DESK) for file in files)


def forms(words) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def test_every_string_of_the_readers_pages_is_translated():
    names = names_of_values()
    asked = [message for message in catalogue() if message.id and read_by_readers(message, names)]
    assert len(asked) > 400
    assert [message.id for message in asked if message.fuzzy or not all(forms(message.string))] == []


def test_translations_keep_the_places_of_names_and_numbers():
    for message in catalogue():
        if not message.id or not any(forms(message.string)):
            continue
        wanted = set(PLACE.findall(forms(message.id)[-1]))
        for words in forms(message.string):
            kept = set(PLACE.findall(words))
            # "Two claims" is one word in Arabic: a number may be left out where there are forms for it.
            assert kept == wanted or (message.pluralizable and kept < wanted), message.id


def test_translations_keep_the_markup():
    for message in catalogue():
        for words in forms(message.string) if message.id and message.string else ():
            assert not words or re.findall(r"<[^>]*>", words) == re.findall(r"<[^>]*>", forms(message.id)[-1]), (
                message.id
            )


def test_what_is_compiled_is_what_the_catalogue_says():
    said, written = catalogue(), BytesIO()
    for message in list(said):
        if message.id and not all(forms(message.string)):
            said.delete(message.id, message.context)
    write_mo(written, said)
    written.seek(0)
    with (FOLDER / "django.mo").open("rb") as compiled:
        ours, now = gettext.GNUTranslations(compiled), gettext.GNUTranslations(written)
    for translation in (ours, now):
        del translation._catalog[""]
    assert ours._catalog == now._catalog


@pytest.mark.parametrize("number", [0, 1, 2, 3, 10, 11, 99, 100, 101, 102, 103])
def test_arabic_counts_in_six_ways(number):
    """The rule of Unicode's CLDR for Arabic."""
    last = number % 100
    form = number if number < 3 else 3 if 3 <= last <= 10 else 4 if 11 <= last <= 99 else 5
    with (FOLDER / "django.mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).plural(number) == form
