"""What people reported as done, and the sessions that they chose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, RowMapping, delete, func, select, update

from bot.model.deeds import Deed, Pick, Vouched
from bot.store.track_tables import DeedRow, SessionPick
from bot.store.upsert import insert_into


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One thing to be written down as done."""

    requirement: str
    on: date
    part: str = ""
    count: Decimal = Decimal(1)
    term: str = ""
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """One thing of the history: written down when, and taken back or not."""

    deed: Deed
    reported_at: datetime
    undone_at: datetime | None


def put(
    db: Connection, channel_id: str, enrolment_id: str, report: Report, by: tuple[str, datetime]
) -> Deed | None:
    """The deed as it was written down; None where the same thing stands there already.

    A part is the same thing whenever it was done. What has no parts is the same thing where all
    that is known of it is the same; `again` numbers what was truly done twice.

    Args:
        by: the event (or the visit of a page) that reported it, and its time.
    """
    event_id, at = by
    values: dict[str, Any] = {
        "id": uuid4().hex,
        "channel_id": channel_id,
        "enrolment_id": enrolment_id,
        "requirement": report.requirement,
        "part": report.part,
        "fact": _fact(report, _number(db, enrolment_id, report)),
        "count": report.count,
        "done_on": report.on,
        "term": report.term,
        "marks": sorted(report.marks),
        "event_id": event_id,
        "reported_at": at,
        "vouched": Vouched.SELF.value,
    }
    new = insert_into(db, DeedRow).values(**values).on_conflict_do_nothing().returning(DeedRow)
    row = db.execute(new).mappings().one_or_none()
    return _deed(row) if row else None


def same_day(db: Connection, enrolment_id: str, report: Report) -> int:
    """How many of the same requirement stand there for that day already."""
    found = db.scalar(
        select(func.count()).where(
            DeedRow.enrolment_id == enrolment_id,
            DeedRow.requirement == report.requirement,
            DeedRow.done_on == report.on,
            DeedRow.undone_at.is_(None),
        )
    )
    return found or 0


def undo_event(
    db: Connection,
    channel_id: str,
    event_id: str,
    at: datetime,
    enrolment_ids: Sequence[str] | None = None,
) -> list[Deed]:
    """Take back all that one message reported and that still stands; gives what it was.

    Args:
        enrolment_ids: only on these; None: on whichever it was.
    """
    its_own = [
        DeedRow.channel_id == channel_id,
        DeedRow.event_id == event_id,
        DeedRow.undone_at.is_(None),
    ]
    if enrolment_ids is not None:
        its_own.append(DeedRow.enrolment_id.in_(enrolment_ids))
    rows = db.execute(update(DeedRow).where(*its_own).values(undone_at=at).returning(DeedRow))
    return [_deed(row) for row in rows.mappings()]


def undo_one(
    db: Connection, channel_id: str, enrolment_id: str, deed_id: str, at: datetime
) -> Deed | None:
    """Take back one thing that stands on this enrolment; None where it does not stand."""
    row = db.execute(
        update(DeedRow)
        .where(
            DeedRow.channel_id == channel_id,
            DeedRow.enrolment_id == enrolment_id,
            DeedRow.id == deed_id,
            DeedRow.undone_at.is_(None),
        )
        .values(undone_at=at)
        .returning(DeedRow)
    )
    found = row.mappings().one_or_none()
    return _deed(found) if found else None


def was_reported(db: Connection, enrolment_id: str, event_id: str) -> bool:
    """Whether this event, or visit of a page, reported something, taken back since or not."""
    found = select(DeedRow.id).where(
        DeedRow.enrolment_id == enrolment_id, DeedRow.event_id == event_id
    )
    return db.scalar(found.limit(1)) is not None


def last_event(db: Connection, enrolment_ids: Sequence[str]) -> str | None:
    """The event that reported last on these, of what still stands; None where nothing does."""
    return db.scalar(
        select(DeedRow.event_id)
        .where(DeedRow.enrolment_id.in_(enrolment_ids), DeedRow.undone_at.is_(None))
        .order_by(DeedRow.reported_at.desc(), DeedRow.id)
        .limit(1)
    )


def standing_ones(db: Connection, enrolment_ids: Iterable[str]) -> dict[str, list[Deed]]:
    """What was done, by enrolment, in the order of reporting; what was taken back is left out."""
    rows = db.execute(
        select(DeedRow)
        .where(DeedRow.enrolment_id.in_(list(enrolment_ids)), DeedRow.undone_at.is_(None))
        .order_by(DeedRow.reported_at, DeedRow.done_on, DeedRow.id)
    )
    found: dict[str, list[Deed]] = {}
    for row in rows.mappings():
        found.setdefault(row["enrolment_id"], []).append(_deed(row))
    return found


def history(db: Connection, enrolment_id: str) -> list[Entered]:
    """All that was ever reported on one enrolment, the newest first."""
    rows = db.execute(
        select(DeedRow)
        .where(DeedRow.enrolment_id == enrolment_id)
        .order_by(DeedRow.reported_at.desc(), DeedRow.id)
    )
    return [
        Entered(deed=_deed(r), reported_at=r["reported_at"], undone_at=r["undone_at"])
        for r in rows.mappings()
    ]


def vouch(
    db: Connection, channel_id: str, deed_id: str, who: Vouched, by: tuple[str, datetime]
) -> bool:
    """Note that somebody else vouches for it; False where it does not stand."""
    user_id, at = by
    done = (
        update(DeedRow)
        .where(DeedRow.channel_id == channel_id, DeedRow.id == deed_id, DeedRow.undone_at.is_(None))
        .values(vouched=who.value, vouched_by=user_id, vouched_at=at)
        .returning(DeedRow.id)
    )
    return db.scalar(done) is not None


def pick(db: Connection, channel_id: str, enrolment_id: str, wanted: Pick, at: datetime) -> None:
    """Choose a session for a part; the one chosen before is no longer meant."""
    new = insert_into(db, SessionPick).values(
        enrolment_id=enrolment_id,
        requirement=wanted.requirement,
        part=wanted.part,
        channel_id=channel_id,
        session=wanted.session,
        picked_at=at,
        missed_at=at if wanted.missed else None,
    )
    db.execute(
        new.on_conflict_do_update(
            index_elements=["enrolment_id", "requirement", "part"],
            set_={
                "session": new.excluded.session,
                "picked_at": new.excluded.picked_at,
                "missed_at": new.excluded.missed_at,
            },
        )
    )


def unpick(db: Connection, enrolment_id: str, requirement: str, part: str) -> bool:
    """Choose none after all; False where none was chosen."""
    gone = (
        delete(SessionPick)
        .where(
            SessionPick.enrolment_id == enrolment_id,
            SessionPick.requirement == requirement,
            SessionPick.part == part,
        )
        .returning(SessionPick.part)
    )
    return db.scalar(gone) is not None


def picks(db: Connection, enrolment_ids: Iterable[str]) -> dict[str, list[Pick]]:
    """The sessions chosen, by enrolment."""
    rows = db.execute(
        select(SessionPick)
        .where(SessionPick.enrolment_id.in_(list(enrolment_ids)))
        .order_by(SessionPick.requirement, SessionPick.part)
    )
    found: dict[str, list[Pick]] = {}
    for row in rows.mappings():
        one = Pick(
            requirement=row["requirement"],
            part=row["part"],
            session=row["session"],
            missed=row["missed_at"] is not None,
        )
        found.setdefault(row["enrolment_id"], []).append(one)
    return found


def _number(db: Connection, enrolment_id: str, report: Report) -> int:
    return 0 if report.part else same_day(db, enrolment_id, report)


def _fact(report: Report, number: int) -> str:
    if report.part:
        return f"{report.requirement}/{report.part}"
    return f"{report.requirement}@{report.on:%Y-%m-%d}#{number}"


def _deed(row: RowMapping) -> Deed:
    return Deed(
        id=row["id"],
        requirement=row["requirement"],
        on=row["done_on"],
        part=row["part"],
        count=Decimal(row["count"]),
        term=row["term"],
        marks=frozenset(row["marks"]),
        vouched=Vouched(row["vouched"]),
    )
