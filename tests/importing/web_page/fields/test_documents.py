"""The fields of whole documents: web pages, plain text, what the operator gives, selectors that the register holds."""

from kb.importing.extraction import extract, extract_web_page, with_given
from kb.importing.records import Finding
from kb.importing.register import Entry, Register
from tests.importing.web_page.fields.building import ADDRESS, REGISTER, json_ld

PROSE = "".join(
    f"<p>The ferries sailed again on day {number}, with two hundred people and a brass band on the upper deck of each.</p>"
    for number in range(12)
)
PAGE = (
    '<html lang="en"><head><title>Ferries return | Harbour Times</title>{head}</head>'
    "<body><h1>Ferries return to the old harbour</h1>{body}<article>" + PROSE + "</article></body></html>"
)


def test_a_web_page_tells_its_fields_and_where_each_was_read():
    head = json_ld(headline="Ferries return to the old harbour", author="Ida Marlow", datePublished="2025-03-24")
    document = extract_web_page(PAGE.format(head=head, body=""), file="page.html", address=ADDRESS, register=REGISTER)
    assert document.headline == "Ferries return to the old harbour"
    assert document.authors == ("Ida Marlow",)
    assert (document.publisher, document.published) == ("Harbour Times", "2025-03-24")
    assert (document.language, document.direction) == ("en", "ltr")
    assert document.address == ADDRESS
    assert document.provenance["authors"] == Finding("json-ld", "Ida Marlow")
    assert document.provenance["publisher"].origin == "address"


def test_selectors_travel_with_the_register_and_find_their_page_by_its_address_or_its_canonical_link():
    register = Register([Entry("Harbour Times", "newspaper", (("harbourtimes.example", "domain"),), {"title": ".own"})])
    own = '<div class="own">The ferries are back</div>'
    page = PAGE.format(head="", body=own)
    document = extract_web_page(page, file="page.html", address=ADDRESS, register=register)
    assert document.headline == "The ferries are back"
    assert document.provenance["headline"].origin == "selector"
    page = PAGE.format(head=f'<link rel="canonical" href="{ADDRESS}">', body=own)
    assert extract_web_page(page, file="p", address=None, register=register).headline == "The ferries are back"
    page = PAGE.format(head="", body=own)
    elsewhere = "https://www.other.example/x"
    assert extract_web_page(page, file="p", address=elsewhere, register=register).headline != "The ferries are back"


def test_what_the_operator_gives_is_marked_as_given_and_the_page_is_not_forgotten():
    document = extract_web_page(PAGE.format(head="", body=""), file="page.html", address=ADDRESS, register=REGISTER)
    given = with_given(document, {"publisher": "Evening Post", "language": "en"})
    assert given.publisher == "Evening Post"
    assert given.provenance["publisher"] == Finding("given", "Evening Post", (("address", "harbourtimes.example"),))
    assert with_given(document, {}) is document


def test_a_page_of_plain_text_says_where_its_fields_were_read():
    text = (
        "Ferries return to the old harbour\n\nBy Ida Marlow\n\nMarch 24, 2025\n\n"
        "The ferries are back in the old harbour after eleven years, and two hundred people waited at the quay.\n\n"
        "A brass band played on the upper deck while the captain, who had sailed the last boat too, rang the bell.\n"
    )
    document = extract(text, file="page.txt", register=REGISTER)
    origins = {name: finding.origin for name, finding in document.provenance.items()}
    assert origins == {"headline": "text", "authors": "byline", "published": "date line", "language": "text"}
    assert document.provenance["published"].words == "2025-03-24"


def test_the_source_of_a_host_is_that_of_its_domain():
    assert REGISTER.source_at("edition.cnn.com") == "CNN"
    assert REGISTER.source_at("www.harbourtimes.example") == "Harbour Times"
    assert REGISTER.source_at("cnn.com.evil.example") is None
    assert REGISTER.source_at("") is None
