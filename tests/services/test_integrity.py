"""Broken rules are found whoever wrote the rows, at a cost in queries that does not grow with them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kb.models import Claim, Source
from kb.services.integrity import faults
from tests.factories import make_claim, make_source

pytestmark = pytest.mark.django_db


def test_what_a_form_would_refuse_is_found():
    source = make_source()
    Source.objects.filter(pk=source.pk).update(homepage="no address")
    assert [(fault.rule, fault.row) for fault in faults([Source])] == [("valid", source)]


def test_a_rule_of_the_database_that_a_file_was_written_past_is_found():
    if connection.vendor != "sqlite":
        pytest.skip("no way past the rules of this database")
    claim = make_claim()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = 1")
        Claim.objects.filter(pk=claim.pk).update(unit="", value=5)
        cursor.execute("PRAGMA ignore_check_constraints = 0")
    assert [str(fault.message) for fault in faults([Claim])] == ["A figure needs its unit."]


def test_looking_takes_as_many_queries_for_thirty_rows_as_for_three():
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert list(faults([Claim])) == []
        return len(asked)

    for _ in range(3):
        make_claim()
    few = queries()
    for _ in range(27):
        make_claim()
    assert queries() == few
