"""A database of before batches is migrated while messages are under way: each arrives once."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import DateTime, Engine, MetaData, Table, insert, select

from bot.delivery.drain import Drain
from bot.line.pushes import Pusher
from bot.messages import Answer, Text, to_plain
from bot.model.reminders import NoticeKind
from bot.simulator.platform import Platform
from bot.store import revisions, schema
from bot.store.engine import open_engine
from bot.store.tables import OutboxRow, OutboxState
from tests.delivery.pushes import calls_of, run, somebody
from tests.store.events_of import NOON

MINUTE = timedelta(minutes=1)
STATES = ("waiting", "sending", "sent", "uncertain", "dead", "void")


@pytest.fixture
def old(database_url: str) -> Iterator[Engine]:
    """A database as it was before messages were sent in batches."""
    engine = open_engine(database_url)
    with engine.begin() as db:
        config = revisions.configured()
        config.attributes["connection"] = db
        revisions.command.upgrade(config, "0007")
    yield engine
    engine.dispose()


def row(user_id: str, state: str, key: str, tried: timedelta | None = None) -> dict[str, Any]:
    """A message as it was kept then.

    Args:
        tried: how long before noon it was tried; None: never.
    """
    at = NOON - tried if tried else None
    return {
        "id": uuid4().hex,
        "channel_id": "default",
        "user_id": user_id,
        "key": key,
        "answer": to_plain(Answer((Text(f"{state}：{key}"),))),
        "state": state,
        "retry_key": str(uuid4()),
        "made_at": NOON - timedelta(days=1),
        "not_before": NOON - MINUTE,
        "expires_at": NOON + timedelta(days=7),
        "first_sent_at": at,
        "claimed_at": at,
        "tries": 1 if tried else 0,
    }


def keep(engine: Engine, rows: list[dict[str, Any]]) -> None:
    with engine.begin() as db:
        table = Table("outbox", MetaData(), autoload_with=db)
        naive = db.dialect.name == "sqlite"  # as our own columns keep instants there: in UTC
        for values in rows:
            kept = {n: _kept(v, naive) for n, v in values.items()}
            assert isinstance(table.c.made_at.type, DateTime)
            db.execute(insert(table), kept)


def _kept(value: Any, naive: bool) -> Any:
    return value.replace(tzinfo=None) if naive and isinstance(value, datetime) else value


def test_what_was_under_way_goes_out_once_and_with_the_key_it_was_tried_with(
    old: Engine, platform: Platform, pusher: Pusher
) -> None:
    users = [somebody(platform, name) for name in ("甲", "乙", "丙")]
    fresh = row(users[0], "waiting", "remind:a")
    tried = row(users[1], "waiting", "remind:b", 5 * MINUTE)
    died = row(users[2], "sending", "referral:c", 5 * MINUTE)
    keep(old, [fresh, tried, died])

    schema.migrate(old)
    drain = Drain(engine=old, sender=pusher, channel_id="default", elapsed=lambda: 0.0)
    assert run(drain) == 3

    assert [len(platform.inbox(user)) for user in users] == [1, 1, 1]
    keys = {c.body["to"]: c.request.headers["x-line-retry-key"] for c in calls_of(platform)}
    assert [keys[users[1]], keys[users[2]]] == [tried["retry_key"], died["retry_key"]]
    assert set(states(old).values()) == {OutboxState.SENT}


def test_what_line_had_taken_before_the_migration_is_not_told_again(
    old: Engine, platform: Platform, pusher: Pusher
) -> None:
    user = somebody(platform, "甲")
    died = row(user, "sending", "remind:a", 5 * MINUTE)
    pusher.push(user, Answer((Text("sending：remind:a"),)), died["retry_key"])
    keep(old, [died])

    schema.migrate(old)
    run(Drain(engine=old, sender=pusher, channel_id="default", elapsed=lambda: 0.0))

    assert len(platform.inbox(user)) == 1
    assert set(states(old).values()) == {OutboxState.SENT}


def test_what_was_settled_stays_so_and_each_row_has_its_kind(old: Engine) -> None:
    rows = [row("U1", state, f"remind:{state}", MINUTE) for state in STATES[2:]]
    keep(old, [*rows, row("U1", "waiting", "referral:x")])

    schema.migrate(old)

    assert states(old) == {
        **{f"remind:{state}": OutboxState(state) for state in STATES[2:]},
        "referral:x": OutboxState.WAITING,
    }
    with old.connect() as db:
        kinds = {r.key: (r.kind, r.at_once, r.batch_id) for r in db.execute(select(OutboxRow))}
    assert kinds["referral:x"] == (NoticeKind.ANSWER, True, None)
    assert kinds["remind:sent"] == (NoticeKind.DEADLINE, False, None)


def test_what_a_living_process_was_sending_is_left_to_it_until_its_lease_ends(
    old: Engine, platform: Platform, pusher: Pusher
) -> None:
    user = somebody(platform, "甲")
    keep(old, [row(user, "sending", "remind:a", timedelta(seconds=10))])
    schema.migrate(old)
    drain = Drain(engine=old, sender=pusher, channel_id="default", elapsed=lambda: 0.0)

    assert run(drain) == 0
    assert run(drain, NOON + MINUTE) == 1


def states(engine: Engine) -> dict[str, OutboxState]:
    with engine.connect() as db:
        return {r.key: r.state for r in db.execute(select(OutboxRow.key, OutboxRow.state))}
