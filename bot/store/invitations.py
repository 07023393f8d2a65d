"""Invitation codes: each gives its role to one person, once, until it expires.

A contact's is bound to one school, and gives a confirmed tie to it. Only a code's hash is kept.
Wrong tries are counted by person, so that nobody can go through codes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from bot.model.invitation_code import hash_of, new_code
from bot.model.schools import Affiliation, SchoolRole
from bot.store import affiliations, menu_marks
from bot.store.people import Role
from bot.store.tables import Invitation, Person

MOST_WRONG = 5
REST = timedelta(hours=1)


class Claim(StrEnum):
    """How it went with a code."""

    TAKEN = "taken"
    USED = "used"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitee:
    """Who wants a role, and when."""

    channel_id: str
    user_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitedAs:
    """What a code gives: a role, of a contact at which school, and whose tie ends by it."""

    role: Role
    school_code: str = ""  # of a contact
    successor_to: str = ""  # user id of the contact who hands over


def invite(db: Connection, channel_id: str, role: Role, now: datetime, life: timedelta) -> str:
    """Make an invitation for staff; gives its code, which is kept nowhere."""
    return make(db, channel_id, InvitedAs(role=role), now, life)


def make(db: Connection, channel_id: str, offer: InvitedAs, now: datetime, life: timedelta) -> str:
    """Make an invitation; gives its code, which is kept nowhere.

    Of somebody who hands over, only the newest one for that school can be used.
    """
    if (offer.role is Role.CONTACT) != bool(offer.school_code):
        raise ValueError("an invitation of a contact names a school, and no other does")
    if offer.successor_to:
        void(db, channel_id, offer.successor_to, now, offer.school_code)
    code = new_code()
    db.execute(
        insert(Invitation).values(
            channel_id=channel_id,
            code_hash=hash_of(code),
            role=offer.role.value,
            made_at=now,
            expires_at=now + life,
            school_code=offer.school_code or None,
            successor_to=offer.successor_to or None,
        )
    )
    return code


def void(db: Connection, channel_id: str, maker: str, now: datetime, school_code: str = "") -> None:
    """End what is unused of the invitations by which this contact hands over, of one school or all.

    It is told as expired from now on.
    """
    live = [
        Invitation.channel_id == channel_id,
        Invitation.successor_to == maker,
        Invitation.used_at.is_(None),
        Invitation.expires_at > now,
    ]
    if school_code:
        live.append(Invitation.school_code == school_code)
    db.execute(update(Invitation).where(*live).values(expires_at=now))


def revoke(
    db: Connection, channel_id: str, code_hash: str, roles: Sequence[Role], now: datetime
) -> bool:
    """End an unused invitation to one of these roles; False where there is none.

    It is told as expired from now on.
    """
    live = and_(
        Invitation.channel_id == channel_id,
        Invitation.code_hash == code_hash,
        Invitation.role.in_([role.value for role in roles]),
        Invitation.used_at.is_(None),
        Invitation.expires_at > now,
    )
    ended = update(Invitation).where(live).values(expires_at=now)
    return db.scalar(ended.returning(Invitation.code_hash)) is not None


def find(db: Connection, channel_id: str, code: str) -> InvitedAs | None:
    """What a code gives or gave, used or not; None where nobody gave it out."""
    row = db.execute(
        select(*_OFFER).where(
            Invitation.channel_id == channel_id, Invitation.code_hash == hash_of(code)
        )
    ).one_or_none()
    return _offer(*row) if row else None


def claim(db: Connection, code: str, invitee: Invitee) -> tuple[Claim, InvitedAs | None]:
    """Take what a code gives, for this person who was seen already; it is used up.

    Two who use one code at once: one of them gets it. A successor's code ends the tie of whoever
    made it. What was offered comes back only where it was taken.
    """
    this = (
        Invitation.channel_id == invitee.channel_id,
        Invitation.code_hash == hash_of(code),
    )
    row = db.execute(
        update(Invitation)
        .where(*this, Invitation.used_at.is_(None), Invitation.expires_at > invitee.at)
        .values(used_at=invitee.at, used_by=invitee.user_id)
        .returning(*_OFFER)
    ).one_or_none()
    if row is not None:
        offer = _offer(*row)
        _give(db, offer, invitee)
        return Claim.TAKEN, offer
    found = db.execute(select(Invitation.used_at).where(*this)).one_or_none()
    if found is None:
        return Claim.UNKNOWN, None
    return (Claim.USED if found.used_at else Claim.EXPIRED), None


def schools_invited(db: Connection, channel_id: str) -> list[str]:
    """The codes of the schools that ever had a contact: an invitation of theirs was used."""
    used = select(Invitation.school_code).where(
        Invitation.channel_id == channel_id,
        Invitation.school_code.is_not(None),
        Invitation.used_at.is_not(None),
    )
    return sorted(code for code in db.scalars(used.distinct()) if code)


def count_wrong(db: Connection, invitee: Invitee) -> None:
    """Note one more wrong try of this person; an hour without one, and they begin anew."""
    count = _wrong_now(db, invitee) + 1
    _set_person(db, invitee, wrong_codes=count, wrong_code_at=invitee.at)


def must_rest(db: Connection, invitee: Invitee) -> bool:
    """Whether this person tried too often and has to wait an hour from the last try that counted.

    Whoever is refused is not counted again: the hour is not drawn out.
    """
    return _wrong_now(db, invitee) >= MOST_WRONG


_OFFER = (Invitation.role, Invitation.school_code, Invitation.successor_to)


def _offer(role: str, school_code: str | None, successor_to: str | None) -> InvitedAs:
    return InvitedAs(
        role=Role(role), school_code=school_code or "", successor_to=successor_to or ""
    )


def _give(db: Connection, offer: InvitedAs, invitee: Invitee) -> None:
    _set_person(db, invitee, wrong_codes=0, wrong_code_at=None)
    if offer.role is not Role.CONTACT:
        _set_person(db, invitee, role=offer.role.value)
        menu_marks.mark(db, invitee.channel_id, invitee.user_id)
        return
    where = (db, invitee.channel_id)
    held = Affiliation(offer.school_code, SchoolRole.CONTACT, invitee.at, confirmed=True)
    affiliations.tie(*where, invitee.user_id, held)
    if offer.successor_to:
        affiliations.untie(*where, offer.successor_to, offer.school_code, SchoolRole.CONTACT)


def _wrong_now(db: Connection, invitee: Invitee) -> int:
    row = db.execute(
        select(Person.wrong_codes, Person.wrong_code_at).where(_is(invitee))
    ).one_or_none()
    if row is None or row.wrong_code_at is None:
        return 0
    # The simulator's clock may have been set back: what lies ahead does not count.
    is_recent = timedelta(0) <= invitee.at - row.wrong_code_at < REST
    return int(row.wrong_codes) if is_recent else 0


def _set_person(db: Connection, invitee: Invitee, **values: object) -> None:
    db.execute(update(Person).where(_is(invitee)).values(**values))


def _is(invitee: Invitee) -> ColumnElement[bool]:
    return and_(Person.channel_id == invitee.channel_id, Person.user_id == invitee.user_id)
