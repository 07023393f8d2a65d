"""Cells as people write them, read as days, numbers and yes or no; what cannot be is told why."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.imports.report import Fate, Line, line
from bot.imports.table import UNCALCULATED, UNREADABLE, Column, Row, Table

LONGEST = 300  # characters of a cell
_ROC, _OLDEST_ROC, _LATEST_ROC = 1911, 60, 200
_EXCEL_FAULTS = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!")
_SAYS_ROC = re.compile(r"^(?:中華)?民國")
_WEEKDAY = re.compile(r"[(（]?(?:星期|週|周|禮拜)?[一二三四五六日][)）]?$")
_TIME = re.compile(r"[\sT]*\d{1,2}[:時]\d{0,2}.*$")
_APART = re.compile(r"^(\d{2,4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日號]?$")
_SHORT = re.compile(r"^(\d{1,2})[-/.月](\d{1,2})[日號]?$")
_PLAIN = re.compile(r"^(\d{2,4})(\d{2})(\d{2})$")
_NUMBER = re.compile(r"^[+-]?\d+(?:\.\d+)?$")
_SERIAL = re.compile(r"^[34]\d{4}$")
_SAYS_YES = re.compile(
    r"是|有|y|yes|v|✓|✔|○|o|1|true|到|實到|出席|參加|全勤|[合及]格|(?:已|准予|研習)?(?:通過|完成|核予)"
    r"|完成研習|全程(?:參與|參加|出席)?|准予"
)
_SAYS_NO = re.compile(
    r"否|無|n|no|x|✗|✘|×|0|false|[未沒不](?:有)?(?:通過|全程|完成|出席|合格|及格|核予|參加|到|報到|錄取|簽到)"
    r"|缺席|[請事病]假|早退|遲到|取消|候補"
)


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a cell cannot be read, and what to do."""

    why: str


def narrow(text: str) -> str:
    """A text with full-width signs made narrow and without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def readable(table: Table, columns: Sequence[Column]) -> tuple[list[Row], list[Line]]:
    """The rows whose cells are words and numbers, and a line for each of the others.

    Every kind of list begins with this: formulas without values, signs of a wrong encoding, faults
    of Excel and cells that are far too long are told here.
    """
    good: list[Row] = []
    bad: list[Line] = []
    titles = {c.id: c.title for c in columns}
    for row in table.rows:
        fault = next(((id_, why) for id_, text in row.cells.items() if (why := _fault(text))), None)
        if fault is None:
            good.append(row)
        else:
            bad.append(line(row, Fate.REFUSED, fault[1], (fault[0], titles.get(fault[0], ""))))
    return good, bad


def missing(row: Row, columns: Iterable[Column]) -> Line | None:
    """A line about the first needed cell of a row that is empty; None where none is."""
    empty = next((c for c in columns if c.is_needed and not row.get(c.id)), None)
    if empty is None:
        return None
    return line(row, Fate.REFUSED, "沒有填。請補上再匯入。", (empty.id, empty.title))


def read_day(text: str, year_of: Callable[[int], int] | None = None) -> date | Wrong:
    """A day, of the ROC or Western calendar: 111/7/8, 111.7.8, 1110708, 2022/7/8, 2022-07-08.

    Args:
        year_of: the Western year of a day without one (7月8日), by its month; None: such a day
            is refused.
    """
    bare = _SAYS_ROC.sub("", unicodedata.normalize("NFKC", text).strip())
    bare = _WEEKDAY.sub("", _TIME.sub("", bare).strip()).replace(" ", "").rstrip("()")
    if found := _APART.match(bare) or _PLAIN.match(bare):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _SHORT.match(bare):
        if year_of is None:
            return Wrong("這個日期沒有年份。請寫成像 111/7/8 再匯入。")
        return _day(year_of(int(found[1])), int(found[1]), int(found[2]))
    if _SERIAL.match(bare):
        return Wrong("像是 Excel 的日期序號。請把這一欄的格式改成日期，另存再匯入。")
    return Wrong("看不懂這個日期。請寫成像 111/7/8 或 2022/7/8 再匯入。")


def _day(year: int, month: int, day: int) -> date | Wrong:
    if year < 1000 and not _OLDEST_ROC <= year <= _LATEST_ROC:
        return Wrong("看不懂這個年份。請寫民國年或西元四位數，像 111/7/8 或 2022/7/8。")
    try:
        return date(year + _ROC if year < 1000 else year, month, day)
    except ValueError:
        return Wrong("沒有這一天。請改成正確的日期再匯入。")


def read_number(text: str, units: Sequence[str] = (), most: int = 999) -> Decimal | Wrong:
    """A number above 0, with or without its unit: 3, 3.0, ３小時.

    Args:
        units: words that may follow it.
        most: what it cannot exceed.
    """
    bare = narrow(text).lower()
    unit = next((u for u in sorted(units, key=len, reverse=True) if bare.endswith(u)), "")
    bare = bare.removesuffix(unit)
    if not _NUMBER.match(bare):
        return Wrong(f"看不懂這個數字。請只寫數字，像 3{units[0] if units else ''}。")
    number = Decimal(bare)
    if number <= 0:
        return Wrong("要大於 0。請改成正確的數字再匯入。")
    if number > most:
        return Wrong(f"超過 {most}，不合理。請改成正確的數字再匯入。")
    return number


def read_yes(text: str) -> bool | Wrong:
    """Whether a cell says yes or no: 是, 全程, V; 否, 缺席, X."""
    bare = narrow(text).lower()
    if _SAYS_YES.fullmatch(bare):
        return True
    if _SAYS_NO.fullmatch(bare):
        return False
    return Wrong("看不出是有還是沒有完成。請改成「是」或「否」再匯入。")


def _fault(text: str) -> str:
    if text.startswith(UNCALCULATED):
        return "是公式，檔案裡沒有算好的值。請用 Excel 開啟、存檔後再匯入。"
    if UNREADABLE in text:
        return "有無法辨認的字（可能是造字，或編碼不對）。請另存成 .xlsx 或 CSV UTF-8 再匯入。"
    if text in _EXCEL_FAULTS:
        return "是 Excel 的錯誤值。請改正這一格再匯入。"
    if len(text) > LONGEST:
        return f"超過 {LONGEST} 個字，不像是這一欄的內容。請確認欄位沒有錯開，再匯入。"
    return ""
