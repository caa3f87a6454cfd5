"""Pages of the desk as a browser meets them: their addresses, and what their forms would send."""

import html
import re
from html.parser import HTMLParser

from django.db import models
from django.urls import reverse

from kb.admin.reconciling import version_of


def page_of(row: models.Model, view: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{view}", args=[row.pk])


def list_of(model: type[models.Model], view: str = "changelist") -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}")


class _Fields(HTMLParser):
    """What the main form of a page would send if nothing were touched and no button pressed."""

    def __init__(self):
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self._inside = False
        self._area = self._select = None
        self._first_option = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name") or ""
        if tag == "form":
            self._inside = (attrs.get("id") or "").endswith("_form") and attrs["id"] != "logout-form"
        if not self._inside:
            return
        if tag == "input" and name and attrs.get("type") not in ("submit", "button"):
            if attrs.get("type") not in ("checkbox", "radio") or "checked" in attrs:
                unsaid = "on" if attrs.get("type") == "checkbox" else ""
                self.sent.setdefault(name, []).append(attrs.get("value") or unsaid)
        elif tag == "textarea":
            self._area = name
            self.sent[name] = [""]
        elif tag == "select":
            self._select, self._first_option, self._is_multiple = name, None, "multiple" in attrs
        elif tag == "option" and self._select:
            value = attrs.get("value") or ""
            if "selected" in attrs:
                self.sent.setdefault(self._select, []).append(value)
            elif self._first_option is None:
                self._first_option = value

    def handle_data(self, data):
        if self._area:
            self.sent[self._area][0] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self._inside = False
        elif tag == "textarea" and self._area:
            # The browser drops the newline behind the tag and sends CR LF.
            text = self.sent[self._area][0].removeprefix("\r\n").removeprefix("\n")
            self.sent[self._area][0] = text.replace("\r\n", "\n").replace("\n", "\r\n")
            self._area = None
        elif tag == "select" and self._select:
            if self._select not in self.sent and not self._is_multiple and self._first_option is not None:
                self.sent[self._select] = [self._first_option]
            self._select = None


def fields_of(response) -> dict[str, list[str]]:
    parser = _Fields()
    parser.feed(response.content.decode())
    return parser.sent


_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


def kept_in(response) -> tuple[str, dict[str, list[str]]]:
    """Where the form of a page that keeps what was sent leads, and its fields as a browser sends them."""
    page = response.content.decode()
    form = re.search(r'<form method="post" action="([^"]*)">\n(?:<input type="hidden".*?)</form>', page, re.DOTALL)
    fields: dict[str, list[str]] = {}
    for name, value in _HIDDEN.findall(form[0]):
        words = html.unescape(value).replace("\r\n", "\n").replace("\n", "\r\n")
        fields.setdefault(html.unescape(name), []).append(words)
    return html.unescape(form[1]), fields


def save(client, row, button="_continue", value="1", opened=None, **changes):
    """Open the page of a row (or take an opened one), change fields, press a button."""
    fields = dict(opened or fields_of(client.get(page_of(row))))
    for name, new in changes.items():
        fields[name] = new
    return client.post(page_of(row), {**fields, button: value})


def chosen(*rows: models.Model) -> dict[str, object]:
    """What a list sends about rows that were ticked on it just now."""
    now = [type(row)._base_manager.get(pk=row.pk) for row in rows]
    return {"_selected_action": [row.pk for row in now], "_seen": [f"{row.pk}:{version_of(row)}" for row in now]}


def sure(row: models.Model) -> dict[str, str]:
    """What the question before a deletion sends."""
    return {"post": "yes", "version": version_of(type(row)._base_manager.get(pk=row.pk))}


def messages_of(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])
