"""A list of schools, as the ministry gives it out: from rows to schools, each row accounted for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.imports.report import Fate, Line, Report, line, report
from bot.imports.table import Column, Row, Table
from bot.model.schools import Level, School
from bot.understand.school_forms import CITIES, school_key

CODE, NAME, FULL, SHORT = "code", "name", "full_name", "short_names"
CITY, DISTRICT, LEVEL, CLASSES, REMOTE = "city", "district", "level", "classes", "is_remote"
COLUMNS = (
    Column(id=CODE, title="學校代碼", words=("代碼", "學校代號", "代號"), is_needed=True),
    Column(id=NAME, title="學校名稱", words=("校名", "名稱", "學校"), is_needed=True),
    Column(id=FULL, title="全銜", words=("學校全銜", "學校全名", "全名")),
    Column(id=SHORT, title="簡稱", words=("學校簡稱", "別名", "俗稱")),
    Column(id=CITY, title="縣市", words=("縣市名稱", "縣市別")),
    Column(id=DISTRICT, title="行政區", words=("鄉鎮市區", "行政區名稱", "區域")),
    Column(id=LEVEL, title="學制", words=("層級", "學制別", "教育階段", "學校類別")),
    Column(id=CLASSES, title="班級數", words=("班數", "總班級數")),
    Column(id=REMOTE, title="偏遠", words=("偏遠地區", "偏遠學校", "是否偏遠", "地區屬性")),
)
TITLES = {column.id: column.title for column in COLUMNS}
MOST_CLASSES = 300
LONGEST_NAME = 60
_CODE = re.compile(r"[0-9A-Z]{4,16}")
_LOST_ZERO = re.compile(r"\d{5}")
_LEVELS = {
    Level.ELEMENTARY: ("國小", "國民小學", "小學"),
    Level.JUNIOR: ("國中", "國民中學"),
    Level.SENIOR: ("高中", "高職", "高中職", "高級中等學校", "高級中學", "高級職業學校"),
    Level.COMPLETE: ("完全中學", "完中"),
    Level.OTHER: ("其他", "國中小", "國民中小學", "特教", "特殊教育學校", "特教學校"),
}
_YES = frozenset({"是", "y", "yes", "1", "v", "✓", "○", "偏遠", "特偏", "極偏", "偏遠地區"})
_NO = frozenset({"", "否", "n", "no", "0", "x", "╳", "一般", "非偏遠", "非山非市", "無", "-"})
_APART = re.compile(r"[、,，;；/\n]+")


@dataclass(frozen=True, slots=True)
class SchoolsRead:
    """What becomes of each row, and the schools that are new or changed."""

    report: Report
    schools: tuple[School, ...]


class _Refused(Exception):
    """A cell that cannot be read: its column, and a sentence with the remedy."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(why)
        self.column, self.why = column, why


def read_schools(table: Table, known: Mapping[str, School]) -> SchoolsRead:
    """What a list of schools changes of those that are `known` by their codes.

    A column that the file lacks leaves what is known; schools that it lacks stay as they are.
    """
    lines: list[Line] = []
    first: dict[str, tuple[int, School]] = {}
    changed: list[School] = []
    for row in table.rows:
        try:
            school = _school(table, row, known)
        except _Refused as refused:
            column = (refused.column, TITLES[refused.column])
            lines.append(line(row, Fate.REFUSED, refused.why, column))
            continue
        if school.code in first:
            lines.append(_again(row, school, *first[school.code]))
            continue
        first[school.code] = (row.number, school)
        before = known.get(school.code)
        fate = Fate.NEW if before is None else Fate.UNCHANGED if before == school else Fate.CHANGED
        lines.append(line(row, fate, f"{school.name}（{school.code}）"))
        if fate is not Fate.UNCHANGED:
            changed.append(school)
    missing = len(set(known) - set(first))
    notes = [f"原有的 {missing} 所學校不在這份名單裡，沒有更動。"] if missing else []
    return SchoolsRead(report(lines, [*table.notes, *notes]), tuple(changed))


def _again(row: Row, school: School, number: int, first: School) -> Line:
    if school == first:
        return line(row, Fate.UNCHANGED, f"和第{number}列相同。")
    why = f"代碼和第{number}列相同，內容卻不同：請只留一列。"
    return line(row, Fate.REFUSED, why, (CODE, TITLES[CODE]))


def _school(table: Table, row: Row, known: Mapping[str, School]) -> School:
    code = _code(row)
    name = _named(row, NAME)
    if not name:
        raise _Refused(NAME, "沒有學校名稱：請補上。")
    before = known.get(code) or School(code, name, name)
    full = (_named(row, FULL) or name) if table.has(FULL) else _kept_full(before, known, name)
    return School(
        code=code,
        name=name,
        full_name=full,
        short_names=_short_names(row) if table.has(SHORT) else before.short_names,
        city=_city(row) if table.has(CITY) else before.city,
        district=_placed(row) if table.has(DISTRICT) else before.district,
        level=_level(row, full) if table.has(LEVEL) else _kept_level(before, known, full),
        classes=_classes(row) if table.has(CLASSES) else before.classes,
        is_remote=_remote(row) if table.has(REMOTE) else before.is_remote,
    )


def _kept_full(before: School, known: Mapping[str, School], name: str) -> str:
    return before.full_name if before.code in known else name


def _kept_level(before: School, known: Mapping[str, School], full: str) -> Level:
    return before.level if before.code in known else _level_by_name(full)


def _code(row: Row) -> str:
    code = row.get(CODE).strip().upper()
    if not code:
        raise _Refused(CODE, "沒有學校代碼：請補上。")
    if _LOST_ZERO.fullmatch(code):
        why = "代碼只有5位數字，可能是Excel去掉了開頭的0：請把這一欄設成「文字」再填一次。"
        raise _Refused(CODE, why)
    if not _CODE.fullmatch(code):
        raise _Refused(CODE, "代碼要是4到16個英文字母或數字：請更正。")
    return code


def _named(row: Row, column: str) -> str:
    name = row.get(column)
    if len(name) > LONGEST_NAME:
        raise _Refused(column, f"名稱超過{LONGEST_NAME}個字：請確認有沒有填錯欄。")
    return name


def _short_names(row: Row) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(filter(None, map(str.strip, _APART.split(row.get(SHORT))))))
    if any(len(name) < 2 or len(name) > LONGEST_NAME for name in names):
        raise _Refused(SHORT, "每個簡稱至少要2個字；有好幾個時用「、」隔開。")
    return names


def _city(row: Row) -> str:
    said = row.get(CITY)
    key = school_key(re.sub(r"[\[(（【].*?[\])）】]|^\d+", "", said))  # 30臺北市, [63]臺北市
    if key and key not in CITIES:
        raise _Refused(CITY, "不是縣市的名稱：請寫全名，例如「臺北市」。")
    return key


def _placed(row: Row) -> str:
    district = row.get(DISTRICT)
    if len(district) > 8:
        raise _Refused(DISTRICT, "行政區太長：請只寫區名，例如「中山區」。")
    return district


def _level(row: Row, full: str) -> Level:
    said = row.get(LEVEL)
    if not said:
        return _level_by_name(full)
    for level, words in _LEVELS.items():
        if said in (*words, level.value, level.words):
            return level
    titles = "、".join(level.words for level in Level)
    raise _Refused(LEVEL, f"看不懂這個學制：請填 {titles} 其中之一。")


def _level_by_name(full: str) -> Level:
    endings = (
        ("國民中小學", Level.OTHER), ("國中小", Level.OTHER),
        ("國民小學", Level.ELEMENTARY), ("國小", Level.ELEMENTARY), ("實小", Level.ELEMENTARY),
        ("附小", Level.ELEMENTARY), ("國民中學", Level.JUNIOR), ("國中", Level.JUNIOR),
        ("高級中學", Level.SENIOR), ("高級中等學校", Level.SENIOR), ("職業學校", Level.SENIOR),
        ("高中", Level.SENIOR), ("女中", Level.SENIOR), ("高職", Level.SENIOR),
        ("中學", Level.SENIOR), ("附中", Level.SENIOR), ("高工", Level.SENIOR),
        ("高商", Level.SENIOR),
    )  # fmt: skip
    return next((level for ending, level in endings if full.endswith(ending)), Level.OTHER)


def _classes(row: Row) -> int | None:
    said = row.get(CLASSES).removesuffix("班").strip()
    if not said:
        return None
    if not said.isdecimal() or int(said) > MOST_CLASSES:
        raise _Refused(CLASSES, f"班級數要是0到{MOST_CLASSES}的整數：請更正。")
    return int(said)


def _remote(row: Row) -> bool:
    said = row.get(REMOTE).strip().lower()
    if said in _YES or said in _NO:
        return said in _YES
    raise _Refused(REMOTE, "請填「是」或「否」。")
