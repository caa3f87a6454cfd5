"""The charts of the first page: what they count, what they say when there is nothing, and what they cost."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kb.admin import figures
from kb.models import FactCheck, Task
from kb.services import verdicts
from tests.factories import (
    make_appearance,
    make_article,
    make_citation,
    make_claim,
    make_dissent,
    make_draft_check,
    make_published_check,
    make_tag,
    make_task,
)

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_each_database]


def table(chart) -> dict[str, tuple[str, ...]]:
    return {bar.label: bar.values for bar in chart.bars}


def test_verdicts_are_counted_by_the_week_they_were_published_in_superseded_ones_too():
    today = timezone.localdate()
    for days in (0, 7, 7, 400):
        check = make_published_check()
        FactCheck.objects.filter(pk=check.pk).update(decided_at=timezone.now() - timedelta(days=days))
    make_published_check(check.claim)
    chart = figures.throughput(today)
    assert [bar.values[0] for bar in chart.bars] == ["0"] * 10 + ["2", "2"]
    assert chart.summary == "2 this week; 0.2 a week before"
    assert [sum(part.size for part in bar.parts) for bar in chart.bars][-2:] == [1000, 1000]


def test_open_work_is_put_in_the_bucket_of_its_age():
    now = timezone.now()
    for days in (0, 1, 7, 8, 30, 31, 91, 92, 4000):
        Task.objects.filter(pk=make_task().pk).update(opened_at=now - timedelta(days=days))
    make_task(state="done", done_at=now, opened_at=now - timedelta(days=50))
    check = make_draft_check()
    verdicts.submit(check, by=check.author)
    FactCheck.objects.filter(pk=check.pk).update(submitted_at=now - timedelta(days=40))
    chart = figures.age_of_open_work(timezone.localdate())
    assert [*table(chart).values()] == [("1", "0"), ("2", "0"), ("2", "0"), ("2", "1"), ("2", "0")]
    assert chart.summary == "5 things wait for over a month"


def test_coverage_speaks_of_claims_that_can_be_checked():
    make_claim(statement_type="opinion")
    article, cited = make_article(), make_claim()
    make_appearance(article, cited).citations.set([make_citation(article), make_citation(article)])
    make_appearance(make_article(), make_claim())
    make_published_check(expires_on=date(2025, 7, 1))
    make_published_check()
    chart = figures.coverage(timezone.localdate())
    assert table(chart) == {"cited": ("1", "25 %"), "checked": ("2", "50 %"), "of these expired": ("1", "25 %")}


def test_topics_tell_the_status_readers_see_and_count_a_claim_once():
    tag, other = make_tag("Grain"), make_tag("Wool")
    claim, expired = make_claim(), make_published_check(expires_on=date(2025, 7, 1)).claim
    for _ in range(2):
        article = make_article()
        article.tags.add(tag)
        make_appearance(article, claim)
    make_appearance(article, expired, exact="harbour filled with ships")
    make_article().tags.add(other)
    chart = figures.topics(timezone.localdate())
    assert table(chart) == {"Grain": ("0", "1", "0", "0", "1")}
    assert [part.kind for part in chart.bars[0].parts] == ["is-expired", "is-unchecked"]


def test_agreement_is_said_from_five_second_opinions_on():
    for _ in range(4):
        make_published_check()
    assert figures.agreement(timezone.localdate()).bars == ()
    make_dissent()
    chart = figures.agreement(timezone.localdate())
    assert table(chart) == {"agreed": ("4", "80 %"), "differed": ("1", "20 %")}
    assert chart.summary == "80 % of 5 second opinions"


def test_without_anything_each_chart_says_what_brings_something():
    for chart in (figures.throughput, figures.age_of_open_work, figures.coverage, figures.topics, figures.agreement):
        drawn = chart(timezone.localdate())
        assert drawn.bars == () and drawn.advice


def test_the_first_page_costs_the_same_however_much_there_is(editor):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(reverse("admin:index")).status_code == 200
        return len(queries)

    def fill(number):
        for _ in range(number):
            article = make_article()
            article.tags.add(make_tag())
            make_appearance(article, make_published_check().claim)
            make_task(article=article, assignee=editor.user)

    fill(1)
    cost()
    few = cost()
    fill(6)
    assert cost() == few


def test_every_chart_has_its_numbers_behind_it_and_no_style_of_its_own(editor):
    make_published_check()
    page = editor.get(reverse("admin:index")).content.decode()
    assert page.count("<svg") >= 3 and page.count("<desc") >= 1 and page.count("<details>") == 2
    assert "style=" not in page
