"""Tests with a running site empty the database behind them; the reference data comes back before the next."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType

reference_data_step = import_module("kb.migrations.0002_reference_data")
rating_words_step = import_module("kb.migrations.0008_checks_of_others")


@pytest.fixture(autouse=True)
def reference_data(request):
    if "live_server" not in request.fixturenames:
        return
    request.getfixturevalue("transactional_db")
    ContentType.objects.clear_cache()
    if not Group.objects.exists():
        reference_data_step.load(apps, None)
        rating_words_step.load(apps, None)
