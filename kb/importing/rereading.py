"""Reading a capture again that was received before: from its bytes to what the page says."""

from kb.models import Capture

from .extraction import extract_page
from .planning import load_register
from .reading import Page, read_page
from .records import Document
from .register import Register


def reread(capture: Capture, register: Register | None = None) -> tuple[Page, Document]:
    """The page of a capture, and what it says. Raises ValueError for bytes that are no page."""
    page = read_page(capture.origin, bytes(capture.content), capture.origin, capture.media_type)
    if not isinstance(page, Page):
        raise ValueError(page.problem.message)
    return page, extract_page(page, register or load_register())
