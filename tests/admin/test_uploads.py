"""Importing from the desk: send files, look at the plan, import bit by bit; no shell, no script."""

import json
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kb.importing import uploads
from kb.importing.interchange.format import VERSION
from kb.models import Article, Capture, Citation, ForeignCheck, ImportProblem, ImportRun, Source, Upload
from tests.factories import make_user

from .pages import list_of, messages_of, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_each_database]


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """However slow the machine is, a plan has time to look."""
    monkeypatch.setattr("kb.admin.uploads.LOOKED", 600)


TEXT = """{title}

By Ada Harbour

Published: 14 June 2025

Ships left the northern port again on Monday, and insurers lowered their premiums at once. Traders had waited for six weeks.

According to Reuters (June 12), the two ministries agreed to inspect every second vessel. The agreement will be reviewed in autumn.

Officials said that more convoys would follow if the weather holds. Nobody in the harbour expects the queue to shrink soon.
"""


def sent(name="corridor.txt", title="Grain Corridor Reopens After Talks", content=None):
    return SimpleUploadedFile(name, TEXT.format(title=title).encode() if content is None else content)


def upload(client, *files, **options):
    return client.post(reverse("admin:kb_importrun_upload"), {"files": files or [sent()], **options})


def address(view, run=None):
    return reverse(f"admin:kb_importrun_{view}", args=[(run or ImportRun.objects.get()).pk])


def press(client, act="import", run=None):
    """Press the button, then go on as a browser does that is told to refresh; the last answer and how many there were."""
    response, answers = client.post(address("work", run), {"act": act}), 0
    while True:
        if response.status_code == 302:
            response = client.get(response.url)
            answers += 1
        elif "Refresh" in response.headers:
            response = client.get(response.headers["Refresh"].split("url=")[1])
            answers += 1
        else:
            return response, answers


def test_a_page_goes_from_the_form_over_the_plan_into_an_article(analyst):
    response = upload(analyst, published="2025-06-14")
    plan = analyst.get(response.url).content.decode()
    assert "Grain Corridor Reopens After Talks" in plan and "Ada Harbour" in plan
    assert re.search(r"<strong>1</strong>\s*new", plan)
    final, _answers = press(analyst)
    article, run = Article.objects.get(), ImportRun.objects.get()
    assert (run.new, run.by, run.stage_in_words) == (1, analyst.user, "finished")
    assert run.options == {"published": "2025-06-14"}
    page = final.content.decode()
    assert f'href="{page_of(article)}"' in page and "The import is finished." in page
    assert Citation.objects.suggested().exists() and not Citation.objects.confirmed().exists()
    assert Capture.objects.get().received_by == analyst.user


def test_a_plan_writes_nothing_but_the_files(analyst):
    analyst.get(upload(analyst).url)
    assert (Upload.objects.count(), ImportRun.objects.get().stage_in_words) == (1, "planned")
    for model in (Article, Capture, Citation, ImportProblem):
        assert not model.objects.exists()


def test_many_pages_are_imported_in_several_requests_and_their_files_go(analyst, monkeypatch):
    upload(analyst, *(sent(f"{n}.txt", f"Convoy {n} leaves the northern port") for n in range(4)))
    monkeypatch.setattr("kb.admin.uploads.WORKED", 0)
    _final, answers = press(analyst)
    assert answers >= 4
    assert Article.objects.count() == ImportRun.objects.get().new == 4
    assert not Upload.objects.exclude(content=b"").exists()
    assert ImportRun.objects.get().files.count() == 4


def test_a_closed_page_stops_the_import_and_a_colleague_goes_on(analyst, sign_in, monkeypatch):
    monkeypatch.setattr("kb.admin.uploads.WORKED", 0)
    upload(analyst, *(sent(f"{n}.txt", f"Convoy {n} leaves the northern port") for n in range(3)))
    analyst.get(analyst.post(address("work"), {"act": "import"}).url)
    run = ImportRun.objects.get()
    assert (run.new, run.stage_in_words) == (1, "stopped")
    colleague = sign_in("analyst")
    stopped = colleague.get(address("work"))
    assert "It has stopped" in stopped.content.decode() and "Refresh" not in stopped.headers
    assert f'href="{address("work")}"' in colleague.get(page_of(run)).content.decode()
    press(colleague, "continue")
    run.refresh_from_db()
    assert (run.new, run.unchanged, run.stage_in_words, Article.objects.count()) == (3, 0, "finished", 3)


def test_what_a_request_imported_before_it_died_is_not_counted_twice(analyst, monkeypatch):
    upload(analyst, sent("1.txt"), sent("2.txt", "Another Convoy Leaves"))
    run = ImportRun.objects.get()
    uploads.go_on(run, by=analyst.user, seconds=0)
    # Dead before it could say that the file is done; its claim ends by itself.
    Upload.objects.filter(name="1.txt").update(is_done=False, content=sent().read())
    ImportRun.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    press(analyst, "continue")
    run.refresh_from_db()
    assert (run.new, run.unchanged, run.files.count()) == (2, 0, 2)


def test_two_people_at_once_do_not_import_twice(analyst, sign_in):
    upload(analyst)
    run = ImportRun.objects.get()
    ImportRun.objects.update(stage="running", claimed_until=timezone.now() + timedelta(seconds=30))
    colleague = sign_in("analyst")
    response = colleague.get(colleague.post(address("work"), {"act": "import"}).url)
    assert not Article.objects.exists()
    assert ImportRun.objects.get().claimed_until is not None
    watching = colleague.get(address("work"))
    assert "Somebody is importing this" in watching.content.decode()
    assert watching.headers["Refresh"].startswith("3;")
    assert response.status_code == 200
    assert not uploads.go_on(run, by=colleague.user, seconds=1)


def test_looking_at_a_run_imports_nothing(analyst, sign_in):
    upload(analyst)
    ImportRun.objects.update(stage="running")
    word = analyst.post(address("work"), {"act": "import"}).url
    other = sign_in("analyst")
    for go in ("", "?go=", "?go=forged", word.partition("work/")[2]):
        assert other.get(address("work") + go).status_code == 200
    assert not Article.objects.exists()


def checks_of_others(count) -> bytes:
    claims = [
        {
            "text": f"The {n}th ship left.",
            "claimReview": [
                {
                    "publisher": {"name": "Harbour Facts", "site": "harbour-facts.example"},
                    "url": f"https://harbour-facts.example/{n}",
                    "textualRating": "False",
                    "languageCode": "en",
                }
            ],
        }
        for n in range(count)
    ]
    return json.dumps({"claims": claims}).encode()


def test_a_run_of_the_command_is_not_continued_or_cancelled_from_the_desk(analyst):
    run = ImportRun.objects.create()
    for act in ("import", "cancel"):
        assert analyst.post(address("work", run), {"act": act}).status_code == 404
    assert analyst.get(address("plan", run)).status_code == 404
    run.refresh_from_db()
    assert run.finished_at is None


def test_a_file_of_records_is_planned_in_part_and_imported_in_several_requests(analyst, monkeypatch):
    monkeypatch.setattr("kb.admin.uploads.WORKED", 0)
    response = upload(analyst, sent("checks.json", content=checks_of_others(400)), sent())
    plan = analyst.get(response.url).content.decode()
    assert re.search(r"<strong>401</strong>\s*new", plan)
    assert plan.count("<h2") == 51 and "The 49th ship left." in plan and "The 50th ship left." not in plan
    assert "The first 51 of 401 are shown." in plan
    assert not ForeignCheck.objects.exists()
    go = analyst.post(address("work"), {"act": "import"}).url
    page = analyst.get(go)
    run = ImportRun.objects.get()
    assert 0 < run.new == ForeignCheck.objects.count() < 400
    assert 0 < uploads.progress_of(run).done < uploads.progress_of(run).size
    assert "0 of 2 files" in page.content.decode()
    final, answers = press(analyst, "continue")
    run.refresh_from_db()
    assert (run.new, run.unchanged, run.failed) == (401, 0, 0)
    assert ForeignCheck.objects.count() == 400 and Article.objects.count() == 1 and answers > 2
    assert "400 records" in final.content.decode()


def test_the_plan_speaks_of_what_this_person_may_import(sign_in):
    line = {"kind": "source", "version": VERSION, "slug": "quay-times", "name": "Quay Times", "type": "newspaper"}
    content = json.dumps(line).encode() + b"\n"
    for group, said in (("analyst", "can be imported by an administrator"), ("administrator", "Quay Times")):
        client = sign_in(group)
        run = ImportRun.objects.get(pk=upload(client, sent("register.jsonl", content=content)).url.split("/")[-3])
        assert said in client.get(address("plan", run)).content.decode()
        assert not Source.objects.filter(slug="quay-times").exists()
        press(client, run=run)
        assert Source.objects.filter(slug="quay-times").exists() == (group == "administrator")


def test_a_cancelled_import_keeps_what_it_did_and_drops_the_rest(analyst, monkeypatch):
    monkeypatch.setattr("kb.admin.uploads.WORKED", 0)
    upload(analyst, *(sent(f"{n}.txt", f"Convoy {n} leaves the northern port") for n in range(3)))
    go = analyst.get(analyst.post(address("work"), {"act": "import"}).url).headers["Refresh"].split("url=")[1]
    assert "Cancelled" in messages_of(analyst.post(address("work"), {"act": "cancel"}, follow=True))
    analyst.get(go)
    run = ImportRun.objects.get()
    assert (run.new, run.stage_in_words, Article.objects.count()) == (1, "cancelled", 1)
    assert not Upload.objects.exclude(content=b"").exists()
    assert "over already" in messages_of(analyst.post(address("work"), {"act": "cancel"}, follow=True))
    assert not uploads.go_on(run, by=analyst.user, seconds=1)


def test_the_same_upload_again_is_known(analyst):
    upload(analyst)
    press(analyst)
    plan = analyst.get(upload(analyst).url).content.decode()
    assert "known already" in plan and "There is nothing new to import." in plan


def test_two_pages_of_one_name_are_two_pages_and_an_address_makes_them_one(analyst, sign_in):
    for client, title in ((analyst, "Grain Corridor Reopens"), (sign_in("analyst"), "Wool Prices Fall")):
        run = ImportRun.objects.get(pk=upload(client, sent("page.txt", title)).url.split("/")[-3])
        press(client, run=run)
    assert Article.objects.count() == 2
    for title in ("Barley Corridor Reopens", "Barley Corridor Reopens Again"):
        response = upload(analyst, sent("page.txt", title), address="https://harbour.example/barley")
        press(analyst, run=ImportRun.objects.get(pk=response.url.split("/")[-3]))
    assert Article.objects.count() == 3
    assert ImportRun.objects.first().changed == 1


def test_two_folders_may_hold_one_name(analyst):
    upload(analyst, sent("page.txt", "Grain Corridor Reopens"), sent("page.txt", "Wool Prices Fall"))
    press(analyst)
    assert Article.objects.count() == 2
    assert set(ImportRun.objects.get().files.values_list("file", flat=True)) == {"page.txt", "page (2).txt"}


BAD = {
    "empty.txt": (b"", "is empty"),
    "binary.txt": (b"PK\x00\x00\xff\xfe", "is"),
    "nul.html": (b"<p>Grain\x00 left</p>", "NUL"),
    "latin.txt": ("Wärme".encode("latin-1"), "UTF-8"),
    "unknown.jsonl": (b'{"nothing": "known"}\n', "unknown.jsonl"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_gives_no_page_is_named_in_the_plan_and_in_the_run(analyst, name):
    content, said = BAD[name]
    plan = analyst.get(upload(analyst, sent(name, content=content), sent()).url).content.decode()
    assert name in plan and "cannot be imported" in plan and said in plan
    press(analyst)
    run = ImportRun.objects.get()
    assert (run.new, run.failed) == (1, 1)
    assert run.problems.filter(file=name).exists() and name in analyst.get(page_of(run)).content.decode()


@pytest.mark.parametrize(
    "name, shown",
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\boot.txt", "boot.txt"),
        ("gra\u202etxt.in.txt", "gra"),
        ("<script>alert(1)</script>.txt", "script"),
        ("grain%0D%0Aport.txt", "grain"),
        ("x" * 400 + ".txt", "xxx"),
    ],
)
def test_a_hostile_name_is_only_shown_and_never_a_path(analyst, name, shown, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    upload(analyst, sent(name))
    kept = Upload.objects.get().name
    assert shown in kept and len(kept) <= 255
    assert not set(kept) & set("/\\\r\n\0\u202e")
    page = analyst.get(address("plan")).content.decode()
    assert "<script>alert" not in page
    press(analyst)
    assert Article.objects.count() == 1 and not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "files, said",
    [
        ([], "This field is required"),
        ([("page.exe", b"MZ")], "none of the kinds"),
        ([("big.txt", b"x" * (5 * 1024 * 1024 + 1))], "larger than 5 MB"),
        ([("big.json", b"x" * (50 * 1024 * 1024 + 1))], "larger than 50 MB"),
    ],
)
def test_what_cannot_be_imported_is_refused_before_it_is_kept(analyst, files, said):
    response = analyst.post(
        reverse("admin:kb_importrun_upload"), {"files": [SimpleUploadedFile(*file) for file in files]}
    )
    assert said in response.content.decode()
    assert not Upload.objects.exists() and not ImportRun.objects.exists()


def test_a_request_that_is_too_large_is_refused_unread(analyst):
    class Body:
        was_read = False

        def read(self, *_):
            self.was_read = True
            return b""

        readline = read

    body = Body()
    response = analyst.generic(
        "POST",
        reverse("admin:kb_importrun_upload"),
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(70 * 1024 * 1024),
        **{"wsgi.input": body},
    )
    assert response.status_code == 413 and "60 MB" in response.content.decode()
    assert not body.was_read


def test_too_many_files_are_refused_in_words(analyst):
    response = upload(analyst, *(sent(f"{n}.txt", content=b"Grain.") for n in range(101)))
    assert response.status_code == 413 and "At most 100 files" in response.content.decode()
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    "options, said",
    [
        ({"published": "14.6.2025"}, "no date we can read"),
        ({"language": "English please"}, "Write a language as"),
        ({"address": "javascript:alert(1)"}, "valid URL"),
    ],
)
def test_options_are_checked_as_the_command_checks_them(analyst, options, said):
    response = upload(analyst, **options)
    assert said in response.content.decode() and not ImportRun.objects.exists()


def test_an_address_is_of_one_page(analyst):
    response = upload(analyst, sent("1.txt"), sent("2.txt"), address="https://harbour.example/1")
    assert "address of one page" in response.content.decode()


def test_only_who_may_import_reaches_the_pages(sign_in, client, analyst):
    upload(analyst)
    addresses = [reverse("admin:kb_importrun_upload"), address("plan"), address("work")]
    for one in addresses:
        assert client.get(one).status_code == 302
        assert client.post(one, {"act": "import"}).status_code == 302
        reader = sign_in("reader-of-drafts")
        assert reader.get(one).status_code == 403
        assert reader.post(one, {"act": "import"}).status_code == 403
    looker = sign_in("reader-of-drafts")
    with pytest.raises(Exception, match="may not import"):
        uploads.go_on(ImportRun.objects.get(), by=looker.user, seconds=1)
    assert not Article.objects.exists()


def test_a_form_from_elsewhere_is_refused(analyst):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(analyst.user)
    assert upload(strict).status_code == 403
    upload(analyst)
    assert strict.post(address("work"), {"act": "import"}).status_code == 403
    assert ImportRun.objects.count() == 1


def test_a_page_that_breaks_the_importer_is_one_failed_page(analyst, monkeypatch, caplog):
    def stumble(page, register):
        raise RecursionError("too deep")

    upload(analyst, sent("1.txt"), sent("2.txt"))
    monkeypatch.setattr("kb.importing.parallel.extract_page", stumble)
    press(analyst)
    run = ImportRun.objects.get()
    assert (run.failed, run.stage_in_words) == (2, "finished")
    assert "the importer stumbled" in run.problems.first().message
    assert "too deep" in caplog.text


def test_a_plan_that_takes_too_long_says_how_far_it_looked(analyst, monkeypatch):
    monkeypatch.setattr("kb.admin.uploads.LOOKED", 0)
    plan = analyst.get(upload(analyst, sent("1.txt"), sent("2.txt", "Wool")).url).content.decode()
    assert "There was no time to look at everything" in plan


def test_plans_nobody_ran_are_dropped_with_their_files(analyst):
    upload(analyst)
    ImportRun.objects.update(started_at=timezone.now() - timedelta(days=8))
    upload(analyst)
    assert ImportRun.objects.filter(stage="cancelled").count() == 1
    assert Upload.objects.exclude(content=b"").count() == 1


def test_the_list_of_runs_says_how_each_stands_and_offers_the_upload(analyst):
    now = timezone.now()
    for changes in (
        {"stage": "planned"},
        {"claimed_until": now + timedelta(minutes=1)},
        {"claimed_until": None},
        {"finished_at": now},
        {"stage": "cancelled", "finished_at": now},
    ):
        ImportRun.objects.create(started_at=now - timedelta(hours=1), by=make_user(), **changes)
    page = analyst.get(list_of(ImportRun)).content.decode()
    for word in ("planned", "running", "stopped", "finished", "cancelled"):
        assert f">{word}</span>" in page
    assert reverse("admin:kb_importrun_upload") in page


def test_the_plan_says_of_each_check_what_it_would_become(analyst):
    upload(analyst, sent("checks.json", content=checks_of_others(2)))
    press(analyst)
    later = json.loads(checks_of_others(4))
    later["claims"][1]["claimReview"][0]["textualRating"] = "True"
    later["claims"][3]["text"] = ""
    response = upload(analyst, sent("checks.json", content=json.dumps(later).encode()))
    assert response.status_code == 302
    plan = analyst.get(response.url).content.decode()
    became = re.findall(r'<li class="is-(\w*)">\s*<h2', plan)
    assert became == ["unchanged", "changed", "new", "failed"]
    press(analyst, run=ImportRun.objects.order_by("pk").last())
    assert list(ForeignCheck.objects.order_by("pk").values_list("rating_words", flat=True)) == [
        "False",
        "True",
        "False",
    ]


def test_a_page_that_is_a_check_and_our_own_records_come_in_by_the_desk(sign_in):
    review = {
        "@type": "ClaimReview",
        "claimReviewed": "The ships left.",
        "author": {"name": "Harbour Facts"},
        "reviewRating": {"alternateName": "False"},
    }
    words = "".join(f"<p>The {name} ship left the harbour with grain on Monday, says the customs office of the port.</p>" for name in ("first", "second", "third", "fourth"))  # fmt: skip
    page = f'<html lang="en"><head><title>Did the ships leave?</title><script type="application/ld+json">{json.dumps(review)}</script></head><body><article><h1>Did the ships leave?</h1>{words}</article></body></html>'  # fmt: skip
    line = {"kind": "source", "version": VERSION, "slug": "quay-times", "name": "Quay Times", "type": "newspaper"}
    administrator = sign_in("administrator")
    files = sent("check.html", content=page.encode()), sent("ours.jsonl", content=json.dumps(line).encode() + b"\n")
    plan = administrator.get(upload(administrator, *files, address="").url).content.decode()
    assert "Did the ships leave?" in plan and "Quay Times" in plan
    assert re.search(r"Fact-checks of others</dt><dd>1<", plan)
    assert not ForeignCheck.objects.exists() and not Source.objects.filter(slug="quay-times").exists()
    press(administrator)
    assert (Article.objects.count(), ForeignCheck.objects.get().statement) == (1, "The ships left.")
    assert Source.objects.get(slug="quay-times").name == "Quay Times"
