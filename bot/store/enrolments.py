"""Which tracks people follow."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, select, update

from bot.model.deeds import Enrolment
from bot.store.track_tables import EnrolmentRow
from bot.store.upsert import insert_into

_COLUMNS = [EnrolmentRow.__table__.c[name] for name in Enrolment.__dataclass_fields__]
_IDENTITY = ["channel_id", "user_id", "plan", "edition", "track", "label"]


def join(db: Connection, channel_id: str, user_id: str, wanted: Enrolment) -> Enrolment:
    """The enrolment of this person on the track; made, or taken up again with all it had.

    Of one that is there, only what is newly known of its facets is added. Its `id` is ignored.
    """
    new = insert_into(db, EnrolmentRow).values(
        id=uuid4().hex,
        channel_id=channel_id,
        user_id=user_id,
        plan=wanted.plan,
        edition=wanted.edition,
        track=wanted.track,
        label=wanted.label,
        facets=dict(wanted.facets),
        seen=dict(wanted.seen),
        joined_at=wanted.joined_at,
    )
    row = db.execute(
        new.on_conflict_do_update(index_elements=_IDENTITY, set_={"left_at": None}).returning(
            *_COLUMNS
        )
    )
    found = _enrolment(row.mappings().one())
    added = {f: v for f, v in wanted.facets.items() if f not in found.facets}
    return settle(db, channel_id, found, added) if added else found


def settle(
    db: Connection, channel_id: str, enrolment: Enrolment, facets: Mapping[str, str]
) -> Enrolment:
    """The enrolment with these facets known beside those that were."""
    known = {**enrolment.facets, **facets}
    _change(db, channel_id, enrolment, {"facets": known})
    return find(db, channel_id, enrolment.id) or enrolment


def mark_seen(
    db: Connection, channel_id: str, enrolment: Enrolment, seen: Mapping[str, str], version: str
) -> None:
    """Note what its person has now been told of the edition, as of this version of the plans."""
    _change(db, channel_id, enrolment, {"seen": dict(seen), "seen_version": version})


def told_of_older(db: Connection, channel_id: str, user_id: str, version: str) -> list[Enrolment]:
    """What this person follows and was last told of by another version of the plans."""
    rows = db.execute(
        select(*_COLUMNS)
        .where(
            _is_of(channel_id, user_id),
            EnrolmentRow.left_at.is_(None),
            EnrolmentRow.seen_version != version,
        )
        .order_by(EnrolmentRow.joined_at, EnrolmentRow.id)
    )
    return [_enrolment(row) for row in rows.mappings()]


def leave(db: Connection, channel_id: str, enrolment: Enrolment, at: datetime) -> None:
    """Stop following; what was done is kept for a return."""
    _change(db, channel_id, enrolment, {"left_at": at})


def find(db: Connection, channel_id: str, enrolment_id: str) -> Enrolment | None:
    """The enrolment; None where there is none in this channel."""
    row = db.execute(
        select(*_COLUMNS).where(
            EnrolmentRow.channel_id == channel_id, EnrolmentRow.id == enrolment_id
        )
    ).mappings()
    found = row.one_or_none()
    return _enrolment(found) if found else None


def find_by_start(db: Connection, channel_id: str, start: str) -> Enrolment | None:
    """The one that is followed now and whose id begins so; None where none or several do."""
    rows = db.execute(
        select(*_COLUMNS)
        .where(
            EnrolmentRow.channel_id == channel_id,
            EnrolmentRow.id.startswith(start, autoescape=True),
            EnrolmentRow.left_at.is_(None),
        )
        .limit(2)
    )
    found = [_enrolment(row) for row in rows.mappings()]
    return found[0] if len(found) == 1 else None


def of_person(db: Connection, channel_id: str, user_id: str) -> list[Enrolment]:
    """What this person follows now, in the order of joining."""
    rows = db.execute(
        select(*_COLUMNS)
        .where(_is_of(channel_id, user_id), EnrolmentRow.left_at.is_(None))
        .order_by(EnrolmentRow.joined_at, EnrolmentRow.id)
    )
    return [_enrolment(row) for row in rows.mappings()]


def of_people(
    db: Connection, channel_id: str, user_ids: Sequence[str]
) -> dict[str, list[Enrolment]]:
    """What these people follow now, by person, in the order of joining."""
    rows = db.execute(
        select(EnrolmentRow.user_id, *_COLUMNS)
        .where(
            EnrolmentRow.channel_id == channel_id,
            EnrolmentRow.user_id.in_(user_ids),
            EnrolmentRow.left_at.is_(None),
        )
        .order_by(EnrolmentRow.joined_at, EnrolmentRow.id)
    )
    found: dict[str, list[Enrolment]] = {}
    for row in rows.mappings():
        one = Enrolment(**{c.name: row[c.name] for c in _COLUMNS})
        found.setdefault(row["user_id"], []).append(one)
    return found


def forget(db: Connection, channel_id: str, user_id: str) -> int:
    """Erase all that this person follows and did; gives how many tracks there were."""
    gone = delete(EnrolmentRow).where(_is_of(channel_id, user_id)).returning(EnrolmentRow.id)
    return len(db.scalars(gone).all())


def _change(
    db: Connection, channel_id: str, enrolment: Enrolment, values: Mapping[str, object]
) -> None:
    db.execute(
        update(EnrolmentRow)
        .where(EnrolmentRow.channel_id == channel_id, EnrolmentRow.id == enrolment.id)
        .values(**values)
    )


def _is_of(channel_id: str, user_id: str) -> ColumnElement[bool]:
    return and_(EnrolmentRow.channel_id == channel_id, EnrolmentRow.user_id == user_id)


def _enrolment(row: RowMapping) -> Enrolment:
    return Enrolment(**row)
