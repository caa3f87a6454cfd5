"""Making articles of what an import took for something else: a copy of another article, a piece of another page."""

from dataclasses import replace

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from kb.models import Article, Capture, Hop, HopKind, Piece, State, policy
from kb.services import suggestions
from kb.services.refusal import Blocker, refuse_if
from kb.text.captured import WEB_ARCHIVE, WEB_PAGE

from .applying import apply, write_new
from .applying.rows import create, cut
from .extraction import extract_page
from .planning import load_register, plan
from .reading import LONGEST_ORIGIN, Page, read_page
from .rereading import reread


@transaction.atomic
def split_off(hop: Hop, *, by: User) -> Article:
    """Say that a page is no copy of the hop's article, and import it as an article of its own.

    Raises:
        Refused: the hop has no page, or the page is an article already.
    """
    policy.require(by, policy.IMPORT)
    refuse_if(
        None if hop.capture_id else Blocker(_("No page was received for this hop."), hop),
        Blocker(_("This page is an article of its own already."), hop.capture.articles.first())
        if hop.capture_id and hop.capture.articles.exists()
        else None,
    )
    suggestions.reject([hop], by=by)
    page, document = reread(hop.capture)
    return write_new(page, document, hop.capture, by=by)


@transaction.atomic
def confirm_piece(piece: Piece, *, by: User) -> Article:
    """Make a capture of its own of a piece, cut from the text of its page, and import it as any page.

    The page it was cut from is suggested as an aggregator of it. Answers with the article: a new draft, or the one
    whose text this is.

    Raises:
        Refused: it is a capture already, or nothing in it reads like an article.
    """
    policy.require(by, policy.IMPORT)
    refuse_if(Blocker(_("This piece is a capture of its own already."), piece.became) if piece.became_id else None)
    register = load_register()
    page = _cut_out(piece)
    document = extract_page(page, register)
    document = replace(document, headline=document.headline or piece.title or None)
    refuse_if(None if document.body_text else Blocker(_("Nothing in this piece reads like an article."), piece))
    step = plan(page, document)
    if step.fate == "nothing":
        article = _holder(page.sha256)
    else:
        article, _problems = apply(step, by=by)
    _suggest_aggregator(article, piece, by=by)
    piece.became = Capture.objects.get(sha256=page.sha256)
    suggestions.confirm([piece], by=by)
    return article


def reject_piece(piece: Piece, *, by: User) -> None:
    """Say that a piece is no article."""
    suggestions.reject([piece], by=by)


def _cut_out(piece: Piece) -> Page:
    """The piece as a page in UTF-8; its origin says which characters of which page it is (RFC 5147).

    The declaration of the parent's encoding, and an archive's frame, stand outside the piece.
    """
    parent = piece.capture
    fragment = f"#char={piece.start},{piece.end}"
    origin = parent.origin.partition("#")[0][: LONGEST_ORIGIN - len(fragment)] + fragment
    media_type = WEB_PAGE if parent.media_type == WEB_ARCHIVE else parent.media_type
    page = read_page(origin, piece.text.encode(), origin, media_type)
    refuse_if(None if isinstance(page, Page) else Blocker(_("This piece is no page."), piece))
    return page


def _holder(sha256: str) -> Article:
    capture = Capture.objects.get(sha256=sha256)
    return capture.articles.first() or capture.hops.first().article


def _suggest_aggregator(article: Article, piece: Piece, *, by: User) -> None:
    """The publisher of the page that holds the piece gathered it: a step of the piece's chain."""
    parents = Hop.objects.filter(article__capture=piece.capture).exclude(kind__in=(HopKind.WROTE, HopKind.AGENCY))
    parent = parents.exclude(state=State.REJECTED).order_by("-position").first()
    if parent is None or article.hops.filter(source=parent.source, printed_name=parent.printed_name).exists():
        return
    last = article.hops.order_by("-position").values_list("position", flat=True).first() or 0
    hop = Hop(
        article=article,
        position=last + 1,
        kind=HopKind.AGGREGATED,
        source=parent.source,
        printed_name=parent.printed_name,
        address=parent.article.address,
        basis=cut(Hop, "basis", f"printed on its page, characters {piece.start} to {piece.end}"),
    )
    create(Hop, [hop], by=by)
