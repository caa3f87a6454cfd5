"""What leaves the house: formats of other programs and our own, each from columns that are named one by one.

This room reads; it takes the forms of our interchange format from the room that imports it, so that both speak of one
thing. It must not know requests.
"""
