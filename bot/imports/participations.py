"""Lists of schools that take part: from rows to participations, and what is wrong, row by row.

Rows of one school in one edition are one participation: a row may name a community or nominated
teachers, and say the school's parameters again.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.errors import AskAgain
from bot.imports.table import Column
from bot.model.edition import Edition
from bot.model.facet import Facet
from bot.model.goals import Subject
from bot.model.participation import Participation, Unit, Whose
from bot.rules.owed import all_owed

COLUMNS = (
    Column(id="code", title="學校代碼", words=("代碼", "學校代號", "代號"), is_needed=True),
    Column(id="plan", title="計畫", words=("計畫名稱", "參與計畫"), is_needed=True),
    Column(id="year", title="年度", words=("學年度", "計畫年度", "辦理年度"), is_needed=True),
    Column(id="classes", title="核定班級數", words=("班級數", "核定班數", "班數")),
    Column(id="applicant", title="申請單位", words=("申請單位別",)),
    Column(id="teachers", title="全校教師人數", words=("教師人數", "教師數")),
    Column(id="community", title="社群名稱", words=("社群",)),
    Column(id="group", title="組別", words=("社群組別", "申請組別")),
    Column(id="members", title="社群人數", words=("成員人數",)),
    Column(id="teacher", title="薦派教師", words=("薦派教師姓名", "教師姓名")),
)
# The columns by id, each as people are told that it is called.
TITLES: Mapping[str, str] = {column.id: column.title for column in COLUMNS}
OF_SCHOOL, OF_COMMUNITY = ("applicant", "teachers"), ("group", "members")
_BETWEEN = re.compile(r"[、,，;；/\n]+")
_CODE = re.compile(r"[0-9A-Z]{6}")
MOST_CLASSES = 200


class SheetRow(Protocol):
    """A row as it was read: its number as Excel shows it, and its cells by column."""

    @property
    def number(self) -> int:
        """As Excel shows it."""

    def get(self, column: str, /) -> str:
        """The text of a cell; empty where there is none."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row: in which column, and what to do."""

    number: int
    column: str  # its title
    why: str


@dataclass(frozen=True, slots=True)
class ParticipationsRead:
    """The participations in the order of their first rows, and every row that cannot be read."""

    takings: tuple[Participation, ...]
    faults: tuple[RowFault, ...]
    # By the row's number; where it could not be told, it is left out.
    rows: Mapping[int, Whose] = field(compare=False)


class _Wrong(AskAgain):
    """A cell that cannot be read."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(why)
        self.column = column


@dataclass(slots=True)
class _School:
    """One participation while its rows are read."""

    facets: dict[str, str] = field(default_factory=dict)
    units: dict[tuple[Subject, str], Unit] = field(default_factory=dict)


def read_participations(
    rows: Iterable[SheetRow], editions: Sequence[Edition], schools: Iterable[str]
) -> ParticipationsRead:
    """What the rows say; a file with faults is not to be applied.

    Args:
        schools: the codes of all schools that are known.
    """
    known = frozenset(schools)
    found: dict[Whose, _School] = {}
    faults: list[RowFault] = []
    of_row: dict[int, Whose] = {}
    for row in rows:
        try:
            edition = _edition(row, editions)
            code = _code(row, known)
            whose = Whose(school_code=code, plan=edition.plan, edition=edition.edition)
            of_row[row.number] = whose
            _take(row, edition, found.setdefault(whose, _School()))
        except _Wrong as wrong:
            faults.append(RowFault(row.number, TITLES[wrong.column], wrong.say))
    takings = tuple(
        Participation(
            school_code=whose.school_code,
            plan=whose.plan,
            edition=whose.edition,
            facets=one.facets,
            units=tuple(one.units.values()),
        )
        for whose, one in found.items()
    )
    return ParticipationsRead(takings, tuple(faults), of_row)


def _edition(row: SheetRow, editions: Sequence[Edition]) -> Edition:
    said, year = _folded(row.get("plan")), re.search(r"\d{2,3}", row.get("year"))
    if not said:
        raise _Wrong("plan", "沒有填計畫。請填計畫名稱或簡稱。")
    of_plan = [e for e in editions if said in {_folded(name) for name in _names(e)}]
    if not of_plan:
        raise _Wrong("plan", f"沒有「{row.get('plan')}」這個計畫。請改填計畫的全名或簡稱。")
    edition = next((e for e in of_plan if year and e.about.year == int(year[0])), None)
    if edition is None:
        years = "、".join(f"{e.about.year}{e.about.year_kind}" for e in of_plan)
        raise _Wrong("year", f"這個計畫只有{years}的資料。請改填其中一個年度。")
    return edition


def _names(edition: Edition) -> tuple[str, ...]:
    about = edition.about
    return (about.title, about.short, edition.plan, *about.names)


def _code(row: SheetRow, known: frozenset[str]) -> str:
    code = unicodedata.normalize("NFKC", row.get("code")).strip().upper()
    if code in known:
        return code
    if not _CODE.fullmatch(code):
        raise _Wrong("code", "學校代碼要是6碼。開頭的0或英文字母不能少，請照教育部的代碼填。")
    raise _Wrong("code", f"沒有代碼{code}的學校。請確認代碼，或先匯入學校。")


def _take(row: SheetRow, edition: Edition, school: _School) -> None:
    """Add what the row says to its school; all of it, or nothing where something is wrong."""
    facets = _facets(row, edition, OF_SCHOOL) | _classes(row, edition)
    for name, value in facets.items():
        if school.facets.get(name, value) != value:
            column = next((c for c in OF_SCHOOL if _facet(edition, c) == name), "classes")
            raise _Wrong(column, "同一所學校前面的列填的不一樣。請改成一致。")
    units = [*_community(row, edition), *_teachers(row)]
    for unit in units:
        before = school.units.get((unit.kind, unit.label))
        if before and (unit.kind is Subject.TEACHER or before != unit):
            column = "teacher" if unit.kind is Subject.TEACHER else "community"
            why = f"「{unit.label}」前面的列已經有了。不同的請用不同的名稱，重複的請刪掉一列。"
            raise _Wrong(column, why)
    school.facets |= facets
    school.units |= {(unit.kind, unit.label): unit for unit in units}


def _classes(row: SheetRow, edition: Edition) -> dict[str, str]:
    said = row.get("classes").strip().removesuffix("班")
    if not said:
        return {}
    facet = next((owed.per for _, owed in all_owed(edition) if owed.per), "")
    if not facet:
        raise _Wrong("classes", "這個計畫不以班為單位繳交。請清空這一格。")
    return {facet: _number("classes", said, MOST_CLASSES)}


def _community(row: SheetRow, edition: Edition) -> list[Unit]:
    label = " ".join(row.get("community").split())
    facets = _facets(row, edition, OF_COMMUNITY)
    if not label:
        if facets:
            raise _Wrong("community", "填了組別或人數，沒有填社群名稱。請補上社群名稱。")
        return []
    if "|" in label:
        raise _Wrong("community", "社群名稱不能有「|」。請改成別的符號。")
    return [Unit(kind=Subject.COMMUNITY, label=label, facets=facets)]


def _teachers(row: SheetRow) -> list[Unit]:
    names = ["".join(name.split()) for name in _BETWEEN.split(row.get("teacher"))]
    names = [name for name in names if name]
    if len(set(names)) < len(names) or any("|" in name for name in names):
        raise _Wrong(
            "teacher", "同一格有重複的姓名或不能用的符號。同名的請加註領域，例如王小明（國文）。"
        )
    return [Unit(kind=Subject.TEACHER, label=name) for name in names]


def _facets(row: SheetRow, edition: Edition, columns: Sequence[str]) -> dict[str, str]:
    found = {}
    for column in columns:
        said = row.get(column).strip()
        if not said:
            continue
        name = _facet(edition, column)
        if not name:
            raise _Wrong(column, f"這個計畫沒有「{TITLES[column]}」。請清空這一格。")
        found[name] = _value(column, said, edition.facets[name])
    return found


def _facet(edition: Edition, column: str) -> str:
    """The facet that people call as the column is called; empty where the plan has none."""
    title = TITLES[column]
    return next((name for name, facet in edition.facets.items() if facet.title == title), "")


def _value(column: str, said: str, facet: Facet) -> str:
    if not facet.values:
        return _number(column, said.removesuffix(facet.unit))
    for name, value in facet.values.items():
        words = (name, value.title, *value.says)
        if _folded(said) in {_folded(word) for word in words}:
            return name
    titles = "、".join(value.title for value in facet.values.values())
    raise _Wrong(column, f"「{said}」不是{facet.title}。請填：{titles}。")


def _number(column: str, said: str, most: int = 9999) -> str:
    text = unicodedata.normalize("NFKC", said).strip().removesuffix(".0")
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= most:
        raise _Wrong(column, f"「{said}」不是1到{most}的整數。請改填數字。")
    return str(int(text))


def _folded(text: str) -> str:
    """Letters and digits only, in one width and case."""
    kept = unicodedata.normalize("NFKC", text).casefold().replace("臺", "台")
    return "".join(c for c in kept if c.isalnum())
