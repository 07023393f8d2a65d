"""A list of teachers: from rows to members of schools' lists, each row accounted for."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.imports.cells import missing
from bot.imports.report import Fate, Line, Report, line, report
from bot.imports.table import Column, Row, Table
from bot.imports.which_school import CODE, SCHOOL, WhichSchool
from bot.model.roster import Member, name_key
from bot.model.schools import School

NAME = Column(
    id="name",
    title="姓名",
    words=(
        "教師姓名",
        "學員姓名",
        "研習教師",
        "教師",
        "老師",
        "名字",
        "研習人員",
        "參加人員",
        "學員",
    ),
    is_needed=True,
)
LABEL = Column(id="label", title="同名區分", words=("同名註記", "同名"))
TITLE = Column(id="title", title="職稱", words=("職務", "職別", "身分別"))
COLUMNS = (CODE, SCHOOL, NAME, LABEL, TITLE)

_LONGEST_NAME, _LONGEST_WORD = 40, 30
_HIDDEN = re.compile(r"[○〇●◯*＊ＯO０ΟXＸ□]")
_LATIN = re.compile(r"[A-Za-z]{2}")
_NO_NAME = re.compile(r"\d|〈|[@#$%&/\\]")

NewMember = Callable[[str, str, str, str], Member]  # school's code, name, label, title


@dataclass(frozen=True, slots=True)
class PeopleRead:
    """What becomes of each row, and who is new on the lists or has another title."""

    report: Report
    new: tuple[Member, ...]
    retitled: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A row with the school and the person that it names."""

    row: Row
    school: School
    name: str
    label: str


class Roster:
    """Who is on the lists, found by school and name."""

    def __init__(self, members: Iterable[Member] = ()) -> None:
        self._by_name: dict[tuple[str, str], list[Member]] = {}
        for member in members:
            self.add(member)

    def add(self, member: Member) -> None:
        """Put somebody on it."""
        self._by_name.setdefault((member.school_code, name_key(member.name)), []).append(member)

    def named(self, school_code: str, name: str) -> Sequence[Member]:
        """All of this name at this school."""
        return self._by_name.get((school_code, name_key(name)), ())


def read_named(row: Row, which: WhichSchool) -> Named | Line:
    """Whom a row names, of which school; a line where it cannot be read."""
    if fault := missing(row, (NAME,)):
        return fault
    if why := _no_name(row.get(NAME.id)):
        return line(row, Fate.REFUSED, why, (NAME.id, NAME.title))
    for column in (LABEL, TITLE):
        if len(row.get(column.id)) > _LONGEST_WORD:
            why = f"超過 {_LONGEST_WORD} 個字。請確認欄位沒有錯開，再匯入。"
            return line(row, Fate.REFUSED, why, (column.id, column.title))
    school = which.of(row)
    if isinstance(school, Line):
        return school
    return Named(row, school, " ".join(row.get(NAME.id).split()), row.get(LABEL.id))


def read_people(
    table: Table, named: Sequence[Named | Line], members: Iterable[Member], make: NewMember
) -> PeopleRead:
    """What a list of teachers adds to the schools' lists; who is not on it stays on those.

    Args:
        named: what `read_named` made of the table's rows.
        members: of all schools that these name.
        make: makes a member that is on no list yet.
    """
    roster = Roster(members)
    first: dict[str, tuple[Row, str]] = {}  # id of a member → the row that named them first
    lines: list[Line] = []
    new: list[Member] = []
    retitled: list[Member] = []
    for one in named:
        if isinstance(one, Line):
            lines.append(one)
            continue
        title = one.row.get(TITLE.id)
        member = _same(one, roster)
        if member and member.id in first:
            lines.append(_again(one, *first[member.id]))
            continue
        if member is None:
            member = make(one.school.code, one.name, one.label, title)
            roster.add(member)
            new.append(member)
            fate = Fate.NEW
        elif title and title != member.title:
            retitled.append(replace(member, title=title))
            fate = Fate.CHANGED
        else:
            fate = Fate.UNCHANGED
        first[member.id] = (one.row, title)
        lines.append(line(one.row, fate, f"{one.school.name} {one.name}"))
    return PeopleRead(report(lines, table.notes), tuple(new), tuple(retitled))


def _same(one: Named, roster: Roster) -> Member | None:
    return next((m for m in roster.named(one.school.code, one.name) if m.label == one.label), None)


def _again(one: Named, before: Row, title: str) -> Line:
    if one.row.get(TITLE.id) == title:
        why = f"和第{before.number}列同校同名，當作同一位。若是兩位，請加一欄「{LABEL.title}」。"
        return line(one.row, Fate.UNCHANGED, why)
    why = (
        f"和第{before.number}列同校同名，職稱卻不同。若是同一位，請只留一列；"
        f"若是兩位，請加一欄「{LABEL.title}」寫科目或其他區別。"
    )
    return line(one.row, Fate.REFUSED, why, (NAME.id, NAME.title))


def _no_name(text: str) -> str:
    """Why a text is no name; empty where it may be one."""
    bare = name_key(text)
    if len(bare) < 2 or len(text) > _LONGEST_NAME or _NO_NAME.search(bare):
        return "不像是姓名。請確認欄位沒有錯開，再匯入。"
    if _HIDDEN.search(text) and not _LATIN.search(text):
        return "姓名被遮住了，對不到人。請用有完整姓名的名單。"
    return ""
