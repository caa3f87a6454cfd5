"""Who may do what, and what is public: spelled here and nowhere else.

Groups hold permissions, services ask `require`, faces ask `may`, querysets start from the conditions below.
"""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ADMINISTER = "auth.change_user"
INVITE = "kb.add_invitation"
SORT_CHALLENGES = "kb.sort_challenge"
ANSWER_CHALLENGES = "kb.answer_challenge"
PREVIEW = "kb.preview_article"
READ_TEAM_NOTES = "kb.read_team_notes"
IMPORT = "kb.import_articles"
DECIDE = "kb.decide_suggestions"
PUBLISH = "kb.publish_article"
WITHDRAW = "kb.withdraw_article"
SUBMIT = "kb.submit_factcheck"
APPROVE = "kb.approve_factcheck"
ASSIGN = "kb.assign_task"
CORRECT = "kb.add_correction"
MERGE = "kb.merge_rows"

# What each act is called in a refusal.
ACTS = {
    ADMINISTER: _("look after other people's accounts"),
    INVITE: _("invite people"),
    SORT_CHALLENGES: _("take up challenges"),
    ANSWER_CHALLENGES: _("answer challenges"),
    PREVIEW: _("preview drafts"),
    READ_TEAM_NOTES: _("read team notes"),
    IMPORT: _("import articles"),
    DECIDE: _("confirm or reject suggestions"),
    PUBLISH: _("publish articles"),
    WITHDRAW: _("withdraw articles"),
    SUBMIT: _("submit fact-checks"),
    APPROVE: _("approve or reject fact-checks"),
    ASSIGN: _("take, give out and close tasks"),
    CORRECT: _("write corrections"),
    MERGE: _("merge sources, claims, tags and people"),
}

_READ = ("article", "annotation")
_WRITE = (
    "article",
    "hop",
    "citation",
    "claim",
    "claimwording",
    "appearance",
    "factcheck",
    "evidence",
    "evidencecopy",
    "searchstep",
    "forecastscore",
    "annotation",
    "person",
    "personalias",
    "piece",
    "tag",
    "tagalias",
    "taglink",
    "foreigncheck",
)
_LOOK = (
    *("source", "sourcename", "rating", "expiryrule", "ratingwords", "review"),
    *("capture", "importrun", "importproblem", "pagechange"),
    *("correction", "correctionarticle", "acknowledgement", "merge", "challenge"),
)
_ALL = {"add", "change", "delete", "view"}


def _crud(models, acts) -> set[str]:
    return {f"kb.{act}_{model}" for model in models for act in acts}


# What a person follows and was told is theirs: every row of it is asked for by its owner.
_OWN = _crud(("follow",), _ALL) | _crud(("notice",), {"view"})

_DRAFTS = _crud(_READ, {"view"}) | _OWN | {PREVIEW, READ_TEAM_NOTES}
_ANALYST = (
    _DRAFTS
    | _crud(_WRITE, _ALL)
    | _crud(_LOOK, {"view"})
    | _crud(("task",), {"view"})
    | {IMPORT, DECIDE, SUBMIT, ASSIGN, SORT_CHALLENGES}
)
_EDITOR = _ANALYST | {PUBLISH, WITHDRAW, APPROVE, CORRECT, MERGE, ANSWER_CHALLENGES}
_ADMINISTRATOR = (
    _EDITOR
    | _crud(("source", "sourcename", "rating", "expiryrule", "ratingwords"), _ALL)
    | {f"auth.{act}_{model}" for model in ("user", "group") for act in _ALL}
    | _crud(("invitation",), {"add", "change", "view"})
    | _crud(("grouppolicy",), _ALL)
)

GROUPS: dict[str, set[str]] = {
    "reader-of-drafts": _DRAFTS,
    "analyst": _ANALYST,
    "editor": _EDITOR,
    "administrator": _ADMINISTRATOR,
}


def may(user, act: str) -> bool:
    """Whether this person holds the right; a reader without an account holds none."""
    return user is not None and user.has_perm(act)


def holders(act: str):
    """The people with an open account who hold this right."""
    return User.objects.with_perm(act, backend="django.contrib.auth.backends.ModelBackend")


def require(user, act: str) -> None:
    """Raise PermissionDenied, naming the act, unless the person may do it."""
    if not may(user, act):
        raise PermissionDenied(_("Your account may not %(act)s.") % {"act": ACTS.get(act, _("do this"))})


def with_second_factor_asked(users: QuerySet) -> QuerySet:
    """Users who bring along whether they still owe a second factor, in the query that loads them."""
    demanding = User.groups.through.objects.filter(user=OuterRef("pk"), group__policy__requires_second_factor=True)
    codes = User.objects.filter(pk=OuterRef("pk"), authenticator__type="totp")
    return users.annotate(owes_second_factor=Exists(demanding) & ~Exists(codes))


def second_factor_is_demanded_of(user) -> bool:
    """Whether a group of this person demands a second factor."""
    return user.groups.filter(policy__requires_second_factor=True).exists()


def owes_second_factor(user) -> bool:
    """Whether a group of this person demands a second factor that is not set up: until then they reach nothing."""
    if user is None or not user.is_authenticated:
        return False
    if not hasattr(user, "owes_second_factor"):
        user.owes_second_factor = with_second_factor_asked(User.objects).get(pk=user.pk).owes_second_factor
    return user.owes_second_factor


def right_to_text(article) -> str:
    """The right that changing an article's text takes: what readers see is changed by those who may publish."""
    return PUBLISH if article.status == "published" else "kb.change_article"


def public_article(prefix: str = "", *, now=None) -> Q:
    """Published, and the moment of publication has come."""
    return Q(**{f"{prefix}status": "published", f"{prefix}published_at__lte": now or timezone.now()})


def readable_annotation(user) -> Q:
    """Public notes for everybody, team notes for the desk, private notes for their author alone."""
    readable = Q(access="public")
    if may(user, READ_TEAM_NOTES):
        readable |= Q(access="team")
    if user is not None and user.is_authenticated:
        readable |= Q(author=user)
    return readable
