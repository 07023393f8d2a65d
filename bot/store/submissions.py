"""What schools handed in: pieces, the moves that were made, and later dates."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, case, func, insert, select, update

from bot.model.submission import KEPT, Actor, Deed, Moved, Piece, Record, Standing, Tally
from bot.store.submission_tables import (
    ParticipationRow,
    SlotExtensionRow,
    SubmissionMoveRow,
    SubmissionRow,
)
from bot.store.upsert import insert_into


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A deed to be noted."""

    slot: str
    deed: Deed
    count: int
    pieces: Sequence[str] = ()
    why: str = ""
    event_id: str


def pieces(
    db: Connection, channel_id: str, participation_id: str, slot: str | None = None
) -> list[Piece]:
    """The pieces that are kept, of one slot or all, by slot in the order in which they came."""
    found = select(SubmissionRow).where(
        *_kept(channel_id), SubmissionRow.participation_id == participation_id
    )
    if slot is not None:
        found = found.where(SubmissionRow.slot == slot)
    rows = db.execute(found.order_by(SubmissionRow.slot, SubmissionRow.turn))
    return [
        Piece(
            id=row["id"],
            slot=row["slot"],
            state=row["state"],
            sent_at=row["sent_at"],
            due_at=row["due_at"],
            number=row["number"],
        )
        for row in rows.mappings()
    ]


def add(db: Connection, channel_id: str, participation_id: str, made: Sequence[Piece]) -> None:
    """Keep these pieces of one slot; their ids are theirs already."""
    if not made:
        return
    last = db.scalar(
        select(func.max(SubmissionRow.turn)).where(
            SubmissionRow.channel_id == channel_id,
            SubmissionRow.participation_id == participation_id,
            SubmissionRow.slot == made[0].slot,
        )
    )
    rows = [
        {
            "id": piece.id,
            "channel_id": channel_id,
            "participation_id": participation_id,
            "slot": piece.slot,
            "state": piece.state,
            "turn": turn,
            "sent_at": piece.sent_at,
            "due_at": piece.due_at,
            "is_late": piece.is_late,
            "number": piece.number,
        }
        for turn, piece in enumerate(made, (last or 0) + 1)
    ]
    db.execute(insert(SubmissionRow), rows)


def change(
    db: Connection, channel_id: str, ids: Sequence[str], state: Standing, number: str = ""
) -> None:
    """Move these pieces to the state; a number that is said replaces the one they had."""
    values: dict[str, object] = {"state": state, **({"number": number} if number else {})}
    if ids:
        db.execute(update(SubmissionRow).where(*_kept(channel_id, ids)).values(**values))


def drop(db: Connection, channel_id: str, ids: Sequence[str], now: datetime) -> None:
    """Count these pieces no longer; they stay as history."""
    if ids:
        db.execute(update(SubmissionRow).where(*_kept(channel_id, ids)).values(undone_at=now))


def put_until(
    db: Connection, channel_id: str, participation_id: str, slot: str, until: datetime
) -> None:
    """Give the school this date for the slot."""
    new = insert_into(db, SlotExtensionRow).values(
        participation_id=participation_id, slot=slot, channel_id=channel_id, until=until
    )
    db.execute(
        new.on_conflict_do_update(
            index_elements=["participation_id", "slot"], set_={"until": until}
        )
    )


def until(db: Connection, channel_id: str, participation_id: str, slot: str) -> datetime | None:
    """The later date that the school was given for the slot; None where it was given none."""
    return db.scalar(
        select(SlotExtensionRow.until).where(
            SlotExtensionRow.channel_id == channel_id,
            SlotExtensionRow.participation_id == participation_id,
            SlotExtensionRow.slot == slot,
        )
    )


def note(db: Connection, participation_id: str, actor: Actor, made: Move, now: datetime) -> None:
    """Note a deed: who did what, when, why."""
    turn = db.scalar(
        select(func.count()).where(
            SubmissionMoveRow.channel_id == actor.channel_id,
            SubmissionMoveRow.participation_id == participation_id,
        )
    )
    db.execute(
        insert(SubmissionMoveRow).values(
            id=uuid4().hex,
            channel_id=actor.channel_id,
            participation_id=participation_id,
            slot=made.slot,
            deed=made.deed,
            count=made.count,
            pieces=list(made.pieces),
            at=now,
            turn=(turn or 0) + 1,
            actor_id=actor.id,
            actor_kind=actor.kind,
            why=made.why,
            event_id=made.event_id,
        )
    )


def was_done(db: Connection, channel_id: str, participation_id: str, made: Move) -> bool:
    """Whether this event did the same thing to the slot already."""
    found = select(SubmissionMoveRow.id).where(
        SubmissionMoveRow.channel_id == channel_id,
        SubmissionMoveRow.participation_id == participation_id,
        SubmissionMoveRow.event_id == made.event_id,
        SubmissionMoveRow.deed == made.deed,
        SubmissionMoveRow.slot == made.slot,
    )
    return db.scalar(found) is not None


def moves(
    db: Connection, channel_id: str, participation_id: str, slot: str | None = None
) -> list[Moved]:
    """Every deed about the participation, or one slot of it, in the order of doing."""
    found = select(SubmissionMoveRow).where(
        SubmissionMoveRow.channel_id == channel_id,
        SubmissionMoveRow.participation_id == participation_id,
    )
    if slot is not None:
        found = found.where(SubmissionMoveRow.slot == slot)
    rows = db.execute(found.order_by(SubmissionMoveRow.turn)).mappings()
    return [Moved(**{name: row[name] for name in Moved.__dataclass_fields__}) for row in rows]


def by_school(db: Connection, channel_id: str, plan: str, edition: str) -> dict[str, Record]:
    """What is kept of every school that takes part in the edition, by its code; two queries.

    A school of which nothing is kept is left out.
    """
    its_own = (
        ParticipationRow.channel_id == channel_id,
        ParticipationRow.plan == plan,
        ParticipationRow.edition == edition,
        ParticipationRow.left_at.is_(None),
    )
    return _records(db, channel_id, its_own)


def of_school(db: Connection, channel_id: str, school_code: str) -> dict[str, Record]:
    """What is kept of all that one school takes part in, by edition's key; two queries."""
    its_own = (
        ParticipationRow.channel_id == channel_id,
        ParticipationRow.school_code == school_code,
        ParticipationRow.left_at.is_(None),
    )
    return _records(db, channel_id, its_own, _EDITION)


def of_plans(db: Connection, channel_id: str, plans: Collection[str]) -> dict[str, Record]:
    """What is kept of all that take part in these plans, by plan/edition/school; two queries."""
    its_own = (
        ParticipationRow.channel_id == channel_id,
        ParticipationRow.plan.in_(plans),
        ParticipationRow.left_at.is_(None),
    )
    return _records(db, channel_id, its_own, _EDITION + "/" + ParticipationRow.school_code)


_EDITION = ParticipationRow.plan + "/" + ParticipationRow.edition
_SCHOOL: ColumnElement[Any] = ParticipationRow.__table__.c.school_code


def _records(
    db: Connection,
    channel_id: str,
    its_own: Sequence[ColumnElement[bool]],
    whose: ColumnElement[Any] = _SCHOOL,
) -> dict[str, Record]:
    tallies: dict[str, dict[str, Tally]] = {}
    extended: dict[str, dict[str, datetime]] = {}
    for name, slot, kept in _counted(db, channel_id, its_own, whose):
        tallies.setdefault(name, {})[slot] = kept
    later = (
        select(whose, SlotExtensionRow.slot, SlotExtensionRow.until)
        .join(ParticipationRow, ParticipationRow.id == SlotExtensionRow.participation_id)
        .where(*its_own, SlotExtensionRow.channel_id == channel_id)
    )
    for name, slot, until_then in db.execute(later):
        extended.setdefault(name, {})[slot] = until_then
    return {
        name: Record(tallies=tallies.get(name, {}), extended=extended.get(name, {}))
        for name in sorted({*tallies, *extended})
    }


def _counted(
    db: Connection,
    channel_id: str,
    its_own: Sequence[ColumnElement[bool]],
    whose: ColumnElement[Any],
) -> Iterator[tuple[str, str, Tally]]:
    """Whose, which slot, and how many; the database does the counting."""
    numbers = [func.sum(case((SubmissionRow.state == state, 1), else_=0)) for state in KEPT]
    late = func.sum(case((SubmissionRow.is_late, 1), else_=0))
    found = (
        select(whose, SubmissionRow.slot, *numbers, late)
        .join(ParticipationRow, ParticipationRow.id == SubmissionRow.participation_id)
        .where(*its_own, *_kept(channel_id))
        .group_by(whose, SubmissionRow.slot)
    )
    for name, slot, *counted in db.execute(found):
        yield name, slot, Tally(*map(int, counted))


def _kept(channel_id: str, ids: Sequence[str] | None = None) -> list[ColumnElement[bool]]:
    wanted = [SubmissionRow.channel_id == channel_id, SubmissionRow.undone_at.is_(None)]
    return wanted if ids is None else [*wanted, SubmissionRow.id.in_(ids)]
