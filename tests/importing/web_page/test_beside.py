"""Other articles on a saved page, and what it says a second time."""

import pytest

from kb.importing.web_page import read_web_page
from kb.importing.web_page.source_map import text_of

from .pages import REGISTER, SENTENCES, page, paragraphs

LIBRARY = (
    "The town library will open on Sundays from March, the head of the culture office told the press.",
    "Two new librarians are to be hired for it, and volunteers will look after the reading room.",
    "The friends of the library had collected four thousand signatures for longer hours last year.",
)
FERRY = f"<article><h1>The ferry stops</h1>{paragraphs(*SENTENCES)}</article>"


def read(body):
    return read_web_page(page(body), register=REGISTER)


def told(body):
    """The pieces as a reader sees them: title and text."""
    source = page(body)
    return [(piece.title, text_of(source, piece.start, piece.end)) for piece in read(body).pieces]


def again(body):
    """Each removed stretch that repeats something: its rule, its words, and the words that it repeats."""
    source = page(body)
    spans = [span for span in read(body).spans if span.of]
    return [(span.rule, source[span.start : span.end], text_of(source, *span.of)) for span in spans]


def test_an_article_that_loads_below_the_first_is_a_piece():
    other = f"<article class='next-story'><time>3 May 2024</time><h1>Library opens on Sundays</h1><p>By Jane Doe</p>{paragraphs(*LIBRARY)}<a href='/x'>Share</a></article>"
    found = read(f"{FERRY}<div class='more'>{other}</div>")
    [piece] = found.pieces
    source = page(f"{FERRY}<div class='more'>{other}</div>")
    assert source[piece.start : piece.end].startswith("<article class='next-story'>")
    assert source[piece.start : piece.end].endswith(LIBRARY[-1])
    assert piece.title == "Library opens on Sundays"
    assert [block.text for block in found.blocks] == list(SENTENCES)
    rules = {source[span.start : span.end]: span.rule for span in found.spans}
    assert {rules[words] for words in LIBRARY} == {"foreign-article"}


def test_each_of_several_articles_is_a_piece_of_its_own():
    others = "".join(
        f"<article><h2>{title} on the coast</h2>{paragraphs(*LIBRARY)}</article>" for title in ("A storm", "A fair")
    )
    assert [title for title, _ in told(FERRY + others)] == ["A storm on the coast", "A fair on the coast"]


def test_a_signed_story_without_a_part_of_its_own_is_a_piece():
    other = f"<div class='below'><h2>Library opens on Sundays</h2><p>By Jane Doe</p>{paragraphs(*LIBRARY)}</div>"
    assert told(FERRY + other) == [
        ("Library opens on Sundays", "\n".join(("Library opens on Sundays", "By Jane Doe", *LIBRARY)))
    ]


@pytest.mark.parametrize(
    "furniture",
    [
        "".join(
            f"<article><h3><a href='/{n}'>A title of story {n}</a></h3><p>{LIBRARY[0]}</p></article>" for n in range(6)
        ),
        "<section><h2>From the region today</h2><p>By our staff</p>"
        + "".join(f"<a href='/{n}'>A title of story {n} in the list</a><p>{text}</p>" for n, text in enumerate(LIBRARY))
        + "</section>",
        f"<div id='comments'><h2>What our readers say</h2><article><h3>Anna wrote on Monday</h3>{paragraphs(*LIBRARY)}</article></div>",
        f"<div class='box'><h2>What we stand for here</h2>{paragraphs(*LIBRARY)}</div>",
        f"<footer><article><h2>About the Shore News</h2>{paragraphs(*LIBRARY)}</article></footer>",
    ],
    ids=["cards", "list", "comments", "unsigned box", "footer"],
)
def test_teasers_comments_and_boxes_are_no_pieces(furniture):
    assert told(FERRY + furniture) == []


def test_a_pull_quote_points_to_its_sentence():
    long = f"{SENTENCES[1]} <b>{SENTENCES[2]}</b> {SENTENCES[3]}"
    body = f"<article><h1>The ferry stops</h1>{paragraphs(SENTENCES[0], long)}<aside class='pullquote'><p>{SENTENCES[2]}</p></aside>{paragraphs(*SENTENCES[3:])}</article>"
    assert again(body) == [("pull-quote", SENTENCES[2], SENTENCES[2])]


def test_a_quotation_box_with_a_word_changed_points_to_its_sentence():
    quote = "“The mayor called the vote very painful and promised to look at the timetable in spring.”"
    box = f"<aside><blockquote>{quote}</blockquote></aside>"
    [(rule, words, of)] = again(FERRY.replace(f"<p>{SENTENCES[3]}", f"{box}<p>{SENTENCES[3]}"))
    assert (rule, words, of) == ("pull-quote", quote, SENTENCES[4])


def test_what_is_removed_and_repeats_nothing_points_nowhere():
    assert again(f"{FERRY}<aside><p>{LIBRARY[0]}</p></aside>") == []
