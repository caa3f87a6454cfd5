"""Excerpts show the first 60 words and cited sentences, and no more than a quarter."""

from hypothesis import given
from hypothesis import strategies as st

from kb.text.excerpts import excerpt

SENTENCE = "The harbour was full of ships that day, and nobody could say why. "
LONG = "\n\n".join(SENTENCE * 10 for _ in range(20))


def shown(text, spans):
    return "".join(text[start:end] for start, end in spans)


def test_the_first_sixty_words_are_always_shown():
    assert excerpt(LONG, [])[0] == (0, len(" ".join(LONG.split()[:60])))


def test_a_cited_sentence_is_shown_whole():
    start = LONG.index("nobody", 5000)
    spans = excerpt(LONG, [(start, start + 6)])
    begin, end = spans[-1]
    assert begin < start < end
    assert LONG[begin:end] == SENTENCE.strip()


def test_many_cited_sentences_stay_within_a_quarter():
    cited = [(position, position + 5) for position in range(0, len(LONG) - 5, 70)]
    assert len(shown(LONG, excerpt(LONG, cited))) <= len(LONG) * 0.25


def test_a_short_text_still_shows_its_first_words_and_one_cited_sentence():
    text = SENTENCE * 8
    start = text.rindex("nobody")
    spans = excerpt(text, [(start, start + 6)])
    assert text[spans[-1][0] : spans[-1][1]].strip().endswith("why.")


@given(st.text(max_size=400), st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=5))
def test_an_excerpt_is_in_order_and_within_the_text(text, cited):
    spans = excerpt(text, cited)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert edges[-1] <= len(text)
