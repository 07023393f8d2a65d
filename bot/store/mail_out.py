"""Mails to be sent: notices that their person wants by mail, and questions whether it is theirs.

waiting ─▶ sending ─▶ sent
 ▲  │         │ ├──▶ dead        refused for good: the notice goes out in LINE
 │  ▼         │ └──▶ uncertain   handed in twice, and never heard of
 │ void       │                  too late, told in LINE after all, or not wanted any more
 └────────────┘                  not taken: again later, as the same mail

A mail server knows no retry key. Whoever dies between handing a mail in and writing that down
leaves `sending` behind; after LEASE it is handed in once more, as the same mail with the same
Message-ID, and if that too ends unheard, never again: at most once more, and told rather than lost.

Notices come from the outbox (`mail_intake`). What was taken in place of a push goes back to it
where it cannot be sent.

Two clocks, as in the outbox: `now` is the real one, `today` the one that people live by.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, and_, case, or_, select, update

from bot.messages import Answer, from_plain
from bot.store import outbox
from bot.store.channel_tables import UNSENT_MAIL, MailAddress, MailRow, MailState
from bot.store.upsert import insert_into
from bot.store.wakeups import ring

LEASE = timedelta(minutes=5)  # longer than the slowest server may take, step by step
MOST_IN_ONE = 12
CONFIRM_LIVES = timedelta(hours=24)
GIVEN_BACK_AFTER = timedelta(hours=2)  # of a mail server that takes nothing
TWICE = 2  # so often a mail may be handed in without hearing how that ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail that this process holds and must send now, or say why not."""

    mail_id: str
    channel_id: str
    user_id: str
    address: str
    key: str  # of the address
    answers: tuple[Answer, ...]  # none: it asks whether the address is theirs
    ids: tuple[str, ...]
    tries: int  # this one counted
    unsure: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MailEnding:
    """How a try to send ended; `again_at` where it waits for another one."""

    state: MailState
    error: str = ""
    again_at: datetime | None = None
    is_unsure: bool = False


def put_confirmation(db: Connection, whose: tuple[str, str], key: str, at: datetime) -> None:
    """Queue the mail that asks whether the address is theirs."""
    put(db, whose, {"key": key, "made_at": at, "not_before": at, "expires_at": at + CONFIRM_LIVES})
    ring(db)


def is_active() -> ColumnElement[bool]:
    """The condition that reminders may go to an address."""
    return and_(
        MailAddress.confirmed_at.is_not(None),
        MailAddress.unsubscribed_at.is_(None),
        MailAddress.dead_at.is_(None),
    )


def put(db: Connection, whose: tuple[str, str], values: dict[str, Any]) -> None:
    """Queue one mail; twice under one key is once."""
    usual = {"instead": False, "state": MailState.WAITING, "tries": 0, "unsure": 0}
    channel_id, user_id = whose
    new = insert_into(db, MailRow).values(
        id=uuid4().hex, channel_id=channel_id, user_id=user_id, **{**usual, **values}
    )
    db.execute(new.on_conflict_do_nothing())


def claim(db: Connection, channel_id: str, now: datetime, today: datetime) -> Mail | None:
    """The mail that is longest due and that no living process is sending: a person's whole day.

    The person's address is locked first, so that two processes never part a day between them.
    """
    user_id = db.scalar(
        select(MailRow.user_id)
        .where(MailRow.channel_id == channel_id, _is_free(now), *_is_due(today))
        .order_by(MailRow.not_before, MailRow.id)
        .limit(1)
    )
    if user_id is None:
        return None
    this = and_(MailAddress.channel_id == channel_id, MailAddress.user_id == user_id)
    locked = select(MailAddress.address, MailAddress.key, is_active().label("is_active"))
    found = db.execute(locked.where(this).with_for_update()).one_or_none()
    own = and_(MailRow.channel_id == channel_id, MailRow.user_id == user_id)
    rows = db.execute(
        select(*MailRow.__table__.c)
        .where(own, _is_free(now), *_is_due(today))
        .order_by(MailRow.not_before, MailRow.id)
    ).all()
    wanted = [row for row in rows if found and _is_still_wanted(row, found)]
    if len(wanted) < len(rows):
        _drop(db, [row for row in rows if row not in wanted], today)
    return _hold(db, found, _batch(wanted), now) if wanted else None


def _hold(db: Connection, to: Any, batch: Sequence[Any], now: datetime) -> Mail:
    """Hold the rows of one mail to this address."""
    mail_id, unsure = batch[0].mail_id or uuid4().hex, max(map(_unsure, batch))
    ids, tries = [row.id for row in batch], batch[0].tries + 1
    db.execute(
        update(MailRow)
        .where(MailRow.id.in_(ids))
        .values(
            state=MailState.SENDING, mail_id=mail_id, claimed_at=now, tries=tries, unsure=unsure
        )
    )
    return Mail(
        mail_id=mail_id,
        channel_id=batch[0].channel_id,
        user_id=batch[0].user_id,
        address=to.address,
        key=to.key,
        answers=tuple(from_plain(row.answer) for row in batch if row.answer),
        ids=tuple(ids),
        tries=tries,
        unsure=unsure,
    )


def _is_still_wanted(row: Any, found: Any) -> bool:
    """Whether it may go to this address: it may have been ended, or be another one, meanwhile."""
    if row.answer:
        return bool(found.is_active)
    return not found.is_active and row.key.startswith(f"confirm:{found.key}:")


def _drop(db: Connection, rows: Sequence[Any], at: datetime) -> None:
    """Send these no more; what surely never went out comes in LINE."""
    db.execute(
        update(MailRow)
        .where(MailRow.id.in_([row.id for row in rows]))
        .values(state=MailState.VOID, error="not by mail", settled_at=at)
    )
    for row in rows:
        if row.instead and not _unsure(row):
            outbox.revive(db, row.channel_id, [row.key], at)


def _batch(rows: Sequence[Any]) -> list[Any]:
    """The rows of one mail: what was one before stays it, word for word."""
    first = rows[0]
    if first.mail_id:
        return [row for row in rows if row.mail_id == first.mail_id]
    if not first.answer:
        return [first]
    return [row for row in rows if not row.mail_id and row.answer][:MOST_IN_ONE]


def _unsure(row: Any) -> int:
    """Tries of unknown end, with the one that somebody died in."""
    return int(row.unsure) + (row.state is MailState.SENDING)


def settle(db: Connection, mail: Mail, ending: MailEnding, now: datetime) -> None:
    """Write down how a try ended. What was refused goes out in LINE."""
    held = and_(
        MailRow.id.in_(mail.ids), MailRow.state == MailState.SENDING, MailRow.tries == mail.tries
    )
    unsure = mail.unsure + ending.is_unsure
    state = ending.state
    if ending.is_unsure and unsure >= TWICE:
        state = MailState.UNCERTAIN
    values: dict[str, Any] = {"state": state, "error": ending.error or None, "unsure": unsure}
    if state is MailState.WAITING:
        values["not_before"] = ending.again_at
    else:
        values["settled_at"] = now
    rows = db.execute(
        update(MailRow).where(held).values(**values).returning(MailRow.key, MailRow.instead)
    ).all()
    if state is MailState.DEAD:
        outbox.revive(db, mail.channel_id, [row.key for row in rows if row.instead], now)


def close_stale(db: Connection, channel_id: str, now: datetime, today: datetime) -> list[str]:
    """Give up what may not be sent any more; gives the ids of what perhaps went out, sorted.

    That is: what is of no more use, and what was handed in twice without an answer. What no server
    takes for hours goes out in LINE.
    """
    unheard = and_(MailRow.state == MailState.SENDING, MailRow.unsure >= TWICE - 1)
    is_over = MailRow.expires_at <= today
    perhaps = or_(MailRow.unsure > 0, MailRow.state == MailState.SENDING)
    rows = db.execute(
        update(MailRow)
        .where(MailRow.channel_id == channel_id, _is_free(now), or_(unheard, is_over))
        .values(
            state=case((perhaps, MailState.UNCERTAIN), else_=MailState.VOID),
            error=case((is_over, "too late"), else_="never heard of"),
            settled_at=now,
        )
        .returning(MailRow.id, MailRow.state)
    ).all()
    stuck = and_(MailRow.made_at <= today - GIVEN_BACK_AFTER, MailRow.instead)
    _give_back(db, and_(MailRow.channel_id == channel_id, stuck), today)
    return sorted(row.id for row in rows if row.state is MailState.UNCERTAIN)


def give_back(db: Connection, channel_id: str, user_id: str, at: datetime) -> None:
    """Send this person no mail of what waits; what was to come by mail alone comes in LINE."""
    _give_back(db, and_(MailRow.channel_id == channel_id, MailRow.user_id == user_id), at)


def _give_back(db: Connection, these: ColumnElement[bool], at: datetime) -> None:
    dropped = (
        update(MailRow)
        .where(these, MailRow.state == MailState.WAITING, MailRow.unsure == 0)
        .values(state=MailState.VOID, error="not by mail", settled_at=at)
        .returning(MailRow.channel_id, MailRow.key, MailRow.instead)
    )
    for row in db.execute(dropped).all():
        if row.instead:
            outbox.revive(db, row.channel_id, [row.key], at)


def _is_due(today: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (MailRow.not_before <= today, MailRow.expires_at > today)


def _is_free(now: datetime) -> ColumnElement[bool]:
    # The states are named as the partial index names them, so that it is used.
    return and_(
        MailRow.state.in_(UNSENT_MAIL),
        or_(MailRow.state == MailState.WAITING, MailRow.claimed_at < now - LEASE),
    )
