"""Run in a process of its own: an act over two thousand rows at the desk, killed at one of its statements.

Arguments: "prepare"; or the act, "delete" or "confirm", and the number of the statement before which the process is killed,
0 for none; or "look". Prints one JSON object: how many statements the act took, or what is stored.
"""

import json
import logging
import os
import re
import signal
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django

django.setup()

from django.contrib.admin.models import LogEntry  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from simple_history.utils import bulk_create_with_history  # noqa: E402

from kb.models import Article, Citation, Claim, SentForm, Source  # noqa: E402
from kb.services import integrity  # noqa: E402
from tests.admin.pages import list_of  # noqa: E402
from tests.plainly import make_tables  # noqa: E402

ROWS = 2000
MODELS = {"delete": Claim, "confirm": Citation}
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


def prepare() -> dict:
    make_tables()
    User.objects.create_superuser("ada")
    bulk_create_with_history([Claim(text=f"Ships sank {n} times.") for n in range(ROWS)], Claim, batch_size=500)
    source = Source(name="Harbour Gazette", slug="harbour-gazette", kind="newspaper")
    source.save()
    article = Article.objects.create(title="Grain", slug="grain", body="Grain.")
    cited = {"article": article, "resolution": "resolved", "source": source, "state": "suggested"}
    rows = [Citation(position=n, as_printed=f"(#{n})", **cited) for n in range(1, ROWS + 1)]
    bulk_create_with_history(rows, Citation, batch_size=500)
    return {}


def act(what: str, last: int) -> dict:
    """Choose all rows on the list, and press what the pages ask for until it is over."""
    model, address = MODELS[what], list_of(MODELS[what])
    action = "delete_selected" if what == "delete" else "confirm"
    client, statements = Client(), 0
    client.force_login(User.objects.get(username="ada"))
    listed = client.get(address).context["action_form"]["listed_at"].value()
    sent = {"listed_at": listed, "action": action, "select_across": "1", "index": "0"}
    sent["_selected_action"] = [model.objects.first().pk]

    def counted(execute, *arguments):
        nonlocal statements
        statements += 1
        if statements == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*arguments)

    with connection.execute_wrapper(counted):
        response = client.post(address, sent)
        while response.status_code == 200:
            response = client.post(address, dict(HIDDEN.findall(response.content.decode())))
    return {"statements": statements, "status": response.status_code}


def look() -> dict:
    confirmed = Citation.objects.confirmed()
    return {
        "claims": Claim.objects.count(),
        "deleted": Claim.history.filter(history_type="-").count(),
        "logged": LogEntry.objects.filter(action_flag=3).count(),
        "confirmed": confirmed.count(),
        "versions": Citation.history.filter(state="confirmed").values("id").distinct().count(),
        "confirmed_without_who": confirmed.filter(decided_by=None).count(),
        "sent_forms": SentForm.objects.count(),
        # The rules across tables; those of each row the database keeps itself.
        "faults": [str(fault) for fault in integrity.faults(())],
    }


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    setup_test_environment()
    said = {"prepare": prepare, "look": look}.get(sys.argv[1]) or (lambda: act(sys.argv[1], int(sys.argv[2])))
    print(json.dumps(said()))
