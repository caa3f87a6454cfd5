"""Pages for readers: an address, a queryset, a filter and a template each.

No view here asks who is reading: these addresses have no session, set no cookie and answer everybody alike. What is
shown is built in `kb.pages`, what is found in `kb.search`.
"""
