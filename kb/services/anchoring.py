"""What becomes of marked words when the text of their article changes, and what people decide about those that are lost."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from kb.models import Annotation, Appearance, Article, BodyFormat, Citation, policy
from kb.models.rules import Anchored, Standing, change_together
from kb.text import anchors, markup
from kb.text.reanchoring import Outcome, reanchor

from .refusal import Blocker, refuse_if

ANCHORED = (Citation, Appearance, Annotation)
COLUMNS = tuple(column.name for column in Anchored._meta.local_fields)
# Of so many earlier revisions the text is fetched, the newest first; words lost before stay lost until a person looks.
_MOST_REVISIONS = 12


def columns_of(model: type[Anchored]) -> tuple[str, ...]:
    """What may change in a row when its words stand elsewhere."""
    return (*COLUMNS, "as_printed") if model is Citation else COLUMNS


def reanchor_all(article: Article, before: str, *, by: User | None) -> None:
    """Look for the words of every anchored row in the article's new text; `before` is the text of the revision before.

    Words that surely stand there take the new revision. Others keep their words and the revision they stood in: they are
    proposed to a person, or orphaned, and looked for again when the text changes again. Never raises for an anchor.
    """
    rows = [
        row
        for model in ANCHORED
        for row in model.objects.select_for_update(of=("self",))
        .filter(article=article, start__isnull=False)
        .order_by("pk")
    ]
    texts = {article.revision - 1: before, **_earlier_texts(article, rows)}
    by_revision: dict[int, list[Anchored]] = defaultdict(list)
    for row in rows:
        text = texts.get(row.revision)
        holds = text is not None and text[row.start : row.end] == row.exact
        by_revision[row.revision if holds else 0].append(row)
    taken: dict[tuple[int, int], tuple[int, int, int]] = {}
    for revision, some in sorted(by_revision.items(), reverse=True):
        outcomes = reanchor(article.text, [row.anchor for row in some], texts.get(revision))
        for row, outcome in zip(some, outcomes, strict=True):
            _take(row, outcome, article, taken)
    for model in ANCHORED:
        change_together([row for row in rows if type(row) is model], columns_of(model), by=by)


def _take(row: Anchored, outcome: Outcome, article: Article, taken: dict) -> None:
    if outcome.anchor is not None:
        # Rows that stood at different words never come to stand at the same ones: the second would be a guess.
        place, origin = (outcome.anchor.start, outcome.anchor.end), (row.revision, row.start, row.end)
        if taken.setdefault(place, origin) == origin:
            row.stand(outcome.anchor, article.revision, Standing(outcome.kind))
            return
        row.standing, row.places = Standing.AMBIGUOUS, [[*place, 100]]
        return
    row.places = [[one.start, one.end, one.score] for one in outcome.candidates]
    # Words that a person gave up stay so while nothing new can be said of them.
    if row.standing != Standing.LEFT or row.places:
        row.standing = Standing(outcome.kind)


def _earlier_texts(article: Article, rows: Sequence[Anchored]) -> dict[int, str]:
    wanted = sorted({row.revision for row in rows if row.revision < article.revision - 1}, reverse=True)
    texts = texts_at({(article.pk, revision) for revision in wanted[:_MOST_REVISIONS]})
    return {revision: text for (_article, revision), text in texts.items()}


def texts_at(wanted: Collection[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """The texts of articles at these revisions, by key and revision, as far as their versions tell; one query."""
    if not wanted:
        return {}
    among = Q()
    for article, revision in wanted:
        among |= Q(id=article, revision=revision)
    versions = Article.history.filter(among)
    newest = versions.order_by().values("id", "revision").annotate(newest=Max("history_id")).values("newest")
    return {
        (article, revision): markup.text_of(body, markdown=body_format == BodyFormat.MARKDOWN)
        for article, revision, body, body_format in Article.history.filter(history_id__in=newest).values_list(
            "id", "revision", "body", "body_format"
        )
    }


def account(article: Article, user: User) -> Counter[str]:
    """How many marked words, of rows this person may see, stand how since the text last changed."""
    found: Counter[str] = Counter()
    for model in ANCHORED:
        rows = model.objects.visible_to(user).filter(article=article, start__isnull=False)
        found.update(rows.order_by().values_list("standing", flat=True))
    return found


@transaction.atomic
def settle_anchor(row: Anchored, place: tuple[int, int] | None, *, by: User, revision: int) -> Anchored:
    """Let words that the text lost stand at this place of the text, from start to end; with None they stay lost.

    `revision` is that of the text the person saw. A citation or a note keeps everything else that it says.

    Raises:
        PermissionDenied: this person may not change such a row.
        Refused: the text changed since, the row is not lost any more, or the text has no such place.
    """
    policy.require(by, f"kb.change_{row._meta.model_name}")
    row = type(row).objects.visible_to(by).select_for_update(of=("self",)).get(pk=row.pk)
    # Read behind the lock: who saves the text waits for the rows of it.
    article = row.article
    refuse_if(
        None
        if article is not None and article.revision == revision
        else Blocker(_("The text was changed meanwhile: look at the places again."), article),
        None if row.is_anchored and row.revision != revision else Blocker(_("Somebody settled this meanwhile."), row),
    )
    if place is None:
        row.standing, row.places = Standing.LEFT, []
    else:
        try:
            found = anchors.anchor(article.text, *place)
        except ValueError:
            refuse_if(Blocker(_("The text has no such words."), article))
        row.stand(found, article.revision, Standing.MOVED)
    change_together([row], columns_of(type(row)), by=by)
    return row
