"""What each person told of themselves about an eligibility, kept apart by entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from bot.store.order import is_newer
from bot.store.tables import Interview
from bot.store.upsert import insert_into


@dataclass(frozen=True, slots=True)
class Told:
    """What was told about one eligibility: fact → true, false, a number, or ? (not sure)."""

    entry: str  # plan/edition#id
    facts: Mapping[str, str]
    changed_at: datetime


_kept = Interview.__table__.c
_OF_PEOPLE = (
    select(_kept.user_id, _kept.entry, _kept.facts, _kept.changed_at)
    .where(
        _kept.channel_id == bindparam("channel"),
        _kept.user_id.in_(bindparam("users", expanding=True)),
    )
    .order_by(_kept.changed_at.desc(), _kept.entry)
)


def all_of(db: Connection, channel_id: str, user_id: str) -> list[Told]:
    """Everything that this person told, the newest first."""
    return list(of_people(db, channel_id, [user_id]).get(user_id, ()))


def of_people(
    db: Connection, channel_id: str, user_ids: Sequence[str]
) -> dict[str, tuple[Told, ...]]:
    """Everything that these people told, each the newest first; without those who told nothing."""
    found: dict[str, list[Told]] = {}
    for user_id, *told in db.execute(_OF_PEOPLE, {"channel": channel_id, "users": user_ids}):
        found.setdefault(user_id, []).append(Told(*told))
    return {user_id: tuple(told) for user_id, told in found.items()}


def put(db: Connection, channel_id: str, user_id: str, told: Told) -> None:
    """Keep what was told about an eligibility, unless something newer was told of it."""
    new = insert_into(db, Interview).values(
        channel_id=channel_id,
        user_id=user_id,
        entry=told.entry,
        facts=dict(told.facts),
        changed_at=told.changed_at,
    )
    db.execute(
        new.on_conflict_do_update(
            index_elements=["channel_id", "user_id", "entry"],
            set_={"facts": new.excluded.facts, "changed_at": new.excluded.changed_at},
            where=is_newer(told.changed_at, Interview.changed_at),
        )
    )


def forget(db: Connection, channel_id: str, user_id: str, since: datetime | None = None) -> None:
    """Erase everything that this person told; where `since` is given, what was told from then."""
    gone = delete(Interview).where(Interview.channel_id == channel_id, Interview.user_id == user_id)
    db.execute(gone if since is None else gone.where(Interview.changed_at >= since))
