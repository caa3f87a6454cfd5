import base64
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.captured import WEB_ARCHIVE, WEB_PAGE, decode, encoding_of

PAGE = "<html><head><meta charset='{}'></head><body>Größe, café, 5 €</body></html>"


def archive(part: bytes, headers: str, *, before: str = "", boundary: str = "----=_Part") -> bytes:
    top = f'From: <saved>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="{boundary}"\r\n\r\n'
    image = f"\r\n--{boundary}\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
    return f"{top}{before}--{boundary}\r\n{headers}\r\n\r\n".encode() + part + f"{image}--{boundary}--\r\n".encode()


def read(content, media_type=WEB_PAGE):
    encoding = encoding_of(content, media_type)
    return encoding, decode(content, encoding, media_type)


@pytest.mark.parametrize(
    ("declared", "codec", "encoding"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("iso-8859-1", "windows-1252", "windows-1252"),
        ("windows-1252", "windows-1252", "windows-1252"),
        ("iso-8859-15", "iso-8859-15", "iso-8859-15"),
        ("windows-1252", "utf-8", "utf-8"),
        ("", "windows-1252", "windows-1252"),
        ("no-such-encoding", "windows-1252", "windows-1252"),
        ("utf-7", "windows-1252", "windows-1252"),
        ("unicode_escape", "windows-1252", "windows-1252"),
    ],
)
def test_a_web_page_is_decoded_as_browsers_do(declared, codec, encoding):
    page = PAGE.format(declared)
    assert read(page.encode(codec)) == (encoding, page)


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        ("windows-1251", "Паром"),
        ("gb2312", "轮渡停航"),
        ("shift_jis", "渡船"),
        ("euc-kr", "나룻배"),
        ("windows-1256", "عبارة"),
    ],
)
def test_other_scripts_are_read_in_the_encoding_that_the_page_declares(declared, text):
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}"><p>{text}</p>'
    assert read(page.encode(declared))[1] == page


def test_a_byte_order_mark_wins():
    page = PAGE.format("iso-8859-1")
    assert read(page.encode("utf-16")) == ("utf-16", page)
    assert read(page.encode("utf-8-sig"))[0] == "utf-8"


def test_a_few_broken_bytes_do_not_lose_a_page():
    content = PAGE.format("utf-8").encode().replace(b"caf", b"c\xff\xfeaf") + b"\xc3"
    encoding, text = read(PAGE.format("utf-8").encode() + b"\xc3")
    assert encoding == "utf-8"
    assert text.endswith("\ufffd")
    assert "5 €" in read(content)[1]


def test_the_text_of_an_archive_is_its_main_page():
    page = PAGE.format("utf-8")
    part = quopri.encodestring(page.encode())
    saved = archive(part, "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable")
    encoding, text = read(saved, WEB_ARCHIVE)
    assert (encoding, text.strip()) == ("utf-8", page)


def test_an_archive_in_base64_and_in_another_encoding_is_read():
    page = PAGE.format("")
    part = base64.encodebytes(page.encode("iso-8859-15"))
    saved = archive(part, "Content-Type: text/html; charset=iso-8859-15\r\nContent-Transfer-Encoding: base64")
    assert read(saved, WEB_ARCHIVE) == ("iso-8859-15", page)


def test_a_page_within_an_alternative_is_found():
    inner = b"Content-Type: text/plain\r\n\r\nplain\r\n--in\r\nContent-Type: text/html\r\n\r\n<p>page</p>\r\n--in--"
    saved = archive(b"--in\r\n" + inner, 'Content-Type: multipart/alternative; boundary="in"')
    assert read(saved, WEB_ARCHIVE)[1].strip() == "<p>page</p>"


def test_an_archive_without_a_page_has_no_encoding():
    assert encoding_of(archive(b"text", "Content-Type: text/plain"), WEB_ARCHIVE) is None
    assert encoding_of(b"no archive at all", WEB_ARCHIVE) is None
    nested = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" * 5000
    assert encoding_of(nested, WEB_ARCHIVE) is None


@given(st.binary(max_size=300))
def test_any_bytes_have_one_text(content):
    encoding, text = read(content)
    assert decode(content, encoding, WEB_PAGE) == text
    encoding_of(content, WEB_ARCHIVE)
