"""The headline of a web page: which words, and without what."""

import pytest

from tests.importing.web_page.fields.building import json_ld, meta, read

HEADLINE = "Ferries return to the old harbour"


@pytest.mark.parametrize(
    ("head", "body", "origin"),
    [
        ("", f"<h1>{HEADLINE}</h1>", "heading"),
        (json_ld(headline=HEADLINE), "", "json-ld"),
        (meta(og__title=HEADLINE), "", "opengraph"),
        ("", f'<div itemscope><p itemprop="headline">{HEADLINE}</p></div>', "microdata"),
        (f"<title>{HEADLINE}</title>", "", "title-tag"),
        (f'<meta name="twitter:title" content="{HEADLINE}">', "", "twitter"),
        (f'<meta name="parsely-title" content="{HEADLINE}">', "", "meta"),
    ],
)
def test_each_place_of_a_page_may_give_the_headline(head, body, origin):
    fields = read(head, body)
    assert fields.headline == HEADLINE
    assert fields.provenance["headline"].origin == origin


@pytest.mark.parametrize(
    "printed",
    [
        f"{HEADLINE} | Harbour Times",
        f"{HEADLINE} - The Harbour Times",
        f"{HEADLINE} — harbourtimes.example",
        f"Harbour Times: {HEADLINE}".replace(": ", " » "),
        f"{HEADLINE} | World | Harbour Times",
        f"{HEADLINE} • Harbour Times Online",
        f"{HEADLINE} – CNN",
    ],
)
def test_the_name_of_a_site_is_no_part_of_the_headline(printed):
    assert read(f"<title>{printed}</title>").headline == HEADLINE


def test_a_site_that_no_register_knows_is_known_by_the_names_the_page_gives_it():
    head = f"<title>{HEADLINE} - Küstenblatt</title>" + meta(og__site_name="Küstenblatt")
    assert read(head, address="https://example.org/a/b").headline == HEADLINE
    head = f"<title>{HEADLINE} - Küstenblatt</title>" + json_ld(publisher={"name": "Küstenblatt"})
    assert read(head, address="https://example.org/a/b").headline == HEADLINE


def test_what_follows_a_dash_belongs_to_the_headline_unless_another_place_leaves_it_out():
    whole = "After the storm – how a harbour lives"
    assert read(f"<title>{whole}</title>").headline == whole
    assert read(f"<title>{HEADLINE} – Shipping</title>", f"<h1>{HEADLINE}</h1>").headline == HEADLINE


def test_a_page_that_only_names_its_site_has_no_headline():
    assert read("<title>Harbour Times</title>", "<h1>The Harbour Times</h1>").headline is None


def test_a_kicker_set_in_the_heading_goes_where_it_is_named_one_or_missing_elsewhere():
    named = f'<h1><span class="kicker">Shipping</span> <span>{HEADLINE}</span></h1>'
    assert read("", named).headline == HEADLINE
    missing = f"<h1><span>Shipping</span> <span>{HEADLINE}</span></h1>"
    assert read(json_ld(headline=HEADLINE), missing).headline == HEADLINE


def test_words_for_social_media_lose_to_the_heading_that_another_place_repeats():
    head = meta(og__title="You will not believe which boats are back!") + json_ld(headline=HEADLINE)
    fields = read(head, f"<h1>{HEADLINE}</h1>")
    assert fields.headline == HEADLINE
    assert ("opengraph", "You will not believe which boats are back!") in fields.provenance["headline"].others


def test_of_two_headings_the_one_that_other_places_repeat_is_the_headline():
    body = f"<h1>Our week in pictures</h1><h1>{HEADLINE}</h1>"
    assert read(f"<title>{HEADLINE}</title>", body).headline == HEADLINE


def test_a_cut_off_title_is_completed_by_a_whole_one():
    head = meta(og__title="Ferries return to the old…") + f"<title>{HEADLINE}</title>"
    assert read(head).headline == HEADLINE


def test_a_shouted_heading_gives_way_to_the_same_words_in_small_letters():
    assert read(meta(og__title=HEADLINE), f"<h1>{HEADLINE.upper()}</h1>").headline == HEADLINE


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        ("Fähr&amp;shy;verbin&amp;shy;dung kehrt zurück", "Fährverbindung kehrt zurück"),
        ("Boats &amp;amp; bridges", "Boats & bridges"),
        ("&amp;quot;We are back&amp;quot;, says the captain", '"We are back", says the captain'),
        ("Ferries\u200b return\u2060 home", "Ferries return home"),
        ("Cafe\u0301 by the sea reopens", "Café by the sea reopens"),
        ("  Ferries \n\t return   home ", "Ferries return home"),
        ("Ferries &lt;em&gt;return&lt;/em&gt; home", "Ferries return home"),
        ("\u202eferries\u202c return home", "ferries return home"),
        ("کشتی\u200cها بازگشتند", "کشتی\u200cها بازگشتند"),
    ],
)
def test_invisible_characters_entities_and_tags_go_and_the_joiners_of_persian_stay(printed, clean):
    assert read(meta(og__title=printed)).headline == clean


@pytest.mark.parametrize(
    "title",
    [
        "渡船重返旧港口",
        "العبارات تعود إلى الميناء القديم",
        "Паромы вернулись в старую гавань",
        "पुराने बंदरगाह पर लौटीं नावें",
    ],
)
def test_headlines_of_all_scripts(title):
    assert (
        read(meta(og__title=title) + f"<title>{title} - Harbour Times</title>", f"<h1>{title}</h1>").headline == title
    )


def test_lines_broken_in_a_heading_stay_apart_as_words():
    assert read("", "<h1>Ferries return<br>to the old harbour</h1>").headline == HEADLINE


def test_words_behind_a_bar_go_unless_the_heading_prints_them_too():
    assert read(meta(og__title=f"{HEADLINE} | Local | Some Paper"), address=None).headline == HEADLINE
    printed = f"{HEADLINE} | In pictures"
    assert read(meta(og__title=printed), f"<h1>{printed}</h1>").headline == printed


def test_a_headline_that_a_site_cut_at_a_length_loses_to_the_whole_one():
    whole = "Ferries return to the old harbour after eleven years of waiting, three court cases and a fire on the quay"
    assert read(json_ld(headline=whole[:60]) + f"<title>{whole}</title>", f"<h1>{whole}</h1>").headline == whole


def test_the_name_of_another_outlet_behind_a_dash_stays_where_the_site_is_known():
    assert read(meta(og__title="Oil is rising again: CNN")).headline == "Oil is rising again: CNN"
