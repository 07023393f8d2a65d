"""Schools as the ministry lists them, and people's ties to them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Level(StrEnum):
    """Which grades a school teaches."""

    ELEMENTARY = "elementary"
    JUNIOR = "junior"
    SENIOR = "senior"
    COMPLETE = "complete"  # junior and senior grades under one roof
    OTHER = "other"  # elementary and junior together, special education, …

    @property
    def words(self) -> str:
        """What people call it."""
        return _LEVELS[self]


_LEVELS = {
    Level.ELEMENTARY: "國小",
    Level.JUNIOR: "國中",
    Level.SENIOR: "高中職",
    Level.COMPLETE: "完全中學",
    Level.OTHER: "其他",
}


@dataclass(frozen=True, slots=True)
class School:
    """One school of the ministry's list."""

    code: str  # the ministry's
    name: str  # as it is called on the list: 市立大直高中
    full_name: str  # 全銜
    short_names: tuple[str, ...] = ()  # that nobody could derive from the name
    city: str = ""
    district: str = ""
    level: Level = Level.OTHER
    classes: int | None = None
    is_remote: bool = False

    def __post_init__(self) -> None:
        if not self.code or not self.name or not self.full_name:
            raise ValueError("a school needs a code, a name and a full name")

    @property
    def place(self) -> str:
        """Where it is: 臺北市中山區."""
        return f"{self.city}{self.district}"


class SchoolRole(StrEnum):
    """What somebody is at a school."""

    CONTACT = "contact"  # answers for what the school hands in
    TEACHER = "teacher"

    @property
    def words(self) -> str:
        """What people call it."""
        return "學校承辦人" if self is SchoolRole.CONTACT else "教師"


@dataclass(frozen=True, slots=True)
class Affiliation:
    """Somebody's tie to a school.

    Unconfirmed, it only says where somebody is, by their own word: it opens nothing of the school's.
    """

    school_code: str
    role: SchoolRole
    since: datetime  # aware
    confirmed: bool
