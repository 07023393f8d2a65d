"""What waits for somebody comes along with the next reply to them, which is free."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from bot.messages import Answer, from_plain
from bot.model.reminders import NoticeKind
from bot.store.among import DIALECTS, is_among
from bot.store.gate import may_go
from bot.store.outbox import IN_READING_ORDER, is_of_today
from bot.store.outbox_moves import moving
from bot.store.tables import OPEN, OutboxRow, OutboxState

MOST = 10  # with one reply; the others come with the next one, or are pushed
MOST_WORDS = 6_000  # characters as they are kept: room for all of it in one message

_TOLD_IN = {d: is_among(d, OutboxRow.__table__.c.told_in, "events") for d in DIALECTS}

LOST, PERHAPS = "its reply was lost", "its reply perhaps went out"


def take(
    db: Connection, channel_id: str, user_id: str, event_id: str, today: datetime
) -> list[Answer]:
    """What this person is still to be told today, in reading order; the reply to this event does.

    Staff's answers are told in a way of their own. What a push is just taking stays with the push.
    """
    of_today = (
        select(OutboxRow.id, OutboxRow.answer)
        .where(
            OutboxRow.channel_id == channel_id,
            OutboxRow.user_id == user_id,
            OutboxRow.state.in_(OPEN),
            OutboxRow.kind != NoticeKind.ANSWER,
            is_of_today(today),
            may_go(channel_id),
        )
        .order_by(*IN_READING_ORDER)
        .limit(MOST)
        .with_for_update(skip_locked=True)
    )
    rows, words = [], 0
    for row in db.execute(of_today):
        words += len(str(row.answer))
        if words > MOST_WORDS:
            break
        rows.append(row)
    if rows:
        riding = moving(OutboxState.RIDING, today, told_in=event_id)
        db.execute(riding.where(OutboxRow.id.in_([row.id for row in rows])))
    return [from_plain(row.answer) for row in rows]


def arrive(db: Connection, events: Sequence[tuple[str, str]], now: datetime) -> None:
    """The replies to these events (channel and event ids) went out: what rode along was told."""
    channels: dict[str, list[str]] = {}
    for channel_id, event_id in events:
        channels.setdefault(channel_id, []).append(event_id)
    for channel_id, ids in channels.items():
        told = (OutboxRow.channel_id == channel_id, _TOLD_IN[db.dialect.name])
        arrived = moving(OutboxState.SENT, now).where(*told, OutboxRow.state == OutboxState.RIDING)
        db.execute(arrived, {"events": ids})


def miss(db: Connection, channel_id: str, event_id: str, at: datetime) -> None:
    """The reply to this event never went out: what rode along waits again."""
    riding = (OutboxRow.channel_id == channel_id, OutboxRow.told_in == event_id)
    again = moving(OutboxState.WAITING, at, LOST, told_in=None)
    db.execute(again.where(*riding, OutboxRow.state == OutboxState.RIDING))


def doubt(db: Connection, channel_id: str, event_id: str, at: datetime) -> None:
    """The reply to this event perhaps went out: what rode along is not told a second time."""
    riding = (OutboxRow.channel_id == channel_id, OutboxRow.told_in == event_id)
    unsure = moving(OutboxState.UNCERTAIN, at, PERHAPS)
    db.execute(unsure.where(*riding, OutboxRow.state == OutboxState.RIDING))
