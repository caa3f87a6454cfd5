"""Any bytes end in annotations, or in words that say what is wrong."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.importing.web_annotation.attaching import attach
from kb.importing.web_annotation.parsing import annotations_in, parse
from kb.importing.web_annotation.reading import Unfit, read
from kb.models.annotation import LARGEST_ORIGINAL

from .documents import BAD, PAGE, annotation, quoting, selecting

TEXT = "Grain left the port. Two convoys wait. Ships wait in the port. Two convoys wait again.\n\nپتهDNB گفت. 🚢 sails."


def parsed(**changes):
    return parse(annotation(**changes))


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_annotation_is_refused_with_a_reason(name):
    content, words = BAD[name]
    with pytest.raises(Unfit) as refused:
        for at, document in annotations_in(read(content)):
            found = parse(document, in_collection=bool(at))
            if len(json.dumps(found.original)) > LARGEST_ORIGINAL:
                raise Unfit("64 KB")
    assert words in str(refused.value)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["", "x", PAGE, "TextualBody", "Choice"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "id", "value", "source", "selector", "items", "exact", "start", "end", "refinedBy"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=300)
@given(
    st.dictionaries(
        st.sampled_from(
            ["@context", "id", "type", "body", "bodyValue", "target", "motivation", "creator", "created", "audience"]
        ),
        VALUES,
    )
)
def test_any_values_anywhere_give_a_record_or_a_reason(changes):
    try:
        found = parse({**annotation(), **changes})
    except Unfit as refused:
        assert refused.reason
    else:
        assert found.targets and (found.body or found.labels or found.links or found.motivation == "highlighting")


class TestBodies:
    def test_text_labels_and_links_are_told_apart(self):
        found = parsed(
            motivation="describing",
            body=[
                {"type": "TextualBody", "value": "readme", "purpose": "tagging"},
                {"type": "TextualBody", "value": "Worth a look.", "purpose": "describing", "language": "en"},
                {"type": "SpecificResource", "source": "https://x.example/city", "purpose": "identifying"},
                "https://x.example/table",
                {"id": "https://x.example/sound.mp3", "format": "audio/mpeg"},
            ],
        )
        assert (found.body, found.language, found.labels) == ("Worth a look.", "en", "readme")
        assert found.links.splitlines() == [
            "https://x.example/city",
            "https://x.example/table",
            "https://x.example/sound.mp3",
        ]

    def test_a_body_of_a_tagging_annotation_is_a_label(self):
        assert parsed(motivation="tagging", body={"type": "TextualBody", "value": "grain"}).labels == "grain"

    def test_html_becomes_words(self):
        body = {"type": "TextualBody", "format": "text/html", "value": "<p>J'adore&nbsp;<b>ça</b> !</p>"}
        assert parsed(body=body).body == "J'adore\u00a0ça !"

    def test_a_choice_gives_all_it_offers(self):
        items = [{"type": "TextualBody", "value": "Good."}, "https://x.example/good.mp3"]
        found = parsed(body={"type": "Choice", "items": items})
        assert (found.body, found.links) == ("Good.", "https://x.example/good.mp3")

    def test_bodyValue_is_text_and_nothing_is_a_highlight(self):
        assert parsed(body=None, bodyValue="Hm.").body == "Hm."
        assert parsed(body=None).motivation == "highlighting"

    def test_what_is_no_link_is_said_in_words(self):
        assert parsed(body="urn:isbn:9780141439518").body == "urn:isbn:9780141439518"

    def test_names_of_creators(self):
        assert parsed(creator={"type": "Person", "name": "A. Person", "nickname": "a"}).creator == "A. Person"
        assert parsed(creator=["https://x.example/me", {"nickname": "b"}]).creator == "https://x.example/me, b"

    def test_a_mention_of_the_word_script_is_none(self):
        assert parsed(body={"type": "TextualBody", "value": "The script of 3 < 4 plays; see style."}).body


class TestAttaching:
    def words(self, selector, *, ours=False) -> str | None:
        [target] = parsed(target=selecting(selector)).targets
        found = attach(TEXT, target, is_our_text=ours)
        assert bool(found.words) != bool(found.why)
        if found.words:
            assert TEXT[found.words.start : found.words.end] == found.words.exact
        return found.words and found.words.exact

    def start(self, selector, **changes) -> int:
        [target] = parsed(target=selecting(selector)).targets
        return attach(TEXT, target, is_our_text=False, **changes).words.start

    def test_a_quotation_that_stands_once(self):
        assert self.words(quoting("Ships wait")["selector"]) == "Ships wait"

    @pytest.mark.parametrize("exact", ["پتهDNB", "🚢 sails", "port.\n\n", "DNB گفت. 🚢"])
    def test_a_quotation_across_scripts_keeps_its_words(self, exact):
        expected = exact if exact in TEXT else None
        assert self.words(quoting(exact)["selector"]) == expected

    def test_of_two_the_one_that_its_context_names(self):
        first = self.start(quoting("Two convoys wait", "port. ", ". Ships")["selector"])
        second = self.start(quoting("Two convoys wait", "in the port. ", " again")["selector"])
        assert (first, second) == (TEXT.index("Two"), TEXT.rindex("Two"))

    def test_of_two_neither_without_context(self):
        assert self.words(quoting("Two convoys wait")["selector"]) is None

    def test_of_two_the_one_at_the_position_with_the_same_context(self):
        second = TEXT.rindex("port")
        quote = quoting("port", TEXT[second - 4 : second], ". Two")["selector"]
        position = {"type": "TextPositionSelector", "start": second, "end": second + 4}
        [target] = parsed(target=selecting([position, quote])).targets
        assert attach(TEXT, target, is_our_text=False).words.start == second

    def test_a_position_counts_in_our_text_alone(self):
        position = {"type": "TextPositionSelector", "start": 0, "end": 5}
        assert self.words(position) is None
        assert self.words(position, ours=True) == "Grain"
        assert self.words({**position, "end": 100_000}, ours=True) is None
        assert self.words({**position, "end": 0}, ours=True) is None

    def test_a_quotation_within_a_page_part_still_names_its_words(self):
        refined = quoting("Ships wait")["selector"]
        assert self.words({"type": "FragmentSelector", "value": "p5", "refinedBy": refined}) == "Ships wait"

    def test_a_position_within_a_quotation(self):
        inner = {"type": "TextPositionSelector", "start": 6, "end": 10}
        assert self.words({**quoting("Ships wait")["selector"], "refinedBy": inner}) == "wait"

    def test_a_range_from_one_quotation_to_another(self):
        ends = {
            "startSelector": quoting("Ships")["selector"],
            "endSelector": quoting("Two convoys wait again")["selector"],
        }
        assert self.words({"type": "RangeSelector", **ends}) == "Ships wait in the port. "
        backwards = {"startSelector": ends["endSelector"], "endSelector": ends["startSelector"]}
        assert self.words({"type": "RangeSelector", **backwards}) is None

    @pytest.mark.parametrize(
        "selector",
        [
            {"type": "CssSelector", "value": "p"},
            {"type": "XPathSelector", "value": "//p"},
            {"type": "FragmentSelector", "value": "t=30,60"},
            {"type": "SvgSelector", "value": "<svg/>"},
            {"type": "DataPositionSelector", "start": 1, "end": 2},
            {"type": "OurOwnSelector", "value": "x"},
            "https://x.example/selector",
        ],
    )
    def test_other_kinds_say_that_they_do_not_attach(self, selector):
        assert self.words(selector) is None
