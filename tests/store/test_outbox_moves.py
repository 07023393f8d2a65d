"""Whatever happens in whatever order, a message moves only as the table of moves allows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select

from bot.messages import Answer, Text
from bot.model.reminders import NoticeKind
from bot.store import batches, outbox, quotas, riding, schema, waves
from bot.store.batches import Due, End, Ending
from bot.store.engine import open_engine
from bot.store.outbox import Notice
from bot.store.outbox_moves import MOVES
from bot.store.tables import OutboxRow, OutboxState
from tests.store.events_of import NOON

STEPS = ("claim", "settle", "settle", "void", "revive", "ride", "arrive", "miss", "doubt", "quota")
USERS, KEYS = ("U1", "U2", "U3"), ("k0", "k1", "k2", "k3", "k4", "k5")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One database for all examples: each is rolled back."""
    folder: Path = tmp_path_factory.mktemp("moves")
    engine = open_engine(f"sqlite:///{folder / 'bot.db'}")
    schema.migrate(engine)
    yield engine
    engine.dispose()


def queue(db: Connection) -> None:
    notices = [
        Notice(
            channel_id="default",
            user_id=USERS[number % len(USERS)],
            key=key,
            answer=Answer((Text("一"),)),
            made_at=NOON,
            not_before=NOON,
            expires_at=NOON + timedelta(hours=4 + 12 * number),
            kind=NoticeKind.DEADLINE,
            fact=f"f{number // len(USERS)}",
        )
        for number, key in enumerate(KEYS)
    ]
    outbox.put_many(db, notices)


@dataclass
class Walk:
    """Somebody who does all that may be done to an outbox, in any order."""

    db: Connection
    held: list[Due] = field(default_factory=list)

    def step(self, what: str, number: int, now: datetime) -> None:
        db, event_id = self.db, f"E{number}"
        user, key = USERS[number % len(USERS)], KEYS[number % len(KEYS)]
        deeds: dict[str, Callable[[], object]] = {
            "claim": lambda: self.claim(now),
            "settle": lambda: self.settle(number, now),
            "void": lambda: outbox.void(db, "default", [key], now),
            "revive": lambda: outbox.revive(db, "default", [key], now),
            "ride": lambda: riding.take(db, "default", user, event_id, now),
            "arrive": lambda: riding.arrive(db, [("default", event_id)], now),
            "miss": lambda: riding.miss(db, "default", event_id, now),
            "doubt": lambda: riding.doubt(db, "default", event_id, now),
            "quota": lambda: quotas.keep_reading(db, "default", (number % 4, 0), now, now),
        }
        deeds[what]()

    def claim(self, now: datetime) -> None:
        batches.close_stale(self.db, "default", now, now)
        self.held += waves.claim(self.db, "default", now, now)

    def settle(self, number: int, now: datetime) -> None:
        if self.held:
            due, end = self.held[number % len(self.held)], list(End)[number % len(End)]
            batches.settle(self.db, [Ending(due=due, end=end, again_at=now)], now)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 11), st.integers(0, 90))))
def test_a_message_moves_only_as_is_allowed(
    shared: Engine, steps: list[tuple[str, int, int]]
) -> None:
    now = NOON
    with shared.connect() as db, db.begin() as transaction:
        queue(db)
        walk = Walk(db)
        for what, number, minutes in steps:
            now += timedelta(minutes=minutes)
            walk.step(what, number, now)
        rows = db.execute(select(OutboxRow.state, OutboxRow.history)).all()
        transaction.rollback()

    assert len(rows) == len(KEYS)
    for state, history in rows:
        walked = [OutboxState(line.split(" ")[1]) for line in history.splitlines()]
        assert walked[0] is OutboxState.WAITING
        assert walked[-1] is state
        assert all(after in MOVES[before] for before, after in pairwise(walked))
        assert walked.count(OutboxState.SENT) <= 1


def test_what_went_out_never_moves_again() -> None:
    assert MOVES[OutboxState.SENT] == frozenset()
    assert set(MOVES) == set(OutboxState)
