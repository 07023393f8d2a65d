"""What staff do about questions that were passed on to them, each in one transaction.

Answering is one act: the answer is kept, its asker is to be told, and what is worth keeping
becomes a supplement that every process says from then on; or none of it happens.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Engine

from bot.handlers import telling
from bot.store import people, referrals, staff_entries
from bot.store.people import Role
from bot.store.referrals import Passed
from bot.store.staff_entries import NewEntry
from bot.understand.mask import mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of staff at work."""

    channel_id: str
    user_id: str  # in LINE; of the console: the account's id


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How an answer is to be kept as a supplement."""

    plan: str
    edition: str
    title: str
    says: tuple[str, ...]  # other ways to ask, beside the question itself
    source: str
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a member of staff answers, and how it is kept; None: only the asker is told."""

    text: str
    keeping: Keeping | None = None


def is_staff(engine: Engine, member: Member) -> bool:
    """Whether this person is staff of the channel at this moment."""
    with engine.connect().execution_options(only_reads=True) as db:
        return people.role_of(db, member.channel_id, member.user_id) is Role.STAFF


def answer(
    engine: Engine, member: Member, referral_id: str, reply: Reply, now: datetime
) -> Passed | None:
    """Answer a question; None where it is not there or somebody answered before: nothing changes.

    Everything is masked before it is kept.
    """
    with engine.begin() as db:
        passed = referrals.find(db, member.channel_id, referral_id)
        return answer_in(db, member, passed, reply, now) if passed else None


def answer_in(
    db: Connection, member: Member, passed: Passed, reply: Reply, now: datetime
) -> Passed | None:
    """The same within the caller's transaction."""
    answered = referrals.answer(db, passed, mask(reply.text), member.user_id, now)
    if answered is None:
        return None
    if reply.keeping is not None:
        staff_entries.put(db, _entry(member, answered, reply.keeping), now)
    telling.announce(db, answered, now)
    return answered


def put_aside(engine: Engine, member: Member, referral_id: str, now: datetime) -> bool:
    """Put a question aside; False where it is not open."""
    with engine.begin() as db:
        passed = referrals.find(db, member.channel_id, referral_id)
        return passed is not None and bool(referrals.close(db, passed, member.user_id, now))


def withdraw(engine: Engine, member: Member, entry_id: str, now: datetime) -> bool:
    """Say a supplement no longer; False where it is not said any more already."""
    with engine.begin() as db:
        return staff_entries.withdraw(db, member.channel_id, entry_id, now)


def _entry(member: Member, answered: Passed, keeping: Keeping) -> NewEntry:
    asked = (answered.text, *map(mask, keeping.says))
    return NewEntry(
        channel_id=member.channel_id,
        plan=keeping.plan,
        edition=keeping.edition,
        title=mask(keeping.title),
        says=tuple(dict.fromkeys(filter(None, map(str.strip, asked)))),
        text=answered.answer or "",
        source=mask(keeping.source),
        author=member.user_id,
        expires_on=keeping.expires_on,
        referral_id=answered.id,
    )
