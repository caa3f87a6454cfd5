"""Changes of pages that wait for a person: what they would do to the text, and doing or dismissing it."""

from dataclasses import dataclass, replace

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.importing.citations import BLOCK_SEPARATOR, find_citations
from kb.models import Article, ChangeState, PageChange, policy
from kb.services.refusal import Blocker, refuse_if
from kb.text.changes import Change
from kb.text.merging import merge

from .applying import write_text
from .history import REASON
from .planning import load_register
from .reading import Page
from .records import Block, Document
from .register import Register
from .rereading import reread

APPLIED = f"{REASON}: the change of the page was applied"
DISMISSED = f"{REASON}: the change of the page was dismissed"


@dataclass(frozen=True, slots=True)
class Proposal:
    """The text that a change would make; `left` are changes of words that a person changed here too: theirs stay."""

    page: Page
    document: Document
    text: str
    left: tuple[Change, ...]


def propose(change: PageChange, register: Register | None = None) -> Proposal:
    """What the change would make of the article's text as it is now: what people wrote there stays."""
    register = register or load_register()
    _page, before = reread(change.before, register)
    page, after = reread(change.after, register)
    merged = merge(before.body_text, change.article.text, after.body_text)
    return Proposal(page, after, merged.text, merged.left)


@transaction.atomic
def apply_change(change: PageChange, *, by: User) -> Article:
    """Give the article the text that its page has now, with what people changed in it.

    Raises:
        Refused: the change does not wait any more.
    """
    article = change.article
    policy.require(by, policy.right_to_text(article))
    _refuse_unless_waiting(change)
    register = load_register()
    proposal = propose(change, register)
    document = proposal.document
    if proposal.text != document.body_text:
        document = _found_again(document, proposal.text, register)
    write_text(article, proposal.page, document, proposal.text, change.after, by=by, reason=APPLIED)
    change.state, change.revision = ChangeState.APPLIED, article.revision
    return _decide(change, APPLIED, by).article


@transaction.atomic
def dismiss_change(change: PageChange, *, by: User) -> Article:
    """Leave the text as it is; the capture stays, and the same page is not offered again.

    Raises:
        Refused: the change does not wait any more.
    """
    policy.require(by, policy.right_to_text(change.article))
    _refuse_unless_waiting(change)
    change.state = ChangeState.DISMISSED
    return _decide(change, DISMISSED, by).article


def _refuse_unless_waiting(change: PageChange) -> None:
    refuse_if(None if change.is_waiting else Blocker(_("This change does not wait any more."), change.article))


def _decide(change: PageChange, reason: str, by: User) -> PageChange:
    change.decided_by, change.decided_at = by, timezone.now()
    change._history_user, change._change_reason = by, reason
    change.save()
    return change


def _found_again(document: Document, text: str, register: Register) -> Document:
    """The document with the text that people and the page made together, and what is cited in it."""
    headings, blocks, position = set(document.section_headings), [], 0
    for words in text.split(BLOCK_SEPARATOR):
        blocks.append(Block("heading" if words in headings else "paragraph", words, position))
        position += len(words) + len(BLOCK_SEPARATOR)
    found = find_citations(blocks, register)
    outside = [one for one in document.citations if one.start is None]
    return replace(document, body_text=text, citations=(*found, *outside))
