"""Fact-checks of others, from files of search services and feeds, and from the pages that carry them.

Their words stay theirs: statement, rating, dates and addresses are stored as they stand, what they mean on our coarse
scale is the table of rating words alone, and no claim of ours is touched. `reading` knows no database, so that pages are
read by any process; `storing` does.
"""
