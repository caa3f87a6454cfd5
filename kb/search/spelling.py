"""Names that are nearly what was typed: by the letters they share, then by how many slips lie between them."""

from kb.text.search_words import keys

LEAST = 4  # letters of a word that may be misspelt


def grams(name: str) -> set[str]:
    """The pieces of three letters of a name's words, with where a word begins and ends."""
    return {
        piece
        for word in keys(name)
        if len(word) >= LEAST
        for padded in [f"_{word}_"]
        for piece in (padded[place : place + 3] for place in range(len(padded) - 2))
    }


def slips(one: str, other: str, at_most: int) -> int:
    """How many letters were left out, added, changed or exchanged with their neighbour; more than `at_most` is not counted on."""
    if abs(len(one) - len(other)) > at_most:
        return at_most + 1
    older, old = [], list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        new = [row]
        for column, match in enumerate(other, start=1):
            best = min(old[column] + 1, new[-1] + 1, old[column - 1] + (letter != match))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == match:
                best = min(best, older[column - 2] + 1)
            new.append(best)
        if min(new) > at_most:
            return at_most + 1
        older, old = old, new
    return old[-1]


def allowed(word: str) -> int:
    """How many slips are forgiven in a word of this length."""
    return 0 if len(word) < LEAST else 1 if len(word) < 8 else 2
