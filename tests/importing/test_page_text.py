"""Pages of many kinds, written for these tests: what an editor reads off each of them comes out."""

from pathlib import Path

import pytest

from kb.importing.page_text import RULES, read_page
from kb.importing.register import Entry, Register
from kb.text.likeness import words_of

PAGES = Path(__file__).parent / "pages"
OUTLETS = ("Reuters", "CNN", "The Guardian", "Financial Times", "The Conversation", "BIS", "IAEA", "Stimson Center")
UNKNOWN = {
    "headline": None,
    "authors": (),
    "publisher": None,
    "originally_published_by": None,
    "published": None,
    "retrieved": None,
    "genre": None,
    "headings": (),
    "tags": (),
    "excludes": (),
}
# What the pages say; what is not named here they do not say.
EXPECTED = {
    "aggregator": {
        "headline": "Steel quotas return by the back door",
        "publisher": "Newsbarrel",
        "originally_published_by": "Northern Ledger",
        "published": "2024-09-17",
        "starts": "When the commission dropped",
        "ends": "buyers of small cars.",
        "excludes": ("Dockers in Durban", "central bank", "Newsbarrel", "No comments"),
    },
    "arabic": {
        "headline": "البنك المركزي يرفع سعر الفائدة للمرة الثالثة",
        "authors": ("سامر الخطيب",),
        "published": "2024-04-14",
        "headings": ("ماذا بعد؟",),
        "starts": "رفع البنك",
        "ends": "على القرار.",
        "excludes": ("القمح",),
    },
    "blog_with_card": {
        "headline": "The Quiet Return of the Arms Broker",
        "authors": ("Lena Fairweather",),
        "publisher": "Saltmarsh Review",
        "headings": ("The warehouse map", "The price of trust"),
        "starts": "For a decade",
        "ends": "Everybody uses it.",
        "excludes": ("Table of contents", "investigative", "Donate", "Bread and barracks", "Joris Beek"),
    },
    "card_in_the_middle": {
        "headline": "Ottawa weighs a levy on foreign buyers of farmland",
        "authors": ("Danielle Roy",),
        "published": "2024-05-20",
        "starts": "Ottawa may tax",
        "ends": "before the summer recess.",
        "excludes": ("Drought forces", "Conductors", "list 1 of 2"),
    },
    "chrome_only": {"publisher": "Example Post", "starts": "", "ends": ""},
    "comments_long": {
        "headline": "Analysis: Why the grid deal matters more than the gas deal",
        "authors": ("Theo Lindqvist",),
        "published": "2024-02-14",
        "genre": "analysis",
        "starts": "Three Baltic states",
        "ends": "whether the lights stay on.",
        "excludes": ("My cousin", "old_engineer"),
    },
    "french": {
        "headline": "À Dakar, le port change de mains",
        "authors": ("Aminata Keita",),
        "originally_published_by": "La Dépêche du Fleuve",
        "published": "2024-02-07",
        "genre": "opinion",
        "headings": ("Un calendrier serré",),
        "starts": "Le terminal",
        "ends": "depuis dix ans.",
        "excludes": ("Abidjan", "opinions"),
    },
    "german": {
        "headline": "Wasserstoff aus Namibia kommt später",
        "authors": ("Katrin Osterloh",),
        "published": "2024-05-03",
        "headings": ("Zweifel in der Branche",),
        "starts": "Das größte",
        "ends": "Norwegen und Oman.",
        "excludes": ("Stahlwerke suchen", "Netzentgelte"),
    },
    "hard_wrapped": {
        "headline": "THE RAIL LINE THAT NOBODY WANTS TO FINISH",
        "authors": ("Anselm Brodka",),
        "published": "2023-11-02",
        "headings": ("A question of gauge",),
        "starts": "Eleven years after",
        "ends": "the drivers do well out of it.",
    },
    "hashtag_essay": {
        "headline": "Why #Kazakhstan Hedges",
        "authors": ("Nadia Tulegenova",),
        "publisher": "Steppe Window",
        "headings": ("#Moscow holds the pipe", "The third door"),
        "tags": ("Moscow", "sanctions", "Beijing", "uranium", "IAEA", "Oskemen", "Kazakhstan"),
        "starts": "Astana buys time.",
        "ends": "wherever they go.",
        "excludes": ("87", "From Salt to Steel", "4411", "Steppe Window"),
    },
    "opinion_reprint": {
        "headline": "Why the Lithium Cartel Will Not Hold",
        "authors": ("Rosa Ibarra", "Tomás Wexler"),
        "originally_published_by": "Quarterly Minerals Review",
        "published": "2024-04-08",
        "retrieved": "2024-04-09",
        "genre": "opinion",
        "headings": ("The price of patience", "Who gains from the pause?"),
        "tags": ("lithium", "commodities", "Chile", "Bolivia"),
        "starts": "Producers of bulk commodities",
        "ends": "at the top.",
        "excludes": ("“Two thirds", "senior fellow", "Argentina", "sodium", "Three governments"),
    },
    "persian": {
        "headline": "گفتگوهای مرزی بدون نتیجه پایان یافت",
        "authors": ("مریم کاویانی",),
        "published": "2024-03-12",
        "headings": ("آب و سیاست",),
        "tags": ("آب", "مرز"),
        "starts": "نمایندگان دو کشور",
        "ends": "نشان داده است.",
        "excludes": ("نظر خود",),
    },
    "republished": {
        "headline": "What a weaker dollar means for small central banks",
        "authors": ("Priya Venkataraman",),
        "publisher": "The Coastal Reader",
        "originally_published_by": "The Conversation",
        "published": "2024-03-25",
        "genre": "analysis",
        "tags": ("dollar", "reserves", "CentralBanks"),
        "starts": "Small central banks",
        "ends": "whoever is attacked.",
        "excludes": ("Kestrel", "Creative Commons"),
    },
    "short": {"headline": "Ferry service resumes", "starts": "Boats between", "ends": "office said."},
    "single_line": {"starts": "The two central banks", "ends": "the end of the decade."},
    "teasers_above": {
        "headline": "How Ankara learned to love the swing vote",
        "authors": ("Kerem Aldous",),
        "published": "2024-06-11",
        "headings": ("The arithmetic of abstention",),
        "starts": "Ankara has found",
        "ends": "hoped for it.",
        "excludes": ("214 partners", "Gas storage", "softer than", "Rail link through Iraq finds", "lira"),
    },
    "think_tank": {
        "headline": "The Coming Test of the Shipping Pact",
        "authors": ("Ingrid Solheim", "Paulo Tavares"),
        "publisher": "The Harrow Institute",
        "published": "2024-04-15",
        "genre": "opinion",
        "headings": ("Key points", "What the members promised"),
        "starts": "The pact that eleven navies",
        "ends": "Before the pact none did.",
        "excludes": ("Senior Fellow", "institutional positions", "Chips, Cables"),
    },
    "untitled": {
        "genre": "opinion",
        "headings": ("What would a default change?",),
        "starts": "The finance ministry in Accra",
        "ends": "before the bill is presented.",
        "excludes": ("Telegram",),
    },
    "windows_newlines": {
        "headline": "Sanctions watchers lose their best map",
        "authors": ("Idris Calloway",),
        "publisher": "Fenland Dispatch",
        "published": "2024-03-05",
        "headings": ("What remains",),
        "starts": "The ship-tracking service",
        "ends": "Neither shows names.",
        "excludes": ("dark fleet?", "cod is back", "Follow"),
    },
    "wire_report": {
        "headline": "Grain corridor talks stall as insurers raise premiums",
        "authors": ("Helena Marquardt",),
        "publisher": "Meridian Courier",
        "published": "2024-03-12",
        "headings": ("Premiums bite",),
        "starts": "LONDON, March 12 (Reuters) - Negotiators",
        "ends": "the payment system.",
        "excludes": ("ADVERTISEMENT", "newsletter", "Tom Okafor", "Copper", "Getty", "freighter"),
    },
    "analysis_with_videos": {
        "headline": "The Rare Earth Bluff",
        "authors": ("Hugo Stern",),
        "genre": "analysis",
        "headings": ("The lesson for Berlin",),
        "starts": "Beijing asked last month",
        "ends": "one week of idle car plants.",
        "excludes": ("Greenland", "his own", "03:12"),
    },
    "blog_archive": {
        "headline": "Who speaks for the Sahel?",
        "authors": ("Amadou Traore",),
        "retrieved": "2024-06-06",
        "tags": ("Mali", "Niger", "Sahel"),
        "starts": "For a year three juntas",
        "ends": "elections in return.",
        "excludes": ("Great post", "BlogThis"),
    },
    "explainer": {
        "headline": "Explained: Why the Strait toll matters",
        "authors": ("Explained Desk", "Ritu Malhotra"),
        "publisher": "The Indian Plains Express",
        "published": "2024-05-03",
        "genre": "explainer",
        "headings": ("Why was it proposed?", "What does the law say?"),
        "tags": ("Oman", "strait"),
        "starts": "The idea of a toll",
        "ends": "never ratified it.",
        "excludes": ("PTI", "shrug", "would not charge"),
    },
    "magazine_theme": {
        "headline": "What Tbilisi trades for silence",
        "authors": ("Nino Beridze",),
        "published": "2024-06-09",
        "tags": ("Georgia",),
        "starts": "Tbilisi has learned",
        "ends": "asked to renew it.",
        "excludes": ("“When", "SHARES", "Kerch", "columnist"),
    },
    "persian_portal": {
        "headline": "بندر تازه و رقابت قدرت‌ها",
        "published": "2024-06-08",
        "retrieved": "2024-06-08",
        "genre": "analysis",
        "tags": ("بندر", "راه‌آهن", "سرمایه‌گذاری"),
        "starts": "سفر وزیر خارجه",
        "ends": "تضمینی نداده‌اند.",
        "excludes": ("انتهای پیام", "کشتی‌ها منتظر"),
    },
    "unsigned_byline": {
        "headline": "Ukraine's drone makers eye Gulf buyers",
        "authors": ("Maxim Horn", "Ayesha Karim"),
        "publisher": "The Meridian",
        "published": "2024-05-03",
        "starts": "Ukrainian companies",
        "ends": "already has the wreckage.",
        "excludes": ("favourite", "Opec", "launch ramp", "Drones"),
    },
    "wordpress_blog": {
        "headline": "What Baku Wants From the Corridor",
        "authors": ("Murad Safin",),
        "published": "2024-06-03",
        "headings": ("Iran's calculation",),
        "starts": "A road of forty-three",
        "ends": "some $90 million.",
        "excludes": ("checkpoint", "A lake divided", "Notes on power"),
    },
    "agency_french": {
        "headline": "Le bac de Saint-Brévin reprend la mer après dix mois d'arrêt",
        "authors": ("Élodie Marchand",),
        "published": "2024-03-12",
        "headings": ("Une facture contestée",),
        "starts": "Le bac de Saint-Brévin a repris",
        "ends": "vingt-deux heures. (avec AFP)",
        "excludes": ("second quai", "pont de la Loire", "adresse e-mail", "jour »\n"),
    },
    "broadcaster_german": {
        "headline": "Warum die Reeder auf Methanol warten",
        "authors": ("Jonas Albrecht",),
        "published": "2024-03-12",
        "headings": ("Ein Markt ohne Ware",),
        "starts": "Im Überseehafen",
        "ends": "dem alten Treibstoff.",
        "excludes": ("berichtete der Hafenfunk", "Schlepper"),
    },
    "portal_spanish": {
        "headline": "El puerto de Calderilla cierra su muelle norte por grietas",
        "published": "2024-03-12",
        "tags": ("puertos", "Calderilla", "pesca"),
        "starts": "La autoridad portuaria",
        "ends": "daños por ahora.",
        "excludes": ("aseguradoras", "donación", "censo", "Quillay"),
    },
    "agency_russian": {
        "headline": "В порту Усть-Камень закрыли причал из-за трещины в стене",
        "published": "2024-03-12",
        "tags": ("порт", "ремонт", "Усть-Камень"),
        "starts": "УСТЬ-КАМЕНЬ",
        "ends": "ждёт его в апреле.",
        "excludes": ("Страховщики", "Telegram", "Школы"),
    },
    "arabic_donation": {
        "headline": "إغلاق الحوض الشمالي في ميناء رأس الملح",
        "authors": ("هدى النجار",),
        "published": "2024-03-12",
        "starts": "أغلقت إدارة",
        "ends": "لكل قارب.",
        "excludes": ("IBAN", "COBADEFF", "تبرع", "المدارس"),
    },
    "turkish_portal": {
        "headline": "Kuzey rıhtımı çatlak yüzünden üç ay kapalı kalacak",
        "published": "2024-03-12",
        "starts": "Tuzburnu Limanı'nın",
        "ends": "tazminat istiyor.",
        "excludes": ("Vadide", "Paylaş", "Yorum"),
    },
    "chinese_daily": {
        "headline": "盐角港北港池因裂缝关闭三个月",
        "published": "2024-03-12",
        "starts": "盐角港管理局",
        "ends": "另外三个港池。",
        "excludes": ("责任编辑", "山谷里", "分享到"),
    },
    "continued_by_another": {
        "headline": "How a valley of weavers learned to sell light",
        "authors": ("Imogen Tarrant",),
        "published": "2024-03-12",
        "starts": "The looms of Ashmere",
        "ends": "a window stands open.",
        "excludes": ("Cold Harbour", "Trams", "This autumn"),
    },
    "link_between": {
        "headline": "What the tide gauges say about the harbour wall",
        "authors": ("Corin Maddox",),
        "published": "2024-03-12",
        "headings": ("What the engineers ask for",),
        "tags": ("harbours", "tides"),
        "starts": "For thirty years",
        "ends": "in the gallery.",
        "excludes": ("Orchestra",),
    },
    "polish_portal": {
        "headline": "Nabrzeże północne zamknięte przez pęknięcie w falochronie",
        "authors": ("Katarzyna Wilk",),
        "published": "2024-03-12",
        "tags": ("port", "falochron"),
        "starts": "Północne nabrzeże",
        "ends": "domaga się odszkodowania.",
        "excludes": ("Szkoły", "Komentarze"),
    },
    "pashto_report": {
        "headline": "د مالګې بندر شمالي برخه د درز له امله وتړل شوه",
        "authors": ("زرغونه ستانکزۍ",),
        "published": "2024-03-12",
        "starts": "د مالګې بندر ادارې",
        "ends": "تاوان غواړي.",
        "excludes": ("ښوونځي",),
    },
    "japanese_daily": {
        "headline": "塩崎港の北岸壁、亀裂で三か月閉鎖",
        "published": "2024-03-12",
        "starts": "塩崎港の管理局",
        "ends": "補償を求めている。",
        "excludes": ("谷の学校", "シェア"),
    },
    "dutch_blog": {
        "headline": "Waarom de noordkade drie maanden dicht blijft",
        "authors": ("Marieke Dros",),
        "published": "2024-03-12",
        "starts": "De noordkade van Zoutkaap",
        "ends": "een vergoeding per boot.",
        "excludes": ("Scholen", "Reacties"),
    },
    "glued_breadcrumb": {
        "headline": "Why the Northern Basin Will Not Reopen by Autumn",
        "authors": ("Oluwaseun Adeyemi",),
        "publisher": "Harbour Institute",
        "published": "2024-03-12",
        "genre": "opinion",
        "starts": "Sea walls fail",
        "ends": "than in September.",
        "excludes": ("“In both", "senior fellow", "Donate", "Who insures"),
    },
    "italian_daily": {
        "headline": "Chiusa per tre mesi la banchina nord di Portosale",
        "authors": ("Chiara Bellandi",),
        "published": "2024-03-12",
        "tags": ("porti", "pesca"),
        "starts": "La banchina nord",
        "ends": "chiede un indennizzo.",
        "excludes": ("scuole", "riservata"),
    },
    "portuguese_portal": {
        "headline": "Cais norte de Porto Salgado fecha por três meses",
        "authors": ("Tomás Arrais",),
        "published": "2024-03-12",
        "tags": ("portos", "pesca"),
        "starts": "O cais norte",
        "ends": "pede uma indenização.",
        "excludes": ("Escolas", "Deixe"),
    },
    "hindi_portal": {
        "headline": "नमकपुर बंदरगाह का उत्तरी घाट तीन महीने बंद रहेगा",
        "published": "2024-03-12",
        "tags": ("बंदरगाह", "मछुआरे"),
        "starts": "नमकपुर बंदरगाह का उत्तरी घाट सोमवार",
        "ends": "मुआवजा मांग रहा है।",
        "excludes": ("स्कूल", "शेयर"),
    },
    "korean_daily": {
        "headline": "소금항 북쪽 부두, 균열로 석 달간 폐쇄",
        "authors": ("김하늘",),
        "published": "2024-03-12",
        "starts": "소금항 관리청은",
        "ends": "보상을 요구하고 있다.",
        "excludes": ("계곡의", "공유하기"),
    },
    "urdu_portal": {
        "headline": "نمک بندر کا شمالی گھاٹ دراڑ کے باعث تین ماہ بند رہے گا",
        "published": "2024-03-12",
        "starts": "نمک بندر کا شمالی گھاٹ پیر",
        "ends": "معاوضہ مانگ رہی ہے۔",
        "excludes": ("سکول", "راتیں"),
    },
    "comment_form_in_middle": {
        "headline": "Northern basin closed after divers find crack",
        "authors": ("Marta Oduya", "Jonas Feld"),
        "published": "2024-03-12",
        "starts": "The harbour of Port Selwyn",
        "ends": "by the same contractor.",
        "excludes": ("inbox", "ADVERTISEMENT", "tips@", "They should"),
    },
}


@pytest.fixture(scope="module")
def register():
    return Register(Entry(name, "agency", ()) for name in OUTLETS)


@pytest.fixture(scope="module", params=sorted(EXPECTED))
def page(request, register):
    """One page as an editor reads it, as captured, and as read."""
    raw = (PAGES / f"{request.param}.txt").read_bytes().decode()
    return UNKNOWN | EXPECTED[request.param], raw, read_page(raw, register)


@pytest.fixture
def read(register):
    return lambda raw: read_page(raw, register)


def body(page):
    return "\n\n".join(block.text for block in page.blocks)


def headings(page):
    return tuple(block.text for block in page.blocks if block.kind == "heading")


def test_every_page_of_the_folder_is_tested():
    assert {path.stem for path in PAGES.glob("*.txt")} == set(EXPECTED)


@pytest.mark.parametrize("key", [key for key in UNKNOWN if key not in ("headings", "tags", "excludes")])
def test_a_page_says_what_an_editor_reads_off_it(page, key):
    expected, _, found = page
    assert getattr(found, key) == expected[key]


def test_the_body_is_the_article_and_nothing_else(page):
    expected, _, found = page
    assert body(found).startswith(expected["starts"])
    assert body(found).endswith(expected["ends"])
    for foreign in expected["excludes"]:
        assert foreign not in body(found)


def test_headings_and_tags_are_those_of_the_article(page):
    expected, _, found = page
    assert headings(found) == expected["headings"]
    assert tuple(tag.name for tag in found.tags) == expected["tags"]


def test_spans_cover_the_page_and_give_a_reason_for_all_that_went(page):
    _, raw, found = page
    assert "".join(raw[span.start : span.end] for span in found.spans) == raw
    assert [span.start for span in found.spans if span.kept] == [block.raw_start for block in found.blocks]
    assert all((span.rule == "") if span.kept else (span.rule in RULES) for span in found.spans)


# ---- single rules

ARTICLE = (
    "The envoys of both towns met at the mill on Friday and argued about water until it was dark. None of them had "
    "brought a map, and none of them wanted to be the first to leave.\n\n"
    "A mediator from the coast will draw the line that they could not draw. He has until the harvest to finish.\n"
)


def test_a_page_of_chrome_has_no_body_and_says_so(read):
    found = read("Menu\nSign in\nAdvertisement\n")
    assert found.blocks == ()
    assert [(problem.level, problem.code) for problem in found.problems] == [("error", "no-article-text")]


def test_a_missing_headline_is_null_and_noted(read):
    found = read(ARTICLE)
    assert found.headline is None
    assert [problem.code for problem in found.problems] == ["no-headline"]


def test_a_page_render_date_is_not_a_publication_date(read):
    found = read(f"Monday, June 3, 2024\nHome\nWater and maps\nWater and maps\n\n{ARTICLE}")
    assert (found.published, found.retrieved) == (None, "2024-06-03")


def test_a_weekday_under_the_title_is_a_publication_date(read):
    found = read(f"Two towns quarrel over a river\nMonday, June 3, 2024\n\n{ARTICLE}")
    assert (found.published, found.retrieved) == ("2024-06-03", None)


@pytest.mark.parametrize(
    ("printed", "edtf"),
    [
        ("Published: 12 March 2024", "2024-03-12"),
        ("March 12, 2024 10:32 AM EST", "2024-03-12"),
        ("2024-03-12", "2024-03-12"),
        ("2024-03-12T09:15:00Z", "2024-03-12"),
        ("First Published: Mar 12, 2024, 10:00 IST", "2024-03-12"),
        ("Tue 12th March 2024 | 4 min read", "2024-03-12"),
        ("12.03.2024, 10:15 Uhr", "2024-03-12"),
        ("03/25/2024", "2024-03-25"),
        ("25/03/2024", "2024-03-25"),
        ("Posted on March 12, 2024", "2024-03-12"),
        ("12 de marzo de 2024", "2024-03-12"),
        ("Published March 2024", None),
        ("Date: March 2024", "2024-03"),
        ("Last updated: 12 March 2024", None),
        ("05-03-2024", None),
        ("3 hours ago", None),
        ("March 12", None),
    ],
)
def test_a_date_line_is_read_as_far_as_it_is_certain(read, printed, edtf):
    assert read(f"Two towns quarrel over a river\n{printed}\n\n{ARTICLE}").published == edtf


def test_a_date_that_could_be_two_days_is_left_open_with_a_note(read):
    found = read(f"Two towns quarrel over a river\n05-03-2024\n\n{ARTICLE}")
    assert found.published is None
    assert [(problem.level, problem.code, problem.line) for problem in found.problems] == [("info", "unclear-date", 2)]


@pytest.mark.parametrize(
    ("printed", "authors"),
    [
        ("By Jane Doe", ("Jane Doe",)),
        ("BY JANE DOE", ("JANE DOE",)),
        ("By Jane Doe and John Roe, Reuters", ("Jane Doe", "John Roe")),
        ("By Jane Doe, Staff Writer", ("Jane Doe",)),
        ("By Jane Doe | March 3, 2024", ("Jane Doe",)),
        ("By Jane DoeMarch 3, 2024", ("Jane Doe",)),
        ("By Jane Doe in Geneva", ("Jane Doe",)),
        ("By: Jane Doe Follow", ("Jane Doe",)),
        ("Written by Ann Lee, Bo Chan & Cy Dorn", ("Ann Lee", "Bo Chan", "Cy Dorn")),
        ("Author: M. A. Khan", ("M. A. Khan",)),
        ("Posted on March 3, 2024 by Jane Doe", ("Jane Doe",)),
        ("Opinion by Jane van der Berg", ("Jane van der Berg",)),
        ("By Editorial Board", ("Editorial Board",)),
        ("Von Anna-Lena Schmidt", ("Anna-Lena Schmidt",)),
        ("By Reuters", ()),
        ("By Staff Reporter", ()),
        ("By and large", ()),
    ],
)
def test_a_byline_gives_names_without_roles_agencies_and_dates(read, printed, authors):
    assert read(f"Two towns quarrel over a river\n{printed}\n\n{ARTICLE}").authors == authors


def test_a_site_that_signs_is_the_publisher_and_the_account_the_author(read):
    found = read(
        f"Two towns quarrel over a river\n\n{ARTICLE}\nThanks.\n\nWritten By Example.com\n\nRiverTeam\n\nPost a Comment"
    )
    assert (found.publisher, found.authors) == ("Example.com", ("RiverTeam",))


@pytest.mark.parametrize(
    ("notice", "outlet"),
    [
        ("This article was originally published by River Post.", "River Post"),
        ("This commentary originally appeared in The Mill Review.", "The Mill Review"),
        ("This piece first appeared in the Mill Review on May 3, 2024.", "Mill Review"),
        ("Republished with permission from River Post", "River Post"),
        ("The post Two towns quarrel appeared first on River Post.", "River Post"),
        ("An earlier version of this essay was first published at www.riverpost.example.", "www.riverpost.example"),
        ("Originally published at https://www.riverpost.example/2024/05/", "riverpost.example"),
    ],
)
def test_a_syndication_notice_names_the_first_outlet(read, notice, outlet):
    found = read(f"Two towns quarrel over a river\n\n{ARTICLE}\n{notice}")
    assert found.originally_published_by == outlet
    assert "River Post" not in body(found)


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Two towns quarrel over a river | River Post", "Two towns quarrel over a river"),
        ("Two towns quarrel over a river - Reuters", "Two towns quarrel over a river"),
        ("Two towns, one river - and no map", "Two towns, one river - and no map"),
        ("Opinion | Two towns quarrel over a river", "Two towns quarrel over a river"),
        ("Opinion: Two towns quarrel over a river", "Opinion: Two towns quarrel over a river"),
        ("Two towns quarrel: over a river, and over more", "Two towns quarrel: over a river, and over more"),
        ("Will two towns share a river?", "Will two towns share a river?"),
    ],
)
def test_a_headline_is_printed_without_site_and_genre(read, title, headline):
    assert read(f"{title}\n\n{ARTICLE}").headline == headline


def test_the_best_formed_copy_of_a_title_is_the_headline(read):
    curly, straight = "The Mayor’s Map Of A Divided River", "The Mayor's Map Of A Divided River"
    found = read(f"HomeWorld{straight}\n{straight.upper()}\n{curly.lower()}\n{straight}\n{curly}\n\n{ARTICLE}")
    assert found.headline == curly
    assert body(found) == ARTICLE.strip()


def test_a_wrapped_paragraph_is_one_block_with_its_newlines(read):
    wrapped = (
        "The mayor of the upper town has closed the sluice every evening since\n"
        "the spring, and the lower town has answered with a levy on carts that\n"
        "cross the bridge. Both say that the other began.\n"
    )
    found = read(f"{wrapped}\n{wrapped.replace('mayor', 'miller').replace('sluice', 'gate')}")
    assert found.blocks[0].text == wrapped.strip()
    assert len(found.blocks) == 2


def test_lists_keep_their_lines(read):
    found = read(
        f"{ARTICLE}\n• a map of the river\n• a list of the mills\n• a price for the water\n\n{ARTICLE.replace('Friday', 'Sunday')}"
    )
    assert "• a list of the mills" in [block.text for block in found.blocks]


@pytest.mark.parametrize(
    "line",
    [
        "Related: Mills close early",
        "Read more: Mills close early",
        "ALSO READ | Mills close early",
        "Advertisement",
        "1.2K Shares",
        "Sign up for our newsletter",
    ],
)
def test_links_and_buttons_in_the_running_text_are_taken_out(read, line):
    first, second = ARTICLE.split("\n\n")
    found = read(f"Two towns quarrel over a river\n\n{first}\n\n{line}\n\n{second}")
    assert body(found) == ARTICLE.strip()


def test_numbers_and_accounts_are_no_tags(read):
    found = read(
        f"{ARTICLE}\nThe fund takes gifts under # 0530 and #557320, and thanks #RiverTown’s people and #rivertown.\n"
    )
    assert [tag.name for tag in found.tags] == ["RiverTown"]


def test_an_outlet_that_is_cited_is_no_tag_but_one_spoken_of_is(read):
    found = read(
        f"{ARTICLE}\nAccording to #CNN (May 3), #IAEA staff measured the river (#Reuters, May 2) near #Mill.\n"
    )
    assert [tag.name for tag in found.tags] == ["IAEA", "Mill"]


def test_a_quotation_within_the_text_is_not_a_pull_quote(read):
    first, second = ARTICLE.split("\n\n")
    found = read(f"{first}\n\n“Water has no owner and no patience,” said the mediator.\n\n{second}")
    assert "“Water has no owner and no patience,” said the mediator." in body(found)


def test_a_pull_quote_points_to_the_sentences_it_repeats(register):
    raw = (PAGES / "opinion_reprint.txt").read_text(encoding="utf-8")
    quotes = [span for span in read_page(raw, register).spans if span.rule == "pull-quote"]
    assert quotes
    for span in quotes:
        start, end = span.of
        words = set(words_of(raw[span.start : span.end]))
        assert len(words & set(words_of(raw[start:end]))) >= 0.8 * len(words)
        assert end - start < 4 * (span.end - span.start)


def test_other_articles_on_the_page_are_pieces_from_title_to_last_paragraph(register):
    raw = (PAGES / "aggregator.txt").read_text(encoding="utf-8")
    pieces = read_page(raw, register).pieces
    assert [piece.title for piece in pieces] == ["Port strike enters second week", "Central bank keeps its powder dry"]
    for piece in pieces:
        words = raw[piece.start : piece.end]
        assert words.startswith(piece.title)
        assert words.endswith(".")
        assert "DOWNLOAD" not in words
