"""What happens to an article: its text is revised, it is published, it is withdrawn."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.models import Article, ArticleStatus, policy
from kb.models.versions import signed
from kb.text.markup import normalise_newlines

from . import anchoring
from .citations import propose_dates
from .consequences import after_article
from .refusal import Blocker, refuse_if


@transaction.atomic
def save_text(article: Article, *, by: User | None) -> Article:
    """Save an article whose text may have changed, and look for every anchor of it in the new text (`anchoring`).

    When the date or the language of the article changed, the dates of its open citations are proposed anew.
    """
    article.body = normalise_newlines(article.body)
    if article._state.adding:
        article._history_user = by
        article.save()
        return article
    before = Article.objects.get(pk=article.pk)
    changed = before.text != article.text
    if changed:
        article.revision += 1
    article._history_user = by
    article.save()
    if changed:
        with signed(by):
            anchoring.reanchor_all(article, before.text, by=by)
    if (before.issued_on, before.language) != (article.issued_on, article.language):
        propose_dates(article, by=by)
    return article


@transaction.atomic
def submit_for_review(article: Article, *, by: User) -> Article:
    """Draft to in review: somebody else should look at it."""
    policy.require(by, "kb.change_article")
    return _move(article, {ArticleStatus.DRAFT}, ArticleStatus.IN_REVIEW, by=by)


@transaction.atomic
def return_to_draft(article: Article, *, by: User) -> Article:
    """In review or withdrawn back to draft. A withdrawn article is back at the desk, still invisible to readers."""
    policy.require(by, policy.PUBLISH if article.status == ArticleStatus.WITHDRAWN else "kb.change_article")
    return _move(article, {ArticleStatus.IN_REVIEW, ArticleStatus.WITHDRAWN}, ArticleStatus.DRAFT, by=by)


@transaction.atomic
def publish(article: Article, *, by: User, at: datetime | None = None) -> Article:
    """Show the article to readers, from now or from a later moment on.

    Raises:
        Refused: it has no title or no text, or is published already.
    """
    policy.require(by, policy.PUBLISH)
    refuse_if(
        None if article.title.strip() else Blocker(_("The article has no title."), article),
        None if article.text.strip() else Blocker(_("The article has no text."), article),
    )
    article.published_at, article.published_by = at or timezone.now(), by
    return _move(article, {ArticleStatus.DRAFT, ArticleStatus.IN_REVIEW}, ArticleStatus.PUBLISHED, by=by)


@transaction.atomic
def withdraw(article: Article, *, by: User, reason: str) -> Article:
    """Take a published article away from readers; its address answers 410 from now on.

    Raises:
        Refused: it is not published, or no reason is given.
    """
    policy.require(by, policy.WITHDRAW)
    refuse_if(None if reason.strip() else Blocker(_("Say why: a withdrawal needs a reason."), article))
    article.withdrawn_at, article.withdrawn_by, article.withdrawal_reason = timezone.now(), by, reason
    return _move(article, {ArticleStatus.PUBLISHED}, ArticleStatus.WITHDRAWN, by=by)


def _move(article: Article, allowed: set[str], to: str, *, by: User) -> Article:
    refuse_if(
        None
        if article.status in allowed
        else Blocker(
            _("The article is %(status)s: it cannot become %(to)s.")
            % {"status": article.get_status_display(), "to": ArticleStatus(to).label},
            article,
        )
    )
    article.status = to
    article._history_user = by
    article.save()
    after_article(article, by=by)
    return article
