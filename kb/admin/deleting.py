"""What a deletion would take with it, what forbids it, and nothing of notes the person may not read."""

from django.contrib.admin.utils import NestedObjects, quote
from django.db import router
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from kb.models import Annotation, Evidence, Follow, Notice, Task, policy


class Readable(NestedObjects):
    """Collects what hangs on rows, without the notes this person may not read."""

    def __init__(self, *args, user, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    def related_objects(self, related_model, related_fields, objs):
        rows = super().related_objects(related_model, related_fields, objs)
        if related_model in (Follow, Notice):
            # They go along; who follows what is nobody else's business.
            return rows.none()
        return rows.filter(policy.readable_annotation(self.user)) if related_model is Annotation else rows


def what_hangs_on(rows, request, page):
    """As Django's `get_deleted_objects`: nested names, counts, kinds without a right, and what protects the rows.

    A row that its own state keeps (a published article, a decided check) stands among what protects.
    """
    rows, site = list(rows), page.admin_site
    if not rows:
        return [], {}, set(), []
    collector = Readable(using=router.db_for_write(type(rows[0])), origin=rows, user=request.user)
    collector.collect(rows)
    lacking = set()

    def goes(row):
        # Nobody deletes a task by itself; with its thing there is nothing left to do.
        if site.is_registered(type(row)) and not isinstance(row, Task):
            its_page = site.get_model_admin(type(row))
            kept = its_page.why_kept(row) if hasattr(its_page, "why_kept") else ""
            if not kept and not its_page.has_delete_permission(request, row):
                lacking.add(row._meta.verbose_name)
        return name(row)

    def name(row):
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

    nested = collector.nested(goes)
    counts = {model._meta.verbose_name_plural: len(found) for model, found in collector.model_objs.items()}
    kept = [format_html("{} {}", name(row), reason) for row in rows if (reason := page.why_kept(row))]
    return nested, counts, lacking, [*kept, *(name(row) for row in collector.protected)]
