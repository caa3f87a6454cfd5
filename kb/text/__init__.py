"""Pure functions over text: addresses, partial dates, folded names, sentences, anchors, markup, language.

This room knows no Django, no clock, no network and no database. Whatever needs today's date gets it passed in.
Positions are Unicode code points throughout.
"""
