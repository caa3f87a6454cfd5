"""What follows from an act besides the act: who is told of it, and which tasks it does.

Each may be called again for the same state: an event is told once, and a task is done once.
"""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from kb.models import Article, ArticleStatus, FactCheck, FactCheckStatus, Task, TaskKind, policy

from .notices import tell
from .tasks import complete_about


def after_check(check: FactCheck, *, by: User) -> None:
    """A check was saved in a new state: its author, or those who may review it, are told; what it settles is done.

    Followers of the claim are told by `ripple`; an author who follows it is told once.
    """
    match check.status:
        case FactCheckStatus.DRAFT if by.pk != check.author_id:
            words = _("Handed back to you: %(check)s")
            _tell_author(check, f"handed-back:{check.pk}:{check.version}", words, by)
            complete_about(check, TaskKind.REVIEW, by=by)
        case FactCheckStatus.SUBMITTED if check.dissent:
            words = _say(_("Opinions differ, a third person decides: %(check)s"), check)
            gave = check.reviews.values_list("reviewer", flat=True)
            free = policy.holders(policy.APPROVE).exclude(pk__in=[check.author_id, *gave])
            people = list(free.values_list("pk", flat=True))
            tell(f"dissent:{check.pk}", about=[check], words=words, by=by, people=people)
        case FactCheckStatus.SUBMITTED:
            event = f"submitted:{check.pk}:{check.submitted_at:%Y%m%d%H%M%S%f}"
            tell(event, about=[check], words=_say(_("To review: %(check)s"), check), by=by, people=reviewers(check))
        case FactCheckStatus.REJECTED:
            _tell_author(check, f"rejected:{check.pk}", _("Rejected: %(check)s"), by)
            complete_about(check, TaskKind.REVIEW, by=by, outcome=_("Rejected."))
        case FactCheckStatus.PUBLISHED if check.reopened_at:
            _tell_author(check, f"reopened:{check.pk}", _("Reopened: %(check)s"), by)
        case FactCheckStatus.PUBLISHED:
            _tell_author(check, f"verdict:{check.pk}", _("Published: %(check)s"), by)
            earlier = check.claim.fact_checks.filter(status=FactCheckStatus.SUPERSEDED).order_by("-number").first()
            if earlier:
                _tell_author(earlier, f"superseded:{earlier.pk}", _("Superseded by a newer one: %(check)s"), by)
            done = _("A verdict was published.")
            complete_about(check, TaskKind.REVIEW, by=by, outcome=done)
            complete_about(check.claim, TaskKind.CHECK, TaskKind.RECHECK, by=by, outcome=done)


def reviewers(check: FactCheck) -> list[int]:
    """Who the review was given to, or else everybody who may decide over it."""
    given = Task.objects.open().about(check).filter(kind=TaskKind.REVIEW, assignee__isnull=False)
    if chosen := list(given.values_list("assignee", flat=True)):
        return chosen
    return list(policy.holders(policy.APPROVE).exclude(pk=check.author_id).values_list("pk", flat=True))


def after_article(article: Article, *, by: User) -> None:
    """An article was published or withdrawn: who follows it, its tags or its sources is told."""
    moments = {ArticleStatus.PUBLISHED: article.published_at, ArticleStatus.WITHDRAWN: article.withdrawn_at}
    if article.status not in moments:
        return
    is_public = article.status == ArticleStatus.PUBLISHED
    words = _("Published: %(article)s") if is_public else _("Withdrawn: %(article)s")
    about = [article, *article.tags.all()]
    if is_public:
        about += {citation.source for citation in article.citations.confirmed().select_related("source")} - {None}
    event = f"{article.status}:article:{article.pk}:{moments[article.status]:%Y%m%d%H%M%S%f}"
    tell(event, about=about, words=words % {"article": article}, by=by)
    if is_public:
        complete_about(article, TaskKind.REVIEW, by=by, outcome=_("Published."))


def _tell_author(check: FactCheck, event: str, words: str, by: User) -> None:
    tell(event, about=[check], words=_say(words, check), by=by, people=[check.author_id])


def _say(words: str, check: FactCheck) -> str:
    return words % {"check": check}
