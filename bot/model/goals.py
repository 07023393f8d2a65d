"""How the completion of a requirement is counted: goals, parts, marks, school terms.

A report of something done counts for one requirement. A part is done once; what has no parts is
counted. A mark is what a report may say of what was done, where a goal asks for it: 到校, 教授.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from bot.model.facet import Given
from bot.model.when import When


class Every(StrEnum):
    """What a goal is to be reached in."""

    TRACK = "track"  # once, over the whole of it
    TERM = "term"  # in each school term of the edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """So much is to be done. A goal with `by` is one that a date waits for."""

    least: Decimal
    unit: str
    given: Given = field(default_factory=Given, metadata={"key": "if"})
    every: Every = Every.TRACK
    mark: str = ""  # only what bears this mark counts
    by: str = ""  # id of the date until which it is to be reached

    def __post_init__(self) -> None:
        if self.least <= 0:
            raise ValueError("目標（least）要大於 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the things that a requirement consists of or is chosen from; done once."""

    id: str
    title: str
    words: tuple[str, ...] = ()  # how reports name it, beside its title
    given: Given = field(default_factory=Given, metadata={"key": "if"})  # which sessions are its


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something that a report may say of what was done."""

    id: str
    title: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolTerm:
    """A school term that the edition counts in."""

    id: str
    title: str  # 106學年度下學期
    words: tuple[str, ...] = ()
    at: When | None = None  # None: the document does not say which days
    to_confirm: bool = False  # carried over from another year, not yet held against this year's


class Subject(StrEnum):
    """Whose work a track is."""

    TEACHER = "teacher"
    SCHOOL = "school"
    CLASS = "class"
    COMMUNITY = "community"
    COUNTY = "county"
