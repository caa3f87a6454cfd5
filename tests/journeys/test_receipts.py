"""An analyst undoes a decision of the import and applies a change, in a real browser under the strict policy."""

import pytest
from django.urls import reverse
from django.utils import timezone

from kb.models import Article, ArticleStatus
from tests.factories import make_user
from tests.importing.pages_of_ports import FERRIES, import_page

from .signing_in import sign_in
from .test_desk import console, violations  # noqa: F401

PERSIAN = """خط کشتی به جزیره‌های بیرونی بازگشت

خط کشتی به جزیره‌های بیرونی از دوشنبه دوباره به راه می‌افتد، هیئت بندر این را شامگاه جمعه پس از گفت‌وگویی دراز تصمیم گرفت. ماهیگیران از زمستان چشم به راه این تصمیم بودند.

به گزارش رویترز، اسکلهٔ تازه نه میلیون کرون هزینه برداشت و استان آن را پرداخت. شمارهٔ حساب IR120570029971601460641001 برای کمک‌ها باز است.

بهای بلیت یک سوم بیشتر از پیش خواهد بود. جزیره‌نشینان یکشنبه‌ها رایگان سفر می‌کنند، همان گونه که از نود سال پیش چنین بوده است.
"""
PAGE = FERRIES.replace(
    "The Guardian reported", "Sign up for our newsletter and never miss a story\n\nThe Guardian reported"
)


def come_in(page):
    page.goto("/admin/")
    sign_in(page, "mirela")
    page.wait_for_selector("#waiting-own, #waiting-all")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_a_block_is_put_back_and_a_change_is_applied(page, console, width, scheme):  # noqa: F811
    make_user("mirela", group="editor")
    import_page(PAGE)
    article = Article.objects.get()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    come_in(page)

    page.goto(reverse("admin:kb_article_change", args=[article.pk]))
    page.click("text=Receipt")
    page.wait_for_selector("#capture-heading")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.click("button[aria-label^='Put back: Sign up']")
    page.wait_for_selector("text=These words stand in the text again.")
    article.refresh_from_db()
    assert "Sign up for our newsletter" in article.body
    page.click("button[aria-label^='Take out: Sign up']")
    page.wait_for_selector("text=These words were taken out of the text.")

    Article.objects.filter(pk=article.pk).update(status=ArticleStatus.PUBLISHED, published_at=timezone.now())
    import_page(PAGE.replace("nine million", "ten million").replace("a long debate", "a lengthy debate"))
    page.goto("/admin/")
    page.click("text=Changed pages")
    page.click("#result_list a:has-text('Ferry Line')")
    page.wait_for_selector("text=Apply to the text")
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.click("text=Apply to the text")
    page.wait_for_selector("text=The change was applied to the text.")
    article.refresh_from_db()
    assert "ten million" in article.body
    assert console == []


@pytest.mark.django_db(transaction=True)
def test_a_text_from_right_to_left_reads_so_on_both_pages(page, console):  # noqa: F811
    make_user("mirela", group="analyst")
    import_page(PERSIAN)
    import_page(PERSIAN.replace("نه میلیون", "ده میلیون"))
    article = Article.objects.get()
    come_in(page)
    page.goto(reverse("admin:kb_article_receipt", args=[article.pk]))
    block = page.locator(".article .block p").first
    assert block.evaluate("one => getComputedStyle(one).direction") == "rtl"
    assert violations(page) == []
    page.goto(reverse("admin:kb_article_changes", args=[article.pk]))
    assert page.locator(".change ins").first.inner_text() == "ده"
    assert violations(page) == []
    assert console == []
