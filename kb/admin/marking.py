"""What differs between two texts, marked word by word."""

import re
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join

# More pairs of words than this are not compared: what differs is then marked as a whole.
COMPARED = 2_000_000


def marked_changes(before: str, after: str) -> str:
    """`after` as HTML, with the words marked that `before` does not have there."""
    old, new = (re.findall(r"\S+|\s+", text) for text in (before, after))
    first = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    room = min(len(old), len(new)) - first
    last = next((i for i in range(room) if old[-1 - i] != new[-1 - i]), room)
    head, tail = new[:first], new[len(new) - last :]
    old, new = old[first : len(old) - last], new[first : len(new) - last]
    if len(old) * len(new) > COMPARED:
        pieces = [(True, new)]
    else:
        changes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        pieces = [(kind != "equal", new[start:end]) for kind, _from, _to, start, end in changes]
    marked = format_html_join("", "{}", ((_piece(is_new, "".join(words)),) for is_new, words in pieces))
    return format_html("{}{}{}", "".join(head), marked, "".join(tail))


def _piece(is_new: bool, words: str) -> str:
    return format_html("<mark>{}</mark>", words) if is_new and words.strip() else words
