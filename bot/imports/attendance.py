"""A list of who attended what: from rows to what counts for which requirement.

Systems of courses export such lists with many columns; the few that matter are found by their
headings. Where the course or the day stands above the table, it is taken from there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bot.errors import AskAgain
from bot.imports.cells import Wrong, narrow, read_day, read_number, read_yes
from bot.imports.courses import Counts, Courses, Found, names_of
from bot.imports.people import LABEL, NAME, Named, read_named
from bot.imports.report import Fate, Line, line, shown
from bot.imports.table import Column, Row, Table
from bot.imports.which_school import CODE, SCHOOL, WhichSchool

COURSE = Column(
    id="course",
    title="研習名稱",
    words=(
        "課程名稱",
        "研習課程",
        "研習課程名稱",
        "課程",
        "活動名稱",
        "研習主題",
        "研習活動名稱",
        "研習",
    ),
)
ON = Column(
    id="on",
    title="日期",
    words=(
        "研習日期", "上課日期", "課程日期", "完成日期", "辦理日期", "活動日期", "研習起日",
        "開始日期", "研習時間", "通過日期", "研習開始日期", "研習日期時間", "上課時間",
    ),
)  # fmt: skip
HOURS = Column(
    id="hours",
    title="時數",
    words=(
        "研習時數",
        "核予時數",
        "核定時數",
        "實際時數",
        "研習小時數",
        "小時數",
        "課程時數",
        "核發時數",
    ),
)
FULL = Column(
    id="full",
    title="全程參與",
    words=(
        "全程",
        "是否全程",
        "是否全程參與",
        "全程出席",
        "出席",
        "出席狀況",
        "簽到",
        "出席情形",
        "是否出席",
    ),
)
PASSED = Column(
    id="passed",
    title="通過",
    words=(
        "是否通過", "研習狀態", "研習結果", "完成", "是否完成", "狀態", "結果", "核予", "研習狀況",
        "完成狀況", "是否核予時數",
    ),
)  # fmt: skip
COLUMNS = (CODE, SCHOOL, NAME, LABEL, COURSE, ON, HOURS, FULL, PASSED)
NOT_COUNTED = "-"  # in place of what a course counts for
MOST_HOURS = 100
_HOURS = ("小時", "時", "hours", "hour", "hrs", "hr", "h")
_HOUR = "小時"
_DAY_IN = re.compile(r"(?:民國)?\d{2,4}[年/.\-]\d{1,2}[月/.\-]\d{1,2}日?")
_ROC = 1911


@dataclass(frozen=True, slots=True)
class Asked:
    """What whoever imports a list says of it."""

    courses: Mapping[str, str] = field(default_factory=dict)  # name → key of what it counts for
    all_count_for: str = ""  # key; of a list that is of one course
    on: date | None = None  # of a list that is of one day


@dataclass(frozen=True, slots=True)
class Attended:
    """A row that counts: who, for what, when, how much."""

    who: Named
    counts: Counts
    course: str
    on: date
    count: Decimal


class Reading:
    """Reads the rows of one list by one edition."""

    def __init__(self, table: Table, courses: Courses, asked: Asked, today: date) -> None:
        """Looks at what is said once for the whole list.

        Raises:
            AskAgain: what was asked names nothing, or the list says no course or no day.
        """
        self.notes: list[str] = []
        self._courses = courses
        self._today = today
        self._asked = {narrow(name): self._counts(key) for name, key in asked.courses.items()}
        self._found: dict[tuple[str, date], Found] = {}
        self._on = asked.on or (None if table.has(ON.id) else self._day_above(table))
        self._whole = self._counts(asked.all_count_for) if asked.all_count_for else None
        self._course = ""
        if self._whole is None and not table.has(COURSE.id):
            self._course = self._course_above(table)

    def read(self, row: Row, which: WhichSchool) -> Attended | Line:
        """What a row says; a line where it does not count or cannot be read."""
        if absent := self._absent(row):
            return absent
        on = self._day(row)
        if isinstance(on, Line):
            return on
        counts = self._what(row, on)
        if isinstance(counts, Line):
            return counts
        count = self._how_much(row, counts)
        if isinstance(count, Line):
            return count
        who = read_named(row, which)
        if isinstance(who, Line):
            return who
        return Attended(who, counts, row.get(COURSE.id) or self._course, on, count)

    def _absent(self, row: Row) -> Line | None:
        for column in (FULL, PASSED):
            if column.id not in row.cells:
                continue
            where = (column.id, column.title)
            if not row.get(column.id):
                return line(row, Fate.SKIPPED, "空白，當作沒有完成。", where)
            said = read_yes(row.get(column.id))
            if isinstance(said, Wrong):
                return line(row, Fate.REFUSED, said.why, where)
            if not said:
                return line(row, Fate.SKIPPED, "沒有完成。", where)
        return None

    def _day(self, row: Row) -> date | Line:
        text = row.get(ON.id)
        if not text and self._on:
            return self._on
        where = (ON.id, ON.title)
        if not text:
            return line(row, Fate.REFUSED, "沒有填日期。請補上再匯入。", where)
        on = read_day(text, self._year_of)
        if isinstance(on, Wrong):
            return line(row, Fate.REFUSED, on.why, where)
        if on > self._today:
            return line(row, Fate.REFUSED, "這一天還沒到。請改成正確的日期再匯入。", where)
        year = self._courses.edition.about.year
        if not -1 <= on.year - _ROC - year <= 2:
            return line(row, Fate.REFUSED, f"不在{year}年度前後，請確認年份。", where)
        return on

    def _what(self, row: Row, on: date) -> Counts | Line:
        if self._whole:
            return self._whole
        course = row.get(COURSE.id) or self._course
        where = (COURSE.id, COURSE.title)
        if not course:
            return line(row, Fate.REFUSED, "沒有填研習名稱。請補上再匯入。", where)
        if narrow(course) in self._asked:
            asked = self._asked[narrow(course)]
            return asked or line(row, Fate.SKIPPED, "照您說的，不計入。", where)
        if (course, on) not in self._found:
            self._found[(course, on)] = self._courses.find(course, on)
        found = self._found[(course, on)]
        if found.is_sure:
            return found.rivals[0]
        if not found.rivals:
            return line(row, Fate.SKIPPED, "不是這個計畫的課。", where)
        why = (
            f"不確定算哪一項，可能是：{names_of(found.rivals)}。"
            f"請用 --course '{shown(course)}={found.rivals[0].key}' 指定；"
            f"不計入就寫 ={NOT_COUNTED}。"
        )
        return line(row, Fate.REFUSED, why, where)

    def _how_much(self, row: Row, counts: Counts) -> Decimal | Line:
        text = row.get(HOURS.id)
        where = (HOURS.id, HOURS.title)
        in_hours = not counts.part and counts.item.goals[0].unit == _HOUR
        if not text and not in_hours:
            return Decimal(1)
        hours = read_number(text, _HOURS, MOST_HOURS)
        if isinstance(hours, Wrong):
            return line(row, Fate.REFUSED, hours.why, where)
        return hours if in_hours else Decimal(1)

    def _counts(self, key: str) -> Counts | None:
        if key == NOT_COUNTED:
            return None
        found = self._courses.by_key(key)
        if found is None or (found.item.parts and not found.part):
            keys = "、".join(c.key for c in self._courses.all if c.part or not c.item.parts)
            raise AskAgain(f"這個計畫沒有「{key}」這一項。可以指定的有：{keys}。")
        return found

    def _course_above(self, table: Table) -> str:
        for text in table.above:
            found = self._courses.find(text, self._on)
            if found.is_sure:
                self.notes.append(f"表頭寫的是「{shown(text)}」，當作「{found.rivals[0].title}」。")
                self._found |= {(text, self._on): found} if self._on else {}
                return text
        raise AskAgain(
            "名單沒有「研習名稱」欄，表頭也看不出是哪一門課。"
            "請補上這一欄，或用 --course 項目 指定整份名單算哪一項。"
        )

    def _day_above(self, table: Table) -> date:
        for text in table.above:
            for said in _DAY_IN.findall(narrow(text)):
                on = read_day(said)
                if not isinstance(on, Wrong) and on <= self._today:
                    self.notes.append(f"名單沒有「日期」欄，用表頭的 {said}。")
                    return on
        raise AskAgain(
            "名單沒有「日期」欄，表頭也沒有日期。"
            "請補上這一欄，或用 --on 111/7/8 指定整份名單的日期。"
        )

    def _year_of(self, month: int) -> int:
        about = self._courses.edition.about
        is_next = about.year_kind == "學年度" and month < 8
        return about.year + _ROC + is_next
