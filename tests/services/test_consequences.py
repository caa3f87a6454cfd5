"""What follows from an act: who hears of it, and which tasks it does."""

import pytest

from kb.models import Notice, Task
from kb.services import articles, notices, tasks, verdicts
from tests.factories import (
    make_article,
    make_citation,
    make_claim,
    make_draft_check,
    make_tag,
    make_user,
    publish_verdict,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines():
    return make_user("ines", group="analyst")


@pytest.fixture
def olof():
    return make_user("olof", group="editor")


@pytest.fixture
def yara():
    return make_user("yara", group="editor")


def heard(person) -> list[str]:
    """The first words of what a person was told, oldest first."""
    return [notice.words.split(":")[0] for notice in Notice.objects.filter(user=person).order_by("pk")]


def submitted(author, claim=None):
    return verdicts.submit(make_draft_check(claim, by=author), by=author)


def test_reviewers_hear_of_a_submission_and_its_author_of_the_decision(ines, olof, yara):
    check = submitted(ines)
    assert (heard(ines), heard(olof), heard(yara)) == ([], ["To review"], ["To review"])
    publish_verdict(check, by=olof)
    assert (heard(ines), heard(olof)) == (["Published"], ["To review"])
    verdicts.reopen(check, by=yara, reason="The figure was revised.")
    assert heard(ines) == ["Published", "Reopened"]
    publish_verdict(submitted(olof, check.claim), by=yara)
    assert heard(ines) == ["Published", "Reopened", "Superseded by a newer one"]
    verdicts.reject(submitted(ines), by=olof, reason="One source.")
    assert heard(ines)[-1] == "Rejected"


def test_a_review_that_was_given_to_somebody_is_told_to_them_alone_and_done_by_deciding(ines, olof, yara):
    draft = make_draft_check(by=ines)
    task = tasks.open_task("review", about=draft, assignee=yara)
    check = verdicts.submit(draft, by=ines)
    assert heard(olof) == []
    assert heard(yara) == ["This task is yours", "To review"]
    publish_verdict(check, by=olof)
    task.refresh_from_db()
    assert (task.state, task.done_by) == ("done", olof)


def test_a_published_verdict_does_what_was_to_check(ines, olof):
    claim = make_claim()
    for kind in ("check", "recheck", "other"):
        tasks.open_task(kind, about=claim)
    publish_verdict(submitted(ines, claim), by=olof)
    assert [task.kind for task in Task.objects.open()] == ["other"]


def test_an_author_who_follows_the_claim_hears_of_the_verdict_once(ines, olof):
    claim = make_claim()
    notices.follow(claim, by=ines)
    publish_verdict(submitted(ines, claim), by=olof)
    assert heard(ines) == ["Published"]


def test_followers_of_an_article_its_tags_and_its_sources_hear_that_it_came_and_went(ines, olof, yara):
    article, tag = make_article(), make_tag()
    article.tags.add(tag)
    notices.follow(article, by=ines)
    notices.follow(tag, by=yara)
    reader = make_user("otto", group="analyst")
    notices.follow(make_citation(article).source, by=reader)
    articles.publish(article, by=olof)
    assert heard(ines) == heard(yara) == heard(reader) == ["Published"]
    articles.withdraw(article, by=olof, reason="Invented.")
    assert heard(ines) == ["Published", "Withdrawn"]
    articles.return_to_draft(article, by=olof)
    articles.publish(article, by=olof)
    assert heard(ines) == ["Published", "Withdrawn", "Published"]
    assert heard(olof) == []
