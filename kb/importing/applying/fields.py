"""The fields of an article, as its page gives them."""

from django.utils.text import Truncator

from kb.importing.records import Document, Problem
from kb.models import Article, BodyFormat
from kb.services.suggestions import free_slug


def slug_of(document: Document) -> str:
    return free_slug(Article, document.headline or Truncator(document.body_text).words(8, truncate=""))


def fill(article: Article, document: Document) -> list[Problem]:
    longest = Article._meta.get_field("title").max_length
    title = document.headline or ""
    problems = []
    if len(title) > longest:
        problems.append(
            Problem(
                "warning", "title-cut", f"{document.file}: the title is longer than {longest} characters and was cut."
            )
        )
    article.title = Truncator(title).chars(longest)
    article.body, article.body_format = document.body_text, BodyFormat.PLAIN
    article.headings = list(document.section_headings)
    article.language = document.language or ""
    article.direction = document.direction or ""
    article.genre = document.genre or ""
    article.issued_on = document.published or ""
    article.retrieved_on = document.retrieved or ""
    return problems
