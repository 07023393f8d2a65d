"""Schools of the ministry's list."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, select

from bot.model.schools import School
from bot.store.school_tables import SchoolRow
from bot.store.upsert import insert_into, parts_of

AT_A_TIME = 500  # rows of one INSERT
_COLUMNS = [SchoolRow.__table__.c[name] for name in School.__dataclass_fields__]


def put_many(db: Connection, channel_id: str, schools: Sequence[School], now: datetime) -> None:
    """Keep these schools, in place of what was kept under their codes; others stay as they are."""
    for some in parts_of(schools, AT_A_TIME):
        new = insert_into(db, SchoolRow)
        changed = {
            c.name: new.excluded[c.name] for c in (*_COLUMNS, SchoolRow.__table__.c.changed_at)
        }
        db.execute(
            new.on_conflict_do_update(index_elements=["channel_id", "code"], set_=changed),
            [_values(channel_id, school, now) for school in some],
        )


def find(db: Connection, channel_id: str, code: str) -> School | None:
    """The school of this code; None where the list has none."""
    found = db.execute(
        select(*_COLUMNS).where(SchoolRow.channel_id == channel_id, SchoolRow.code == code)
    )
    row = found.mappings().one_or_none()
    return _school(row) if row else None


def find_many(db: Connection, channel_id: str, codes: Sequence[str]) -> dict[str, School]:
    """The schools of these codes, by code; codes that the list lacks are left out."""
    rows = db.execute(
        select(*_COLUMNS)
        .where(SchoolRow.channel_id == channel_id, SchoolRow.code.in_(codes))
        .order_by(SchoolRow.code)
    )
    return {row["code"]: _school(row) for row in rows.mappings()}


def all_schools(db: Connection, channel_id: str) -> list[School]:
    """Every school of the list, by code."""
    rows = db.execute(
        select(*_COLUMNS).where(SchoolRow.channel_id == channel_id).order_by(SchoolRow.code)
    )
    return [_school(row) for row in rows.mappings()]


def _school(row: RowMapping) -> School:
    return School(**{**row, "short_names": tuple(row["short_names"])})


def _values(channel_id: str, school: School, now: datetime) -> dict[str, object]:
    kept = {name: getattr(school, name) for name in School.__dataclass_fields__}
    own = {"channel_id": channel_id, "short_names": list(school.short_names), "changed_at": now}
    return {**kept, **own}
