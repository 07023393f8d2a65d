"""The parts of an .xlsx that somebody sent: a zip, unpacked within bounds before anything reads it.

Both rooms that read workbooks begin here, so that what a hostile file may try is refused in one
place: parts that unpack to very much, entities that grow, cells that are merged without end.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException

from bot.errors import AskAgain

# All that openpyxl and zipfile raise on a file that is broken, found by breaking some.
FAULTS = (
    InvalidFileException,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    SyntaxError,  # what is no XML, of the parser that Python has and of lxml
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ArithmeticError,
    zlib.error,
)
# Spreadsheets unpack to twenty or thirty times their size; bombs to a thousand times.
_ALWAYS, _GROWS = 20_000_000, 60
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svg")
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_ENCODINGS = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\0")  # how a part in UTF-16 or UTF-32 begins
# No pattern runs on beyond the next sign of a tag: a part of nothing but beginnings is read once.
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*>")
_RANGE = re.compile(rb"""\sref=["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})["']""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much a workbook may unpack to, in bytes, and what is said where it does not fit."""

    part: int
    whole: int
    wrong_kind: str  # it is a zip, and no workbook
    too_much: str
    broken: str


def unpacked(data: bytes, bounds: Bounds) -> Iterator[tuple[str, bytes]]:
    """Every part but pictures, by its name; each was unpacked no further than its bound.

    Raises:
        AskAgain: it is no workbook, is too much, or holds what no spreadsheet writes.
        One of FAULTS: it is broken.
    """
    whole, most = 0, min(bounds.whole, max(_ALWAYS, _GROWS * len(data)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if not any(part.filename == "xl/workbook.xml" for part in parts):
            raise AskAgain(bounds.wrong_kind)
        for part in parts:
            if part.filename.lower().endswith(_PICTURES):
                whole += part.file_size  # zipfile gives no more than a part says of itself
                text = b""
            else:
                with archive.open(part) as opened:  # its own word for its size may be a lie
                    text = opened.read(bounds.part + 1)
                whole += len(text)
            if len(text) > bounds.part or whole > most:
                raise AskAgain(bounds.too_much)
            if _is_odd(text):
                raise AskAgain(bounds.broken)
            if text:
                yield part.filename, text


def merged_in(text: bytes) -> Iterator[tuple[int, int, int, int] | None]:
    """Top, left, bottom and right of each merged range of a sheet, from 1.

    None stands for one that is written in an unusual way.
    """
    for tag in _MERGED.findall(text):
        found = _RANGE.search(tag)
        if not found:
            yield None
            continue
        left, top, right, bottom = (part.decode() for part in found.groups())
        columns = column_index_from_string(left), column_index_from_string(right)
        yield int(top), columns[0], int(bottom), columns[1]


def cells_in(text: bytes) -> int:
    """How many cells a sheet has written, empty ones too: each takes room."""
    return sum(1 for _ in _CELL.finditer(text))


def _is_odd(text: bytes) -> bool:
    """Whether a part declares entities, or hides in an encoding in which they would not be seen."""
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text or text.startswith(_WIDE):
        return True
    declared = _DECLARED.match(text[:300].removeprefix(b"\xef\xbb\xbf"))
    return declared is not None and declared[1].lower() not in _ENCODINGS
