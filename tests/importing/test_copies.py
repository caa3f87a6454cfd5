"""The same article under another roof is a further step of its chain; and what says who stands at which step."""

import pytest

from kb.importing.splitting import split_off
from kb.models import Article, Capture, Fingerprint, Hop, State
from kb.services import suggestions
from kb.services.refusal import Refused
from tests.factories import make_user

from .pages_of_ports import FERRIES, import_page

pytestmark = pytest.mark.django_db

COPY = FERRIES.replace("decided late on Friday", "decided on Friday night") + "\nAll rights with the Island Mirror\n"
ELSEWHERE = "https://mirror.example/ferries"


@pytest.fixture
def article():
    import_page(FERRIES)
    return Article.objects.get()


@pytest.fixture
def analyst():
    return make_user(group="analyst")


def copy_of(article) -> Hop:
    return article.hops.get(capture__isnull=False)


def test_a_copy_is_a_suggested_further_hop_and_no_second_article(article):
    summary, document = import_page(COPY, ELSEWHERE, given={"publisher": "Island Mirror"})
    assert summary == {"changed": 1} and Article.objects.count() == 1
    hop = copy_of(article)
    assert (hop.state, hop.kind, hop.printed_name, hop.address) == (
        State.SUGGESTED,
        "republished",
        "Island Mirror",
        ELSEWHERE,
    )
    assert hop.basis.startswith("same text: 9") and hop.basis.endswith("of its words")
    assert hop.capture.text == COPY and hop.position == article.hops.count()
    problem = document.problems[-1]
    assert (problem.level, problem.code) == ("info", "same-article") and article.title in problem.message


def test_an_aggregator_aggregates(article):
    import_page(COPY, ELSEWHERE, given={"publisher": "AllAfrica"})
    assert copy_of(article).kind == "aggregated"


def test_the_copy_again_changes_nothing(article):
    import_page(COPY, ELSEWHERE)
    before = Hop.history.count(), Capture.objects.count()
    assert import_page(COPY, ELSEWHERE)[0] == {"unchanged": 1}
    assert (Hop.history.count(), Capture.objects.count()) == before


def test_a_copy_that_changed_a_little_is_the_same_hop(article):
    import_page(COPY, ELSEWHERE)
    hop = copy_of(article)
    assert import_page(COPY.replace("ninety years", "91 years"), ELSEWHERE)[0] == {"changed": 1}
    assert "91 years" in copy_of(article).capture.text and copy_of(article).pk == hop.pk
    assert import_page(COPY.replace("ninety years", "91 years"), ELSEWHERE)[0] == {"unchanged": 1}


def test_a_changed_page_of_the_article_leaves_its_copies_alone(article, analyst):
    import_page(COPY, ELSEWHERE)
    import_page(FERRIES.replace("nine million", "ten million"))
    assert copy_of(article).state == State.SUGGESTED
    suggestions.confirm([copy_of(article)], by=analyst)
    import_page(FERRIES.replace("nine million", "eleven million"))
    assert copy_of(article).state == State.CONFIRMED


def test_a_dry_run_says_the_same_of_a_copy(article):
    dry = import_page(COPY, ELSEWHERE, dry_run=True)
    assert Article.objects.count() == 1 and not Hop.objects.exclude(capture=None).exists()
    assert import_page(COPY, ELSEWHERE) == dry


def test_articles_of_one_mould_stay_apart(article):
    """Nobody else publishes it, and the headline is another: a table of results is no copy of last week's."""
    assert article.title in FERRIES
    mould = FERRIES.replace(article.title, "Ferries to the northern islands, week 25")
    for dry_run in (True, False):
        summary, document = import_page(mould, "week25.txt", dry_run=dry_run)
        assert summary == {"new": 1}
        assert [problem.code for problem in document.problems if "alike" in problem.code] == ["text-alike"]
    assert Article.objects.count() == 2


def test_another_article_is_an_article(article):
    other = (
        "The tram depot of Newford burned on a cold night in March while its drivers slept next door. Firemen saved nine "
        "of the old cars, among them one that had carried two queens and a circus. The town wants to build again, the "
        "mayor told the Guardian on Tuesday, and a collection at the station brought four thousand crowns in a day. "
        "How the fire began is not known, and the insurers have sent three of their own people."
    )
    assert import_page(f"Depot Burns\n\n{other}\n", ELSEWHERE)[0] == {"new": 1}


def test_a_copy_that_is_none_becomes_an_article_of_its_own(article, analyst):
    import_page(COPY, ELSEWHERE)
    made = split_off(copy_of(article), by=analyst)
    assert copy_of(article).state == State.REJECTED and copy_of(article).decided_by == analyst
    assert made.capture == copy_of(article).capture and made.title == article.title and made.slug != article.slug
    assert made.citations.exists()
    with pytest.raises(Refused):
        split_off(copy_of(article), by=analyst)
    changed = COPY.replace("nine million", "ten million")
    assert import_page(changed, ELSEWHERE)[0] == {"changed": 1}
    made.refresh_from_db()
    assert "ten million" in made.body and Article.objects.count() == 2


def test_a_rejected_copy_that_changes_is_not_suggested_again(article, analyst):
    import_page(COPY, ELSEWHERE)
    suggestions.reject([copy_of(article)], by=analyst)
    assert import_page(COPY, ELSEWHERE)[0] == {"unchanged": 1}
    assert import_page(COPY.replace("nine million", "ten million"), ELSEWHERE)[0] == {"new": 1}
    assert article.hops.exclude(capture=None).count() == 1


def test_every_article_has_its_fingerprints_and_they_follow_its_text(article):
    first = set(article.fingerprints.values_list("value", flat=True))
    assert len(first) == 4
    import_page(FERRIES.replace("The ferry line", "After all the ferry line").replace("Tickets", "All tickets"))
    assert Fingerprint.objects.filter(article=article).count() == 4


def chain(text: str, **given) -> list[tuple[str, str, str]]:
    import_page(text, given=given)
    hops = Article.objects.latest("pk").hops.order_by("position")
    return [(hop.kind, hop.name, hop.basis) for hop in hops]


def test_the_byline_is_the_basis_of_who_wrote(article):
    hop = article.hops.get(kind="wrote")
    assert (hop.printed_name, hop.basis) == ("Ada Harbour", "By Ada Harbour")


def test_an_aggregator_that_names_the_origin_aggregates_what_was_published_there():
    text = FERRIES + "\nThis article originally appeared in The Hill.\n"
    found = chain(text, publisher="AllAfrica")
    assert [hop[:2] for hop in found] == [
        ("wrote", "Ada Harbour"),
        ("published", "The Hill"),
        ("aggregated", "AllAfrica"),
    ]
    assert "originally appeared in The Hill" in found[1][2] and found[2][2] == "given"


def test_news_from_an_outlet_is_summarised():
    found = chain(FERRIES + "\nNews from CNN\n", publisher="Island Mirror")
    assert ("published", "CNN", "News from CNN") in found
    assert found[-1] == ("summarised", "Island Mirror", "News from CNN")


def test_an_agency_in_the_dateline_is_agency_copy():
    text = FERRIES.replace("The ferry line to", "OLDHAVEN (Reuters) - The ferry line to")
    found = chain(text, publisher="Island Mirror")
    assert [hop[:2] for hop in found if hop[0] != "wrote"] == [
        ("agency", "Reuters"),
        ("republished", "Island Mirror"),
    ]


def test_without_evidence_of_another_the_publisher_published():
    assert chain(FERRIES, publisher="Island Mirror")[-1][:2] == ("published", "Island Mirror")
