"""From the bytes of a capture to its text: the same text today and in ten years, whatever the page declares.

Plain text is decoded strictly. A web page declares its encoding in many places and often wrongly, and a few broken
bytes must not lose it: those become U+FFFD. The text of an MHTML archive is the source of its main page; the archive
itself is what is kept, because it is what was received.
"""

import codecs
from binascii import Error as BadTransfer
from binascii import a2b_base64, a2b_qp
from email.errors import MessageError
from email.message import Message
from email.parser import BytesHeaderParser

import re2 as re

WEB_PAGE = "text/html"
WEB_ARCHIVE = "multipart/related"
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# Declared names as browsers understand them, by Python's name of the codec; others are not believed.
_UNDERSTOOD = {
    **{name: "windows-1252" for name in ("ascii", "iso8859-1", "cp1252")},
    **{f"cp{number}": f"windows-{number}" for number in (1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258)},
    **{f"iso8859-{number}": f"iso-8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **{name: "gb18030" for name in ("gb2312", "gbk", "gb18030")},
    **{name: "cp949" for name in ("euc_kr", "cp949")},
    **{name: "cp932" for name in ("shift_jis", "cp932")},
    **{name: "cp874" for name in ("tis-620", "iso8859-11", "cp874")},
    **{name: name for name in ("koi8-r", "koi8-u", "mac-cyrillic", "utf-8")},
    "iso8859-9": "windows-1254",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "euc_jp": "euc_jp",
    "iso2022_jp": "iso2022_jp",
    "cp866": "cp866",
}
# Where a browser looks for the declaration, and a little further.
_HEAD = 4096
_DECLARED = re.compile(
    rb"(?i)<meta[^>]{1,300}?charset\s*=\s*[\"']?\s*([a-z0-9_:.+-]{2,40})|<\?xml[^>]{1,100}encoding=[\"']([a-z0-9_:.+-]{2,40})"
)
_LONGEST_HEADERS = 64 * 1024
_DEEPEST = 4


def decode(content: bytes, encoding: str, media_type: str) -> str:
    """The text of a capture. Raises UnicodeDecodeError for plain text in another encoding only."""
    if media_type == WEB_PAGE:
        return content.decode(encoding, "replace")
    if media_type == WEB_ARCHIVE:
        return _main_page(content)[0].decode(encoding, "replace")
    return content.decode(encoding)


def encoding_of(content: bytes, media_type: str) -> str | None:
    """The encoding of a web page or archive, under a name Python knows; None for an archive without a page."""
    declared = None
    if media_type == WEB_ARCHIVE:
        content, declared = _main_page(content)
        if not content:
            return None
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    if _is_utf8(content):
        return "utf-8"
    if declared is None and (match := _DECLARED.search(content[:_HEAD])):
        declared = (match[1] or match[2]).decode("ascii")
    return _understood(declared) or "windows-1252"


def _is_utf8(content: bytes) -> bool:
    """Hardly any text in another encoding is valid UTF-8 by chance; its last character may be cut off."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(content)
    except UnicodeDecodeError:
        return False
    return True


def _understood(name: str | None) -> str | None:
    try:
        return _UNDERSTOOD.get(codecs.lookup(name).name) if name else None
    except LookupError:
        return None


def _main_page(archive: bytes, depth: int = 0) -> tuple[bytes, str | None]:
    """The bytes of the first HTML part and the encoding its header names; nothing if there is none."""
    header, body = _split(archive)
    kind = header.get_content_type()
    if kind in ("text/html", "application/xhtml+xml"):
        return _transferred(body, header), header.get_content_charset()
    boundary = header.get_boundary()
    if header.get_content_maintype() != "multipart" or not boundary or depth == _DEEPEST:
        return b"", None
    for part in body.split(b"--" + boundary.encode("latin-1", "replace"))[1:]:
        page, charset = _main_page(part.lstrip(b"\r\n"), depth + 1)
        if page:
            return page, charset
    return b"", None


def _split(part: bytes) -> tuple[Message, bytes]:
    """Headers and body, which an empty line divides."""
    ends = [
        (place, len(mark)) for mark in (b"\r\n\r\n", b"\n\n") if (place := part.find(mark, 0, _LONGEST_HEADERS)) >= 0
    ]
    if not ends:
        return Message(), b""
    place, length = min(ends)
    try:
        return BytesHeaderParser().parsebytes(part[:place]), part[place + length :]
    except MessageError:
        return Message(), b""


def _transferred(body: bytes, header: Message) -> bytes:
    how = str(header.get("Content-Transfer-Encoding", "")).strip().lower()
    try:
        return a2b_qp(body) if how == "quoted-printable" else a2b_base64(body) if how == "base64" else body
    except BadTransfer:
        return b""
