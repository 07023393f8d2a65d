"""A broadcast of made-up staff to made-up people: handed in, run, reported."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine

from bot import broadcast_work
from bot.broadcast_work import Shift
from bot.broadcasts.recipients import Sources
from bot.broadcasts.running import Broadcaster
from bot.model.broadcast_counts import BroadcastReport
from bot.model.broadcasts import Broadcast, Clerk, Draft, TextPiece
from bot.store import broadcast_report, broadcasts, people
from tests.handlers_of_tests import EMPTY
from tests.store.events_of import NOON

AUTHOR, OTHER = (
    Clerk(channel_id="default", id=f"U-{name}", name=name) for name in ("author", "other")
)
SOURCES = Sources(lambda key: None)
HELLO = Draft(pieces=(TextPiece("6月20日系統停機一天。"),))


def desk(db: Connection, clerk: Clerk = AUTHOR, at: datetime = NOON, **more: Any) -> Shift:
    """Where a deed is done, with nothing noted unless a test wants it."""
    usual: dict[str, Any] = {
        "reader": EMPTY,
        "sources": SOURCES,
        "note": broadcast_work.note_nothing,
    }
    return Shift(db=db, clerk=clerk, now=at, **{**usual, **more})


def known(engine: Engine, *user_ids: str) -> None:
    """These people were seen in the channel."""
    with engine.begin() as db:
        for user_id in user_ids:
            people.see(db, "default", user_id, NOON)


def handed_in(engine: Engine, draft: Draft = HELLO) -> Broadcast:
    """A broadcast of the author's that needs nobody else."""
    with engine.begin() as db:
        made = broadcast_work.compose(desk(db), draft)
        return broadcast_work.hand_in(desk(db), made.id, made.revision)


def run(engine: Engine, at: datetime = NOON) -> int:
    """What the worker does about broadcasts at this instant; gives how many were queued."""
    return Broadcaster(engine, "default", SOURCES).run(at)


def found(engine: Engine, broadcast_id: str) -> Broadcast:
    with engine.connect() as db:
        broadcast = broadcasts.find(db, "default", broadcast_id)
        assert broadcast
        return broadcast


def reported(engine: Engine, broadcast_id: str) -> BroadcastReport:
    with engine.connect() as db:
        broadcast = broadcasts.find(db, "default", broadcast_id)
        assert broadcast
        return broadcast_report.report(db, broadcast)
