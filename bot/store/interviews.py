"""What each person told of themselves about an eligibility, kept apart by entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, select

from bot.store.among import is_among
from bot.store.order import GIVEN, instants_of, is_newer_than
from bot.store.prepared import Prepared
from bot.store.tables import Interview
from bot.store.upsert import new_row


@dataclass(frozen=True, slots=True)
class Told:
    """What was told about one eligibility: fact → true, false, a number, or ? (not sure)."""

    entry: str  # plan/edition#id
    facts: Mapping[str, str]
    changed_at: datetime


_kept = Interview.__table__.c


def _of_people(dialect: str) -> Select[Any]:
    theirs = is_among(dialect, _kept.user_id, "users")
    return (
        select(_kept.user_id, _kept.entry, _kept.facts, _kept.changed_at)
        .where(_kept.channel_id == bindparam("channel"), theirs)
        .order_by(_kept.changed_at.desc(), _kept.entry)
    )


_WHOSE = ("channel_id", "user_id", "entry")
_GIVEN: Mapping[str, Any] = {n: bindparam(n) for n in (*_WHOSE, "facts", "changed_at")}


def _put(dialect: str) -> Any:
    new: Any = new_row(dialect, Interview).values(_GIVEN)
    return new.on_conflict_do_update(
        index_elements=_WHOSE,
        set_={"facts": new.excluded.facts, "changed_at": new.excluded.changed_at},
        where=is_newer_than(_kept.changed_at, GIVEN),
    )


_OF_PEOPLE, _PUT = Prepared(_of_people), Prepared(_put)


def all_of(db: Connection, channel_id: str, user_id: str) -> list[Told]:
    """Everything that this person told, the newest first."""
    return list(of_people(db, channel_id, [user_id]).get(user_id, ()))


def of_people(
    db: Connection, channel_id: str, user_ids: Sequence[str]
) -> dict[str, tuple[Told, ...]]:
    """Everything that these people told, each the newest first; without those who told nothing."""
    found: dict[str, list[Told]] = {}
    for user_id, *told in _OF_PEOPLE.all(db, {"channel": channel_id, "users": list(user_ids)}):
        found.setdefault(user_id, []).append(Told(*told))
    return {user_id: tuple(told) for user_id, told in found.items()}


def put(db: Connection, channel_id: str, user_id: str, told: Told) -> None:
    """Keep what was told about an eligibility, unless something newer was told of it."""
    whose = {"channel_id": channel_id, "user_id": user_id, "entry": told.entry}
    new = {**whose, "facts": dict(told.facts), "changed_at": told.changed_at}
    _PUT.run(db, {**new, **instants_of(told.changed_at)})


def forget(db: Connection, channel_id: str, user_id: str, since: datetime | None = None) -> None:
    """Erase everything that this person told; where `since` is given, what was told from then."""
    gone = delete(Interview).where(Interview.channel_id == channel_id, Interview.user_id == user_id)
    db.execute(gone if since is None else gone.where(Interview.changed_at >= since))
