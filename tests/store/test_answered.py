"""An answer is kept on PostgreSQL by one statement, which is a transaction by itself."""

from typing import Any

from psycopg._queries import MAX_CACHED_STATEMENT_LENGTH, MAX_CACHED_STATEMENT_PARAMS
from sqlalchemy import Engine, event

from bot.messages import Answer, Outcome, Text, Why
from bot.model.talk import Talk
from bot.store import answered
from bot.store.answered import Findings
from bot.store.engine import open_engine
from bot.store.questions import Asked
from tests.migrated import migrated
from tests.store.events_of import NOON, incoming


def kept(engine: Engine) -> list[tuple[str, Any]]:
    """One answered question is kept; the statements that it took, with their values."""
    one = incoming("E1")
    found = Findings(
        owed=[(one, Answer((Text("是"),)))],
        received_at={one.event_id: NOON},
        chats=[(one.user_id or "", Talk(at=NOON, plan="計畫"), NOON)],
        asked=[Asked(incoming=one, text="幾", outcome=Outcome.ANSWERED, why=Why(because="best"))],
    )
    ran: list[tuple[str, Any]] = []
    event.listen(engine, "before_cursor_execute", lambda *told: ran.append((told[2], told[3])))
    with engine.connect().execution_options(each_by_itself=True) as db:
        assert answered.put_unless_changed(db, found, {}) == {"E1"}
    return ran


def test_the_driver_reads_the_statement_once_and_not_for_each_answer(postgres_url: str) -> None:
    engine = migrated(open_engine(postgres_url))
    [(sql, values)] = kept(engine)
    engine.dispose()

    assert len(sql.encode()) <= MAX_CACHED_STATEMENT_LENGTH
    assert len(values) <= MAX_CACHED_STATEMENT_PARAMS
