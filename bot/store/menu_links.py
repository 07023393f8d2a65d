"""Marks of changed menus on their way to LINE: claimed, told outside, settled."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select, update

from bot.model.menus import MenuRole, menu_for
from bot.model.schools import SchoolRole
from bot.store.menu_tables import MenuMark
from bot.store.people import Role
from bot.store.school_tables import AffiliationRow
from bot.store.tables import Person

LEASE = timedelta(minutes=2)  # then the process that held them is dead
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Marked:
    """Somebody whose menu is to be told to LINE now, with the role that they have."""

    user_id: str
    changes: int
    tries: int  # this one included
    role: MenuRole


def claim(db: Connection, channel_id: str, now: datetime, most: int) -> list[Marked]:
    """Marks that this process must bring to LINE, the longest waiting first.

    A mark of which a dead process left the lease comes again.
    """
    due = (
        select(MenuMark.user_id)
        .where(
            MenuMark.channel_id == channel_id,
            or_(MenuMark.not_before.is_(None), MenuMark.not_before <= now),
        )
        .order_by(MenuMark.not_before, MenuMark.user_id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    user_ids = list(db.scalars(due))
    if not user_ids:
        return []
    rows = db.execute(
        update(MenuMark)
        .where(MenuMark.channel_id == channel_id, MenuMark.user_id.in_(user_ids))
        .values(not_before=now + LEASE, tries=MenuMark.tries + 1)
        .returning(MenuMark.user_id, MenuMark.changes, MenuMark.tries)
    ).all()
    roles = _roles(db, channel_id, user_ids)
    found = [Marked(r.user_id, r.changes, r.tries, menu_for(roles[r.user_id])) for r in rows]
    return sorted(found, key=lambda marked: marked.user_id)


def settle(db: Connection, channel_id: str, done: Sequence[Marked]) -> None:
    """LINE took these; whose role changed meanwhile is told again at once."""
    for marked in done:
        whose = _is(channel_id, marked.user_id)
        db.execute(delete(MenuMark).where(whose, MenuMark.changes == marked.changes))
        db.execute(update(MenuMark).where(whose).values(not_before=None, tries=0))


def put_off(db: Connection, channel_id: str, failed: Sequence[Marked], now: datetime) -> None:
    """LINE did not take these: again later, ever later."""
    for marked in failed:
        wait = min(FIRST_WAIT * 2 ** min(marked.tries - 1, 10), LONGEST_WAIT)
        whose = _is(channel_id, marked.user_id)
        db.execute(update(MenuMark).where(whose).values(not_before=now + wait))


def _roles(db: Connection, channel_id: str, user_ids: Collection[str]) -> dict[str, list[MenuRole]]:
    staff = select(Person.user_id).where(
        Person.channel_id == channel_id,
        Person.user_id.in_(user_ids),
        Person.role == Role.STAFF.value,
    )
    contacts = select(AffiliationRow.user_id).where(
        AffiliationRow.channel_id == channel_id,
        AffiliationRow.user_id.in_(user_ids),
        AffiliationRow.role == SchoolRole.CONTACT,
        AffiliationRow.confirmed,
    )
    held: dict[str, list[MenuRole]] = {user_id: [] for user_id in user_ids}
    for role, having in ((MenuRole.STAFF, staff), (MenuRole.CONTACT, contacts.distinct())):
        for user_id in db.scalars(having):
            held[user_id].append(role)
    return held


def _is(channel_id: str, user_id: str) -> ColumnElement[bool]:
    return and_(MenuMark.channel_id == channel_id, MenuMark.user_id == user_id)
