"""The records of a JSON file of any size and either kind, one document or one object a line, in bounded memory.

Each record is cut out by its brackets alone, so that one which cannot be read spoils no other.
"""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

import re2 as re

CHUNK = 256 * 1024
LARGEST_RECORD = 1024 * 1024
DEEPEST = 256
NOWHERE = DEEPEST + 1  # behind the list of a document its other values are no records
# The lists that hold the records of one document: of search services, of ClaimReview feeds, and of markup tools.
LISTS = (b'"claims"', b'"dataFeedElement"', b'"claimReviewMarkupPages"')

BYTES = re.Options()
BYTES.encoding, BYTES.dot_nl = re.Options.Encoding.LATIN1, True
# Up to the next bracket outside a text; the last text before it may be the name of what the bracket opens.
BRACKET = re.compile(rb'[^"{}\[\]]*(?:("(?:[^"\\]|\\.)*")[^"{}\[\]]*)*([{}\[\]])', options=BYTES)
PARTNER = {b"}": b"{", b"]": b"["}


class NotRecords(Exception):
    """From here on the file is no JSON of records; the message says why."""


class Record(NamedTuple):
    """`content` is None for a record over 1 MB; `end` is the place behind it in the file."""

    content: bytes | None
    end: int


def records_of(stream: BinaryIO) -> Iterator[Record]:
    """Each record in order.

    Raises NotRecords where brackets do not fit, where nesting or a text has no end, and when the file ends too early.
    """
    buffer, place = b"", 0  # what is read and not yet done with, and how far it is looked through
    before = 0  # bytes of the file before the buffer
    open_brackets: list[bytes] = []
    level = 0  # brackets around a record: none a line, one in a list, two in a list of a document
    start: int | None = None  # of the record, in the buffer
    is_dropped = False
    while chunk := stream.read(CHUNK):
        buffer += chunk
        while found := BRACKET.match(buffer, place):
            place, bracket = found.end(), found[2]
            if bracket in PARTNER:
                if not open_brackets or open_brackets.pop() != PARTNER[bracket]:
                    raise NotRecords("its brackets do not fit together: it is no JSON.")
                if len(open_brackets) == level and (start is not None or is_dropped):
                    is_whole = start is not None and place - start <= LARGEST_RECORD
                    yield Record(buffer[start:place] if is_whole else None, before + place)
                    start, is_dropped = None, False
                if not open_brackets:
                    level = 0
                elif len(open_brackets) < level:
                    level = NOWHERE
                continue
            depth = len(open_brackets)
            if depth == DEEPEST:
                raise NotRecords(f"it is nested deeper than {DEEPEST} levels.")
            if bracket == b"[" and (depth == 0 or (depth == 1 and open_brackets == [b"{"] and found[1] in LISTS)):
                # The object around such a list is no record itself.
                level, start, is_dropped = depth + 1, None, False
            elif depth == level and start is None and not is_dropped:
                start = place - 1
            open_brackets.append(bracket)
        if start is not None and len(buffer) - start > LARGEST_RECORD:
            start, is_dropped = None, True
        done = place if start is None else start
        buffer, place, before = buffer[done:], place - done, before + done
        start = None if start is None else 0
        if len(buffer) > 2 * LARGEST_RECORD:
            raise NotRecords("it holds a text of more than 1 MB.")
    if open_brackets or b'"' in buffer[place:]:
        raise NotRecords("it ends in the middle of a record: it is only half written.")
