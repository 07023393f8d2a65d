"""What somebody has joined and done, as values that rules work on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class Vouched(StrEnum):
    """Who says that it was done."""

    SELF = "self"
    CONTACT = "contact"  # the school's contact
    STAFF = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing done, for one requirement of a track."""

    id: str
    requirement: str
    on: date
    part: str = ""
    count: Decimal = Decimal(1)
    term: str = ""  # id of the school term; empty where the track counts in none
    marks: frozenset[str] = frozenset()
    vouched: Vouched = Vouched.SELF
    is_imported: bool = False  # a list of the office says so too, or alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """The session that somebody chose for a part of a requirement."""

    requirement: str
    part: str
    session: str  # key of the session
    missed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """A track that somebody follows: for themselves, or for a class, school or community."""

    id: str
    plan: str
    edition: str
    track: str
    joined_at: datetime
    label: str = ""  # whose it is where somebody follows several: 5年1班
    facets: Mapping[str, str] = field(default_factory=dict)  # group → B
    seen: Mapping[str, str] = field(default_factory=dict)  # what they know of it: key → words

    @property
    def edition_key(self) -> str:
        """Names the edition: plan/edition."""
        return f"{self.plan}/{self.edition}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An enrolment with all that was done and chosen on it, in the order of reporting."""

    enrolment: Enrolment
    deeds: tuple[Deed, ...] = ()
    picks: tuple[Pick, ...] = ()
