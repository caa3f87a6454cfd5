"""Run in a process of its own: somebody saves a claim at the desk, and the database goes in the middle of it.

Prints one JSON object of what was answered. Arguments: what goes ("sqlite-locked", "sqlite-read-only", "postgres"), and
for PostgreSQL the commands that stop and start the server.
"""

import json
import logging
import os
import subprocess
import sys
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django
from django.conf import settings

django.setup()

# Behind the setup, which may put another library in its place: two of them in one process see no locks of one another.
import sqlite3  # noqa: E402

from django.contrib.auth.models import User  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.db.models.signals import post_save, pre_save  # noqa: E402
from django.test import Client  # noqa: E402

from kb.models import Claim  # noqa: E402
from tests.admin.pages import fields_of, kept_in, page_of  # noqa: E402
from tests.factories import make_published_article  # noqa: E402
from tests.plainly import make_tables  # noqa: E402

logging.disable(logging.CRITICAL)
settings.DEBUG = False
settings.ALLOWED_HOSTS = ["testserver"]
what, *commands = sys.argv[1:]


class Going:
    """Makes the database go and come back."""

    def __init__(self):
        self.other = None

    def go(self) -> None:
        if what == "postgres":
            subprocess.run(json.loads(commands[0]), check=True, stdout=subprocess.DEVNULL)
        elif what == "sqlite-locked":
            self.other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
            self.other.execute("BEGIN EXCLUSIVE")
        else:
            connection.cursor().execute("PRAGMA query_only = ON")

    def come_back(self) -> None:
        if what == "postgres":
            subprocess.run(json.loads(commands[1]), check=True, stdout=subprocess.DEVNULL)
        elif what == "sqlite-locked":
            self.other.close()
        else:
            connection.cursor().execute("PRAGMA query_only = OFF")


def answer(response, seconds=0.0) -> dict:
    return {
        "status": response.status_code,
        "retry_after": response.headers.get("Retry-After"),
        "csp": "default-src 'none'" in response.headers.get("Content-Security-Policy", ""),
        "page": response.content.decode(),
        "seconds": seconds,
    }


def timed(ask) -> dict:
    began = time.monotonic()
    return answer(ask(), time.monotonic() - began)


make_tables()
if connection.vendor == "sqlite":
    # Nobody has to wait as long as in life.
    connections.settings["default"]["OPTIONS"]["timeout"] = 0.2
    connection.close()
claim = Claim.objects.create(text="Ships sank.")
public = make_published_article().get_absolute_url()
client, reader = Client(raise_request_exception=False), Client(raise_request_exception=False)
client.force_login(User.objects.create_superuser("ada"))
form = {**fields_of(client.get(page_of(claim))), "text": "Ships swam.", "_continue": "1"}
before = (Claim.objects.get().version, Claim.history.count())

going, said = Going(), {}
# A row that is locked by somebody else cannot be saved at all; otherwise the first statement of the save goes through.
moment = pre_save if what == "sqlite-locked" else post_save


def in_the_middle(sender, **kwargs):
    moment.disconnect(in_the_middle, sender=Claim)
    going.go()


if what == "sqlite-locked":
    going.go()
else:
    moment.connect(in_the_middle, sender=Claim, weak=False)
began = time.monotonic()
broken_off = client.post(page_of(claim), form)
said["save"] = answer(broken_off, time.monotonic() - began)
# Pressed again while it is still away.
again = client.post(*kept_in(broken_off))
said["again"] = answer(again)
other_site = Client(enforce_csrf_checks=True, raise_request_exception=False)
said["other_site"] = answer(other_site.post(page_of(claim), form, headers={"Origin": "https://evil.example"}))
said["desk"] = timed(lambda: client.get("/admin/"))
said["reader"] = timed(lambda: reader.get(public))
said["livez"] = timed(lambda: reader.get("/livez"))
said["readyz"] = timed(lambda: reader.get("/readyz"))
going.come_back()
said["reader_after"] = timed(lambda: reader.get(public))
said["readyz_after"] = timed(lambda: reader.get("/readyz"))
said["kept"] = (Claim.objects.get().version, Claim.history.count()) == before
said["text"] = Claim.objects.get().text
said["save_after"] = timed(lambda: client.post(*kept_in(again)))
said["text_after"] = Claim.objects.get().text
said["versions_after"] = Claim.history.count()
print(json.dumps(said))
