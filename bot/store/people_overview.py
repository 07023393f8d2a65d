"""People and schools in numbers, and who may be found by an alias: for the console."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, func, or_, select

from bot.model.schools import SchoolRole
from bot.store.people import ALIAS, Role
from bot.store.roster_tables import MemberLink, MemberRow
from bot.store.school_tables import AffiliationRow
from bot.store.tables import Invitation, Person

MOST_FOUND = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """How many people there are."""

    known: int
    friends: int  # following, and not blocking
    blocked: int
    staff: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AtSchool:
    """How many people a school has."""

    contacts: int = 0
    teachers: int = 0  # who said so themselves
    members: int = 0  # of its list
    linked: int = 0  # of those, known in LINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Somebody as staff may look at them: no name is known."""

    user_id: str
    role: str
    last_seen_at: datetime
    has_blocked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """An invitation, without its code."""

    code_hash: str
    role: str
    school_code: str | None
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    used_by: str | None


_INVITED = [Invitation.__table__.c[name] for name in Invited.__dataclass_fields__]


def heads(db: Connection, channel_id: str) -> Heads:
    """How many people the channel knows."""
    blocked = Person.blocked_at.is_not(None)
    friends = and_(Person.followed_at.is_not(None), ~blocked)
    row = db.execute(
        select(
            func.count(),
            func.count().filter(friends),
            func.count().filter(blocked),
            func.count().filter(Person.role == Role.STAFF.value),
        ).where(Person.channel_id == channel_id)
    ).one()
    return Heads(known=row[0], friends=row[1], blocked=row[2], staff=row[3])


def at_schools(db: Connection, channel_id: str) -> dict[str, AtSchool]:
    """How many people each school has, by code; schools without any are left out."""
    is_contact = and_(AffiliationRow.role == SchoolRole.CONTACT, AffiliationRow.confirmed)
    tied = db.execute(
        select(
            AffiliationRow.school_code,
            func.count().filter(is_contact),
            func.count().filter(AffiliationRow.role == SchoolRole.TEACHER),
        )
        .where(AffiliationRow.channel_id == channel_id)
        .group_by(AffiliationRow.school_code)
    )
    ties = {row[0]: (row[1], row[2]) for row in tied}
    listed = db.execute(
        select(MemberRow.school_code, func.count(), func.count(MemberLink.user_id))
        .outerjoin(MemberLink, MemberLink.member_id == MemberRow.id)
        .where(MemberRow.channel_id == channel_id)
        .group_by(MemberRow.school_code)
    )
    lists = {row[0]: (row[1], row[2]) for row in listed}
    found = {}
    for code in {*ties, *lists}:
        contacts, teachers = ties.get(code, (0, 0))
        members, linked = lists.get(code, (0, 0))
        found[code] = AtSchool(contacts=contacts, teachers=teachers, members=members, linked=linked)
    return found


def by_alias(db: Connection, channel_id: str, wanted: str) -> list[Found]:
    """Those whose id ends so, who was here last first; none for less than an alias."""
    if len(wanted) < ALIAS:
        return []
    rows = db.execute(
        select(Person.user_id, Person.role, Person.last_seen_at, Person.blocked_at)
        .where(Person.channel_id == channel_id, Person.user_id.endswith(wanted, autoescape=True))
        .order_by(Person.last_seen_at.desc(), Person.user_id)
        .limit(MOST_FOUND)
    )
    return [
        Found(user_id=r[0], role=r[1], last_seen_at=r[2], has_blocked=r[3] is not None)
        for r in rows
    ]


def ties_of(db: Connection, channel_id: str, user_ids: list[str]) -> dict[str, list[str]]:
    """The codes of these people's schools, by person: of contacts only where confirmed."""
    counts = or_(AffiliationRow.role == SchoolRole.TEACHER, AffiliationRow.confirmed)
    rows = db.execute(
        select(AffiliationRow.user_id, AffiliationRow.school_code)
        .where(
            AffiliationRow.channel_id == channel_id, AffiliationRow.user_id.in_(user_ids), counts
        )
        .distinct()
        .order_by(AffiliationRow.user_id, AffiliationRow.school_code)
    )
    found: dict[str, list[str]] = {}
    for user_id, code in rows:
        found.setdefault(user_id, []).append(code)
    return found


def invitations(db: Connection, channel_id: str, page: int, size: int) -> list[Invited]:
    """The invitations of a page, newest first, and one more where there is a next page."""
    rows = db.execute(
        select(*_INVITED)
        .where(Invitation.channel_id == channel_id)
        .order_by(Invitation.made_at.desc(), Invitation.school_code, Invitation.code_hash)
        .offset(page * size)
        .limit(size + 1)
    )
    return [Invited(**row._asdict()) for row in rows]


def schools_waiting(db: Connection, channel_id: str, now: datetime) -> set[str]:
    """The codes of schools that have an invitation of a contact which can still be used."""
    live = select(Invitation.school_code).where(
        Invitation.channel_id == channel_id,
        Invitation.school_code.is_not(None),
        Invitation.used_at.is_(None),
        Invitation.expires_at > now,
    )
    return {code for code in db.scalars(live.distinct()) if code}
