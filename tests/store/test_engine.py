"""Connections to PostgreSQL: what the server prepared is used on, what it planned not for ever."""

import time

import pytest
from sqlalchemy import Engine, text

from bot.messages import Answer, Outcome, Text, Why
from bot.store import answered, people
from bot.store import engine as engines
from bot.store.answered import Findings
from bot.store.engine import open_engine
from bot.store.questions import Asked
from tests.migrated import migrated
from tests.store.events_of import NOON, incoming

OF_A_CHANNEL = "ix_event_channel_id_received_at"  # reads all events of a channel to find one
FEW, MANY, MORE = 12, 3_000, 30


def ask(engine: Engine, first: int, number: int) -> None:
    told = [incoming(f"E{n}") for n in range(first, first + number)]
    why = Why(because="best")
    with engine.begin() as db:
        said = [(one, Answer((Text("是"),))) for one in told]
        asked = [Asked(incoming=one, text="幾", outcome=Outcome.ANSWERED, why=why) for one in told]
        received_at = {one.event_id: NOON for one in told}
        answered.put(db, Findings(owed=said, received_at=received_at, asked=asked))


def read_by(engine: Engine, index: str) -> int:
    with engine.begin() as db:
        db.execute(text("SELECT pg_stat_force_next_flush()"))
    read = text("SELECT idx_tup_read FROM pg_stat_user_indexes WHERE indexrelname = :index")
    with engine.connect() as db:
        return db.execute(read, {"index": index}).scalar_one()


def test_what_was_planned_while_nothing_was_kept_is_planned_anew(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "FIRST_PLANS_S", 0.1)
    engine = open_engine(postgres_url)
    migrated(engine)
    for n in range(FEW):
        ask(engine, n, 1)
    ask(engine, FEW, MANY)
    time.sleep(0.2)

    before = read_by(engine, OF_A_CHANNEL)
    for n in range(MORE):
        ask(engine, FEW + MANY + n, 1)
    read = read_by(engine, OF_A_CHANNEL) - before
    engine.dispose()

    assert read < MORE * 10


def test_what_only_reads_leaves_alone_what_was_prepared(postgres_url: str) -> None:
    engine = migrated(open_engine(postgres_url))
    for n in range(engines.PREPARED_AFTER + 1):
        ask(engine, n, 1)
        with engine.connect().execution_options(only_reads=True) as db:
            assert people.role_of(db, "default", "U1") == ""

    with engine.connect() as db:
        prepared = db.scalars(text("SELECT statement FROM pg_prepared_statements")).all()
    engine.dispose()

    assert [said for said in prepared if "INSERT INTO question" in said]
