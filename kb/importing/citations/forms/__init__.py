"""The forms of citing, one module for each kind: a form is a function that reads one token and a few words ahead."""

from kb.importing.citations import vocabulary as v
from kb.importing.citations.forms.according import according, per
from kb.importing.citations.forms.bare_reports import bare_report
from kb.importing.citations.forms.documents import document_by, report_of
from kb.importing.citations.forms.other_languages import BEGINS, abroad
from kb.importing.citations.forms.outlet_in_front import at_outlet, label
from kb.importing.citations.forms.parentheses import parenthesis
from kb.importing.citations.forms.said_by import said_by
from kb.importing.citations.forms.second_hand import REFERRING, REPORTED_BY, citing, reported_by
from kb.importing.citations.forms.short_mentions import SHORT_NAMES, short_mention
from kb.importing.citations.forms.source_says import subject
from kb.importing.citations.forms.speakers import apposition
from kb.importing.citations.forms.spoken_to import (
    SPOKEN_ON,
    SPOKEN_TO,
    SPOKEN_WITH,
    WRITTEN_FOR,
    interviewed,
    said_to,
    told,
)
from kb.importing.citations.forms.unnamed import crowd, impersonal, some_say
from kb.importing.citations.forms.whole_article import PRINTED_IN, printed_in, whole_article

# Every form with the words at which it can begin to read. Clear forms first: where two would take the same words, the
# earlier one has them.
FORMS = (
    (whole_article, {"reporting"}),
    (according, {"according"}),
    (parenthesis, {"(", "["}),
    (told, v.TELLING),
    (said_to, {"to"}),
    (interviewed, SPOKEN_TO | WRITTEN_FOR | SPOKEN_ON | SPOKEN_WITH),
    (reported_by, REPORTED_BY),
    (printed_in, PRINTED_IN),
    (citing, v.CITING | REFERRING),
    (per, {"per"}),
    (apposition, {",", "of", "from", "at", "in"}),
    (said_by, v.SAYING),
    (document_by, v.DOCUMENTS),
    (subject, frozenset()),  # at the names of the register
    (abroad, BEGINS),
    (at_outlet, {"at", "in"}),
    (label, {":"}),
    (short_mention, set(SHORT_NAMES)),
    (report_of, frozenset()),
    (bare_report, {"reports", "report", "reported", "reporting", "reveal"}),
    (crowd, v.PEOPLE | v.UNNAMED_DOCUMENTS),
    (impersonal, {"it"}),
    (some_say, v.PRONOUN_CROWDS),
)
