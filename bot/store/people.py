"""People who wrote to the bot or follow it, and what role they have."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    Table,
    and_,
    bindparam,
    case,
    literal_column,
    select,
    update,
)
from sqlalchemy import cast as cast_to

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


_PEOPLE = cast(Table, Person.__table__)
_kept = _PEOPLE.c
# PostgreSQL's: another one after each change of the row.
VERSION: ColumnElement[str] = cast_to(literal_column("person.xmin"), String)
_WHOSE: Mapping[str, Any] = {name: bindparam(name) for name in ("channel_id", "user_id")}


def _first(when: When, counting: bool) -> dict[str, Any]:
    seen = {"first_seen_at": when.at, "last_seen_at": when.at}
    return {**seen, **bursts.first(when)} if counting else seen


def _again(when: When, counting: bool) -> dict[str, Any]:
    is_later, is_back = (
        is_newer_than(past, when) for past in (_kept.last_seen_at, _kept.blocked_at)
    )
    return {
        "last_seen_at": case((is_later, when.at), else_=_kept.last_seen_at),
        "blocked_at": case((is_back, None), else_=_kept.blocked_at),
        **(bursts.counted(_kept, when) if counting else {}),
    }


def _see(dialect: str, counting: bool) -> Any:
    new = new_row(dialect, Person).values({**_WHOSE, **_first(GIVEN, counting)})
    return new.on_conflict_do_update(index_elements=_WHOSE, set_=_again(GIVEN, counting))


def see_unchanged(parameter: str) -> Select[Any]:
    """The ids of those of the rows in this parameter whose own row is as it was, once seen.

    As `see`, for PostgreSQL. The rows name `channel_id`, `user_id`, `at`, and `version`: what
    `VERSION` was of their own row, or nothing where there was none.
    """
    kinds = {**dict.fromkeys(_WHOSE, String), "at": Instant, "version": String}
    given = select(given_rows(kinds, parameter)).cte("given_people")
    first = _first(When(given.c.at, given.c.at), counting=True)
    whose = select(*(given.c[name] for name in _WHOSE), *first.values())
    new: Any = new_row(POSTGRESQL, Person).from_select([*_WHOSE, *first], whose)
    # By its name: SQLAlchemy takes the table `excluded` for one more to be read here.
    theirs: ColumnElement[str] = literal_column("excluded.user_id")
    was = select(given.c.version).where(given.c.user_id == theirs).scalar_subquery()
    # No UPDATE of a join: for that PostgreSQL reads all people as long as they are few thousands.
    seen = (
        new.on_conflict_do_update(
            index_elements=_WHOSE,
            set_=_again(when_at(new.excluded.last_seen_at), counting=True),
            where=and_(was == VERSION, _kept.first_seen_at != new.excluded.first_seen_at),
        )
        .returning(_kept.user_id, _kept.first_seen_at)
        .cte("seen")
    )
    is_new, was_known = seen.c.first_seen_at == given.c.at, given.c.version.is_not(None)
    # Whoever was known and now is new was erased meanwhile.
    return select(seen.c.user_id).where(seen.c.user_id == given.c.user_id, is_new != was_known)


_SEE = Prepared(lambda dialect: _see(dialect, counting=False).returning(_kept.burst))
_SEE_AND_COUNT = Prepared(lambda dialect: _see(dialect, counting=True).returning(_kept.burst))
_COUNT = Prepared(lambda dialect: _see(dialect, counting=True))


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
