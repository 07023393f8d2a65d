"""Where the headings of a sheet stand, and which column each one means.

Titles may stand above, empty columns beside, and the headings in two rows: 研習 over 名稱 and 時數.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.imports.table import Column

LOOKED_AT = 40  # rows among which the headings must begin
# Not beyond the next opening one: of nothing but openings, each would be looked through to the end.
_BESIDE = re.compile(r"[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]")
_NO_WORD = re.compile(r"[\W_]+")
_SECRET = re.compile(
    r"身[分份][証證]|居留證|統一證號|護照|^證號$|^id(?:no|number)?$|生日|出生|電話|手機|密碼|e?mail|信箱|住址|地址"
)


@dataclass(frozen=True, slots=True)
class Headings:
    """Where they stand, and what they mean."""

    at: int  # index of their first row
    height: int  # 1 or 2 rows
    places: dict[str, int]  # id of a column → index of the cell
    names: dict[int, str]  # index of a cell → its heading as the file has it
    lacks: tuple[str, ...]  # titles of the columns that are needed and missing
    doubled: tuple[str, ...] = ()  # headings that mean a column which another one means already

    @property
    def score(self) -> tuple[int, int]:
        """How well they fit; more is better."""
        return (-len(self.lacks), len(self.places))


def tidy(text: str) -> str:
    """A heading as it is compared: without spaces, brackets and what is in them, signs and case.

    >>> tidy(" * 服務 學校（全銜）"), tidy("ＩＤ No.")
    ('服務學校', 'idno')
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    bare = _NO_WORD.sub("", _BESIDE.sub("", folded))
    return bare or _NO_WORD.sub("", folded)


def is_secret(heading: str) -> bool:
    """Whether what stands below must not be kept: ID numbers, birthdays, phones, addresses."""
    return bool(_SECRET.search(tidy(heading)))


def find_headings(head: Sequence[Sequence[str]], columns: Sequence[Column]) -> Headings | None:
    """The rows among the first ones that name the most columns; None where none names any."""
    found: list[Headings] = []
    for at, row in enumerate(head):
        below = head[at + 1] if at + 1 < len(head) else ()
        found += [_one_row(at, row, columns), _two_rows(at, row, below, columns)]
    best = max(found, key=lambda h: (h.score, -h.height, -h.at), default=None)
    return best if best and best.places else None


def _one_row(at: int, row: Sequence[str], columns: Sequence[Column]) -> Headings:
    names = {place: text for place, text in enumerate(row) if text}
    return _headings((at, 1), names, {place: [text] for place, text in names.items()}, columns)


def _two_rows(
    at: int, upper: Sequence[str], lower: Sequence[str], columns: Sequence[Column]
) -> Headings:
    names: dict[int, str] = {}
    meant: dict[int, list[str]] = {}
    over = ""
    for place in range(max(len(upper), len(lower))):
        above = upper[place] if place < len(upper) else ""
        below = lower[place] if place < len(lower) else ""
        over = above or over  # what spans several columns stands over the first of them
        ways = [above + below] if above else [over + below] if below else []
        meant[place] = [w for w in (*ways, below, above) if w]
        names[place] = above if above == below else above + below
    names = {place: name for place, name in names.items() if name}
    return _headings((at, 2), names, meant, columns)


def _headings(
    where: tuple[int, int],
    names: dict[int, str],
    meant: dict[int, list[str]],
    columns: Sequence[Column],
) -> Headings:
    """`meant`: by place the texts that its heading may be taken for, the likeliest first."""
    ids = {tidy(word): c.id for c in reversed(columns) for word in (*c.words, c.title)}
    places: dict[str, int] = {}
    doubled: list[str] = []
    for place, ways in sorted(meant.items()):
        id_ = next((ids[tidy(way)] for way in ways if tidy(way) in ids), None)
        if id_ is None or is_secret(names.get(place, "")):
            continue
        if id_ in places:
            doubled.append(names.get(place, ""))
        else:
            places[id_] = place
    lacks = tuple(c.title for c in columns if c.is_needed and c.id not in places)
    return Headings(*where, places, names, lacks, _once(doubled))


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
