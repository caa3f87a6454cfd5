"""Pages of our own in several layouts and languages, and the register they are read with."""

from kb.importing.register import Register

REGISTER = Register(())
SENTENCES = (
    "The harbour council voted on Tuesday to close the old ferry line before the winter sets in.",
    "Engineers had warned for years that the two boats could not be repaired any longer.",
    "Residents of the outer islands said they had been told about the decision only a week earlier.",
    "A bus over the new bridge is to take the place of the ferry, but it will run half as often.",
    "The mayor called the vote painful and promised to look at the timetable again in spring.",
)


def paragraphs(*texts: str, tag: str = "p") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def page(body: str, *, head: str = "", language: str = "en") -> str:
    """A page with the furniture of a site around its body."""
    links = "".join(
        f'<li><a href="/{name}">{name}</a></li>' for name in ("Home", "Town", "Sport", "Weather", "Contact")
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8"><title>The ferry stops - Shore News</title>'
        f"{head}<script>var a = '<p>not a paragraph of the page</p>';</script></head>\n"
        f"<body><header><nav><ul>{links}</ul></nav></header>\n<main>{body}</main>\n"
        f"<footer><p>All rights reserved by the Shore News company.</p><ul>{links}</ul></footer></body></html>"
    )
