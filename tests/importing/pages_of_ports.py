"""Pages written for these tests, and importing them."""

from collections import Counter
from functools import cache
from pathlib import Path

from kb.importing.reading import Page
from kb.importing.register import Register
from kb.importing.running import Run
from kb.models import ImportRun

FERRIES = """Ferry Line Returns to the Outer Islands

By Ada Harbour

Published: 14 June 2025

The ferry line to the outer islands runs again from Monday, the harbour board decided late on Friday after a long debate. Fishermen had waited for the decision since the winter storms tore the old pier apart in January.

According to Reuters (June 12), the new pier cost nine million crowns and was paid for by the province. The board had asked for twice that sum and was refused two times in spring.

The Guardian reported on June 3 that the ground under the pier had been tested only once. Nobody on the board wanted to speak about that test, and the minutes of the meeting are not public.

Tickets will cost a third more than before the storms. Islanders travel free on Sundays, as they have done since the line was opened ninety years ago.
"""


@cache
def register() -> Register:
    """The register as it comes with the project: reading it once is enough for all tests that leave it alone."""
    return Register.from_fixture(Path(__file__).resolve().parents[2] / "fixtures" / "register.json")


def import_page(
    text: str, origin: str = "https://example.org/ferries", *, given=None, dry_run: bool = False, by=None, page=None
):
    """One page from memory through an ordinary run: what it counted, and the document."""
    content = text.encode()
    page = page or Page(origin.rpartition("/")[2], origin, content, "utf-8", text)
    account = None if dry_run else ImportRun.objects.create(by=by)
    execution = Run(given or {}, account, by)
    execution.register = register()
    [done] = execution.steps([page], lambda message: None)
    return Counter(done.counts), done.documents[0]
