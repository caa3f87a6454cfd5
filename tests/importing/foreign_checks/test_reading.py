"""What is read in the files and pages of other fact-checkers: their words, exactly, or a reason why not."""

import io
import json

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.importing.foreign_checks.dates import DayOrder, read_day
from kb.importing.foreign_checks.reading import read_file, read_page, recognises
from kb.importing.foreign_checks.scanning import NotRecords, records_of
from kb.importing.foreign_checks.spelling import as_read, key_of, site_of
from kb.importing.records import FoundCheck, Problem

from .generating import SITES, generate


def nobody_knows(site: str, name: str) -> None:
    return None


def claim(**changes) -> dict:
    """One claim with one review, as a service lists it; changes whose name begins with `review_` are the review's."""
    review = {
        "publisher": {"name": "Harbour Facts", "site": "harbour-facts.example"},
        "url": "https://harbour-facts.example/ships",
        "title": "Did the ships leave?",
        "reviewDate": "2021-12-31T00:00:00Z",
        "textualRating": "False",
        "languageCode": "en",
    }
    found = {"text": "The ships left.", "claimant": "Jo", "claimDate": "2021-12-30T00:00:00Z", "claimReview": [review]}
    for name, value in changes.items():
        if name.startswith("review_"):
            review[name.removeprefix("review_")] = value
        else:
            found[name] = value
    return found


@pytest.fixture
def read(tmp_path):
    """What a file of these claims, or of this content, gives."""

    def read(*claims, content: bytes | None = None) -> list[FoundCheck | Problem]:
        path = tmp_path / "checks.json"
        path.write_bytes(json.dumps({"claims": claims}).encode() if content is None else content)
        return [found for found, _end in read_file(path, file="checks.json", register=nobody_knows)]

    return read


@pytest.mark.parametrize("language, day_first, entities, lines", [("en", True, True, False), ("ar", False, False, True), ("ar", True, True, False)])  # fmt: skip
def test_every_word_date_and_address_is_right(tmp_path, language, day_first, entities, lines):
    path = tmp_path / "checks.json"
    truths = generate(path, 400, language=language, day_first=day_first, entities=entities, lines=lines)
    checks = [found for found, _end in read_file(path, file="checks.json", register=nobody_knows)]
    assert [check for check in checks if not isinstance(check, FoundCheck) or check.problems] == []
    for truth, check in zip(truths, checks, strict=True):
        for name in truth.__dataclass_fields__:
            assert getattr(check, name) == getattr(truth, name), name
    assert {(check.publisher_name, check.publisher_site) for check in checks} == set(SITES[language])


@pytest.mark.parametrize(
    "written, read",
    [
        ("AT&amp;T", "AT&T"),
        ("AT&T", "AT&T"),
        ("&quot;No&quot;", '"No"'),
        ("It&amp;#39;s", "It's"),
        ("&amp;amp;amp;quot;", '"'),
        ("?a=1&copy=2&lt=3", "?a=1&copy=2&lt=3"),
        ("&nosuchthing;", "&nosuchthing;"),
        ("&#1585;&#x627;", "را"),
        ("  false\n", "false"),
        ("mis\u00adleading\u200b", "mis\u00adleading\u200b"),
        ("\u202eabc", "\u202eabc"),
        ("e\u0301 \ufefb", "e\u0301 \ufefb"),
    ],
)
def test_words_lose_what_a_service_encoded_and_nothing_else(written, read):
    assert as_read(written) == read
    assert as_read(read) == read


@given(st.text())
def test_reading_words_twice_changes_nothing(words):
    assert as_read(as_read(words)) == as_read(words)


def test_a_key_sees_what_readers_see():
    key = key_of("https://a.example/x", "a.example", "The ships left.")
    assert key == key_of("https://a.example/x", "A.example", "The\u00ad ships\u200b  left.")
    assert key != key_of("https://a.example/y", "a.example", "The ships left.")
    assert key != key_of("https://a.example/x", "a.example", "The ships left.", 1)


def test_a_site_is_a_domain():
    for address in (
        "https://www.Facts.example:80/a?b=//c",
        "facts.example",
        "http://me@facts.example",
        "www.facts.example/",
    ):
        assert site_of(address) == "facts.example"


@pytest.mark.parametrize(
    "printed, day_first, day",
    [
        ("2021-12-31T23:30:00-11:00", None, "2021-12-31"),
        ("2021-12-31", False, "2021-12-31"),
        ("31/12/2021", None, "2021-12-31"),
        ("12/31/2021", None, "2021-12-31"),
        ("2-5-2021", True, "2021-05-02"),
        ("2/5/2021 10:30", False, "2021-02-05"),
        ("5/5/2021", None, "2021-05-05"),
        ("٣١/١٢/٢٠٢١", None, "2021-12-31"),
        ("31 December 2021", None, "2021-12-31"),
        ("2021", None, "2021"),
        ("2-5-2021", None, None),
        ("2/5/21", True, None),
        ("31/2/2021", True, None),
        ("0001-01-01T00:00:00Z", None, None),
        ("yesterday", None, None),
        ("1" * 5000, None, None),
    ],
)
def test_a_date_is_the_day_as_printed_or_open(printed, day_first, day):
    assert read_day(printed, day_first=day_first) == day


def test_which_figure_is_the_day_is_learned_and_never_guessed():
    order = DayOrder(lambda site, name: {"registered.example": False}.get(site))
    for site, printed in [("a.example", "31/12/2021"), ("b.example", "31/12/2021"), ("b.example", "12/31/2021")]:
        order.learn(site, printed)
    assert order.is_day_first("a.example", "", "en-US") is True
    assert order.is_day_first("b.example", "", "fr") is None
    assert order.is_day_first("registered.example", "", "fr") is False
    assert order.is_day_first("c.example", "", "fr") is None  # the file is written both ways
    nothing = DayOrder()
    assert nothing.is_day_first("c.example", "", "fr") is True
    assert nothing.is_day_first("c.example", "", "en-US") is False
    assert nothing.is_day_first("c.example", "", "en") is None


def test_an_open_date_is_told(read):
    [check] = read(claim(claimDate="2/5/2021"))
    assert check.claimed_on is None and check.claimed_printed == "2/5/2021"
    assert [problem.code for problem in check.problems] == ["open-date"]


def test_one_review_after_another_is_a_check_of_its_own(read):
    two = claim()
    two["claimReview"].append({**two["claimReview"][0], "url": "https://other.example/", "textualRating": "True"})
    assert [check.rating_words for check in read(two)] == ["False", "True"]


def test_what_is_missing_is_empty_and_what_is_no_text_is_told(read):
    [bare] = read({"text": "The ships left.", "claimReview": [{}]})
    assert bare.problems == () and bare.claimed_on is None and bare.address == bare.rating_words == ""
    [odd] = read(claim(claimant=["Jo"], claimDate={"day": 1}, review_textualRating=3, review_publisher="Facts"))
    assert (odd.claimant, odd.claimed_on, odd.rating_words, odd.publisher_name) == ("", None, "3", "Facts")
    assert [problem.code for problem in odd.problems] == ["wrong-type", "wrong-type"]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//x.example", "https://", "=HYPERLINK(1)"]
)
def test_only_web_addresses_are_kept(read, address):
    [check] = read(claim(review_url=address))
    assert check.address == "" and [problem.code for problem in check.problems] == ["address"]


@pytest.mark.parametrize(
    "record, code",
    [
        (claim(text="  "), "no-statement"),
        (claim(text=None), "no-statement"),
        (claim(claimReview=[]), "no-review"),
        (claim(claimReview=["x"]), "no-review"),
        (claim(claimant="a\0b"), "nul"),
        (claim(claimant="\ud83d"), "no-json"),
        (claim(claimant="x" * 1_100_000), "too-large"),
        (claim(claimant=json.loads("[" * 70 + "]" * 70)), "too-deep"),
        ({"some": "thing"}, "no-check"),
    ],
)
def test_a_record_that_gives_no_check_spoils_no_other(read, record, code):
    first, refused, last = read(claim(text="First."), record, claim(text="Last."))
    assert (first.statement, last.statement) == ("First.", "Last.")
    assert refused.code == code and "record 2" in refused.message


@pytest.mark.parametrize(
    "content, code",
    [
        (b'{"claims": []}', "no-checks"),
        (b'{"claims": [{"text": "half', "no-json"),
        (b'{"claims": ]', "no-json"),
        (b"[" * 100_000, "no-json"),
        (b'{"claims": ["' + b"x" * 3_000_000, "no-json"),
        (b"\xff\xfe\x00", "no-checks"),
    ],
)
def test_a_file_that_is_no_list_of_checks_is_refused(read, content, code):
    assert [problem.code for problem in read(content=content)] == [code]


def test_a_list_of_claims_and_lines_of_claims_are_read_as_well(read):
    claims = [claim(text="One. }{"), claim(text='Two "]"')]
    for content in (json.dumps(claims), "\n".join(map(json.dumps, claims)), "\ufeff" + json.dumps({"x": {"claims": [{}]}, "claims": claims, "y": {"z": {}}})):  # fmt: skip
        assert [check.statement for check in read(content=content.encode())] == ["One. }{", 'Two "]"']


REVIEW = {
    "@context": "https://schema.org",
    "@type": ["Review", "ClaimReview"],
    "datePublished": "2021-12-31T10:00:00+02:00",
    "url": "/ships",
    "claimReviewed": "The &quot;ships&quot; left.",
    "author": {"@id": "#desk"},
    "itemReviewed": {"@type": "Claim", "author": {"name": "Jo"}, "appearance": [{"datePublished": "31/12/2020"}]},
    "reviewRating": {"ratingValue": 1, "bestRating": 5, "worstRating": 1, "alternateName": " Not so! "},
}
DESK = {"@id": "#desk", "@type": "Organization", "name": "Harbour Facts", "url": "https://www.harbour-facts.example/"}


def page(*described: object, markup: str = "") -> lxml.html.HtmlElement:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in described)
    return lxml.html.fromstring(f"<html><head>{scripts}</head><body>{markup}<p>Words</p></body></html>")


def read_markup(tree, address="https://harbour-facts.example/a") -> tuple[tuple[FoundCheck, ...], tuple[Problem, ...]]:
    return read_page(tree, file="page.html", address=address)


def test_a_page_tells_of_its_review_in_a_graph(read):
    [check], refused = read_markup(page({"@graph": [REVIEW, DESK]}))
    assert refused == () and check.problems == ()
    assert check.statement == 'The "ships" left.' and check.claimant == "Jo"
    assert (check.claimed_on, check.reviewed_on) == ("2020-12-31", "2021-12-31")
    assert (check.publisher_name, check.publisher_site) == ("Harbour Facts", "harbour-facts.example")
    assert check.address == "https://harbour-facts.example/ships" and check.rating_words == "Not so!"


def test_a_work_has_an_author_and_a_number_is_a_rating():
    review = REVIEW | {
        "author": "Harbour Facts",
        "itemReviewed": {"@type": "CreativeWork", "author": [{"name": "Jo"}], "datePublished": "2020"},
        "reviewRating": {"ratingValue": 1, "bestRating": 5},
    }
    [check], _refused = read_markup(page([review]))
    assert (check.claimant, check.claimed_on, check.rating_words) == ("Jo", "2020", "1")
    assert (check.publisher_name, check.publisher_site) == ("Harbour Facts", "harbour-facts.example")


def test_microdata_says_the_same():
    markup = """<div itemscope itemtype="http://schema.org/ClaimReview"><meta itemprop="datePublished" content="2020-01-02">
    <p itemprop="claimReviewed">The ships <b>left</b>.</p>
    <div itemprop="author" itemscope itemtype="http://schema.org/Organization"><b itemprop="name">Facts</b></div>
    <div itemprop="itemReviewed" itemscope><i itemprop="author" itemscope><i itemprop="name">Jo</i></i></div>
    <div itemscope itemtype="http://schema.org/Thing"><b itemprop="claimReviewed">Another matter</b></div>
    <div itemprop="reviewRating" itemscope><span itemprop="alternateName">False</span></div></div>"""
    [check], _refused = read_markup(page(markup=markup))
    assert (check.statement, check.claimant, check.publisher_name) == ("The ships left.", "Jo", "Facts")
    assert (check.reviewed_on, check.rating_words) == ("2020-01-02", "False")


def test_what_a_page_says_twice_counts_once_and_other_pages_say_nothing():
    assert len(read_markup(page(REVIEW, REVIEW))[0]) == 1
    assert read_markup(page({"@type": "NewsArticle", "headline": "A ClaimReview"})) == ((), ())
    broken = lxml.html.fromstring('<script type="application/ld+json">{"@type": "ClaimReview", </script>')
    assert read_markup(broken) == ((), ())


def test_a_feed_of_reviews_is_read(read):
    feed = {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW | {"author": DESK}]}]}
    [check] = read(content=json.dumps(feed).encode())
    assert check.statement == 'The "ships" left.' and check.publisher_name == "Harbour Facts"


def test_files_of_checks_are_known_by_their_beginning():
    lines = [claim(), {"@type": "ClaimReview"}, {"@type": ["schema:ClaimReview"]}, {"claims": []}, [claim()]]
    for known in lines:
        assert recognises(json.dumps(known).encode()), known
    for other in ({"headline": 'He wrote "claimReview": ['}, {"claims_of": []}, [], {"@type": "NewsArticle"}):
        assert not recognises(json.dumps(other).encode()), other


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "claimReview", "claims", "url", "@type", "x"]) | st.text(), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(st.lists(st.dictionaries(st.text(), JSON, max_size=4)), st.booleans(), st.integers(1, 40))
def test_every_record_is_cut_out_exactly(values, as_lines, chunk):
    content = "\n".join(map(json.dumps, values)) if as_lines else json.dumps(values, ensure_ascii=False)

    class Slow(io.BytesIO):
        def read(self, size=-1):
            return super().read(chunk)

    assert [json.loads(record.content) for record in records_of(Slow(content.encode()))] == values


@given(st.binary() | st.lists(st.sampled_from([b'"', b"\\", b"{", b"}", b"[", b"]", b'"claims"', b"x"])).map(b"".join))
def test_no_bytes_break_the_cutting(content):
    try:
        for record in records_of(io.BytesIO(content)):
            assert record.content in content
    except NotRecords:
        pass


@given(st.fixed_dictionaries({"claimReview": st.lists(JSON) | JSON}, optional={"text": JSON, "claimant": JSON, "claimDate": JSON}))  # fmt: skip
def test_no_claim_breaks_the_reading(tmp_path_factory, record):
    path = tmp_path_factory.mktemp("checks") / "checks.json"
    path.write_text(json.dumps([record]))
    for found, _end in read_file(path, file="checks.json", register=nobody_knows):
        assert isinstance(found, FoundCheck | Problem)


def test_answers_and_dumps_of_real_services_miss_what_they_like(read):
    sparse = claim(
        review_languageCode="pt-BR", review_reviewDate="2021-03-04", review_publisher={"site": "facts.example"}
    )
    del sparse["claimDate"], sparse["claimant"], sparse["claimReview"][0]["title"]
    [check] = read(sparse)
    assert (check.language, check.reviewed_on, check.claimed_on, check.problems) == ("pt-BR", "2021-03-04", None, ())
    assert (check.publisher_name, check.publisher_site) == ("", "facts.example")
    [day] = read(claim(review_reviewDate="2021-01-05 05:00"))
    assert day.reviewed_on == "2021-01-05"
    bare = {
        "claimReviewed": "The ships left.",
        "datePublished": "2019-06-05",
        "author": {"url": "https://www.facts.example/"},
        "reviewRating": {"alternateName": "Falso", "ratingValue": "-1"},
        "itemReviewed": {"appearance": "a post", "firstAppearance": "2019-06-01", "sameAs": "https://a.example/"},
    }
    content = json.dumps(bare)
    assert recognises(content.encode())
    [check] = read(content=content.encode())
    assert (check.statement, check.publisher_site, check.rating_words) == ("The ships left.", "facts.example", "Falso")
    assert check.reviewed_on == "2019-06-05"


def test_pages_of_reviews_as_a_markup_tool_lists_them(read):
    listed = {
        "claimReviewMarkupPages": [
            {
                "name": "pages/1",
                "pageUrl": "https://www.harbour-facts.example/ships",
                "publishDate": "2024-03-12",
                "claimReviewAuthor": {"name": "Harbour Facts", "imageUrl": "https://harbour-facts.example/logo.png"},
                "claimReviewMarkups": [
                    {"claimReviewed": "One.", "claimDate": "2024-03-01", "claimAuthor": {"name": "Jo"}, "rating": {"textualRating": "False", "ratingValue": 1}},
                    {"claimReviewed": "Two.", "url": "https://harbour-facts.example/two", "rating": {"ratingValue": 3}},
                ],
            }
        ]
    }  # fmt: skip
    content = json.dumps(listed).encode()
    assert recognises(content)
    one, two = read(content=content)
    assert (one.statement, one.claimant, one.claimed_on, one.rating_words) == ("One.", "Jo", "2024-03-01", "False")
    assert (one.address, one.reviewed_on) == ("https://www.harbour-facts.example/ships", "2024-03-12")
    assert (one.publisher_name, one.publisher_site) == ("Harbour Facts", "harbour-facts.example")
    assert (two.address, two.rating_words, two.claimant) == ("https://harbour-facts.example/two", "3", "")


def test_a_number_that_is_none_is_refused_and_not_stored():
    tree = lxml.html.fromstring(
        '<script type="application/ld+json">{"@type": "ClaimReview", "claimReviewed": "x", "y": NaN}</script>'
    )
    checks, [refused] = read_markup(tree)
    assert checks == () and refused.code == "number"
