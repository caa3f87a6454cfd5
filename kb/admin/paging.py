"""Pages of long lists: counted as far as one looks, not to their end."""

from django.core.paginator import Paginator
from django.utils.formats import number_format
from django.utils.functional import cached_property


class AtLeast(int):
    """A number that was not counted to its end, and says so: 1,000+."""

    def __str__(self):
        return f"{number_format(int(self), force_grouping=True)}+"


class Glimpse(Paginator):
    """Counts `ahead` pages on from the one that is shown: a list of a hundred thousand rows costs what a short one costs.

    Whoever walks on gets further pages; whoever wants the end sorts the other way round.
    """

    ahead = 20

    def __init__(self, rows, per_page, *, shown: int, **kwargs):
        super().__init__(rows, per_page, **kwargs)
        self.shown = shown

    @cached_property
    def count(self) -> int:
        limit = (self.shown + self.ahead - 1) * self.per_page
        found = self.object_list.order_by().values("pk")[: limit + 1].count()
        return AtLeast(limit) if found > limit else found
