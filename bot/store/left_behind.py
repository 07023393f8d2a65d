"""Answers that nobody sends: taken over while their reply token lives, given up after it."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, tuple_, update

from bot.messages import Incoming, from_plain
from bot.store.events import Owed, owed_for
from bot.store.tables import UNSETTLED, Event, EventState

# LINE takes a reply token for one minute after the webhook, "not guaranteed": ten seconds of care.
TOKEN_LIFE = timedelta(seconds=50)
# Longer than the slowest call to LINE may take: then whoever held the row is dead.
LEASE = timedelta(seconds=15)


def claim_again(db: Connection, incoming: Incoming, received_at: datetime) -> Owed | None:
    """The answer of an event that came before, if it never went out and nobody is sending it.

    The repeated call brings the same token, which works for another minute where it was not used.
    """
    if not incoming.reply_token:
        return None
    plain = db.scalar(
        update(Event)
        .where(
            Event.channel_id == incoming.channel_id,
            Event.webhook_event_id == incoming.event_id,
            Event.answer.is_not(None),
            or_(Event.state == EventState.LOST, _is_free(received_at)),
        )
        .values(
            state=EventState.SENDING,
            reply_token=incoming.reply_token,
            received_at=received_at,
            claimed_at=received_at,
            tries=Event.tries + 1,
        )
        .returning(Event.answer)
    )
    return owed_for(incoming, incoming.reply_token, from_plain(plain)) if plain else None


def claim_left_behind(db: Connection, now: datetime, limit: int = 100) -> list[Owed]:
    """Answers that no living process is sending and whose token still lives, oldest first."""
    free = (
        select(Event.channel_id, Event.webhook_event_id)
        .where(_is_free(now), Event.received_at > now - TOKEN_LIFE, Event.reply_token.is_not(None))
        .order_by(Event.received_at, Event.webhook_event_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    keys = [(row[0], row[1]) for row in db.execute(free)]
    if not keys:
        return []
    rows = db.execute(
        update(Event)
        .where(tuple_(Event.channel_id, Event.webhook_event_id).in_(keys))
        .values(state=EventState.SENDING, claimed_at=now, tries=Event.tries + 1)
        .returning(Event.channel_id, Event.webhook_event_id, Event.reply_token, Event.answer)
    ).all()
    found = {(row[0], row[1]): row for row in rows}
    return [_owed(found[key]) for key in keys]


def close_stale(db: Connection, now: datetime) -> list[tuple[str, str]]:
    """Mark as lost what nobody sent while its token lived; gives channel and event ids, sorted."""
    rows = db.execute(
        update(Event)
        .where(_is_free(now), Event.received_at <= now - TOKEN_LIFE)
        .values(
            state=EventState.LOST,
            reply_token=None,
            error=func.coalesce(Event.error, "reply token ran out"),
        )
        .returning(Event.channel_id, Event.webhook_event_id)
    )
    return sorted((row[0], row[1]) for row in rows)


def _is_free(now: datetime) -> ColumnElement[bool]:
    # The states are named as the partial index names them, so that it is used.
    return and_(
        Event.state.in_(UNSETTLED),
        or_(Event.state == EventState.WAITING, Event.claimed_at < now - LEASE),
    )


def _owed(row: Any) -> Owed:
    channel_id, event_id, token, plain = row
    return Owed(
        channel_id=channel_id, event_id=event_id, reply_token=token, answer=from_plain(plain)
    )
