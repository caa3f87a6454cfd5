"""A reader comes back: the browser alone knows what the page said, and lists what has changed since."""

from datetime import date

import pytest

from kb.models import Article, Rating
from tests.factories import BODY, make_appearance, make_correction, make_published_article, make_published_check

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def article():
    article = make_published_article(slug="grain")
    make_appearance(article, make_published_check().claim)
    make_appearance(article, make_published_check().claim, exact="two more convoys are waiting")
    return article


def stored(page) -> int:
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('kb-read:')).length")


def changed_words(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(body=BODY.replace("40 per cent", "4 per cent"), revision=2)


def listed(page) -> list[str]:
    return [" ".join(row.split()) for row in page.locator("#receipt li").all_inner_texts()]


def test_what_changed_since_the_last_visit_is_listed_until_it_was_seen_and_no_request_tells(page, article):
    sent, complaints = [], []
    page.on("request", lambda request: sent.append((request.method, request.url, request.all_headers().get("cookie"))))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/articles/grain/")
    assert not page.locator("#receipt").is_visible()
    assert stored(page) == 1
    page.reload()
    assert not page.locator("#receipt").is_visible()

    claim = article.appearances.order_by("start").first().claim
    make_published_check(claim, rating=Rating.objects.get(slug="false"))
    make_published_check(article.appearances.order_by("start").last().claim, as_of=date(2025, 7, 1))
    make_correction(article=article)
    changed_words(article)
    for _ in range(2):
        page.reload()
        assert page.locator("#receipt").is_visible()
        assert listed(page) == [
            f"Verdict changed: {claim.text} was True, now False",
            f"Checked again: {article.appearances.order_by('start').last().claim.text} still True",
            "Correction: wording",
            "Sentence changed: was Exports rose by 40 per cent in May. now Exports rose by 4 per cent in May.",
        ]
    page.click("#receipt li:last-child a")
    assert "4 per cent in May" in page.locator(":target").inner_text()
    page.click("#receipt button")
    assert page.evaluate("document.activeElement.id") == "content"
    page.reload()
    assert not page.locator("#receipt").is_visible()

    assert complaints == []
    assert {method for method, _, _ in sent} == {"GET"}
    assert {cookie for _, _, cookie in sent} == {None}
    assert [address for _, address, _ in sent if "?" in address] == []
    assert page.context.cookies() == []


def test_sentences_that_came_and_went_are_told_apart(page, article):
    page.goto("/articles/grain/")
    body = BODY.replace("Nobody says for how long.", "") + " A strike has closed both piers."
    Article.objects.filter(pk=article.pk).update(body=body)
    page.reload()
    assert listed(page) == [
        "Sentence added: A strike has closed both piers.",
        "Sentence taken out: Nobody says for how long.",
    ]


def test_a_reader_who_wants_nothing_remembered_is_obeyed(page, article):
    page.goto("/articles/grain/")
    page.click("text=Forget all pages")
    assert stored(page) == 0
    changed_words(article)
    page.reload()
    assert stored(page) == 0 and not page.locator("#receipt").is_visible()
    page.click("text=Remember, and tell me what changes")
    assert stored(page) == 1


@pytest.mark.parametrize(
    "broken",
    [
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})",
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
        "localStorage.setItem('kb-read:/articles/grain/', '{\"at\": 7, \"claims\": []')",
    ],
)
def test_without_storage_the_page_is_whole_and_silent(page, article, broken):
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.add_init_script(broken)
    page.goto("/articles/grain/")
    assert not page.locator("#receipt").is_visible()
    assert page.locator(".text").first.is_visible()
    page.click(".text a.badge >> nth=0")
    assert page.locator(".card:target details").get_attribute("open") is not None
    assert complaints == []


def test_the_oldest_pages_are_forgotten_first(page, article):
    page.goto("/robots.txt")
    page.evaluate(
        "for (let n = 0; n < 100; n++) localStorage.setItem(`kb-read:/articles/${n}/`, JSON.stringify("
        "{at: new Date(n * 1e9).toISOString(), claims: {}, corrections: {}, sentences: []}))"
    )
    page.goto("/articles/grain/")
    assert stored(page) == 80
    assert page.evaluate("localStorage.getItem('kb-read:/articles/0/')") is None
    assert page.evaluate("localStorage.getItem('kb-read:/articles/99/')") is not None
