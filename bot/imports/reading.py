"""Any file that a list came in → a table, by the headings of the kind of list that is wanted."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from bot.errors import AskAgain
from bot.imports.encodings import Decoded, decode
from bot.imports.headings import LOOKED_AT, Headings, find_headings, is_secret
from bot.imports.sheets import Sheet
from bot.imports.table import Column, Row, Table
from bot.imports.text_files import text_sheet
from bot.imports.web_tables import charset_of, is_page, page_sheets
from bot.later import later
from bot.understand.mask import mask

if TYPE_CHECKING:
    from bot.imports import excel_files, old_excel
else:
    excel_files, old_excel = later("bot.imports.excel_files"), later("bot.imports.old_excel")

LARGEST = 30_000_000  # bytes of the file
MOST_ROWS = 100_000
_EACH = 5_000  # rows, after which progress is told
_OLD_OFFICE, _ANTIQUE = b"\xd0\xcf\x11\xe0", (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08")
_LOOKS_SECRET = re.compile(r"\d{7}")  # what is worth a closer look
_TOTALS = re.compile(r"^(?:合計|總計|小計|共計|以下空白|以上共|總人數|製表)")
_AS_EXCEL = "請用 Excel 另存成 .xlsx 或 CSV 再匯入。"
_OTHER_KINDS = (
    (b"%PDF", f"這是 PDF，讀不到表格。{_AS_EXCEL}"),
    (b"\x89PNG", f"這是圖片，讀不到表格。{_AS_EXCEL}"),
    (b"\xff\xd8\xff", f"這是照片，讀不到表格。{_AS_EXCEL}"),
    (b"MIME-Version", f"這是網頁封存檔，讀不到表格。{_AS_EXCEL}"),
    (b"Rar!", "這是壓縮檔。請解開後匯入裡面的表格。"),
    (b"7z\xbc\xaf", "這是壓縮檔。請解開後匯入裡面的表格。"),
)

Progress = Callable[[int], None]  # is told how many rows were read so far


@dataclass(frozen=True, slots=True)
class _Opened:
    """A sheet whose first rows were looked at."""

    sheet: Sheet
    head: list[list[str]]
    headings: Headings | None

    @property
    def score(self) -> tuple[int, int]:
        return self.headings.score if self.headings else (-99, 0)


def read_table(
    name: str, data: bytes, columns: Sequence[Column], progress: Progress | None = None
) -> Table:
    """The list that a file holds: .xlsx, .xls, a table of a web page, CSV or other text.

    Which kind it is, is told by its bytes and not by its name. Where several sheets are there, the
    one whose headings fit best is read, and that is noted.

    Args:
        columns: what the list has; their ids are the keys of the rows' cells.
        progress: is told every few thousand rows, and at the end, how many were read.

    Raises:
        AskAgain: it cannot be read as a whole; `say` tells why, where, and the cure.
    """
    if len(data) > LARGEST:
        raise AskAgain(f"檔案超過 {LARGEST // 1_000_000} MB。請刪掉圖片，或分成幾個檔再匯入。")
    if not data.strip(b"\0 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise AskAgain(f"「{name}」是空的，沒有可以匯入的內容。請確認檔案後再匯入。")
    opened = [_open(sheet, columns) for sheet in _sheets(data, columns)]
    best = max(opened, key=lambda one: one.score, default=None)  # the first of equal ones
    if best is None or best.headings is None:
        raise AskAgain(_no_headings(columns))
    if best.headings.lacks:
        raise AskAgain(_lacking(best.headings))
    found = _read(best, progress)
    if not found[0]:
        raise AskAgain("只有標題，沒有資料。請確認檔案後再匯入。")
    return _table(best, opened, columns, found)


def _sheets(data: bytes, columns: Sequence[Column]) -> list[Sheet]:
    for magic, say in _OTHER_KINDS:
        if data.startswith(magic):
            raise AskAgain(say)
    if data.startswith(b"PK"):
        return excel_files.excel_sheets(data)
    if data.startswith((_OLD_OFFICE, *_ANTIQUE)) and not data.startswith(b"\x09\x09"):
        return old_excel.old_excel_sheets(data)
    words = {word for c in columns for word in (c.title, *c.words)}

    def makes_sense(text: str) -> bool:
        return any(word in text for word in words)

    if is_page(data):
        return page_sheets(_page_text(data, makes_sense))
    found = decode(data, makes_sense)
    return [text_sheet(found.text, found.encoding, lambda head: _score(head, columns))]


def _page_text(data: bytes, makes_sense: Callable[[str], bool]) -> str:
    named = charset_of(data)
    try:
        found = Decoded(data.decode(named), named) if named else None
    except (LookupError, UnicodeDecodeError):
        found = None  # it says so wrongly
    return found.text if found and makes_sense(found.text) else decode(data, makes_sense).text


def _score(head: list[list[str]], columns: Sequence[Column]) -> tuple[int, int]:
    found = find_headings(head, columns)
    return found.score if found else (-99, 0)


def _open(sheet: Sheet, columns: Sequence[Column]) -> _Opened:
    head = list(islice(sheet.rows, LOOKED_AT + 1))
    return _Opened(sheet, head, find_headings(head, columns))


def _read(opened: _Opened, progress: Progress | None) -> tuple[list[Row], list[str]]:
    """The rows below the headings, and notes about rows that are none."""
    headings = opened.headings
    assert headings is not None
    rows: list[Row] = []
    notes: list[str] = []
    start = headings.at + headings.height
    below = chain(opened.head[start:], opened.sheet.rows)
    for number, cells in enumerate(below, start + 1):
        found = _row(number, cells, headings) if any(cells) else None
        if isinstance(found, Row):
            rows.append(found)
        elif found:
            notes.append(found)
        if len(rows) > MOST_ROWS:
            raise AskAgain(f"超過 {MOST_ROWS:,} 列，沒有讀取。請分成幾個檔再匯入。")
        if progress and number % _EACH == 0:
            progress(len(rows))
    if progress:
        progress(len(rows))
    return rows, notes


def _row(number: int, cells: Sequence[str], headings: Headings) -> Row | str | None:
    """A row; a note where it is none of the list's; None where nothing of the list is in it."""
    if _is_total(cells):
        return f"第{number}列是合計或備註，略過。"
    kept = {id_: _cell(cells, place) for id_, place in headings.places.items()}
    if all(kept[id_] == headings.names[place] for id_, place in headings.places.items()):
        return f"第{number}列是重複的標題，略過。"
    return Row(number, kept) if any(kept.values()) else None


def _is_total(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return len(filled) <= 3 and bool(_TOTALS.match(filled[0].replace(" ", "")))


def _cell(cells: Sequence[str], place: int) -> str:
    text = cells[place] if place < len(cells) else ""
    return mask(text) if _LOOKS_SECRET.search(text) else text


def _table(
    best: _Opened,
    opened: Sequence[_Opened],
    columns: Sequence[Column],
    found: tuple[list[Row], list[str]],
) -> Table:
    headings = best.headings
    assert headings is not None
    used = set(headings.places.values())
    others = [name for place, name in sorted(headings.names.items()) if place not in used]
    above = [" ".join(dict.fromkeys(filter(None, row))) for row in best.head[: headings.at]]
    rows, notes = found
    return Table(
        headings={id_: headings.names[place] for id_, place in headings.places.items()},
        rows=tuple(rows),
        above=tuple(mask(text) for text in above if text),
        ignored=tuple(dict.fromkeys(n for n in others if not is_secret(n))),
        dropped=tuple(dict.fromkeys(n for n in others if is_secret(n))),
        notes=(*best.sheet.notes, *_about_sheets(best, opened), *_about(headings), *notes),
    )


def _about(headings: Headings) -> list[str]:
    if not headings.doubled:
        return []
    names = "、".join(headings.doubled)
    return [f"有兩欄是同一個意思，讀的是前面那一欄；「{names}」沒有讀取。"]


def _about_sheets(best: _Opened, opened: Sequence[_Opened]) -> list[str]:
    if len(opened) < 2:
        return []
    notes = [f"讀的是「{best.sheet.name}」這張工作表。"]
    alike = [o.sheet.name for o in opened if o is not best and o.headings and not o.headings.lacks]
    if alike:
        names = "」「".join(alike)
        notes.append(f"「{names}」也有同樣的標題，沒有讀取；要匯入請另存成單獨的檔案。")
    return notes


def _no_headings(columns: Sequence[Column]) -> str:
    needed = "、".join(c.title for c in columns if c.is_needed)
    return (
        f"前 {LOOKED_AT} 列找不到標題列。這份名單要有一列標題，至少有這些欄：{needed}。"
        "請補上標題，或確認檔案沒有拿錯、文字沒有變成亂碼，再匯入。"
    )


def _lacking(headings: Headings) -> str:
    named = "、".join(mask(name)[:20] for _, name in sorted(headings.names.items())[:12])
    return (
        f"缺少「{'」「'.join(headings.lacks)}」欄，沒有讀取。"
        f"第{headings.at + 1}列的標題是：{named}。"
        "請補上這一欄，或把標題改成這個名稱，再匯入。"
    )
