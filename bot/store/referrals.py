"""Questions that people passed on to staff, and what staff answered.

open ─▶ answered ─▶ told          closed: staff put it aside; the asker is told nothing,
   └──▶ closed ─▶ answered        unless somebody answers it later after all

Its answer may also wait in the outbox. Whoever changes both locks in one order, or two of them
would wait for each other: the event first, then the referral, then the row of the outbox.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, bindparam, delete, func, select, update

from bot.store.own_questions import OwnQuestion
from bot.store.tables import Referral, ReferralState
from bot.store.upsert import insert_into

KEY = "referral:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """One question that was passed on."""

    id: str
    channel_id: str
    user_id: str
    webhook_event_id: str
    asked_at: datetime
    passed_on_at: datetime
    text: str  # masked
    before: str  # the question before it, masked
    said: str  # what the bot had answered
    plan: str
    entry: str
    wants_push: bool
    state: ReferralState
    answer: str | None
    answered_by: str | None
    answered_at: datetime | None
    told_at: datetime | None


_COLUMNS = [Referral.__table__.c[name] for name in Passed.__dataclass_fields__]


def pass_on(
    db: Connection, question: OwnQuestion, before: str, said: str, now: datetime
) -> tuple[Passed, bool]:
    """The referral of a logged question, and whether it is new: pressing twice makes one."""
    new = insert_into(db, Referral).values(
        id=uuid4().hex,
        channel_id=question.channel_id,
        webhook_event_id=question.webhook_event_id,
        user_id=question.user_id,
        asked_at=question.asked_at,
        passed_on_at=now,
        text=question.text,
        before=before,
        said=said,
        plan=question.plan,
        entry=question.entry,
        state=ReferralState.OPEN,
    )
    made = db.scalar(new.on_conflict_do_nothing().returning(Referral.id)) is not None
    passed = find_of(db, question.channel_id, question.webhook_event_id)
    assert passed is not None  # just made, or there before
    return passed, made


def find(db: Connection, channel_id: str, referral_id: str) -> Passed | None:
    """The referral of this id; None where there is none."""
    row = db.execute(
        select(*_COLUMNS).where(Referral.channel_id == channel_id, Referral.id == referral_id)
    ).one_or_none()
    return _passed(row) if row else None


def find_of(db: Connection, channel_id: str, event_id: str) -> Passed | None:
    """The referral of the question of this event; None where it was not passed on."""
    row = db.execute(
        select(*_COLUMNS).where(
            Referral.channel_id == channel_id, Referral.webhook_event_id == event_id
        )
    ).one_or_none()
    return _passed(row) if row else None


def open_ones(db: Connection, channel_id: str, limit: int = 50) -> list[Passed]:
    """What waits for an answer of staff, the oldest first."""
    rows = db.execute(
        select(*_COLUMNS)
        .where(Referral.channel_id == channel_id, Referral.state == ReferralState.OPEN)
        .order_by(Referral.passed_on_at, Referral.id)
        .limit(limit)
    )
    return [_passed(row) for row in rows]


def in_state(
    db: Connection, channel_id: str, state: ReferralState, page: int, limit: int = 20
) -> list[Passed]:
    """One page of what is in this state, and one more; pages count from 0.

    What waits is given oldest first, all else newest first.
    """
    at = Referral.passed_on_at
    rows = db.execute(
        select(*_COLUMNS)
        .where(Referral.channel_id == channel_id, Referral.state == state)
        .order_by(at if state is ReferralState.OPEN else at.desc(), Referral.id)
        .limit(limit + 1)
        .offset(page * limit)
    )
    return [_passed(row) for row in rows]


def count_open(db: Connection, channel_id: str) -> int:
    """How many wait for an answer of staff."""
    return (
        db.scalar(
            select(func.count())
            .select_from(Referral)
            .where(Referral.channel_id == channel_id, Referral.state == ReferralState.OPEN)
        )
        or 0
    )


def want_push(db: Connection, channel_id: str, referral_id: str, user_id: str) -> Passed | None:
    """Note that the asker wants to be told at once; None where it is not theirs to say."""
    changed = db.scalar(
        update(Referral)
        .where(
            Referral.channel_id == channel_id,
            Referral.id == referral_id,
            Referral.user_id == user_id,
            Referral.told_at.is_(None),
        )
        .values(wants_push=True)
        .returning(Referral.id)
    )
    return find(db, channel_id, referral_id) if changed else None


def answer(db: Connection, passed: Passed, text: str, by: str, now: datetime) -> Passed | None:
    """Keep staff's answer, also to what was put aside; None where somebody answered it before."""
    return _settle(
        db,
        passed,
        (ReferralState.OPEN, ReferralState.CLOSED),
        state=ReferralState.ANSWERED,
        answer=text,
        answered_by=by,
        answered_at=now,
    )


def close(db: Connection, passed: Passed, by: str, now: datetime) -> Passed | None:
    """Put it aside without an answer; None where it is not open any more."""
    return _settle(
        db,
        passed,
        (ReferralState.OPEN,),
        state=ReferralState.CLOSED,
        answered_by=by,
        answered_at=now,
    )


def _settle(
    db: Connection, passed: Passed, before: Sequence[ReferralState], **values: Any
) -> Passed | None:
    changed = db.scalar(
        update(Referral)
        .where(
            Referral.channel_id == passed.channel_id,
            Referral.id == passed.id,
            Referral.state.in_(before),
        )
        .values(**values)
        .returning(Referral.id)
    )
    return find(db, passed.channel_id, passed.id) if changed else None


# Asked at every event: made once, because making it costs more than running it.
_UNTOLD = (
    select(*_COLUMNS)
    .where(
        Referral.channel_id == bindparam("channel"),
        Referral.user_id == bindparam("user"),
        Referral.state == ReferralState.ANSWERED,
        Referral.told_at.is_(None),
    )
    .order_by(Referral.answered_at, Referral.id)
    .with_for_update()
)


def untold(db: Connection, channel_id: str, user_id: str) -> list[Passed]:
    """Answers of staff that this person has not heard of, the oldest first; they are locked."""
    rows = db.execute(_UNTOLD, {"channel": channel_id, "user": user_id})
    return [_passed(row) for row in rows]


def mark_told(
    db: Connection, channel_id: str, ids: Sequence[str], now: datetime, event_id: str | None = None
) -> set[str]:
    """Note that the askers of these have heard the answers; in the reply to which event.

    Gives the ids of those that nobody had told before.
    """
    if not ids:
        return set()
    changed = (
        update(Referral)
        .where(Referral.channel_id == channel_id, Referral.id.in_(ids), Referral.told_at.is_(None))
        .values(told_at=now, told_in=event_id)
        .returning(Referral.id)
    )
    return set(db.scalars(changed))


def untell(db: Connection, channel_id: str, event_ids: Sequence[str]) -> list[str]:
    """Take back that these events' replies told answers; gives the referrals' ids, sorted."""
    again = (
        update(Referral)
        .where(Referral.channel_id == channel_id, Referral.told_in.in_(event_ids))
        .values(told_at=None, told_in=None)
        .returning(Referral.id)
    )
    return sorted(db.scalars(again))


def take_back(db: Connection, taken: OwnQuestion) -> str:
    """Forget what was passed on of a question that its writer took back.

    Gives the id of the referral that is gone; empty where the question was not passed on.
    """
    gone = (
        delete(Referral)
        .where(
            Referral.channel_id == taken.channel_id,
            Referral.webhook_event_id == taken.webhook_event_id,
        )
        .returning(Referral.id)
    )
    referral_id = db.scalar(gone) or ""
    db.execute(
        update(Referral)
        .where(
            Referral.channel_id == taken.channel_id,
            Referral.user_id == taken.user_id,
            Referral.before == taken.text,
        )
        .values(before="")
    )
    return referral_id


def count_open_of(db: Connection, channel_id: str, user_id: str) -> int:
    """How many questions of this person wait for an answer of staff."""
    count = select(func.count()).where(
        Referral.channel_id == channel_id,
        Referral.user_id == user_id,
        Referral.state == ReferralState.OPEN,
    )
    return db.scalar(count) or 0


def key_of(referral_id: str) -> str:
    """The key of the fact that a question was answered, for the outbox."""
    return f"{KEY}{referral_id}"


def id_of(key: str) -> str:
    """The referral that a key of the outbox tells of; empty where it tells of something else."""
    return key.removeprefix(KEY) if key.startswith(KEY) else ""


def _passed(row: Any) -> Passed:
    return Passed(**row._asdict())
