"""Tells in which script a passage is written, as far as that tells texts apart."""

# Upper ends of the blocks and the script up to there; None is shared by all scripts.
_BLOCKS = (
    (0x40, None),
    (0x24F, "latin"),
    (0x36F, None),
    (0x3FF, "greek"),
    (0x52F, "cyrillic"),
    (0x58F, "armenian"),
    (0x5FF, "hebrew"),
    (0x8FF, "arabic"),
    (0xDFF, "indic"),
    (0xEFF, "thai"),
    (0x109F, "tibetan"),
    (0x10FF, "georgian"),
    (0x11FF, "hangul"),
    (0x1DFF, None),
    (0x1EFF, "latin"),
    (0x1FFF, "greek"),
    (0x2E7F, None),
    (0x9FFF, "cjk"),
    (0xABFF, None),
    (0xD7AF, "hangul"),
    (0xFB1C, None),
    (0xFB4F, "hebrew"),
    (0xFDFF, "arabic"),
    (0xFE6F, None),
    (0xFEFF, "arabic"),
)
_SAMPLE = 300


def script_of(text: str) -> str | None:
    """The script of most letters at the beginning of a text; None without letters."""
    counts: dict[str, int] = {}
    for character in text[:_SAMPLE]:
        if character.isalpha() and (script := _script(ord(character))):
            counts[script] = counts.get(script, 0) + 1
    return max(counts, key=counts.__getitem__) if counts else None


def _script(code: int) -> str | None:
    return next((script for end, script in _BLOCKS if code <= end), None)
