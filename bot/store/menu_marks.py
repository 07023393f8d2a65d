"""Who is to see another menu: marked in the transaction that changes a role."""

from sqlalchemy import ColumnElement, Connection, and_, exists, literal, null, or_, select

from bot.model.schools import SchoolRole
from bot.store.menu_tables import MenuMark
from bot.store.school_tables import AffiliationRow
from bot.store.tables import Person
from bot.store.upsert import insert_into

_KEY = ["channel_id", "user_id"]


def mark(db: Connection, channel_id: str, user_id: str) -> None:
    """Let this person get the menu of the role that they have when LINE is told."""
    new = insert_into(db, MenuMark).values(
        channel_id=channel_id, user_id=user_id, changes=1, tries=0, not_before=None
    )
    db.execute(
        new.on_conflict_do_update(
            index_elements=_KEY, set_={MenuMark.changes: MenuMark.changes + 1}
        )
    )


def has_another_menu(db: Connection, channel_id: str, user_id: str) -> bool:
    """Whether LINE may show this person another menu than everybody's: by a role, or until told."""
    person = and_(Person.channel_id == channel_id, Person.user_id == user_id)
    waits = and_(MenuMark.channel_id == channel_id, MenuMark.user_id == user_id)
    has_role = exists().where(person, or_(Person.role != "", _is_contact()))
    return bool(db.scalar(select(or_(has_role, exists().where(waits)))))


def mark_all_with_a_role(db: Connection, channel_id: str) -> None:
    """Mark everybody who has a role: their menu hangs anew."""
    _mark_where(db, Person.channel_id == channel_id)


def mark_if_a_role(db: Connection, channel_id: str, user_id: str) -> None:
    """Mark this person if they have a role: LINE links no menu to one who is no friend (yet)."""
    _mark_where(db, and_(Person.channel_id == channel_id, Person.user_id == user_id))


def _mark_where(db: Connection, wanted: ColumnElement[bool]) -> None:
    found = select(Person.channel_id, Person.user_id, literal(1), literal(0), null())
    new = insert_into(db, MenuMark).from_select(
        [*_KEY, "changes", "tries", "not_before"],
        found.where(wanted, or_(Person.role != "", _is_contact())),
    )
    db.execute(
        new.on_conflict_do_update(
            index_elements=_KEY, set_={MenuMark.changes: MenuMark.changes + 1}
        )
    )


def _is_contact() -> ColumnElement[bool]:
    return exists().where(
        AffiliationRow.channel_id == Person.channel_id,
        AffiliationRow.user_id == Person.user_id,
        AffiliationRow.role == SchoolRole.CONTACT,
        AffiliationRow.confirmed,
    )
