"""Conditions over facts: the tree that eligibility is decided by."""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing to be known about who asks, and how people say it."""

    id: str
    title: str
    ask: str  # the question that asks for it
    unit: str = ""  # a number fact: 小時; else yes or no
    yes: tuple[tuple[str, ...], ...] = ()  # said so: all words of one tuple in one clause
    no: tuple[tuple[str, ...], ...] = ()  # denied in its own words; a negated `yes` counts too
    partly: tuple[tuple[str, ...], ...] = ()  # touched on, but not enough to decide
    since: int | None = None  # ROC (school) year: an earlier one said with it does not count
    until: int | None = None
    facet: str = ""  # tells this facet too: yes is its first value, no its second, or the number


@dataclass(frozen=True, slots=True, kw_only=True)
class Is:
    """A condition on one fact: a yes/no fact must be `is_`, a number within its bounds."""

    fact: str
    text: str  # the condition in words
    source: tuple[str, ...]
    is_: bool | None = field(default=None, metadata={"key": "is"})
    least: Decimal | None = None
    most: Decimal | None = None

    def __post_init__(self) -> None:
        if [self.is_, self.least, self.most].count(None) == 3:
            raise ValueError("條件要有 is、least 或 most")


@dataclass(frozen=True, slots=True, kw_only=True)
class All:
    """Holds where every one of them holds."""

    all: tuple["Rule", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """Holds where one of them holds."""

    any: tuple["Rule", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeast:
    """Holds where `at_least` of them hold."""

    at_least: int
    of: tuple["Rule", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """Holds where the one named does not."""

    not_: "Rule" = field(metadata={"key": "not"})


Rule = Is | All | AnyOf | AtLeast | Not
