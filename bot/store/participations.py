"""Which schools take part in which editions, and with which parameters."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, select, update

from bot.model.goals import Subject
from bot.model.participation import Participation, Unit, Whose
from bot.store.submission_tables import ParticipationRow
from bot.store.upsert import insert_into

_IDENTITY = ["channel_id", "plan", "edition", "school_code"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A participation and the id of its row."""

    id: str
    participation: Participation


def put(db: Connection, channel_id: str, taking: Participation, now: datetime) -> str:
    """The id of the school's participation: made, or with these parameters from now on."""
    parameters: dict[str, Any] = {
        "facets": dict(taking.facets),
        "units": [_plain(unit) for unit in taking.units],
        "changed_at": now,
        "left_at": None,
    }
    new = insert_into(db, ParticipationRow).values(
        id=uuid4().hex,
        channel_id=channel_id,
        school_code=taking.school_code,
        plan=taking.plan,
        edition=taking.edition,
        since=now,
        **parameters,
    )
    row = db.execute(
        new.on_conflict_do_update(index_elements=_IDENTITY, set_=parameters).returning(
            ParticipationRow.id
        )
    )
    found: str = row.scalar_one()
    return found


def leave(db: Connection, channel_id: str, whose: Whose, now: datetime) -> bool:
    """Take part no longer; what was handed in stays. False where the school did not take part."""
    row = db.execute(
        update(ParticipationRow)
        .where(*_named(channel_id, whose), ParticipationRow.left_at.is_(None))
        .values(left_at=now, changed_at=now)
        .returning(ParticipationRow.id)
    )
    return row.scalar_one_or_none() is not None


def hold(db: Connection, channel_id: str, whose: Whose) -> Kept | None:
    """The participation, its row locked until the transaction ends; None where there is none."""
    found = select(ParticipationRow).where(
        *_named(channel_id, whose), ParticipationRow.left_at.is_(None)
    )
    row = db.execute(found.with_for_update()).mappings().one_or_none()
    return _kept(row) if row else None


def find(db: Connection, channel_id: str, whose: Whose) -> Kept | None:
    """The participation; None where the school does not take part."""
    kept = _those(
        db, select(ParticipationRow).where(*_named(channel_id, whose)), by_school_code=False
    )
    return kept[0] if kept else None


def all(db: Connection, channel_id: str, plan: str, edition: str) -> list[Kept]:
    """Every school that takes part in the edition, by its code; one query."""
    found = select(ParticipationRow).where(
        ParticipationRow.channel_id == channel_id,
        ParticipationRow.plan == plan,
        ParticipationRow.edition == edition,
    )
    return _those(db, found, by_school_code=True)


def edition_keys(db: Connection, channel_id: str) -> list[str]:
    """The editions that schools take part in, as plan/edition, sorted; one query."""
    found = select(ParticipationRow.plan, ParticipationRow.edition).where(
        ParticipationRow.channel_id == channel_id, ParticipationRow.left_at.is_(None)
    )
    return sorted(f"{plan}/{edition}" for plan, edition in db.execute(found.distinct()))


def of_plans(db: Connection, channel_id: str, plans: Collection[str]) -> list[Kept]:
    """Every school that takes part in an edition of these plans, by plan and edition; one query."""
    found = select(ParticipationRow).where(
        ParticipationRow.channel_id == channel_id, ParticipationRow.plan.in_(plans)
    )
    return _those(db, found, by_school_code=False)


def of_school(db: Connection, channel_id: str, school_code: str) -> list[Kept]:
    """All that one school takes part in, by plan and edition; one query."""
    found = select(ParticipationRow).where(
        ParticipationRow.channel_id == channel_id, ParticipationRow.school_code == school_code
    )
    return _those(db, found, by_school_code=False)


def _those(db: Connection, found: Select[Any], by_school_code: bool) -> list[Kept]:
    order = (
        (ParticipationRow.school_code,)
        if by_school_code
        else (ParticipationRow.plan, ParticipationRow.edition)
    )
    rows = db.execute(found.where(ParticipationRow.left_at.is_(None)).order_by(*order))
    return [_kept(row) for row in rows.mappings()]


def _named(channel_id: str, whose: Whose) -> list[ColumnElement[bool]]:
    return [
        ParticipationRow.channel_id == channel_id,
        ParticipationRow.school_code == whose.school_code,
        ParticipationRow.plan == whose.plan,
        ParticipationRow.edition == whose.edition,
    ]


def _kept(row: RowMapping) -> Kept:
    taking = Participation(
        school_code=row["school_code"],
        plan=row["plan"],
        edition=row["edition"],
        facets=row["facets"],
        units=tuple(_unit(plain) for plain in row["units"]),
        since=row["since"],
    )
    return Kept(id=row["id"], participation=taking)


def _plain(unit: Unit) -> dict[str, Any]:
    return {
        "kind": unit.kind.value,
        "label": unit.label,
        "facets": dict(unit.facets),
        "id": unit.id,
    }


def _unit(plain: Mapping[str, Any]) -> Unit:
    return Unit(
        kind=Subject(plain["kind"]), label=plain["label"], facets=plain["facets"], id=plain["id"]
    )
