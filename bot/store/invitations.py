"""Invitation codes: each gives its role to one person, once, until it expires.

Only a code's hash is kept. Wrong tries are counted by person, so that nobody can go through codes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from bot.model.invitation_code import hash_of, new_code
from bot.store import menu_marks
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


def invite(db: Connection, channel_id: str, role: Role, now: datetime, life: timedelta) -> str:
    """Make an invitation; gives its code, which is kept nowhere."""
    code = new_code()
    db.execute(
        insert(Invitation).values(
            channel_id=channel_id,
            code_hash=hash_of(code),
            role=role.value,
            made_at=now,
            expires_at=now + life,
        )
    )
    return code


def claim(db: Connection, code: str, invitee: Invitee) -> tuple[Claim, Role]:
    """Take the role that a code gives, for this person who was seen already; it is used up.

    Two who use one code at once: one of them gets the role.
    """
    this = (
        Invitation.channel_id == invitee.channel_id,
        Invitation.code_hash == hash_of(code),
    )
    role = db.scalar(
        update(Invitation)
        .where(*this, Invitation.used_at.is_(None), Invitation.expires_at > invitee.at)
        .values(used_at=invitee.at, used_by=invitee.user_id)
        .returning(Invitation.role)
    )
    if role is not None:
        _set_person(db, invitee, role=role, wrong_codes=0, wrong_code_at=None)
        menu_marks.mark(db, invitee.channel_id, invitee.user_id)
        return Claim.TAKEN, Role(role)
    found = db.execute(select(Invitation.used_at).where(*this)).one_or_none()
    if found is None:
        return Claim.UNKNOWN, Role.ANYBODY
    return (Claim.USED if found.used_at else Claim.EXPIRED), Role.ANYBODY


def count_wrong(db: Connection, invitee: Invitee) -> None:
    """Note one more wrong try of this person; an hour without one, and they begin anew."""
    count = _wrong_now(db, invitee) + 1
    _set_person(db, invitee, wrong_codes=count, wrong_code_at=invitee.at)


def must_rest(db: Connection, invitee: Invitee) -> bool:
    """Whether this person tried too often and has to wait an hour from the last try that counted.

    Whoever is refused is not counted again: the hour is not drawn out.
    """
    return _wrong_now(db, invitee) >= MOST_WRONG


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
