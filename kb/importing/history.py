"""Who wrote what of an article: imports, or people."""

from itertools import pairwise

from kb.models import Article, ArticleStatus, State

# Begins the reason of every version an import wrote; any other version is a person's work.
REASON = "import"


def is_by_import(reason: str | None) -> bool:
    return (reason or "").startswith(REASON)


def edited_by_people(article: Article, *fields: str) -> set[str]:
    """Those of the fields that a version changed which no import wrote."""
    rows = article.history.order_by("history_date", "history_id").values_list("history_change_reason", *fields)
    edited: set[str] = set()
    for earlier, later in pairwise(rows.iterator(chunk_size=200)):
        if not is_by_import(later[0]):
            edited.update(field for field, old, new in zip(fields, earlier[1:], later[1:], strict=True) if old != new)
    return edited


def is_text_edited(article: Article) -> bool:
    """Whether a person changed the text: every change of it counts its revision up."""
    return bool(edited_by_people(article, "revision"))


def was_worked_on(article: Article) -> bool:
    """Whether a person did anything with the article or with what was found in it."""
    return (
        article.status != ArticleStatus.DRAFT
        or article.history.exclude(history_change_reason=REASON).exists()
        or article.annotations.exists()
        or any(
            rows.exclude(state=State.SUGGESTED).exists()
            for rows in (article.citations, article.appearances, article.hops, article.tag_links)
        )
    )
