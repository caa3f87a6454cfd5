"""One door to find and filter: what pages and machine interfaces narrow their lists with, so that both say the same.

Filters start from querysets that are public already and never widen them: a filter on tags or sources looks at
confirmed rows alone. This room knows of no page and no template.
"""
