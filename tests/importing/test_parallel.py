from kb.importing.parallel import FEW, extracted
from kb.importing.reading import Skipped, Unreadable, read_page
from kb.importing.records import Problem

from .web_page.pages import REGISTER, SENTENCES, page, paragraphs


def pages(count):
    for number in range(count):
        body = paragraphs(*SENTENCES, f"This is the page that was saved as number {number} of all the pages here.")
        yield read_page(f"{number}.html", page(f"<article>{body}</article>").encode(), f"/{number}.html", "text/html")


def test_many_pages_are_extracted_by_several_processes_in_their_order():
    inputs = [Skipped("a.png"), *pages(FEW + 3), Unreadable("b.html", Problem("error", "empty", "b.html: is empty."))]
    found = list(extracted(iter(inputs), REGISTER, workers=2))
    assert [item for item, _ in found] == inputs
    assert found == list(extracted(iter(inputs), REGISTER, workers=1))
    assert [document.file for _, document in found if document] == [f"{number}.html" for number in range(FEW + 3)]
    assert "number 7 of" in found[8][1].body_text


def test_whoever_stops_early_leaves_nothing_waiting():
    steps = extracted(pages(FEW + 20), REGISTER, workers=2)
    next(steps)
    steps.close()
    assert list(steps) == []
