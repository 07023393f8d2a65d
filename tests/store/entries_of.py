"""Answers that staff kept, as a test wants them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine

from bot.store import staff_entries
from bot.store.staff_entries import Kept, NewEntry
from tests.store.events_of import NOON


def new_entry(**changes: Any) -> NewEntry:
    usual = {
        "channel_id": "default",
        "plan": "reading",
        "title": "停車",
        "says": ("可以停車嗎", "停車要錢嗎"),
        "text": "可以，免費。",
        "source": "局內會議",
        "author": "U9",
        "expires_on": date(2022, 12, 31),
    }
    return NewEntry(**{**usual, **changes})


def put(engine: Engine, now: datetime = NOON, **changes: Any) -> Kept:
    with engine.begin() as db:
        return staff_entries.put(db, new_entry(**changes), now)
