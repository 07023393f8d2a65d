"""Codes by which a teacher of a school's list links themselves: single use, expiring, hashed.

A code says which member it is for, and nothing of whoever uses it: that is the link's to keep.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select, update

from bot.model.invitation_code import hash_of, new_code
from bot.model.roster import Member
from bot.store import roster
from bot.store.roster_tables import MemberCodeRow

LIVES = timedelta(days=14)


class CodeState(StrEnum):
    """What can be said of a code that was given out."""

    GOOD = "good"
    USED = "used"
    EXPIRED = "expired"


def make(db: Connection, channel_id: str, member_id: str, now: datetime) -> str:
    """A code for a member, which is kept nowhere; the one before it is good for nothing now."""
    code = new_code()
    db.execute(
        delete(MemberCodeRow).where(
            MemberCodeRow.channel_id == channel_id, MemberCodeRow.member_id == member_id
        )
    )
    db.execute(
        insert(MemberCodeRow).values(
            code_hash=hash_of(code),
            channel_id=channel_id,
            member_id=member_id,
            made_at=now,
            expires_at=now + LIVES,
        )
    )
    return code


def state_of(db: Connection, channel_id: str, code: str, now: datetime) -> CodeState | None:
    """What a code is good for; None where nobody gave it out."""
    row = db.execute(
        select(MemberCodeRow.used_at, MemberCodeRow.expires_at).where(
            MemberCodeRow.channel_id == channel_id, MemberCodeRow.code_hash == hash_of(code)
        )
    ).one_or_none()
    if row is None:
        return None
    if row.used_at is not None:
        return CodeState.USED
    return CodeState.GOOD if row.expires_at > now else CodeState.EXPIRED


def claim(db: Connection, channel_id: str, code: str, user_id: str, now: datetime) -> Member | None:
    """The member that this person is from now on; None where the code is not good any more.

    Of two who use one code at once, one gets it.
    """
    member_id = db.scalar(
        update(MemberCodeRow)
        .where(
            MemberCodeRow.channel_id == channel_id,
            MemberCodeRow.code_hash == hash_of(code),
            MemberCodeRow.used_at.is_(None),
            MemberCodeRow.expires_at > now,
        )
        .values(used_at=now)
        .returning(MemberCodeRow.member_id)
    )
    if member_id is None or not roster.link(db, channel_id, member_id, user_id, now):
        return None
    return roster.find(db, channel_id, member_id)
