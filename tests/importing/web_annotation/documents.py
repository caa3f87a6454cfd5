"""Web Annotations for tests, written by hand."""

import json

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
PAGE = "https://elsewhere.example/page"


def annotation(**changes) -> dict:
    """A valid annotation; None takes a part away."""
    whole = {
        "@context": CONTEXT,
        "id": "https://elsewhere.example/anno/1",
        "type": "Annotation",
        "motivation": "commenting",
        "body": {"type": "TextualBody", "value": "Which convoys?", "language": "en"},
        "target": PAGE,
        **changes,
    }
    return {name: value for name, value in whole.items() if value is not None}


def quoting(exact: str, prefix: str = "", suffix: str = "", **changes) -> dict:
    selector = {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix, **changes}
    return {"type": "SpecificResource", "source": PAGE, "selector": selector}


def selecting(selector) -> dict:
    return {"source": PAGE, "selector": selector}


def nested(depth: int) -> dict:
    selector = {"type": "CssSelector", "value": "p"}
    for _ in range(depth):
        selector = {"type": "CssSelector", "value": "p", "refinedBy": selector}
    return selecting(selector)


def circle() -> dict:
    last = {"id": "https://x.example/a", "type": "CssSelector", "value": "p"}
    inner = {"id": "https://x.example/b", "type": "CssSelector", "value": "p", "refinedBy": last}
    return selecting({"id": "https://x.example/a", "type": "CssSelector", "value": "p", "refinedBy": inner})


# What is sent, and a word of what is said about it.
BAD = {
    "nothing": (b"", "no JSON"),
    "not JSON": (b"<html>", "no JSON"),
    "not UTF-8": (json.dumps(annotation(), ensure_ascii=False).encode("utf-16"), "UTF-8"),
    "half a character": (b'{"type": "\\ud800"}', "half a character"),
    "what turns text": (
        json.dumps(annotation(body={"type": "TextualBody", "value": "pain\u202eful"})).encode(),
        "body.value: It holds a character that turns text around: U+202E (RLO) at character 5",
    ),
    "a creator that turns text": (json.dumps(annotation(creator={"name": "\u2066a"})).encode(), "creator: It holds"),
    "NUL": (b'{"type": "\\u0000"}', "NUL"),
    "no number": (b'{"type": NaN}', "NaN"),
    "a number of 5000 figures": (b'{"type": ' + b"9" * 5000 + b"}", "too large"),
    "a key twice": (b'{"type": "Annotation", "type": "Annotation"}', "twice"),
    "deep": (b"[" * 5000 + b"]" * 5000, "nested"),
    "deeper": (b'{"a":' * 200_000, "nested"),
    "a word": (b'"Annotation"', "JSON object"),
    "null": (b"null", "JSON object"),
    **{
        name: (json.dumps(document).encode(), words)
        for name, (document, words) in {
            "no context": (annotation(**{"@context": None}), "anno.jsonld"),
            "another context": (annotation(**{"@context": "https://schema.org"}), "anno.jsonld"),
            "another type": (annotation(type="Note"), "type is not Annotation"),
            "type a number": (annotation(type=7), "type is not Annotation"),
            "no target": (annotation(target=None), "no target"),
            "an empty target": (annotation(target=[]), "no target"),
            "target a number": (annotation(target=7), "an address or an object"),
            "target without source": (annotation(target={"selector": {"type": "CssSelector", "value": "p"}}), "source"),
            "target is itself": (annotation(target="https://elsewhere.example/anno/1"), "about itself"),
            "target no address": (annotation(target="page one"), "no address"),
            "relative target": (annotation(target="/articles/x/"), "full address"),
            "target that runs": (annotation(target="javascript:alert(1)"), "runs in a browser"),
            "long target": (annotation(target="https://x.example/" + "a" * 2000), "1000"),
            "id of a broken host": (annotation(id="http://[::1"), "taken apart"),
            "target of a false host": (annotation(target="http://example.org\uff03@x.example/"), "taken apart"),
            "id a number": (annotation(id=7), "no address"),
            "two bodies of two kinds": (annotation(bodyValue="x"), "bodyValue"),
            "bodyValue a list": (annotation(body=None, bodyValue=["x"]), "no text"),
            "body a number": (annotation(body=7), "an address or an object"),
            "body without value": (annotation(body={"type": "TextualBody"}), "one value"),
            "body of two values": (annotation(body={"type": "TextualBody", "value": ["a", "b"]}), "one value"),
            "empty body": (annotation(body={}), "neither a value"),
            "empty choice": (annotation(body={"type": "Choice", "items": []}), "nothing to choose"),
            "script": (annotation(body={"type": "TextualBody", "value": "<script>alert(1)</script>"}), "script"),
            "script in HTML": (
                annotation(body={"type": "TextualBody", "format": "text/html", "value": "<img src=x onerror=a()>"}),
                "script",
            ),
            "script type": (
                annotation(body={"type": "TextualBody", "format": "application/javascript", "value": "alert(1)"}),
                "script",
            ),
            "link that runs": (annotation(body="JavaScript:alert(1)"), "runs in a browser"),
            "link of data": (annotation(body={"id": "data:text/html,x"}), "runs in a browser"),
            "motivation a number": (annotation(motivation=7), "no word"),
            "creator a number": (annotation(creator=7), "an address or an object"),
            "created a word": (annotation(created="yesterday"), "time zone"),
            "created without zone": (annotation(created="2025-03-24T09:30:00"), "time zone"),
            "created in the year 0": (annotation(created="0000-03-24T09:30:00Z"), "time zone"),
            "10,000 selectors": (
                annotation(target=selecting([{"type": "CssSelector", "value": "p"}] * 10_000)),
                "10,000",
            ),
            "many targets": (annotation(target=[PAGE] * 51), "51"),
            "many bodies": (annotation(body=["https://x.example/"] * 51), "51"),
            "many nested bodies": (
                annotation(body=[{"type": "Choice", "items": ["https://x.example/"] * 40}] * 40),
                "more than 50",
            ),
            "selectors 11 deep": (annotation(target=nested(11)), "refine one another"),
            "a circle": (annotation(target=circle()), "circle"),
            "selector a number": (annotation(target=selecting(7)), "an address or an object"),
            "selector of no kind": (annotation(target=selecting({"exact": "x"})), "what kind"),
            "quote of nothing": (annotation(target=selecting({"type": "TextQuoteSelector"})), "has exact"),
            "quote of white space": (annotation(target=quoting("  ")), "no words"),
            "quote a list": (annotation(target=quoting(["x"])), "no text"),
            "prefix a number": (annotation(target=quoting("x", prefix=7)), "no text"),
            "position a word": (
                annotation(target=selecting({"type": "TextPositionSelector", "start": "1", "end": 2})),
                "no position",
            ),
            "position true": (
                annotation(target=selecting({"type": "TextPositionSelector", "start": True, "end": 2})),
                "no position",
            ),
            "position backwards": (
                annotation(target=selecting({"type": "TextPositionSelector", "start": 9, "end": 2})),
                "before it starts",
            ),
            "range without end": (
                annotation(
                    target=selecting(
                        {"type": "RangeSelector", "startSelector": {"type": "XPathSelector", "value": "//p"}}
                    )
                ),
                "has endSelector",
            ),
            "a note of 65 KB": (annotation(body={"type": "TextualBody", "value": "x" * 65_536}), "64 KB"),
            "a collection elsewhere": (
                {"@context": CONTEXT, "type": "AnnotationCollection", "total": 3, "first": PAGE},
                "elsewhere",
            ),
            "a page without a list": ({"@context": CONTEXT, "type": "AnnotationPage", "items": 7}, "a list"),
        }.items()
    },
}
