"""People who wrote to the bot or follow it, and what role they have."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import Connection, String, Table, bindparam, case, select, update

from bot.store import bursts, menu_marks
from bot.store.among import POSTGRESQL
from bot.store.columns import Instant
from bot.store.order import GIVEN, When, instants_of, is_newer, is_newer_than, when_at
from bot.store.prepared import Prepared, given_rows
from bot.store.tables import Person
from bot.store.upsert import new_row

ALIAS = 4  # signs


class Role(StrEnum):
    """What somebody is to us beside a reader of plans."""

    ANYBODY = ""
    STAFF = "staff"
    CONTACT = "contact"  # of invitations alone: what a contact may is the confirmed affiliation


_BURST = cast(Table, Person.__table__).c.burst


_kept = cast(Table, Person.__table__).c
_WHOSE: Mapping[str, Any] = {name: bindparam(name) for name in ("channel_id", "user_id")}


def _first(when: When, counting: bool) -> dict[str, Any]:
    seen = {"first_seen_at": when.at, "last_seen_at": when.at}
    return {**seen, **bursts.first(when)} if counting else seen


def _seen(new: Any, when: When, counting: bool) -> Any:
    return new.on_conflict_do_update(
        index_elements=["channel_id", "user_id"],
        set_={
            "last_seen_at": case(
                (is_newer_than(_kept.last_seen_at, when), when.at), else_=_kept.last_seen_at
            ),
            "blocked_at": case(
                (is_newer_than(_kept.blocked_at, when), None), else_=_kept.blocked_at
            ),
            **(bursts.counted(_kept, when) if counting else {}),
        },
    )


def _see(dialect: str, counting: bool) -> Any:
    new = new_row(dialect, Person).values({**_WHOSE, **_first(GIVEN, counting)})
    return _seen(new, GIVEN, counting)


def _count_rows(_: Sequence[str], parameter: str) -> Any:
    new: Any = new_row(POSTGRESQL, Person)
    given = given_rows({**{name: String for name in _WHOSE}, "at": Instant}, parameter)
    first = _first(When(given.c.at, given.c.at), counting=True)
    whose = select(given.c.channel_id, given.c.user_id, *first.values())
    return _seen(
        new.from_select([*_WHOSE, *first], whose),
        when_at(new.excluded.last_seen_at),
        counting=True,
    )


_SEE = Prepared(lambda dialect: _see(dialect, counting=False).returning(_BURST))
_SEE_AND_COUNT = Prepared(lambda dialect: _see(dialect, counting=True).returning(_BURST))
_COUNT = Prepared(lambda dialect: _see(dialect, counting=True), _count_rows)


def role_of(db: Connection, channel_id: str, user_id: str | None) -> Role:
    """The role of this person; anybody's where they are not known."""
    found = db.scalar(
        select(Person.role).where(Person.channel_id == channel_id, Person.user_id == user_id)
    )
    return Role(found or "")


def give_role(db: Connection, channel_id: str, user_id: str, role: Role) -> None:
    """Give this person, who was seen already, a role, and the menu of it."""
    db.execute(
        update(Person)
        .where(Person.channel_id == channel_id, Person.user_id == user_id)
        .values(role=role.value)
    )
    menu_marks.mark(db, channel_id, user_id)


def staff(db: Connection, channel_id: str) -> list[tuple[str, datetime]]:
    """Everybody who is staff, by user id, with when they last wrote."""
    rows = db.execute(
        select(Person.user_id, Person.last_seen_at)
        .where(Person.channel_id == channel_id, Person.role == Role.STAFF.value)
        .order_by(Person.user_id)
    )
    return [(row.user_id, row.last_seen_at) for row in rows]


def alias(user_id: str) -> str:
    """The end of somebody's id, by which staff tell one another apart: no names are kept."""
    return user_id[-ALIAS:]


def see(db: Connection, channel_id: str, user_id: str, at: datetime, *, counts: bool = True) -> int:
    """Note that this person was here at `at`; whoever writes has not blocked us.

    Locks the person's row until the commit, so that two events of one person take turns.
    Gives how many events there were within a minute (`bursts`), this one among them where it
    `counts`.
    """
    seen = _SEE_AND_COUNT if counts else _SEE
    row = {"channel_id": channel_id, "user_id": user_id, **instants_of(at)}
    [(burst,)] = seen.all(db, row | bursts.instants_of(at) if counts else row)
    return int(burst)


def see_all(db: Connection, channel_id: str, seen: Mapping[str, datetime]) -> None:
    """As `see`, of several people who each wrote once; their rows are locked in one order."""
    rows = [
        {"channel_id": channel_id, "user_id": user, **instants_of(at), **bursts.instants_of(at)}
        for user, at in sorted(seen.items())
    ]
    _COUNT.run_all(db, rows)


def hold(db: Connection, channel_id: str, user_id: str) -> bool:
    """Lock this person's row until the commit, as `see` does; False where there is none.

    For whoever opens a page: that says nothing of whether they blocked us, and makes nobody known.
    """
    held = (
        select(Person.user_id)
        .where(Person.channel_id == channel_id, Person.user_id == user_id)
        .with_for_update()
    )
    return db.scalar(held) is not None


def hold_many(db: Connection, channel_id: str, user_ids: Sequence[str]) -> None:
    """Lock these people's rows until the commit, in one order whoever asks."""
    held = (
        select(Person.user_id)
        .where(Person.channel_id == channel_id, Person.user_id.in_(user_ids))
        .order_by(Person.user_id)
        .with_for_update()
    )
    db.execute(held).all()


def mark_followed(db: Connection, channel_id: str, user_id: str, at: datetime) -> None:
    """Note that this person, who was seen already, became a friend at `at`."""
    db.execute(
        update(Person)
        .where(Person.channel_id == channel_id, Person.user_id == user_id)
        .values(followed_at=at)
    )
    menu_marks.mark_if_a_role(db, channel_id, user_id)


def mark_blocked(db: Connection, channel_id: str, user_id: str, at: datetime) -> None:
    """Note that this person, who was seen already, blocked the bot at `at`."""
    db.execute(
        update(Person)
        .where(
            Person.channel_id == channel_id,
            Person.user_id == user_id,
            is_newer(at, Person.last_seen_at),  # whoever wrote after it has come back
        )
        .values(blocked_at=at)
    )
