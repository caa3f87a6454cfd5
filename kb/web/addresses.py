"""What may stand in a public address."""

from django.urls.converters import StringConverter


class UnicodeSlug(StringConverter):
    """A slug in any script; everything else is not found before a database is asked."""

    regex = r"[-\w]{1,120}"


class ReferenceForm(StringConverter):
    """The ending of a file of references."""

    regex = "json|bib|ris"
