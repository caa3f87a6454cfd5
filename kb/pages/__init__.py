"""What the public sees of one object: frozen pages, built from rows with a number of queries that does not grow.

A page is complete before a template sees it: templates ask no database and decide no status. What is public is not
decided here either; every page starts from `visible_to` and `confirmed`. HTML comes from `kb.text.markup` and from
template parts alone. This room knows of no request: the same page serves readers, the desk's preview and a stored copy.
"""
