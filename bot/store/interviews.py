"""What each person told of themselves about an eligibility, kept apart by entry."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, delete, select

from bot.store.among import is_among
from bot.store.order import GIVEN, When, instants_of, is_newer_than, when_at
from bot.store.prepared import Prepared, insert_given
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
_NAMES = (*_WHOSE, "facts", "changed_at")
_GIVEN: Mapping[str, Any] = {name: bindparam(name) for name in _NAMES}


def _put(new: Any, when: When) -> Any:
    return new.on_conflict_do_update(
        index_elements=_WHOSE,
        set_={"facts": new.excluded.facts, "changed_at": new.excluded.changed_at},
        where=is_newer_than(_kept.changed_at, when),
    )


def put_given(parameter: str, which: Callable[[Any], ColumnElement[bool]]) -> Any:
    """What `put_all` does of the rows in this parameter of which `which` is so, for PostgreSQL."""
    new = insert_given(Interview, _NAMES, parameter, which)
    return _put(new, when_at(new.excluded.changed_at))


_OF_PEOPLE = Prepared(_of_people)
_PUT = Prepared(lambda dialect: _put(new_row(dialect, Interview).values(_GIVEN), GIVEN))


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


def put(db: Connection, channel_id: str, user_id: str, *told: Told) -> None:
    """Keep what this person told about eligibilities, unless something newer was told of one."""
    put_all(db, channel_id, [(user_id, one) for one in told])


def put_all(db: Connection, channel_id: str, told: Sequence[tuple[str, Told]]) -> None:
    """As `put`, of several people."""
    if told:
        _PUT.run_all(db, rows_of(channel_id, told))


def rows_of(channel_id: str, told: Sequence[tuple[str, Told]]) -> list[dict[str, Any]]:
    """What `put_all` keeps of this."""
    return [
        {
            "channel_id": channel_id,
            "user_id": user_id,
            "entry": one.entry,
            "facts": dict(one.facts),
            "changed_at": one.changed_at,
            **instants_of(one.changed_at),
        }
        for user_id, one in told
    ]


def forget(db: Connection, channel_id: str, user_id: str, since: datetime | None = None) -> None:
    """Erase everything that this person told; where `since` is given, what was told from then."""
    gone = delete(Interview).where(Interview.channel_id == channel_id, Interview.user_id == user_id)
    db.execute(gone if since is None else gone.where(Interview.changed_at >= since))
