"""Fact-checks of others, from files of search services and feeds, and from the pages that carry them.

Their words stay theirs: statement, rating, dates and addresses are stored as they stand, what they mean on our coarse
scale is the table of rating words alone, and no claim of ours is touched.
"""

from .reading import read_page, recognises
from .storing import steps, store_found

__all__ = ["read_page", "recognises", "steps", "store_found"]
