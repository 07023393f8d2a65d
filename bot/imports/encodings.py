"""Bytes as text: which encoding a file of words has, told by what it says.

Unicode is tried first, then Big5 as Windows writes it, then what mainland systems write. The first
one that reads without a fault and makes sense is it; else the one with the fewest faults, each
standing as one character that later is told with its row.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.errors import AskAgain
from bot.imports.table import UNREADABLE

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_TRIED = ("utf-8", "cp950", "gb18030")
NAMES = {"cp950": "Big5", "gb18030": "GB18030", "utf-16-le": "UTF-16"} | {"utf-16-be": "UTF-16"}
_MOST_FAULTS = 0.02  # of all characters
_LOOKED_AT = 4000  # bytes
_UNKNOWN = (
    "看不懂這個檔案的文字編碼。請用 Excel 開啟，另存成「CSV UTF-8（逗號分隔）」或 .xlsx 再匯入。"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text and its encoding."""

    text: str
    encoding: str


def decode(data: bytes, makes_sense: Callable[[str], bool]) -> Decoded:
    """The text of a file.

    Args:
        makes_sense: whether a text, read in some encoding, says what it should.

    Raises:
        AskAgain: no encoding fits.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return Decoded(data[len(bom) :].decode(encoding, errors="replace"), encoding)
    tried = (_wide(data), *_TRIED) if _wide(data) else _TRIED
    read = [found for encoding in tried if (found := _strictly(data, encoding))]
    sensible = next((found for found in read if makes_sense(found.text)), None)
    if sensible:
        return sensible
    almost = [Decoded(data.decode(e, errors="replace"), e) for e in ("utf-8", "cp950")]
    almost = [a for a in almost if _faults(a) <= _MOST_FAULTS * max(len(a.text), 1)]
    best = min(
        (a for a in almost if makes_sense(a.text)), key=_faults, default=read[0] if read else None
    )
    if best is None:
        raise AskAgain(_UNKNOWN)
    return best


def _faults(decoded: Decoded) -> int:
    return decoded.text.count(UNREADABLE)


def _strictly(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _wide(data: bytes) -> str:
    """The encoding of two bytes a character that zeros betray; empty where there are too few."""
    head = data[:_LOOKED_AT]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if even + odd < len(head) // 20 or len(head) < 4:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"
