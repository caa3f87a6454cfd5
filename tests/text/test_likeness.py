"""Copies of one article are told from articles that merely resemble it."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.likeness import MOST_FINGERPRINTS, fingerprints, is_same_article, likeness

ENGLISH = """The harbour of Port Selwyn closed its northern basin on Monday after divers found a crack in the sea wall. Engineers
from the ports authority said the damage was older than the winter storms and had been reported twice since 2019.

Fishing crews moved forty boats to the southern quay, where the berths are shorter and the fuel costs more. "We were told
three weeks, and nobody here believes three weeks," said Marta Oduya, who runs two trawlers with her brother.

The authority will pump concrete behind the wall at a cost of 12.4 million crowns. Its director, Jonas Feld, told a council
hearing that the basin could reopen by September if the autumn stays dry. The council asked for a second opinion.

Insurers have begun to look at the other three basins, which were built in the same decade by the same contractor. None of
them shows cracks so far, according to a letter that the authority sent to the crews last week."""

SECOND = """Schools in the Rennick valley will open an hour later from January, the regional board decided after a year of trials
with some 1,800 pupils. Teachers reported fewer absences and better marks in the first lesson, while bus companies warned
that their timetables would collide with those of the paper mill.

The board offered to pay for nine more drivers. The mill said it would talk about shifts, but not before its own round of
wage talks was over in March, and the union of drivers called the offer too small for a valley of forty villages."""

SCRIPTS = {
    "en": ENGLISH,
    "fa": "شورای شهر بندر کهنه روز دوشنبه تصمیم گرفت که ساخت اسکله تازه را تا پایان زمستان عقب بیندازد. مهندسان گفتند که دیوار "
    "دریایی در دو جا ترک برداشته و تعمیر آن دست کم سه ماه زمان می‌برد. ماهیگیران از این تصمیم ناراضی هستند و می‌گویند که هزینه "
    "سوخت برای رفتن به اسکله جنوبی دو برابر شده است. رئیس اداره بندر گفت که بیمه بخشی از زیان را می‌پردازد ولی برای گرفتن آن باید "
    "گزارش کارشناسان دریافت شود.",
    "ru": "Городской совет решил отложить строительство нового причала до конца зимы, потому что водолазы нашли трещину в морской "
    "стене. Инженеры сообщили, что повреждение старше осенних штормов и что о нём дважды писали с 2019 года. Рыбаки недовольны: "
    "на южном причале топливо стоит дороже, а места короче. Директор порта заявил, что бассейн откроют к сентябрю, если осень "
    "будет сухой, но совет попросил о втором заключении и ждёт его в марте.",
    "zh": "港口管理局星期一关闭了北港池，因为潜水员在海堤上发现了一条裂缝。工程师说，损坏比冬季风暴更早，自二零一九年以来已有两次报告。"
    "渔民把四十条船移到南码头，那里的泊位更短，燃料也更贵。管理局长在市议会听证会上说，如果秋天干燥，港池可以在九月重新开放。"
    "议会要求得到第二份意见，保险公司已经开始检查另外三个港池，它们是由同一家承包商在同一个十年里建造的。",
    "th": "การท่าเรือปิดอ่างทิศเหนือเมื่อวันจันทร์หลังจากนักดำน้ำพบรอยร้าวที่กำแพงกันคลื่น วิศวกรกล่าวว่าความเสียหายเกิดขึ้นก่อนพายุฤดูหนาว "
    "และมีการรายงานมาแล้วสองครั้ง ชาวประมงย้ายเรือสี่สิบลำไปยังท่าเรือทิศใต้ ซึ่งที่จอดสั้นกว่าและน้ำมันแพงกว่า ผู้อำนวยการบอกสภาเมืองว่า "
    "อ่างจะเปิดได้อีกครั้งในเดือนกันยายน หากฤดูใบไม้ร่วงไม่มีฝนตกหนัก สภาขอความเห็นที่สองจากผู้เชี่ยวชาญ",
}
QUAKE = (
    "An earthquake of magnitude {size} struck {depth} kilometres below {place} at {hour} on Tuesday, the seismological service "
    "said. There were no immediate reports of damage. The service registered {more} aftershocks within the first hour. "
    "Residents of {town} ran into the streets, local radio said. The region lies on a fault where two plates meet, and "
    "small earthquakes are frequent. The service advises people to keep away from cracked walls and to follow its channel."
)


def reflowed(text: str) -> str:
    text = text.replace("\n\n", "\r\n \r\n\t").replace('"', "”").replace(",", " ,").replace("'", "’")
    return "\ufeff" + text.upper() if text.upper().lower() == text.lower() else text


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_white_space_case_punctuation_and_quotes_make_no_difference(text):
    assert fingerprints(reflowed(text)) == fingerprints(text) != ()
    assert likeness(reflowed(text), text) == 1
    assert is_same_article(reflowed(text), text)


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_a_copy_with_the_last_part_cut_off_and_another_frame_is_the_same_article(text):
    words = text.split(" ")
    cut = " ".join(words[: len(words) * 3 // 4]) if len(words) > 20 else text[: len(text) * 3 // 4]
    framed = f"Newsbarrel – the world in one page\n\n{cut}\n\nRead on at the publisher's site. Newsbarrel 2024"
    assert is_same_article(text, framed)
    assert set(fingerprints(text)) & set(fingerprints(framed))


def test_a_copy_with_small_edits_is_the_same_article():
    edited = (
        ENGLISH.replace("on Monday", "Monday")
        .replace("12.4 million", "12.6 million")
        .replace("so far", "yet")
        .replace("Marta", "Martha")
        .replace("The council asked for a second opinion.", "")
    )
    assert is_same_article(ENGLISH, edited)
    assert set(fingerprints(ENGLISH)) & set(fingerprints(edited))


def test_an_added_paragraph_leaves_common_fingerprints():
    longer = ENGLISH + "\n\n" + SECOND.partition("\n\n")[0]
    assert set(fingerprints(ENGLISH)) & set(fingerprints(longer))
    assert is_same_article(ENGLISH, longer)


def test_another_article_is_another_article():
    assert likeness(ENGLISH, SECOND) == 0
    assert not is_same_article(ENGLISH, SECOND)
    assert not set(fingerprints(ENGLISH)) & set(fingerprints(SECOND))


def test_two_reports_of_one_template_are_two_articles():
    first = QUAKE.format(size="4.1", depth=12, place="Lake Oro", hour="06:40", more=5, town="Belmar")
    second = QUAKE.format(size="5.3", depth=31, place="the Sarn Hills", hour="21:15", more=17, town="Upper Tarn")
    assert not is_same_article(first, second)
    assert is_same_article(first, first)


def test_a_follow_up_that_quotes_two_paragraphs_is_another_article():
    paragraphs = ENGLISH.split("\n\n")
    follow_up = "\n\n".join((SECOND, *paragraphs[:2], SECOND.replace("Rennick", "Ulm").swapcase()))
    assert not is_same_article(ENGLISH, follow_up)


def test_a_short_report_quoted_whole_in_a_long_one_is_not_the_same_article():
    short = ENGLISH.rpartition("\n\n")[0].rpartition("\n\n")[0]
    others = [
        f"Paragraph {n} of the chronicle speaks of village {n} and its {n * 7} inhabitants at length."
        for n in range(30)
    ]
    assert not is_same_article(short, "\n\n".join((short, *others)))


def test_short_texts_have_no_fingerprints_and_are_no_copies():
    short = "Boats between the islands run again after the storm, the ferry office said."
    assert fingerprints(short) == fingerprints("") == ()
    assert not is_same_article(short, short)
    assert likeness("", "") == likeness(short, "") == 0
    assert likeness(short, short) == 1


def test_every_process_gives_the_same_marks():
    code = "import sys; from kb.text.likeness import fingerprints; print(fingerprints(sys.stdin.read()))"
    asked = [
        subprocess.run(
            [sys.executable, "-c", code],
            input=ENGLISH,
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        )
        for seed in ("1", "2")
    ]
    assert {one.stdout.strip() for one in asked} == {str(fingerprints(ENGLISH))}


@given(st.text(max_size=2000) | st.text(alphabet="ab\n. 中ก", max_size=2000), st.text(max_size=500))
def test_whatever_the_text(text, other):
    marks = fingerprints(text)
    assert len(marks) <= MOST_FINGERPRINTS
    assert list(marks) == sorted(set(marks))
    assert all(-(1 << 63) <= mark < 1 << 63 for mark in marks)
    assert 0 <= likeness(text, other) <= 1
    assert likeness(text, other) == likeness(other, text)
    assert is_same_article(text, other) == is_same_article(other, text)


@given(st.lists(st.sampled_from(ENGLISH.split("\n\n") + SECOND.split("\n\n")), min_size=2, max_size=6, unique=True))
def test_cutting_a_text_into_other_lines_changes_nothing(paragraphs):
    assert fingerprints("\n\n".join(paragraphs)) == fingerprints(" ".join(" ".join(paragraphs).split()))
