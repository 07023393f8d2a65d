"""Events of LINE: each is handled once, and its answer goes out once.

waiting ─▶ sending ─▶ sent          a process that dies in between leaves `sending` behind: another
   ▲          │                     one takes it (`left_behind`), while the reply token lives
   └──────────┴──▶ lost
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    bindparam,
    select,
    update,
)

from bot.messages import Answer, Incoming, from_plain, to_keep
from bot.store.among import is_among
from bot.store.prepared import Prepared
from bot.store.tables import Event, EventState
from bot.store.upsert import new_row
from bot.store.wakeups import ring

# The table: by its class, a statement costs several times more. All is made once.
_TABLE = cast(Table, Event.__table__)
_THIS = and_(
    _TABLE.c.channel_id == bindparam("channel"), _TABLE.c.webhook_event_id == bindparam("event")
)
NEW = Prepared(lambda dialect: new_row(dialect, Event).on_conflict_do_nothing())
_OWED = (
    update(_TABLE)
    .where(_THIS)
    .values(
        state=EventState.SENDING,
        answer=bindparam("answered"),
        claimed_at=bindparam("taken_at"),
        tries=1,
    )
)
_OWE = Prepared(lambda _: _OWED)
_SENT = Prepared(
    lambda dialect: (
        update(_TABLE)
        .where(
            _TABLE.c.channel_id == bindparam("channel"),
            is_among(dialect, _TABLE.c.webhook_event_id, "events"),
            _TABLE.c.state != EventState.FAILED,
        )
        .values(state=EventState.SENT, reply_token=None, error=None)
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """An answer that is committed and still has to go out; the one who holds it sends it."""

    channel_id: str
    event_id: str
    reply_token: str
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """How the sending of an answer ended."""

    channel_id: str
    event_id: str
    state: EventState
    error: str = ""
    handed_back: bool = False  # whoever held it is stopping: another process sends it at once
    carries: bool = True  # whether reminders that waited came along


def owed_for(incoming: Incoming, reply_token: str, answer: Answer) -> Owed:
    """What is owed to this event."""
    return Owed(
        channel_id=incoming.channel_id,
        event_id=incoming.event_id,
        reply_token=reply_token,
        answer=answer,
    )


def put_first_seen(db: Connection, incoming: Incoming, received_at: datetime) -> bool:
    """Note the event as silent; False where it was noted before, by whichever process."""
    row = {**_first_values(incoming, received_at), "state": EventState.SILENT, "tries": 0}
    return NEW.run_all(db, [row]) == 1


def mark_failed(db: Connection, incoming: Incoming, answer: Answer, error: str) -> None:
    """Note that handling this event broke, how, and what the person is told about it."""
    db.execute(
        update(Event)
        .where(_is(incoming))
        .values(state=EventState.FAILED, answer=to_keep(answer), error=error)
    )


def owe(db: Connection, incoming: Incoming, answer: Answer, received_at: datetime) -> Owed:
    """Keep the answer with its event, held by this process, which sends it after the commit."""
    if not incoming.reply_token:
        raise ValueError(f"event {incoming.event_id} has no reply token")
    event = {"channel": incoming.channel_id, "event": incoming.event_id}
    _OWE.run(db, {**event, "answered": to_keep(answer), "taken_at": received_at})
    return owed_for(incoming, incoming.reply_token, answer)


def rows_of_owed(
    answered: Sequence[tuple[Incoming, Answer]], received_at: Mapping[str, datetime]
) -> list[dict[str, Any]]:
    """What `NEW` keeps of these events with their answers, held by this process.

    Args:
        received_at: by event id.
    """
    return [
        {
            **_first_values(incoming, received_at[incoming.event_id]),
            "state": EventState.SENDING,
            "answer": to_keep(answer),
            "claimed_at": received_at[incoming.event_id],
            "tries": 1,
        }
        for incoming, answer in answered
    ]


def settle(db: Connection, results: Sequence[Settled]) -> list[tuple[str, str]]:
    """Write down how sendings ended. What went out is sent, whatever another process thought.

    Gives the channel and event ids of what was really lost by it, sorted: not what another process
    had sent meanwhile.
    """
    sent: dict[str, list[str]] = {}
    for result in results:
        if result.state is EventState.SENT:
            sent.setdefault(result.channel_id, []).append(result.event_id)
    rest = [
        {**_key_of(r), "to_state": r.state, "to_error": r.error or None}
        for r in results
        if r.state not in (EventState.SENT, EventState.LOST)
    ]
    for channel_id, event_ids in sent.items():
        _SENT.run(db, {"channel": channel_id, "events": sorted(event_ids)})
    if any(r.handed_back for r in results):
        ring(db)
    if rest:
        other = update(_TABLE).where(_THIS, _TABLE.c.state == EventState.SENDING)
        db.execute(other.values(state=bindparam("to_state"), error=bindparam("to_error")), rest)
    lost = [r for r in results if r.state is EventState.LOST]  # few: one by one, to know which
    return sorted((r.channel_id, r.event_id) for r in lost if _lose(db, r))


def _lose(db: Connection, result: Settled) -> bool:
    held = and_(
        Event.channel_id == result.channel_id,
        Event.webhook_event_id == result.event_id,
        Event.state == EventState.SENDING,
    )
    changed = update(Event).where(held).values(state=EventState.LOST, error=result.error or None)
    return db.scalar(changed.returning(Event.webhook_event_id)) is not None


def tries_of(db: Connection, channel_id: str, event_id: str) -> int:
    """How often somebody tried to send the answer to this event."""
    tries = select(Event.tries).where(
        Event.channel_id == channel_id, Event.webhook_event_id == event_id
    )
    return db.scalar(tries) or 0


def put_answer(db: Connection, incoming: Incoming, answer: Answer) -> None:
    """Keep another answer with an event whose answer this process holds."""
    db.execute(update(Event).where(_is(incoming)).values(answer=to_keep(answer)))


def presume_sent(db: Connection, channel_id: str, event_id: str) -> None:
    """Note that an answer which is marked as lost went out, as its used token says."""
    db.execute(
        update(Event)
        .where(
            Event.channel_id == channel_id,
            Event.webhook_event_id == event_id,
            Event.state == EventState.LOST,
        )
        .values(state=EventState.SENT)
    )


def noted(db: Connection, channel_id: str, event_ids: Sequence[str]) -> set[str]:
    """Which of these events were noted before."""
    of_channel = select(_TABLE.c.webhook_event_id).where(_TABLE.c.channel_id == channel_id)
    those = of_channel.where(is_among(db.dialect.name, _TABLE.c.webhook_event_id, "events"))
    return set(db.scalars(those, {"events": list(event_ids)}))


def find_answer(db: Connection, channel_id: str, event_id: str) -> Answer | None:
    """What was answered to an event; None where nothing was, or it is not known."""
    plain = db.scalar(
        select(Event.answer).where(
            Event.channel_id == channel_id, Event.webhook_event_id == event_id
        )
    )
    return from_plain(plain) if plain else None


def _first_values(incoming: Incoming, received_at: datetime) -> dict[str, Any]:
    return {
        "channel_id": incoming.channel_id,
        "webhook_event_id": incoming.event_id,
        "kind": incoming.kind.value,
        "chat_id": incoming.chat_id,
        "user_id": incoming.user_id,
        "happened_at": incoming.at,
        "received_at": received_at,
        "reply_token": incoming.reply_token,
    }


def _is(incoming: Incoming) -> ColumnElement[bool]:
    return and_(
        Event.channel_id == incoming.channel_id, Event.webhook_event_id == incoming.event_id
    )


def _key_of(result: Settled) -> dict[str, str]:
    return {"channel": result.channel_id, "event": result.event_id}
