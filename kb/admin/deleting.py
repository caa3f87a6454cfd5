"""What a deletion would take with it, what forbids it, and nothing of notes the person may not read.

Rows are counted where they are many and named where they are few, so that a source with ten thousand citations costs no
more than one with ten.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.contrib.admin.utils import quote
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kb.models import Annotation, Evidence, FactCheck, Follow, Hop, Notice, TagLink, Task, policy

# So many rows of a kind are named; of the others it says how many.
NAMED = 20
# What the name of a row asks for.
LOADED = {FactCheck: ["claim"], Hop: ["person", "source"], TagLink: ["tag", "content_object"], Evidence: ["fact_check"]}


def what_hangs_on(rows: Iterable[models.Model], request, page):
    """As Django's `get_deleted_objects`: nested names, counts, kinds without a right, and what protects the rows.

    A row that its own state keeps (a published article, a decided check) stands among what protects. The number of
    queries hangs on the tables, not on the rows.
    """
    rows = list(rows)
    if not rows:
        return [], {}, set(), []
    whole, site = type(rows[0]), page.admin_site
    going, protecting = _ties(whole)
    keys = {whole: [row.pk for row in rows]}
    counts, lacking, parts, protected = {whole._meta.verbose_name_plural: len(rows)}, set(), [], []
    for row in rows:
        kept = page.why_kept(row)
        if kept and len(protected) < NAMED:
            protected.append(format_html("{} {}", name_of(row, site), kept))
        if not kept and not page.has_delete_permission(request, row):
            lacking.add(whole._meta.verbose_name)
    for part, ties in going.items():
        found = _tied(part, ties, keys)
        keys[part] = found.values("pk")
        if part in (Follow, Notice):
            # They go along; who follows what is nobody else's business.
            continue
        found = _readable(found, request.user)
        named, count = _some(found, site)
        if not count:
            continue
        counts[part._meta.verbose_name_plural] = count
        parts += named
        # Nobody deletes a task by itself; with its thing there is nothing left to do.
        if (
            part is not Task
            and site.is_registered(part)
            and not _may_delete_all(site.get_model_admin(part), request, found)
        ):
            lacking.add(part._meta.verbose_name)
    for part, ties in protecting.items():
        protected += _some(_readable(_tied(part, ties, keys), request.user), site)[0]
    names = [name_of(row, site) for row in rows[:NAMED]] + _more(len(rows) - NAMED, whole)
    return [*names, *([parts] if parts else [])], counts, lacking, protected


def _ties(whole: type[models.Model]):
    """The foreign keys that lead to the rows that go with a row, nearest first, and to those that forbid it."""
    going: dict[type[models.Model], list[models.ForeignKey]] = {}
    protecting: dict[type[models.Model], list[models.ForeignKey]] = {}
    waiting = [whole]
    for model in waiting:
        for relation in model._meta.get_fields(include_hidden=True):
            if not (relation.auto_created and not relation.concrete and (relation.one_to_one or relation.one_to_many)):
                continue
            part = relation.related_model
            if relation.on_delete is models.CASCADE:
                if part not in going and part is not whole:
                    waiting.append(part)
                going.setdefault(part, []).append(relation.field)
            elif relation.on_delete in (models.PROTECT, models.RESTRICT):
                protecting.setdefault(part, []).append(relation.field)
    return going, protecting


def _tied(part: type[models.Model], ties: list[models.ForeignKey], keys: dict) -> models.QuerySet:
    known = [tie for tie in ties if tie.related_model in keys]
    condition = reduce(or_, (models.Q(**{f"{tie.name}__in": keys[tie.related_model]}) for tie in known))
    return part._base_manager.filter(condition)


def _readable(rows: models.QuerySet, user) -> models.QuerySet:
    return rows.filter(policy.readable_annotation(user)) if rows.model is Annotation else rows


def _some(rows: models.QuerySet, site) -> tuple[list[str], int]:
    """The names of the first rows with how many more there are, and how many there are in all."""
    heavy = [field.name for field in rows.model._meta.concrete_fields if isinstance(field, models.BinaryField)]
    found = list(rows.select_related(*LOADED.get(rows.model, [None])).defer(*heavy).order_by("pk")[: NAMED + 1])
    count = len(found) if len(found) <= NAMED else rows.count()
    if rows.model._meta.auto_created:
        return [], count
    return [*(name_of(row, site) for row in found[:NAMED]), *_more(count - NAMED, rows.model)], count


def _more(count: int, model: type[models.Model]) -> list[str]:
    if count <= 0:
        return []
    return [_("… and %(count)d more %(what)s") % {"count": count, "what": model._meta.verbose_name_plural}]


def _may_delete_all(page, request, rows: models.QuerySet) -> bool:
    """Whether the person may delete each of these rows: some are their author's alone."""
    if hasattr(page, "others"):
        rows = page.others(request.user, rows)
        return page.has_delete_permission(request) and not rows.exists()
    return page.has_delete_permission(request)


def name_of(row: models.Model, site) -> str:
    """The kind and the name of a row, with a link to its page."""
    label = capfirst(row._meta.verbose_name)
    # Evidence has no page of its own: its fact-check shows it.
    target = row.fact_check if isinstance(row, Evidence) else row
    try:
        address = reverse(
            f"{site.name}:{target._meta.app_label}_{target._meta.model_name}_change", args=[quote(target.pk)]
        )
    except NoReverseMatch:
        return format_html("{}: <bdi>{}</bdi>", label, row)
    return format_html('{}: <a href="{}"><bdi>{}</bdi></a>', label, address, row)
