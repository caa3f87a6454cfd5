"""What was received: the capture with its receipt, and the pieces of it that may be articles of their own."""

from django.contrib.auth.models import User

from kb.importing.reading import Page
from kb.importing.records import Document
from kb.models import Capture, Piece

from .rows import create, cut


def receive(page: Page, document: Document, *, by: User | None) -> tuple[Capture, bool]:
    """The capture of these bytes, and whether they were received for the first time."""
    capture, is_new = Capture.objects.get_or_create(
        sha256=page.sha256,
        defaults={
            "content": page.content,
            "encoding": page.encoding,
            "media_type": page.media_type,
            "origin": page.origin,
            "received_by": by,
            "receipt": receipt_of(document),
        },
    )
    if is_new:
        write_pieces(capture, document, by=by)
    return capture, is_new


def receipt_of(document: Document) -> list[dict]:
    return [span.as_json() for span in document.spans]


def write_pieces(capture: Capture, document: Document, *, by: User | None) -> None:
    """Suggest the stretches that look like other articles."""
    pieces = {(piece.start, piece.end): piece for piece in document.pieces if piece.start < piece.end}
    create(
        Piece,
        [
            Piece(capture=capture, start=start, end=end, title=cut(Piece, "title", piece.title))
            for (start, end), piece in pieces.items()
        ],
        by=by,
    )
