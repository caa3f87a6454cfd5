"""An administrator sends a table and takes one home in a real browser, under the strict policy."""

import pytest

from kb.models import Source
from tests.factories import make_foreign_check, make_published_check, make_source, make_user

from .signing_in import sign_in
from .test_desk import console, violations  # noqa: F401


@pytest.mark.django_db(transaction=True)
def test_a_table_is_sent_shown_and_imported(page, console, tmp_path):  # noqa: F811
    make_user("mirela", group="administrator")
    make_source(slug="courier", name="Courier")
    check = make_foreign_check(make_published_check().claim)
    table = tmp_path / "sources.csv"
    table.write_text("slug,name,kind,names\ncourier,Harbour Courier,newspaper,short: Courier\n")

    page.goto("/admin/")
    sign_in(page, "mirela")
    page.goto("/admin/kb/source/")
    page.click("text=Import a table")
    page.wait_for_selector("#id_import_file")
    assert violations(page) == []
    page.set_input_files("#id_import_file", table)
    page.click("text=Show what it would do")
    page.wait_for_selector("#table-preview")
    assert violations(page) == []
    page.click("text=Import these rows")
    page.wait_for_selector("text=1 updated")
    assert Source.objects.get(slug="courier").name == "Harbour Courier"

    table.write_text("slug,name,kind\ncourier,Harbour Courier,oracle\n")
    page.goto("/admin/kb/source/import/")
    page.set_input_files("#id_import_file", table)
    page.click("text=Show what it would do")
    page.wait_for_selector("#table-errors")
    assert violations(page) == []

    page.goto("/admin/kb/source/export/?q=courier")
    assert violations(page) == []
    page.select_option("#id_format", "1")
    with page.expect_download() as download:
        page.click("input[value=Export]")
    assert download.value.suggested_filename.endswith(".xlsx")

    for address in ("/admin/kb/foreigncheck/", f"/admin/kb/foreigncheck/{check.pk}/change/", "/admin/kb/ratingwords/", check.claim.get_absolute_url()):  # fmt: skip
        page.goto(address)
        assert violations(page) == [], address
    assert console == []
