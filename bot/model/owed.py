"""What schools owe an edition: how many of what, for whom, in which term, until when.

`Owed` stands below the entry that it belongs to; it is counted for each school, class, community
or teacher that takes part. `Duties` are numbers that are held against a school as a whole.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from bot.model.facet import Given
from bot.model.goals import Every, Subject


class Takes(StrEnum):
    """How it is handed in, and so what a report of it may say along."""

    UPLOAD = "upload"  # on a site
    LETTER = "letter"  # by an official letter: a report may name its number
    POST = "post"  # on paper, by the office's exchange or by post


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """So many of one thing, for each school, class, community or teacher."""

    id: str
    subject: Subject
    count: Decimal
    unit: str
    title: str = ""  # where the entry's title is not enough
    source: tuple[str, ...] = ()  # where the entry's clauses are not enough
    every: Every = Every.TRACK  # of each school term, or once
    given: Given = field(default_factory=Given, metadata={"key": "if"})
    per: str = ""  # a number facet: how many classes there are where nobody listed them
    due: str = ""  # id of a date; empty: the document states none
    last: str = ""  # id of the date after which it is of no use, where that is another one
    words: tuple[str, ...] = ()  # how reports name it, beside its title
    takes: Takes = Takes.UPLOAD

    def __post_init__(self) -> None:
        if self.count <= 0 or self.count % 1:
            raise ValueError("應繳的數量（count）要是大於 0 的整數")


@dataclass(frozen=True, slots=True, kw_only=True)
class Minimum:
    """At least so many: units of a kind that a school has, or a number that each of them has."""

    subject: Subject
    amount: str  # id of the amount that says how many
    of: str = ""  # a number facet of each unit; empty: the units themselves are counted
    by: str = ""  # id of the date by which it counts
    then: str = ""  # id of the entry that says what follows for whoever has fewer


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadCount:
    """A day on which the office counts how many of each school have completed a track."""

    track: str
    on: str  # id of the date


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """What an edition holds against a school as a whole."""

    minimums: tuple[Minimum, ...] = ()
    head_counts: tuple[HeadCount, ...] = ()
