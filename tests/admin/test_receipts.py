"""The receipt page: what was kept and removed, why, and undoing each decision."""

import pytest
from django.urls import reverse

from kb.importing.applying import apply
from kb.importing.planning import plan
from kb.importing.reading import Page
from kb.importing.receipts import placed, put_back, read_receipt, take_out
from kb.importing.records import Document, FoundPiece, Span
from kb.models import Article, Capture, Piece, State
from kb.services import articles, suggestions
from kb.services.refusal import Refused
from tests.factories import make_article, make_user
from tests.importing.pages_of_ports import FERRIES, import_page

from .pages import chosen

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_each_database]

PAGE = FERRIES.replace(
    "The Guardian reported", "Sign up for our newsletter and never miss a story\n\nThe Guardian reported"
)


@pytest.fixture
def article():
    import_page(PAGE)
    return Article.objects.get()


def receipt_of(article) -> str:
    return reverse("admin:kb_article_receipt", args=[article.pk])


def removed(article, words):
    return next(stretch for stretch in read_receipt(article.capture) if not stretch.kept and words in stretch.words)


def kept(article, words):
    return next(stretch for stretch in read_receipt(article.capture) if stretch.kept and words in stretch.words)


def test_the_receipt_rebuilds_the_capture_exactly(article):
    stretches = read_receipt(article.capture)
    text = article.capture.text
    assert "".join(text[stretch.start : stretch.end] for stretch in stretches) == text
    assert [stretch.blocks[0] for stretch in stretches if stretch.kept] == article.body.split("\n\n")


def test_each_removed_block_is_struck_through_with_its_rule_and_reason(analyst, article):
    page = analyst.get(receipt_of(article)).content.decode()
    assert "<strong>Removed</strong> <code>newsletter</code> Offers a newsletter or alerts." in page
    assert '<del><p dir="auto">Sign up for our newsletter and never miss a story</p></del>' in page


def test_kept_blocks_and_paragraphs_link_to_one_another(analyst, article):
    page = analyst.get(receipt_of(article)).content.decode()
    start = kept(article, "Tickets will cost").start
    assert f'id="stretch-{start}"' in page and f'href="#stretch-{start}"' in page
    assert 'id="block-3"' in page and 'href="#block-3"' in page


def test_a_block_is_put_back_between_its_neighbours_with_one_click_and_taken_out_again(analyst, article):
    suggestions.confirm(article.citations.all(), by=analyst.user)
    before = article.body
    start = removed(article, "Sign up").start
    response = analyst.post(receipt_of(article), {"put_back": start, "version": article.version}, follow=True)
    assert "stand in the text again" in response.content.decode()
    article.refresh_from_db()
    words = article.body.split("\n\n")
    assert words[2] == "Sign up for our newsletter and never miss a story"
    assert words[1].startswith("According to Reuters") and words[3].startswith("The Guardian")
    assert kept(article, "Sign up").was == "newsletter"
    version = article.history.first()
    assert version.history_user == analyst.user and "newsletter" in version.history_change_reason
    for citation in article.citations.filter(start__isnull=False):
        assert citation.revision == article.revision
        assert article.text[citation.start : citation.end] == citation.exact
    analyst.post(receipt_of(article), {"take_out": start, "version": article.version})
    article.refresh_from_db()
    assert article.body == before and removed(article, "Sign up").rule == "newsletter"


def test_any_kept_block_can_be_taken_out_and_put_back_where_it_was(analyst, article):
    before = article.body
    for words in ("The ferry line", "The Guardian", "Tickets will cost"):
        start = kept(article, words).start
        take_out(article, start, by=analyst.user)
        assert words not in article.body and removed(article, words).rule == "by-hand"
        put_back(article, start, by=analyst.user)
        assert article.body == before and kept(article, words).was == ""


def test_a_citation_in_words_taken_out_is_whole_again_when_they_are_put_back(analyst, article):
    suggestions.confirm(article.citations.all(), by=analyst.user)
    start = kept(article, "According to Reuters").start
    take_out(article, start, by=analyst.user)
    citation = article.citations.get(source__slug="reuters")
    assert citation.revision != article.revision
    put_back(article, start, by=analyst.user)
    citation.refresh_from_db()
    assert article.text[citation.start : citation.end] == citation.exact and citation.revision == article.revision


def test_words_that_were_changed_are_not_taken_out_from_here(analyst, article):
    article.body = article.body.replace("Tickets will cost", "Tickets cost")
    articles.save_text(article, by=analyst.user)
    with pytest.raises(Refused):
        take_out(article, kept(article, "Tickets will cost").start, by=analyst.user)
    page = analyst.get(receipt_of(article)).content.decode()
    assert "changed in the article since" in page


def test_an_older_page_changes_nothing(analyst, article):
    opened = article.version
    article.standfirst = "Somebody was here."
    article.save()
    start = removed(article, "Sign up").start
    response = analyst.post(receipt_of(article), {"put_back": start, "version": opened}, follow=True)
    article.refresh_from_db()
    assert "Sign up" not in article.body and "changed by somebody else" in response.content.decode()


def test_what_readers_see_is_put_back_by_who_may_publish(analyst, editor, article):
    articles.publish(article, by=editor.user)
    start = removed(article, "Sign up").start
    sent = {"put_back": start, "version": article.version}
    assert 'name="put_back"' not in analyst.get(receipt_of(article)).content.decode()
    assert analyst.post(receipt_of(article), sent).status_code == 403
    assert editor.post(receipt_of(article), sent).status_code == 302
    article.refresh_from_db()
    assert "Sign up" in article.body


@pytest.mark.parametrize("sent", [{}, {"put_back": "x"}, {"put_back": "999999"}, {"take_out": "1"}, {"put_back": "0"}])
def test_a_forged_form_changes_nothing(analyst, article, sent):
    before = article.body
    assert analyst.post(receipt_of(article), {**sent, "version": article.version}).status_code == 302
    article.refresh_from_db()
    assert article.body == before or sent == {"put_back": "0"}


def test_the_page_answers_who_may_see_captures(sign_in, article):
    assert sign_in("reader-of-drafts").get(receipt_of(article)).status_code == 403
    assert sign_in("analyst").get(reverse("admin:kb_article_receipt", args=[0])).status_code == 404
    own = make_article()
    assert "written here" in sign_in("analyst").get(receipt_of(own)).content.decode()


def test_a_pull_quote_points_to_its_sentence(analyst):
    text = "Grain is dear this year.\n\nGrain is dear\n\nNobody knows for how long it will be."
    spans = (
        Span(0, 24, kept=True),
        Span(24, 26, kept=False, rule="whitespace"),
        Span(26, 39, kept=False, rule="pull-quote", of=(0, 13)),
        Span(39, 41, kept=False, rule="whitespace"),
        Span(41, len(text), kept=True),
    )
    page = Page("quote.txt", "quote.txt", text.encode(), "utf-8", text)
    body = f"{text[:24]}\n\n{text[41:]}"
    article, _ = apply(plan(page, Document("quote.txt", headline="Grain", body_text=body, spans=spans)))
    assert '<a href="#stretch-0">The words it repeats</a>' in analyst.get(receipt_of(article)).content.decode()


MILL = """The Mill Turns Again

By Karl Weir

The mill at the upper river grinds rye again after forty silent years, its new owner told the council on Thursday. Farmers of the valley brought their first sacks the same evening, and a band played until the rain came.

The council had bought the ruin for one crown and sold it for two, which the auditors call a good year. Nobody knows yet who will bake the bread, and the old oven stands open to the sky.
"""


@pytest.fixture
def with_piece():
    """An article whose page holds another one."""
    text = FERRIES + "\n" + MILL
    start = text.index(MILL)
    cut = FERRIES.index("The ferry line")
    spans = (
        Span(0, cut, kept=False, rule="header-line"),
        Span(cut, len(FERRIES) - 1, kept=True),
        Span(len(FERRIES) - 1, start, kept=False, rule="whitespace"),
        Span(start, len(text), kept=False, rule="foreign-article"),
    )
    document = Document(
        "ferries",
        headline="Ferry Line Returns",
        publisher="Harbour Courier",
        body_text=text[cut : len(FERRIES) - 1],
        spans=spans,
        pieces=(FoundPiece(start, len(text), "The Mill Turns Again"),),
    )
    page = Page("ferries", "https://example.org/ferries", text.encode(), "utf-8", text)
    return apply(plan(page, document))[0]


def test_a_piece_becomes_a_capture_and_an_article_of_its_own(analyst, with_piece):
    piece = Piece.objects.get()
    page = analyst.get(receipt_of(with_piece)).content.decode()
    assert "Import as an article of its own" in page and "No, it is not" in page
    analyst.post(receipt_of(with_piece), {"import_piece": piece.pk, "version": with_piece.version})
    piece.refresh_from_db()
    made = Article.objects.exclude(pk=with_piece.pk).get()
    assert made.title == "The Mill Turns Again" and made.status == "draft"
    assert (piece.state, piece.decided_by, piece.became) == (State.CONFIRMED, analyst.user, made.capture)
    assert made.capture.origin == f"https://example.org/ferries#char={piece.start},{piece.end}"
    assert made.capture.text == with_piece.capture.text[piece.start : piece.end] == MILL
    hop = made.hops.get(kind="aggregated")
    assert (hop.printed_name, hop.state) == ("Harbour Courier", State.SUGGESTED)
    assert Capture.objects.count() == 2


def test_a_piece_is_rejected_and_waits_no_longer(analyst, with_piece):
    piece = Piece.objects.get()
    address = reverse("admin:kb_piece_changelist")
    assert "Other articles on captured pages" in analyst.get(reverse("admin:index")).content.decode()
    analyst.post(address, {"action": "reject_pieces", **chosen(piece), "index": "0"})
    piece.refresh_from_db()
    assert (piece.state, Article.objects.count()) == (State.REJECTED, 1)


def test_pieces_are_imported_from_their_list_as_well(analyst, with_piece):
    address = reverse("admin:kb_piece_changelist")
    assert "The Mill Turns Again" in analyst.get(address).content.decode()
    analyst.post(address, {"action": "import_pieces", **chosen(Piece.objects.get()), "index": "0"})
    assert Article.objects.count() == 2


WEB = """<!DOCTYPE html><html lang="en"><head><title>Ferries</title></head><body>
<nav><ul><li><a href="/a">Home</a></li><li><a href="/b">Harbour</a></li></ul></nav>
<article><h1>Ferry Line Returns to the Outer Islands</h1>
%s
<p class="promo">Sign up for our newsletter &amp; never miss a story</p>
<p>Tickets will cost a third more than before the storms, and islanders travel free on Sundays as they always did.</p>
</article><footer>Copyright Harbour Courier</footer></body></html>"""


def test_a_web_page_shows_words_and_not_markup(analyst):
    paragraphs = "\n".join(f"<p>{part}</p>" for part in FERRIES.split("\n\n")[3:6])
    source = WEB % paragraphs
    content = source.encode()
    page = Page("ferries.html", "https://example.org/ferries.html", content, "utf-8", source, "text/html")
    import_page(source, page=page)
    article = Article.objects.get()
    stretches = read_receipt(article.capture)
    assert "".join(source[stretch.start : stretch.end] for stretch in stretches) == source
    where = placed(stretches, article.body.split("\n\n"))
    assert len(where) == len(article.body.split("\n\n"))
    shown = analyst.get(receipt_of(article)).content.decode()
    assert "Copyright Harbour Courier" in shown and "&lt;nav" not in shown
    taken = next(stretch for stretch in stretches if stretch.kept and "Tickets" in stretch.words)
    before = article.body
    take_out(article, taken.start, by=analyst.user)
    assert "Tickets" not in article.body
    put_back(article, taken.start, by=analyst.user)
    assert article.body == before


def test_a_page_of_ten_thousand_blocks_costs_the_same_queries(analyst, django_assert_max_num_queries):
    def cost(number):
        lines = [f"Line {place} says that ship {place} is late." for place in range(number)]
        text = "\n".join(lines)
        spans, position = [], 0
        for place, line in enumerate(lines):
            is_kept = place % 2 == 0
            spans.append(Span(position, position + len(line), kept=is_kept, rule="" if is_kept else "teaser"))
            position += len(line)
            if position < len(text):
                spans.append(Span(position, position + 1, kept=False, rule="whitespace"))
                position += 1
        document = Document("ships", headline="Ships", body_text="\n\n".join(lines[::2]), spans=tuple(spans))
        page = Page("ships", f"ships-{number}", text.encode(), "utf-8", text)
        article, _ = apply(plan(page, document))
        analyst.get(receipt_of(article))
        with django_assert_max_num_queries(20) as queries:
            shown = analyst.get(receipt_of(article)).content.decode()
        assert shown.count('name="put_back"') == number // 2
        return len(queries)

    assert cost(20) == cost(10_000)


def test_who_put_back_is_asked_for_the_right_whatever_calls(article):
    with pytest.raises(Exception, match="may not"):
        put_back(article, 0, by=make_user(group="reader-of-drafts"))
