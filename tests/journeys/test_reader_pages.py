"""Readers in a real browser: on a phone, in the dark, from right to left, without scripts, on paper, by keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from kb.models import Rating, Source
from kb.services import verdicts
from tests.factories import (
    decided,
    make_appearance,
    make_citation,
    make_claim,
    make_note,
    make_person,
    make_published_article,
    make_published_check,
    make_tag,
    make_user,
    words,
)

pytestmark = pytest.mark.django_db(transaction=True)

PERSIAN = (
    "#ایران و #روسیه پیمانی امضا کردند (#Reuters, January 17). صادرات در ماه مه چهل درصد افزایش یافت.\n\n"
    "ارزش این دادوستد 4.8 میلیارد دلار بود."
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def site():
    """One article of each direction, and a claim of every standing."""
    tag = make_tag("Grain")
    article = make_published_article(
        title="Grain leaves the port", slug="grain", genre="opinion", standfirst="Ships again, and figures with them."
    )
    citation = make_citation(article, date_resolved="2025-06-12", date_basis="published-before")
    false = make_published_check(rating=Rating.objects.get(slug="false"), rationale="The office says 4 per cent.")
    make_appearance(article, false.claim).citations.add(citation)
    reopened = make_published_check(rating=Rating.objects.get(slug="mixed"))
    verdicts.reopen(reopened, by=make_user(group="editor"), reason="New figures are out.")
    make_appearance(article, reopened.claim, exact="two more convoys are waiting")
    cnn = make_citation(article, as_printed="#CNN", source=Source.objects.get(slug="cnn"))
    make_note(article=article, access="public", **words(article, "harbour"))
    make_note(citation=cnn, access="public")
    article.tags.add(tag)
    author = make_person(name="Ada Harbour", slug="ada")
    article.hops.create(position=1, kind="wrote", person=author, **decided("confirmed"))

    persian = make_published_article(
        title="پیمان تهران و مسکو",
        slug="persian",
        body=PERSIAN,
        language="fa",
        direction="rtl",
        genre="analysis",
        display="excerpt",
    )
    make_citation(persian, as_printed="(#Reuters, January 17)", date_printed="January 17", date_edtf="XXXX-01-17")
    for slug, exact in [("true", "صادرات در ماه مه چهل درصد افزایش یافت"), ("unproven", "ارزش این دادوستد")]:
        check = make_published_check(make_claim(text=exact, language="fa"), rating=Rating.objects.get(slug=slug))
        make_appearance(persian, check.claim, exact=exact)
    persian.tags.add(tag)
    return {
        "home": "/",
        "articles": "/articles/?genre=opinion&genre=news",
        "no articles": "/articles/?genre=nonsense",
        "article": "/articles/grain/",
        "persian article": "/articles/persian/",
        "claims": "/claims/",
        "claim": false.claim.get_absolute_url(),
        "persian claim": check.claim.get_absolute_url(),
        "sources": "/sources/",
        "source": "/sources/reuters/",
        "topics": "/topics/",
        "topic": "/topics/grain/",
        "person": "/people/ada/",
        "timeline": "/timeline/",
        "forecasts": "/forecasts/",
        "method": "/method/",
        "not found": "/articles/nothing/",
    }


def violations(page) -> list[str]:
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_assistive_tools_and_the_policy_find_nothing_to_complain_of(page, site, width, scheme):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    for name, address in site.items():
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        assert violations(page) == [], name
    assert [complaint for complaint in complaints if "404" not in complaint] == []


def test_nothing_runs_off_a_narrow_phone(page, site):
    page.set_viewport_size({"width": 320, "height": 640})
    make_published_article(title="W" * 200, slug="wide", body=f"{'w' * 300} https://example.org/{'a' * 200}")
    for name, address in {**site, "wide": "/articles/wide/"}.items():
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name


def test_every_request_goes_to_this_site(page, site, live_server):
    elsewhere = []
    page.on("request", lambda request: None if request.url.startswith(live_server.url) else elsewhere.append(request.url))  # fmt: skip
    for address in site.values():
        page.goto(address)
    assert elsewhere == []
    assert page.context.cookies() == []


def test_reader_without_scripts_reads_filters_and_follows_a_mark_to_its_card_and_back(browser, site, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/articles/")
    page.click("summary")
    page.check("text=opinion")
    page.click("main button")
    assert "Persian" not in page.content()
    page.click("text=Grain leaves the port")
    page.click("mark.refuted + a")
    assert page.locator(".card:target").inner_text().startswith("1")
    page.click(".card:target summary")
    assert "The office says 4 per cent." in page.locator(".card:target").inner_text()
    page.click(".card:target .back a")
    assert page.locator("mark:target").inner_text() == "Exports rose by 40 per cent in May"
    context.close()


def test_reader_skips_to_the_content_by_keyboard(page, site):
    page.goto("/articles/grain/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_card_comes_to_the_reader_and_the_text_stays(page, site):
    page.set_viewport_size({"width": 1280, "height": 500})
    make_published_article(slug="long", body="\n\n".join(f"Paragraph {n} of the harbour." for n in range(80)))
    article = make_published_article(slug="longer", body="\n\n".join(f"Paragraph {n}." for n in range(90)))
    for number in range(0, 90, 10):
        make_appearance(article, exact=f"Paragraph {number}.")
    page.goto("/articles/longer/")
    badge = page.locator(".text a.badge").nth(6)
    badge.scroll_into_view_if_needed()
    before = badge.bounding_box()["y"]
    badge.click()
    assert abs(badge.bounding_box()["y"] - before) < 40
    card = page.locator(".card:target").bounding_box()
    assert 0 <= card["y"] < 500


def test_on_paper_the_verdicts_stand_in_words_and_the_chrome_is_gone(page, site):
    page.emulate_media(media="print", color_scheme="dark")
    page.goto("/articles/grain/")
    assert page.locator("mark.refuted + a").inner_text().startswith("✗ False")
    assert not page.locator("nav").first.is_visible()
    assert page.locator(".printed").is_visible()
    assert page.locator(".cards .badge").first.is_visible()
    colours = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.querySelector('.card')).color]"
    )
    assert colours[1] == "rgb(0, 0, 0)"
