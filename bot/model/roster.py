"""Schools' lists of their teachers, and what courses these completed, as lists of offices say."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_BETWEEN_NAMES = frozenset("·‧•・．.-_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A teacher on a school's list."""

    id: str
    school_code: str
    name: str
    label: str = ""  # tells two of one name in one school apart: 國文
    title: str = ""  # 教師, 組長
    user_id: str | None = None  # the person in LINE, once they are linked


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A course that a member completed, by a list of the office; counts for one requirement."""

    member_id: str
    plan: str
    edition: str
    track: str
    requirement: str
    fact: str  # what makes it the same thing; two of one member and edition are one
    on: date
    part: str = ""
    count: Decimal = Decimal(1)
    course: str = ""  # as the list calls it


def name_key(name: str) -> str:
    """A name as it is compared: 王 小明 is 王小明, in whatever width.

    >>> name_key("王　小 明"), name_key("Yumin．Walis")
    ('王小明', 'yuminwalis')
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in folded if not c.isspace() and c not in _BETWEEN_NAMES)


def fact_of(requirement: str, part: str, on: date, course: str) -> str:
    """The key of what was completed: a part is done once, all else once a day and course."""
    if part:
        return f"{requirement}/{part}"
    return f"{requirement}@{on:%Y-%m-%d}@{name_key(course)[:80]}"
