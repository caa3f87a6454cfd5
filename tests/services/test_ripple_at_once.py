"""Two people change or acknowledge the same at once, over two real connections."""

import pytest

from kb.models import Acknowledgement, Correction, CorrectionArticle, Notice, Rating, Task
from kb.services.notices import follow
from kb.services.ripple import acknowledge, ripple
from tests.at_once import at_once
from tests.factories import make_appearance, make_published_article, make_published_check, make_user

pytestmark = [
    pytest.mark.django_db(transaction=True),
]


def changed_verdict():
    """A claim of three articles with two verdicts whose change nobody has carried yet."""
    claim = make_appearance(make_published_article()).claim
    for _ in range(2):
        make_appearance(make_published_article(), claim)
    first = make_published_check(claim)
    second = make_published_check(claim, rating=Rating.objects.get(slug="false"))
    for model in (Task, Notice, CorrectionArticle, Correction):
        model.objects.all().delete()
    return claim, first, second


def test_a_change_carried_twice_at_once_is_one_correction():
    claim, first, second = changed_verdict()
    follow(claim, by=make_user(group="analyst"))
    found = at_once(*[lambda: ripple(claim, before=first, after=second, by=second.reviewer)] * 4)
    assert len({correction.pk for correction in found}) == 1
    assert (Correction.objects.count(), CorrectionArticle.objects.count()) == (1, 3)
    assert (Task.objects.count(), Notice.objects.count()) == (3, 1)


def test_two_editors_acknowledge_at_once_and_both_are_on_record_at_most_once():
    claim, first, second = changed_verdict()
    ripple(claim, before=first, after=second, by=second.reviewer)
    article, editors = CorrectionArticle.objects.first().article, [make_user(group="editor") for _ in "ab"]
    at_once(*[lambda editor=editor: acknowledge(article, by=editor) for editor in editors * 2])
    rows = Acknowledgement.objects.values_list("touched", "acknowledged_by")
    assert 1 <= len(rows) == len(set(rows)) <= 2
    assert not CorrectionArticle.objects.open().filter(article=article).exists()
    assert not Task.objects.open().about(article).exists()
