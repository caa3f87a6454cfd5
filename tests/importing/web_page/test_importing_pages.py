import quopri

import pytest

from kb.importing.reading import Unreadable, read_paths
from kb.importing.running import run
from kb.importing.splitting import confirm_piece
from kb.importing.web_page.source_map import map_source
from kb.models import Article, Capture, Piece
from tests.factories import make_user

from .pages import SENTENCES, page, paragraphs

pytestmark = pytest.mark.django_db

LEAN = "<b>Reuters</b> reported on&nbsp;Tuesday that Smith &amp; Sons will build the new bridge (<i>Reuters</i>, June&nbsp;12)."
FERRY = page(f"<article><h1>The ferry stops</h1>{paragraphs(*SENTENCES, LEAN)}</article>")
ARCHIVE = (
    'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
    "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
)


def imported(path, **options):
    documents = []
    run(read_paths([str(path)]), take=documents.append, **options)
    return documents


@pytest.mark.parametrize("ending", ["html", "htm", "mhtml"])
def test_a_saved_page_becomes_an_article_and_its_capture_rebuilds_from_the_receipt(tmp_path, ending):
    content = FERRY.encode()
    if ending == "mhtml":
        content = ARCHIVE.encode() + quopri.encodestring(content) + b"\r\n--x--\r\n"
    (tmp_path / f"ferry.{ending}").write_bytes(content)
    [document] = imported(tmp_path / f"ferry.{ending}")
    assert document.body_text.startswith("\n\n".join(SENTENCES))
    capture = Capture.objects.get()
    assert bytes(capture.content) == content
    assert "".join(capture.text[row["start"] : row["end"]] for row in capture.receipt) == capture.text
    assert [row["start"] for row in capture.receipt[1:]] == [row["end"] for row in capture.receipt[:-1]]
    assert imported(tmp_path / f"ferry.{ending}", dry_run=True) == [document]


def test_citations_of_a_web_page_stand_in_its_body_and_in_its_source(tmp_path):
    (tmp_path / "ferry.html").write_text(FERRY, encoding="utf-8")
    [document] = imported(tmp_path / "ferry.html", dry_run=True)
    found = [citation for citation in document.citations if citation.source == "Reuters"]
    assert found
    for citation in found:
        assert document.body_text[citation.start : citation.end] == citation.as_printed
        [line] = map_source(FERRY[citation.raw_start : citation.raw_end]).lines
        assert line.text == citation.as_printed


def test_a_page_of_nothing_but_tags_is_refused(tmp_path):
    (tmp_path / "tags.html").write_text("<b>" * 120_000, encoding="utf-8")
    [refused] = read_paths([str(tmp_path / "tags.html")])
    assert isinstance(refused, Unreadable)
    assert refused.problem.code == "too-many-tags"


LIBRARY = (
    "Die Stadtbücherei öffnet ab März auch sonntags, sagte die Leiterin des Kulturamts der Presse am Freitag.",
    "Zwei neue Bibliothekarinnen werden dafür eingestellt, und Freiwillige kümmern sich um den Lesesaal.",
    "Die Freunde der Bücherei hatten im vergangenen Jahr viertausend Unterschriften für längere Zeiten gesammelt.",
)
TWO = page(
    f"<article><h1>The ferry stops</h1>{paragraphs(*SENTENCES)}</article>"
    f"<article><header><h2>Die Bücherei öffnet sonntags</h2><p>Von Jana Dörfler</p></header>{paragraphs(*LIBRARY)}</article>"
)


@pytest.mark.parametrize("ending", ["html", "windows", "mhtml"])
def test_another_article_on_a_saved_page_becomes_one_of_its_own(tmp_path, ending):
    content = TWO.encode()
    if ending == "windows":
        content = TWO.replace("utf-8", "windows-1252").encode("windows-1252")
    elif ending == "mhtml":
        content = ARCHIVE.encode() + quopri.encodestring(content) + b"\r\n--x--\r\n"
    path = tmp_path / f"two.{'mhtml' if ending == 'mhtml' else 'html'}"
    path.write_bytes(content)
    run(read_paths([str(path)], {path.name: "https://shore.example/town/ferry"}))
    [piece] = Piece.objects.all()
    assert piece.title == "Die Bücherei öffnet sonntags"
    article = confirm_piece(piece, by=make_user(group="analyst"))
    assert article.body == "\n\n".join(LIBRARY)
    assert (article.title, article.language) == ("Die Bücherei öffnet sonntags", "de")
    assert article.capture.text == piece.text
    assert article != Article.objects.get(capture=piece.capture)
