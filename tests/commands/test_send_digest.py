"""The daily digest: once a day for who wants it, and never twice."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from kb.models import Digest, Follow, Notice
from kb.services import digests, notices
from tests.factories import make_claim, make_task, make_user

pytestmark = pytest.mark.django_db


def reader(name: str, **changes):
    person = make_user(name, **{"group": "analyst", "email": f"{name}@example.org", **changes})
    Digest.objects.create(user=person, since=timezone.now() - timedelta(days=1))
    return person


def tell(person, words="A verdict was published.", event="published:1") -> None:
    notices.tell(event, about=[make_claim()], words=words, people=[person])


def send(*options) -> str:
    out = StringIO()
    call_command("send_digest", *options, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def a_day_passes() -> None:
    Digest.objects.update(sent_at=timezone.now() - timedelta(days=1, minutes=1))
    Notice.objects.update(at=timezone.now() - timedelta(days=1, minutes=2))


def test_who_wants_it_gets_one_mail_of_what_is_new_and_due():
    ines = reader("ines")
    make_user("olof", group="analyst", email="olof@example.org")
    late = make_task(assignee=ines, due_on=timezone.localdate(), why="Look.")
    make_task(assignee=ines, due_on=timezone.localdate() + timedelta(days=9))
    tell(ines)
    assert send("--dry-run") == "Would send 1 digest."
    assert mail.outbox == []
    assert send() == "Sent 1 digest."
    [sent] = mail.outbox
    assert sent.to == ["ines@example.org"]
    assert "1 new notice, 1 task due" in sent.subject
    assert "A verdict was published." in sent.body and str(late) in sent.body
    assert f"http://localhost:8000/admin/kb/task/{late.pk}/change/" in sent.body
    assert sent.body.count("http://localhost:8000/admin/kb/task/") == 1


def test_a_second_run_the_same_day_sends_nothing_and_the_next_day_only_what_is_new():
    ines = reader("ines")
    tell(ines)
    assert [send(), send()] == ["Sent 1 digest.", "Sent 0 digests."]
    tell(ines, event="published:2")
    assert send() == "Sent 0 digests."
    a_day_passes()
    assert send() == "Sent 0 digests."
    tell(ines, words="Withdrawn.", event="withdrawn:2")
    assert send() == "Sent 1 digest."
    body = mail.outbox[-1].body
    assert "Withdrawn." in body and "2 earlier notices are unread." in body and "A verdict" not in body


def test_nobody_gets_one_without_news_an_address_an_account_or_the_right_to_look():
    reader("quiet")
    for person in (reader("mute", email=""), reader("closed"), reader("gone")):
        tell(person)
    User.objects.filter(username="closed").update(is_active=False)
    User.objects.get(username="gone").groups.clear()
    assert send() == "Sent 0 digests."


def test_a_private_note_stays_out_of_it():
    ines, claim = reader("ines"), make_claim()
    Follow.objects.create(user=ines, claim=claim, why="Zz secret.")
    notices.tell("published:1", about=[claim], words="Published.")
    send()
    [sent] = mail.outbox
    assert "Zz secret" not in sent.body + sent.alternatives[0].content


def test_words_of_people_keep_their_direction_and_are_no_markup():
    ines = reader("ines")
    tell(ines, words="منتشر شد: <b>grain</b>\nBcc: x@example.org")
    send()
    [sent] = mail.outbox
    html = sent.alternatives[0].content
    assert "- \u2067منتشر شد\u2069: <b>grain</b> Bcc: x@example.org\n" in sent.body
    assert "<bdi><bdi>منتشر شد</bdi>: &lt;b&gt;grain&lt;/b&gt;" in html and "<b>" not in html
    assert sent.recipients() == ["ines@example.org"]


def test_who_the_mail_server_refuses_is_named_and_served_by_the_next_run(monkeypatch):
    for name in ("ines", "olof"):
        tell(reader(name))
    working = EmailMultiAlternatives.send

    def send_to_some(self, **kwargs):
        if self.to == ["ines@example.org"]:
            raise OSError("mailbox full")
        return working(self, **kwargs)

    monkeypatch.setattr(EmailMultiAlternatives, "send", send_to_some)
    told = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("send_digest", stdout=StringIO(), stderr=told)
    assert refused.value.returncode == 1
    assert told.getvalue().strip() == "ines: mailbox full"
    monkeypatch.undo()
    assert send() == "Sent 1 digest."
    assert sorted(one.to[0] for one in mail.outbox) == ["ines@example.org", "olof@example.org"]


def test_killed_before_the_mail_left_it_is_not_sent_twice_and_nothing_is_lost(monkeypatch):
    ines = reader("ines")
    tell(ines)

    def killed(self, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(EmailMultiAlternatives, "send", killed)
    with pytest.raises(KeyboardInterrupt):
        send()
    monkeypatch.undo()
    assert send() == "Sent 0 digests."
    a_day_passes()
    tell(ines, words="Withdrawn.", event="withdrawn:2")
    send()
    assert "1 earlier notice is unread." in mail.outbox[0].body


def test_two_at_once_send_each_digest_once():
    for name in ("ines", "olof", "yara"):
        tell(reader(name))
    now = timezone.now()
    options = {"address": "https://kb.example", "site": "KB"}
    slow = digests.send(now, **options)
    next(slow)
    assert len(list(digests.send(now, **options))) == 2
    assert list(slow) == []
    assert len(mail.outbox) == 3


@pytest.mark.parametrize("lacking", ["MAILERS", "KB_ADDRESS"])
def test_without_a_way_to_send_or_an_address_nothing_runs_and_it_says_what_to_set(settings, lacking):
    setattr(settings, lacking, {"MAILERS": {}, "KB_ADDRESS": ""}[lacking])
    with pytest.raises(CommandError, match=r"et (EMAIL_URL|KB_ADDRESS)") as refused:
        send()
    assert refused.value.returncode == 2


def test_one_asks_for_it_and_ends_it_oneself():
    ines = make_user("ines", group="analyst")
    for _ in "ab":
        digests.want(True, by=ines)
    assert Digest.objects.get().user == ines
    digests.want(False, by=ines)
    assert not Digest.objects.exists()
