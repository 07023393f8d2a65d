"""How all schools of an edition stand, sifted by where they are, by period and by state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from bot.ledger import EditionOf
from bot.model.edition import Edition
from bot.model.participation import Participation
from bot.model.schools import Level, School
from bot.model.submission import Standing
from bot.rules.matrix import Column, Count, Row, added, matrix
from bot.store import participations, submissions
from bot.store.participations import Kept

FIRST, LAST = date(1990, 1, 1), date(2200, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """Which schools and what of theirs; what is empty leaves none out."""

    district: str = ""
    level: Level | None = None
    since: date | None = None  # due on this day or later
    until: date | None = None
    standing: Standing | None = None  # schools that have something there

    @property
    def period(self) -> tuple[date, date] | None:
        """The days within which something is due; None: whenever, also without a date."""
        if self.since is None and self.until is None:
            return None
        return self.since or FIRST, self.until or LAST

    def takes(self, school: School) -> bool:
        """Whether this school is meant."""
        right_place = not self.district or school.district == self.district
        return right_place and (self.level is None or school.level is self.level)


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolRow:
    """A school with how it stands."""

    school: School
    row: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How the schools of an edition stand that are wanted."""

    edition: Edition
    columns: tuple[Column, ...]
    rows: tuple[SchoolRow, ...]  # by district and name
    total: Count
    districts: Mapping[str, Count]

    def of_column(self, column: Column) -> Count:
        """All schools together, of one thing."""
        return added([one.row.cells[column.id] for one in self.rows if column.id in one.row.cells])


def editions_taken(db: Connection, channel_id: str, edition_of: EditionOf) -> list[Edition]:
    """The loaded editions that schools take part in, in a steady order; one query."""
    keys = participations.edition_keys(db, channel_id)
    return [edition for key in keys if (edition := edition_of(key))]


def seen(
    db: Connection,
    whose: tuple[str, Edition],
    schools: Mapping[str, School],
    wanted: Sieve,
    now: datetime,
) -> Seen:
    """How they stand at `now`; three queries, however many they are.

    Args:
        whose: the channel's id and the edition.
        schools: the channel's, by code.
    """
    channel_id, edition = whose
    kept = participations.all(db, channel_id, edition.plan, edition.edition)
    records = submissions.by_school(db, channel_id, edition.plan, edition.edition)
    taking = _those(kept, schools, wanted)
    found = matrix(edition, taking, records, now, wanted.period)
    rows = [
        SchoolRow(school=school_of(row.taking.school_code, schools), row=row)
        for row in found.rows
        if wanted.standing is None or row.total.of(wanted.standing)
    ]
    rows.sort(key=lambda one: (one.school.district, one.school.name, one.school.code))
    districts: dict[str, list[Count]] = {}
    for one in rows:
        districts.setdefault(one.school.district, []).append(one.row.total)
    return Seen(
        edition=edition,
        columns=found.columns,
        rows=tuple(rows),
        total=added([one.row.total for one in rows]),
        districts={name: added(counts) for name, counts in districts.items()},
    )


def school_of(code: str, schools: Mapping[str, School]) -> School:
    """The school of this code; by its code alone where the list has lost it."""
    return schools.get(code) or School(code, code, code)


def _those(
    kept: Sequence[Kept], schools: Mapping[str, School], wanted: Sieve
) -> list[Participation]:
    takings = [one.participation for one in kept]
    return [one for one in takings if wanted.takes(school_of(one.school_code, schools))]
