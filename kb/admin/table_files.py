"""Tables as files: read within limits, written so that no cell starts a formula, and read back as they were."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator

import openpyxl
import re2 as re
import tablib
from django.utils.translation import gettext as _
from import_export.formats.base_formats import CSV, XLSX
from openpyxl.utils.exceptions import InvalidFileException

LARGEST_FILE = 10 * 1024 * 1024
MOST_ROWS = 5_000
MOST_COLUMNS = 50
# A workbook is a zip archive: what is in it is looked at before anything is unpacked.
MOST_PARTS = 1_000
LARGEST_UNPACKED = 100 * 1024 * 1024
HIGHEST_RATIO = 100

# What makes a spreadsheet take a text for a formula, the last four full-width: at its start, and behind a mark at which
# somebody's spreadsheet splits the line although ours does not. Quotation marks before it are lost on the way.
SIGN = r"[=+\-@＝＋－＠]"
AT_START = re.compile(r"\A([\"']*)([\t\r\n]|" + SIGN + ")")
BEHIND = re.compile(r"([,;|\t\r\n][\"']*)(" + SIGN + ")")
MARK = "'"


class Unreadable(ValueError):
    """The file is no table that we take; the message says why."""


def neutral(value: object) -> object:
    """A text with an apostrophe before each sign that may begin a formula; everything else as it is."""
    if isinstance(value, str):
        for place in (BEHIND, AT_START):
            value = place.sub(rf"\1{MARK}\2", value)
    return value


def original(value: object) -> object:
    """What `neutral` was given."""
    if isinstance(value, str):
        for place in (AT_START, BEHIND):
            value = place.sub(lambda found: found[1].removesuffix(MARK) + found[2], value)
    return value


class TableCSV(CSV):
    def create_dataset(self, in_stream, **kwargs):
        text = in_stream.decode(self.encoding or "utf-8-sig") if isinstance(in_stream, bytes) else in_stream
        if "\0" in text:
            raise Unreadable(_("The file holds NUL characters: it is no table in CSV."))
        first = text.partition("\n")[0]
        delimiter = ";" if ";" in first and "," not in first else ","
        try:
            return _dataset(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
        except csv.Error as error:
            raise Unreadable(_("The file is no table in CSV: %(reason)s.") % {"reason": error}) from error

    def export_data(self, dataset, **kwargs):
        return super().export_data(_neutral(dataset), **kwargs)


class TableXLSX(XLSX):
    def create_dataset(self, in_stream):
        _look_into(in_stream)
        try:
            book = openpyxl.load_workbook(io.BytesIO(in_stream), read_only=True, data_only=False, keep_links=False)
            return _dataset(_cells(book.worksheets[0]))
        except (KeyError, ValueError, IndexError, TypeError, InvalidFileException, SyntaxError) as error:
            if isinstance(error, Unreadable):
                raise
            raise Unreadable(_("The file is no workbook that can be read.")) from error

    def export_data(self, dataset, **kwargs):
        # Characters that a workbook cannot hold would be lost on the way back.
        try:
            return super().export_data(_neutral(dataset), **kwargs)
        except ValueError as error:
            raise ValueError(_("A text holds a control character, which no workbook can: export as CSV.")) from error


def _cells(sheet) -> Iterator[list]:
    """The values of each row; a formula is refused, never worked out."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                message = _("Cell %(cell)s holds a formula: paste its value instead.")
                raise Unreadable(message % {"cell": cell.coordinate})
        yield ["" if cell.value is None else cell.value for cell in row]


def _dataset(rows: Iterable[list]) -> tablib.Dataset:
    """The table with its first row as names of columns; empty rows are no rows, short ones are filled up."""
    dataset, width = None, 0
    for number, row in enumerate(rows, start=1):
        cells = [original(value) for value in row]
        while cells and cells[-1] in ("", None):
            cells.pop()
        if dataset is None:
            width = len(cells)
            if not width or width > MOST_COLUMNS:
                raise Unreadable(_("The first row names the columns, at most %(count)d.") % {"count": MOST_COLUMNS})
            dataset = tablib.Dataset(headers=[str(name).strip() for name in cells])
            continue
        if number > MOST_ROWS + 1:
            raise Unreadable(_("The table has more than %(count)d rows: split it.") % {"count": MOST_ROWS})
        if len(cells) > width:
            raise Unreadable(_("Row %(number)d has more cells than there are columns.") % {"number": number - 1})
        if cells:
            dataset.append([*cells, *[""] * (width - len(cells))])
    if dataset is None:
        raise Unreadable(_("The file is empty."))
    return dataset


def _neutral(dataset: tablib.Dataset) -> tablib.Dataset:
    safe = tablib.Dataset(headers=dataset.headers, title=dataset.title)
    safe.extend([[neutral(value) for value in row] for row in dataset])
    return safe


def _look_into(content: bytes) -> None:
    """Refuse a workbook that would not stay small when it is unpacked, or whose parts define entities."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        raise Unreadable(_("The file is no workbook (XLSX).")) from error
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED or unpacked > HIGHEST_RATIO * max(packed, 1):
        raise Unreadable(_("The workbook is too large when it is unpacked."))
    for part in parts:
        try:
            # An archive that lies about its sizes ends here: no more is unpacked than it says.
            declares = b"<!DOCTYPE" in archive.read(part).replace(b"\0", b"").upper()
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
            raise Unreadable(_("The workbook is damaged.")) from error
        if declares:
            raise Unreadable(_("The workbook defines entities of its own."))
