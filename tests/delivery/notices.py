"""Notices of dates to put into the outbox, and what became of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, select

from bot.messages import Answer, Card, Outcome
from bot.model.reminders import NoticeKind
from bot.store import outbox
from bot.store.outbox import Notice
from bot.store.tables import OutboxRow, OutboxState
from tests.store.events_of import NOON

WEEK = timedelta(days=7)


def notice(user_id: str, fact: str, **changes: Any) -> Notice:
    """A deadline's notice that is due at noon; equal facts say the same."""
    usual: dict[str, Any] = {
        "channel_id": "default",
        "user_id": user_id,
        "key": f"{fact}:{user_id}",
        "answer": Answer((Card(title="提醒", lead=f"{fact}快到了"),), outcome=Outcome.CHAT),
        "made_at": NOON,
        "not_before": NOON,
        "expires_at": NOON + WEEK,
        "kind": NoticeKind.DEADLINE,
        "fact": fact,
    }
    return Notice(**{**usual, **changes})


def put(engine: Engine, *notices: Notice) -> None:
    with engine.begin() as db:
        assert outbox.put_many(db, notices) == len(notices)


def states_by_key(engine: Engine) -> dict[str, OutboxState]:
    with engine.connect() as db:
        rows = db.execute(select(OutboxRow.key, OutboxRow.state))
        return {row.key: row.state for row in rows}


def said(messages: Sequence[dict[str, Any]]) -> list[str]:
    """What each message says to those who cannot see it."""
    return [message.get("altText") or message["text"] for message in messages]


def days(number: float) -> datetime:
    return NOON + timedelta(days=number)
