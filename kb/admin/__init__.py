"""The analysts' desk: Django's admin, arranged by task.

One module for each noun says what its pages list and what its forms hold; `base`, `forms`, `versions`, `acts`,
`suggestions`, `history`, `deleting` and `filters` hold what pages share. A page decides nothing: rights come from
`kb.models.policy`, acts from `kb.services`, rules from the tables. This face must not know the other faces.
"""

from django.contrib import admin

from . import (  # noqa: F401
    annotations,
    articles,
    challenges,
    changes,
    citations,
    claims,
    corrections,
    factchecks,
    forecasts,
    foreignchecks,
    imports,
    invitations,
    merging,
    notices,
    people,
    pieces,
    scale,
    sources,
    tags,
    tasks,
)
from .base import Offered
from .desk import SECTIONS, first_page, own

admin.site.sections = SECTIONS
admin.site.first_page = first_page
admin.site.own = own
admin.site.offered = Offered
