"""Which school a row is about: by its code, else by its name; rivals are told, not guessed."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from bot.imports.report import Fate, Line, line
from bot.imports.table import Column, Row
from bot.model.roster import name_key
from bot.model.schools import School

CODE = Column(
    id="school_code",
    title="學校代碼",
    words=("學校代號", "單位代碼", "服務學校代碼", "部定代碼", "機關代碼", "代碼"),
)
SCHOOL = Column(
    id="school",
    title="學校",
    words=(
        "服務學校", "學校名稱", "服務學校名稱", "任職學校", "現職學校", "服務單位", "服務單位名稱",
        "單位", "單位名稱", "服務機關", "學校全銜", "校名", "任教學校",
    ),
)  # fmt: skip
_MOST_RIVALS = 5


class Looked(Protocol):
    """The schools that a name may mean."""

    @property
    def schools(self) -> tuple[School, ...]:
        """Best first."""

    @property
    def is_sure(self) -> bool:
        """Whether the name says no more and no less than a school."""


Look = Callable[[str], Looked]


class WhichSchool:
    """Finds the schools of rows among those of the list."""

    def __init__(self, schools: Iterable[School], look: Look, given: School | None = None) -> None:
        """Among these; `given` is whose list it is, where one school's list is imported."""
        self._by_code = {s.code: s for s in schools}
        self._by_name: dict[str, list[School]] = {}
        for school in self._by_code.values():
            for name in {name_key(n) for n in (school.name, school.full_name)}:
                self._by_name.setdefault(name, []).append(school)
        self._look = look
        self._given = given
        self._seen: dict[str, School | str] = {}  # a name → the school, or why there is none

    def of(self, row: Row) -> School | Line:
        """The school of a row; a line where it is not known, not clear, or another than `given`."""
        found = self._of(row)
        if isinstance(found, School) and self._given and found.code != self._given.code:
            why = f"不是{self._given.name}。這份名單只匯入這一所學校，請刪掉這一列。"
            return line(row, Fate.REFUSED, why, (SCHOOL.id, SCHOOL.title))
        return found

    def _of(self, row: Row) -> School | Line:
        code, name = row.get(CODE.id).upper(), row.get(SCHOOL.id)
        if code:
            school = self._by_code.get(code)
            if school is None:
                why = "學校名單裡沒有這個代碼。請改正，或先匯入學校名單。"
                return line(row, Fate.REFUSED, why, (CODE.id, CODE.title))
            named = self._named(name) if name else school
            if isinstance(named, School) and named.code != school.code:
                why = f"代碼是{school.name}，校名卻是{named.name}。請改成同一所。"
                return line(row, Fate.REFUSED, why, (SCHOOL.id, SCHOOL.title))
            return school
        if not name:
            if self._given:
                return self._given
            why = "沒有填學校。請補上校名或學校代碼。"
            return line(row, Fate.REFUSED, why, (SCHOOL.id, SCHOOL.title))
        named = self._named(name)
        if isinstance(named, School):
            return named
        return line(row, Fate.REFUSED, named, (SCHOOL.id, SCHOOL.title))

    def _named(self, name: str) -> School | str:
        if name not in self._seen:
            self._seen[name] = self._find(name)
        return self._seen[name]

    def _find(self, name: str) -> School | str:
        exact = self._by_name.get(name_key(name), [])
        if len(exact) == 1:
            return exact[0]
        if exact:
            return _unclear(exact)
        if name.upper() in self._by_code:
            return self._by_code[name.upper()]
        looked = self._look(name)
        if len(looked.schools) == 1 and looked.is_sure:
            return looked.schools[0]
        if looked.schools:
            return _unclear(looked.schools)
        return "學校名單裡沒有這所學校。請改成名單上的校名，或加一欄「學校代碼」。"


def _unclear(schools: Sequence[School]) -> str:
    names = "、".join(f"{s.name}（{s.code}）" for s in schools[:_MOST_RIVALS])
    return f"不確定是哪一所，可能是：{names}。請改成全銜，或加一欄「學校代碼」。"
