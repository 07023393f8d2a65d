"""People's ties to schools: whose contact somebody is, and where somebody teaches.

A contact's right is a confirmed tie, and nothing else: whoever asks for contacts gets only those.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select

from bot.model.schools import Affiliation, SchoolRole
from bot.store import menu_marks
from bot.store.school_tables import AffiliationRow
from bot.store.tables import Person
from bot.store.upsert import insert_into

_IDENTITY = ["channel_id", "user_id", "school_code", "role"]
# Of a contact, only what was confirmed counts; a teacher's own word is enough.
_COUNTS = or_(AffiliationRow.role == SchoolRole.TEACHER, AffiliationRow.confirmed)


@dataclass(frozen=True, slots=True)
class SchoolContact:
    """Somebody who answers for a school."""

    school_code: str
    user_id: str
    since: datetime
    last_seen_at: datetime
    blocked_at: datetime | None = None  # since then LINE brings them nothing of ours


def tie(db: Connection, channel_id: str, user_id: str, affiliation: Affiliation) -> None:
    """Tie this person to a school; what was confirmed stays so, and keeps since when it holds."""
    new = insert_into(db, AffiliationRow).values(
        channel_id=channel_id,
        user_id=user_id,
        school_code=affiliation.school_code,
        role=affiliation.role,
        tied_at=affiliation.since,
        confirmed=affiliation.confirmed,
    )
    db.execute(
        new.on_conflict_do_update(
            index_elements=_IDENTITY,
            set_={"confirmed": new.excluded.confirmed, "tied_at": new.excluded.tied_at},
            where=and_(~AffiliationRow.confirmed, new.excluded.confirmed),
        )
    )
    _change_menu(db, channel_id, user_id, affiliation.role)


def untie(
    db: Connection, channel_id: str, user_id: str, school_code: str, role: SchoolRole
) -> bool:
    """End this tie; False where there was none."""
    gone = delete(AffiliationRow).where(
        _is_of(channel_id, user_id),
        AffiliationRow.school_code == school_code,
        AffiliationRow.role == role,
    )
    ended = db.scalar(gone.returning(AffiliationRow.school_code)) is not None
    if ended:
        _change_menu(db, channel_id, user_id, role)
    return ended


def untie_all(db: Connection, channel_id: str, user_id: str, role: SchoolRole) -> list[str]:
    """End every tie of this role; gives the codes of the schools, sorted."""
    gone = delete(AffiliationRow).where(_is_of(channel_id, user_id), AffiliationRow.role == role)
    ended = sorted(db.scalars(gone.returning(AffiliationRow.school_code)))
    if ended:
        _change_menu(db, channel_id, user_id, role)
    return ended


def schools_of(
    db: Connection, channel_id: str, user_id: str, role: SchoolRole | None = None
) -> list[Affiliation]:
    """This person's ties that count, of one role or of any, by school and role."""
    wanted = _is_of(channel_id, user_id)
    rows = db.execute(
        select(
            AffiliationRow.school_code,
            AffiliationRow.role,
            AffiliationRow.tied_at,
            AffiliationRow.confirmed,
        )
        .where(wanted if role is None else and_(wanted, AffiliationRow.role == role), _COUNTS)
        .order_by(AffiliationRow.school_code, AffiliationRow.role)
    )
    return [Affiliation(*row) for row in rows]


def of_people(
    db: Connection, channel_id: str, user_ids: Sequence[str], role: SchoolRole
) -> dict[str, list[str]]:
    """The codes of these people's schools in one role, by person; one query."""
    rows = db.execute(
        select(AffiliationRow.user_id, AffiliationRow.school_code)
        .where(
            AffiliationRow.channel_id == channel_id,
            AffiliationRow.user_id.in_(list(user_ids)),
            AffiliationRow.role == role,
            _COUNTS,
        )
        .order_by(AffiliationRow.user_id, AffiliationRow.school_code)
    )
    found: dict[str, list[str]] = {}
    for user_id, code in rows:
        found.setdefault(user_id, []).append(code)
    return found


def is_contact(db: Connection, channel_id: str, user_id: str, school_code: str) -> bool:
    """Whether this person answers for the school."""
    held = schools_of(db, channel_id, user_id, SchoolRole.CONTACT)
    return any(affiliation.school_code == school_code for affiliation in held)


def contacts_of(db: Connection, channel_id: str, school_code: str) -> list[str]:
    """The user ids of a school's contacts, who came first first."""
    return [c.user_id for c in contacts(db, channel_id, [school_code])]


def contacts(
    db: Connection, channel_id: str, school_codes: Sequence[str] | None = None
) -> list[SchoolContact]:
    """The contacts of these schools, or of all, by school, who came first first."""
    wanted = select(
        AffiliationRow.school_code,
        AffiliationRow.user_id,
        AffiliationRow.tied_at,
        Person.last_seen_at,
        Person.blocked_at,
    ).join(
        Person,
        and_(
            Person.channel_id == AffiliationRow.channel_id,
            Person.user_id == AffiliationRow.user_id,
        ),
    )
    wanted = wanted.where(
        AffiliationRow.channel_id == channel_id,
        AffiliationRow.role == SchoolRole.CONTACT,
        AffiliationRow.confirmed,
    )
    if school_codes is not None:
        wanted = wanted.where(AffiliationRow.school_code.in_(school_codes))
    order = (AffiliationRow.school_code, AffiliationRow.tied_at, AffiliationRow.user_id)
    return [SchoolContact(*row) for row in db.execute(wanted.order_by(*order))]


def _is_of(channel_id: str, user_id: str) -> ColumnElement[bool]:
    return and_(AffiliationRow.channel_id == channel_id, AffiliationRow.user_id == user_id)


def _change_menu(db: Connection, channel_id: str, user_id: str, role: SchoolRole) -> None:
    if role is SchoolRole.CONTACT:  # teachers have the menu of all
        menu_marks.mark(db, channel_id, user_id)
