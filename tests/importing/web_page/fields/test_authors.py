"""The authors of a web page: people first, as printed, and nobody else."""

import pytest

from tests.importing.web_page.fields.building import json_ld, meta, read, script

H1 = "<h1>Ferries return to the old harbour</h1>"


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@type": "Person", "name": "Ida Marlow"}, ("Ida Marlow",)),
        (
            [{"@type": "Person", "name": "Ida Marlow"}, {"@type": "Person", "name": "Bo Ekström"}],
            ("Ida Marlow", "Bo Ekström"),
        ),
        ({"@type": "Person", "name": ["Ida Marlow", "Bo Ekström"]}, ("Ida Marlow", "Bo Ekström")),
        ("By Ida Marlow and Bo Ekström", ("Ida Marlow", "Bo Ekström")),
        (["Ida Marlow", "Bo Ekström"], ("Ida Marlow", "Bo Ekström")),
        ({"@type": "Person", "givenName": "Ida", "familyName": "Marlow"}, ("Ida Marlow",)),
        ({"@type": "Person", "name": "Ida Marlow, Washington correspondent"}, ("Ida Marlow",)),
        ({"@type": "Person", "name": "Ida Marlow (Oslo)"}, ("Ida Marlow",)),
        ({"@type": "Person", "name": "Ida Marlow | Harbour Times"}, ("Ida Marlow",)),
        ({"@type": "Person", "name": "ida.marlow@example.org Ida Marlow"}, ("Ida Marlow",)),
        ({"@type": "Person", "name": "Marlow, Ida"}, ("Ida Marlow",)),
        ({"@type": "Person", "name": "Ida de la Cruz"}, ("Ida de la Cruz",)),
        ({"@type": "Person", "name": "Jan van den Berg"}, ("Jan van den Berg",)),
        ({"@type": "Organization", "name": "Ida Marlow"}, ("Ida Marlow",)),
        ([{"@type": "Person", "name": "Ida Marlow"}, {"@type": "Organization", "name": "AFP"}], ("Ida Marlow",)),
        ([{"name": "Ida Marlow"}, {"name": "IDA MARLOW"}], ("Ida Marlow",)),
        ("Von Ida Marlow, Bo Ekström und Tom Reed", ("Ida Marlow", "Bo Ekström", "Tom Reed")),
        ("Par Ida Marlow et Bo Ekström", ("Ida Marlow", "Bo Ekström")),
        ("Ида Марлова", ("Ида Марлова",)),
        ({"@type": "Person", "name": "王小明"}, ("王小明",)),
        ("记者：王小明", ("王小明",)),
        ({"@type": "Person", "name": "محمد الأمين"}, ("محمد الأمين",)),
        ({"@type": "Person", "name": "अनिता शर्मा"}, ("अनिता शर्मा",)),
    ],
)
def test_json_ld_names_its_authors_in_many_ways(author, names):
    assert read(json_ld(headline="x", author=author)).authors == names


@pytest.mark.parametrize(
    "author",
    [
        {"@type": "Organization", "name": "Harbour Times"},
        {"@type": "Person", "name": "Harbour Times"},
        {"@type": "Person", "name": "admin"},
        {"@type": "Person", "name": "https://www.harbourtimes.example/team/"},
        {"@type": "Person", "name": "@harbourtimes"},
        {"@type": "Person", "name": "{{author}}"},
        {"@type": "Person", "name": "Staff Writer"},
        {"@type": "Person"},
        "",
        None,
        7,
    ],
)
def test_what_is_nobody_is_no_author(author):
    assert read(json_ld(headline="x", author=author)).authors == ()


def test_an_agency_signs_where_no_person_does():
    assert read(json_ld(author={"@type": "Organization", "name": "Reuters"})).authors == ("Reuters",)
    assert read("", H1 + '<p class="byline">AFP</p>').authors == ("AFP",)
    fields = read(
        json_ld(author={"@type": "Organization", "name": "Reuters"}), H1 + '<p class="byline">By Ida Marlow</p>'
    )
    assert fields.authors == ("Ida Marlow",)


def test_a_reference_by_id_is_followed():
    head = script(
        '{"@context":"https://schema.org","@graph":[{"@type":"Article","headline":"x","author":{"@id":"#ida"}},'
        '{"@type":"Person","@id":"#ida","name":"Ida Marlow"}]}'
    )
    assert read(head).authors == ("Ida Marlow",)


@pytest.mark.parametrize(
    ("head", "body", "origin"),
    [
        ('<meta name="author" content="Ida Marlow">', "", "meta"),
        (meta(article__author="Ida Marlow"), "", "opengraph"),
        (
            '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ida Marlow">',
            "",
            "meta",
        ),
        (
            "",
            H1
            + '<p itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Ida Marlow</span></p>',
            "microdata",
        ),
        ("", H1 + '<div class="article__byline">By Ida Marlow</div>', "byline"),
        ("", H1 + '<div data-testid="articleAuthors">Ida Marlow</div>', "byline"),
        ("", H1 + '<p><a rel="author" href="/x">Ida Marlow</a></p>', "link"),
        ("", H1 + '<p><a href="/autor/ida-marlow">Ida Marlow</a></p>', "link"),
        ("", H1 + "<p>By Ida Marlow</p>", "byline"),
    ],
)
def test_each_place_of_a_page_may_name_the_author(head, body, origin):
    fields = read(head, body)
    assert fields.authors == ("Ida Marlow",)
    assert fields.provenance["authors"].origin == origin


@pytest.mark.parametrize(
    "body",
    [
        '<div class="comments"><p class="author">Angry Reader</p></div>',
        '<aside><p class="byline">By Other Writer</p></aside>',
        '<div class="related-articles"><span class="byline">By Other Writer</span></div>',
        '<figure><figcaption class="author">Photo Grapher</figcaption></figure>',
        '<p><a href="https://example.org/licenses/by/4.0/">CC BY</a></p>',
        '<p class="author"><a href="/authors/">Browse Authors</a></p>',
    ],
)
def test_names_of_others_on_the_page_are_no_authors(body):
    assert read("", H1 + "<p>The ferries are back.</p>" + body).authors == ()


def test_the_people_whom_most_places_name_are_the_authors_and_the_others_are_kept_beside():
    head = '<meta name="author" content="Uploader Person">' + json_ld(author={"name": "Ida Marlow"})
    fields = read(head, H1 + '<p class="byline">By Ida Marlow</p>')
    assert fields.authors == ("Ida Marlow",)
    assert ("meta", "Uploader Person") in fields.provenance["authors"].others


def test_the_author_of_another_article_on_the_page_is_not_taken():
    head = json_ld(
        headline="Ferries return", url="https://www.harbourtimes.example/2025/03/24/ferries-return", author="Ida Marlow"
    )
    other = json_ld(headline="Bridges close", url="https://www.harbourtimes.example/other", author="Tom Reed")
    assert read(other + head, "<h1>Ferries return</h1>").authors == ("Ida Marlow",)
    assert read(other, "<h1>Ferries return</h1>").authors == ()


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@type": "Person", "name": "Di Wang"}, ("Di Wang",)),
        ({"@type": "Person", "name": "Kim In Sung"}, ("Kim In Sung",)),
        ({"@type": "Person", "name": "Ida Marlow/Bo Ekström"}, ("Ida Marlow", "Bo Ekström")),
        ({"@type": "Person", "name": "Ida Marlow in Oslo"}, ("Ida Marlow",)),
        ({"@type": "Person", "name": "facebook.com/ida.marlow"}, ()),
    ],
)
def test_syllables_of_names_are_no_markers_and_strokes_divide(author, names):
    assert read(json_ld(headline="x", author=author)).authors == names


def test_names_in_elements_of_their_own_are_joined_where_another_place_confirms_them():
    links = '<a href="/author/ida">Ida Marlow</a></p><p class="byline"><a href="/author/bo">Bo Ekström</a>'
    assert read("", H1 + f'<p class="byline">{links}</p>').authors == ("Ida Marlow", "Bo Ekström")


def test_an_account_signs_where_a_link_says_that_it_leads_to_the_author():
    assert read("", H1 + '<p>by <a rel="author" href="/u/harbourcat">harbourcat</a></p>').authors == ("harbourcat",)
    assert read("", H1 + '<p><a href="/u/harbourcat">harbourcat</a></p>').authors == ()


def test_the_day_behind_a_name_and_the_place_behind_a_bar_are_no_part_of_it():
    assert read("", H1 + '<p class="byline">By Ida Marlow March 24, 2025</p>').authors == ("Ida Marlow",)
    assert read("", H1 + '<p class="byline">Ida Marlow | Port Stanley Town</p>').authors == ("Ida Marlow",)
