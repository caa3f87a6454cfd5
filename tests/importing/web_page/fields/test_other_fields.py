"""Tags, standfirst, language, direction, publisher, address, genre; selectors; what others said."""

import pytest

from tests.importing.web_page.fields.building import ADDRESS, json_ld, meta, read

H1 = "<h1>Ferries return to the old harbour</h1>"


def tags(fields):
    return [tag.name for tag in fields.tags]


@pytest.mark.parametrize(
    ("head", "body", "origin"),
    [
        (json_ld(keywords=["Harbour", "Ferries"]), "", "json-ld"),
        (json_ld(keywords="Harbour, Ferries"), "", "json-ld"),
        (meta(article__tag="Harbour") + meta(article__tag="Ferries"), "", "opengraph"),
        ('<meta name="news_keywords" content="Harbour; Ferries">', "", "meta"),
        ('<meta name="keywords" content="Harbour,Ferries">', "", "meta"),
        ("", H1 + '<p><a rel="tag" href="/x">Harbour</a> <a href="/tag/ferries">Ferries</a></p>', "link"),
        ("", H1 + '<ul class="article-tags"><li><a href="/a">Harbour</a><li><a href="/b">Ferries</a></ul>', "link"),
    ],
)
def test_each_place_of_a_page_may_give_the_tags(head, body, origin):
    fields = read(head, body)
    assert tags(fields) == ["Harbour", "Ferries"]
    assert fields.provenance["tags"].origin == origin
    assert {tag.kind for tag in fields.tags} == {"topic"}


@pytest.mark.parametrize(
    "word",
    [
        "Harbour Times",
        "harbourtimes.example",
        "type:article",
        "category:news",
        "HARBOUR",
        "#Harbour",
        "",
        "1234567",
        "News",
        "Ferries return to the old harbour",
        "x" * 80,
    ],
)
def test_names_of_the_site_values_for_machines_and_repetitions_are_no_tags(word):
    assert tags(read(json_ld(keywords=["Harbour", word]), H1)) == ["Harbour"]


def test_links_to_topics_in_prose_and_to_sections_are_no_tags():
    body = '<p>The <a href="/topics/ferries">ferries</a> are back.</p><a rel="category tag" href="/c/local">Local</a>'
    assert tags(read("", H1 + body)) == []


def test_keywords_of_the_whole_site_are_no_tags_of_the_article():
    head = '<meta name="keywords" content="sport, weather, horoscope, stock prices, football results">'
    body = ["The ferries are back in the old harbour after eleven years.", "Two hundred people waited at the quay."]
    assert tags(read(head, H1, text=body)) == []
    head = '<meta name="keywords" content="ferries, old harbour, shipping">'
    assert tags(read(head, H1, text=body)) == ["ferries", "old harbour", "shipping"]


def test_the_standfirst_is_what_stands_under_the_headline():
    words = "After eleven years the first boat has sailed again, with two hundred people on board."
    for head, body in (
        ("", f'{H1}<p class="standfirst">{words}</p>'),
        (meta(og__description=words), H1),
        (json_ld(description=words), H1),
        (f'<meta name="description" content="{words}">', H1),
    ):
        assert read(head, body).standfirst == words


def test_a_description_that_is_cut_off_or_begins_the_text_or_repeats_the_title_is_no_standfirst():
    first = "The ferries are back in the old harbour after eleven years of waiting."
    assert read(meta(og__description="The ferries are back in the old…"), H1).standfirst is None
    assert read(meta(og__description=first), H1, text=[first + " Two hundred people came."]).standfirst is None
    assert read(meta(og__description="Ferries return to the old harbour"), H1).standfirst is None


@pytest.mark.parametrize(
    ("head", "html", "language", "direction"),
    [
        ("", 'lang="en-GB"', "en", "ltr"),
        ("", 'lang="fa"', "fa", "rtl"),
        (meta(og__locale="de_DE"), "", "de", "ltr"),
        (json_ld(inLanguage="fr-FR"), "", "fr", "ltr"),
        ('<meta http-equiv="content-language" content="es">', "", "es", "ltr"),
        ("", 'lang="iw"', "he", "rtl"),
        ("", 'lang="{{locale}}"', None, None),
    ],
)
def test_the_language_is_read_from_markup_where_there_is_no_text(head, html, language, direction):
    fields = read(head, html=html)
    assert (fields.language, fields.direction) == (language, direction)


def test_the_text_outweighs_a_wrong_attribute():
    body = ["Die Fähren sind nach elf Jahren wieder im alten Hafen, und zweihundert Menschen warteten am Kai auf sie."]
    fields = read(html='lang="en"', text=body)
    assert fields.language == "de"
    assert ("markup", "en") in fields.provenance["language"].others


def test_the_publisher_goes_by_the_register_or_by_what_the_page_prints():
    assert read(meta(og__site_name="THE HARBOUR TIMES ONLINE")).publisher == "Harbour Times"
    assert read(meta(og__site_name="Küstenblatt"), address=None).publisher == "Küstenblatt"
    assert (
        read(json_ld(publisher={"@type": "Organization", "name": "The Harbour Times"}), address=None).publisher
        == "Harbour Times"
    )
    assert read(address="https://edition.cnn.com/x").publisher == "CNN"
    assert read(address=None).publisher is None


@pytest.mark.parametrize(
    ("head", "address"),
    [
        (
            '<link rel="canonical" href="https://www.harbourtimes.example/ferries">',
            "https://www.harbourtimes.example/ferries",
        ),
        ('<link rel="canonical" href="/ferries#top">', "https://www.harbourtimes.example/ferries"),
        (meta(og__url="https://www.harbourtimes.example/ferries"), "https://www.harbourtimes.example/ferries"),
        ('<link rel="canonical" href="javascript:alert(1)">', ADDRESS),
        ('<link rel="canonical" href="https://www.harbourtimes.example/">', ADDRESS),
        ('<link rel="canonical" href="data:text/html,x">', ADDRESS),
        ('<link rel="canonical" href="https://[broken">', ADDRESS),
        ("", ADDRESS),
    ],
)
def test_the_address_is_the_canonical_one_of_the_web(head, address):
    assert read(head).address == address


def test_a_given_address_that_is_none_of_the_web_is_not_kept():
    assert read(address="javascript:alert(1)").address is None
    assert read(address="/home/ida/page.html").address is None


@pytest.mark.parametrize(
    ("head", "body", "genre"),
    [
        (json_ld(**{"@type": "OpinionNewsArticle"}, headline="x"), "", "opinion"),
        (json_ld(**{"@type": "AnalysisNewsArticle"}, headline="x"), "", "analysis"),
        (json_ld(headline="x", articleSection="Opinion"), "", "opinion"),
        (meta(article__section="Meinung"), "", "opinion"),
        ("", '<span class="kicker">Analysis</span>' + H1, "analysis"),
        ("", "<h1>Explained: why the ferries are back</h1>", "explainer"),
        (json_ld(headline="x", articleSection="News"), H1, None),
        ("", H1, None),
    ],
)
def test_the_genre_is_told_where_the_page_says_it(head, body, genre):
    assert read(head, body).genre == genre


def test_selectors_of_the_source_are_believed_first_and_the_rest_is_kept_beside():
    head = json_ld(headline="For social media", author="Wrong Person", datePublished="2020-01-01", keywords="Wrong")
    body = (
        '<div class="x-t">Ferries return to the old harbour</div><div class="x-a">By Ida Marlow and Bo Ekström</div>'
        '<span class="x-d">24 March 2025</span><i class="x-k">Harbour</i><i class="x-k">Ferries</i><p class="x-s">All is well again.</p>'
    )
    selectors = {
        "title": ".x-t",
        "authors": ".x-a",
        "published": ".x-d",
        "tags": ".x-k",
        "standfirst": ".x-s",
        "body": "p",
    }
    fields = read(head, body, selectors=selectors)
    assert fields.headline == "Ferries return to the old harbour"
    assert fields.authors == ("Ida Marlow", "Bo Ekström")
    assert fields.published == "2025-03-24"
    assert tags(fields) == ["Harbour", "Ferries"]
    assert fields.standfirst == "All is well again."
    assert {fields.provenance[name].origin for name in ("headline", "authors", "published", "tags", "standfirst")} == {
        "selector"
    }
    assert ("json-ld", "For social media") in fields.provenance["headline"].others


@pytest.mark.parametrize("selector", ["", "[[", ":::", "p:has(", ".nothing", "*" * 5000])
def test_a_selector_that_is_none_or_finds_nothing_changes_nothing(selector):
    assert read(json_ld(headline="Ferries return"), selectors={"title": selector}).headline == "Ferries return"
