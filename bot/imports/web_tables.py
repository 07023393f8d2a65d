"""Tables of a web page that was saved as .xls, as some course systems export their lists."""

import re

from bot.imports.page_tags import Tag, tags_and_words
from bot.imports.sheets import MERGED, MOST_COLUMNS, MOST_SHEETS, Merges, Sheet, clean

_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_LOOKED_AT = 4000  # bytes
_MOST_ROWS_SPANNED = 5000


def is_page(data: bytes) -> bool:
    """Whether these bytes are a web page with a table, whatever the file is called."""
    head = data[:_LOOKED_AT].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    return head.startswith(b"<") and (b"<table" in head or b"<html" in head) and b"<w:" not in head


def charset_of(data: bytes) -> str:
    """The encoding that a page names itself; empty where it names none."""
    found = _CHARSET.search(data[:_LOOKED_AT])
    named = found[1].decode("ascii", errors="replace").lower() if found else ""
    return "cp950" if named in {"big5", "big5-eten", "x-x-big5", "ms950"} else named


def page_sheets(text: str) -> list[Sheet]:
    """The tables of a page, in the order in which they begin."""
    reader = _Tables()
    for found in tags_and_words(text):
        if isinstance(found, str):
            reader.handle_data(found)
        elif found.is_end:
            reader.handle_endtag(found.name)
        else:
            reader.handle_starttag(found)
    sheets = []
    for number, (rows, merges) in enumerate(reader.tables[:MOST_SHEETS], 1):
        notes = [MERGED.format(count=merges.count)] if merges.count else []
        sheets.append(Sheet(f"第{number}個表格", merges.fill(iter(rows)), notes))
    return sheets


class _Tables:
    """Collects cells; one that spans others leaves room for them, to be filled as merged."""

    def __init__(self) -> None:
        self.tables: list[tuple[list[list[str]], Merges]] = []
        self._open: list[int] = []  # indexes of the tables that we are in
        self._spanned: dict[int, dict[int, int]] = {}  # table → column → rows that are taken still
        self._cell: list[str] | None = None
        self._span = (1, 1)

    def handle_starttag(self, found: Tag) -> None:
        """A row, a cell or a table begins."""
        tag = found.name
        if tag == "table":
            self._end_cell()
            self._open.append(len(self.tables))
            self._spanned[len(self.tables)] = {}
            self.tables.append(([], Merges()))
        elif tag == "tr" and self._open:
            self._end_cell()
            self._end_row()
            self._rows.append([])
        elif tag in {"td", "th"} and self._open:
            self._end_cell()
            if not self._rows:
                self._rows.append([])
            self._span = (
                _number(found.spans.get("rowspan"), _MOST_ROWS_SPANNED),
                _number(found.spans.get("colspan"), MOST_COLUMNS),
            )
            self._cell = []
        elif tag in {"br", "p", "div"} and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """One of them ends."""
        if tag in {"td", "th", "tr", "table"}:
            self._end_cell()
        if tag == "table" and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Words, of a cell or of none."""
        if self._cell is not None:
            self._cell.append(data)

    @property
    def _rows(self) -> list[list[str]]:
        return self.tables[self._open[-1]][0]

    def _end_row(self) -> None:
        """Rows that the cells above reach into are one fewer now."""
        if not self._rows:
            return
        taken = self._spanned[self._open[-1]]
        self._spanned[self._open[-1]] = {c: n - 1 for c, n in taken.items() if n > 1}

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        text, self._cell = clean("".join(self._cell)), None
        if not self._open:
            return
        rows, taken = self._rows, self._spanned[self._open[-1]]
        place = len(rows[-1])
        while place in taken:
            place += 1
        down, across = self._span
        if place + across > MOST_COLUMNS:
            return
        rows[-1] += [""] * (place - len(rows[-1])) + [text] + [""] * (across - 1)
        if down > 1 or across > 1:
            top = len(rows) - 1
            self.tables[self._open[-1]][1].add(top, place, top + down - 1, place + across - 1)
        if down > 1:
            # One more: the row that is open counts itself down when it ends.
            taken |= dict.fromkeys(range(place, place + across), down)


def _number(said: str | None, most: int) -> int:
    return min(max(int(said), 1), most) if said and said.isascii() and said.isdigit() else 1
