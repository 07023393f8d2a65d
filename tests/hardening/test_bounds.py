"""How much one event may cost: counted in steps of the program, not by a clock."""

import sys
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, text

from bot.dispatch import Office
from bot.handlers.table import handle
from bot.line.inbound import LONGEST_DATA, LONGEST_TEXT, read_webhook
from bot.line.mention import MOST
from bot.messages import Incoming, Kind
from bot.store import schema
from bot.store.engine import LOCK_WAIT_S, STATEMENT_S, open_engine
from tests.line.bodies import CHANNEL, NOW, body, event, signed
from tests.line.bodies import text as text_message
from tests.migrated import migrated
from tests.store.events_of import incoming
from tests.understand.plans import real_reader

# The longest message costs some 30,000 steps, a short question 15,000.
MOST_STEPS = 250_000
HARD = (
    "我們學校的", "國小", "7/8", "第一二三四五六七八九十百千萬", "酷課師", "什麼時候報名？",
    "還有另外順便", "A123456789 ", "0912-345-678", "「", "(", "，", "1", "👩‍👩‍👧‍👦", "a@b.tw ",
    "參加過研習而且沒有上過任何同步課程但是", "@師鐘 ",
)  # fmt: skip


def read(**own: Any) -> Incoming:
    raw = body(event(**own))
    [found] = read_webhook(raw, signed(raw)["x-line-signature"], CHANNEL, NOW)
    return found


def steps(work: Callable[[], object]) -> int:
    """How many functions are called while this is done."""
    count = 0

    def note(frame: object, what: str, arg: object) -> None:
        nonlocal count
        count += what in ("call", "c_call")

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('bounds') / 'bot.db'}")
    return Office(migrated(engine), handle, real_reader())


@pytest.mark.parametrize("piece", HARD)
def test_the_longest_message_takes_no_more_steps_than_are_allowed(
    office: Office, piece: str
) -> None:
    said = (piece * LONGEST_TEXT)[:LONGEST_TEXT]
    sent = incoming(f"E{HARD.index(piece)}", user_id="U9", chat_id=f"U{piece}"[:9], text=said)

    taken = steps(lambda: office.respond(sent, sent.at))

    assert taken < MOST_STEPS


def test_of_a_text_longer_than_apps_send_the_beginning_is_read() -> None:
    assert len(read(message=text_message("報" * 1_000_000)).text) == LONGEST_TEXT


def test_a_buttons_data_that_is_too_long_is_none() -> None:
    kept, dropped = (
        read(type="postback", postback={"data": "x" * count})
        for count in (LONGEST_DATA, LONGEST_DATA + 1)
    )

    assert (kept.kind, dropped.kind) == (Kind.POSTBACK, Kind.OTHER)


def test_of_very_many_mentions_the_first_few_are_looked_at() -> None:
    called = {"index": 0, "length": 1, "isSelf": True}
    mention = {"mentionees": [called] * 5_000}

    found = read(message=text_message("師" * 5_000, mention=mention))

    assert len(found.text) == 5_000 - MOST


def test_postgresql_gives_up_on_a_statement_and_on_a_lock(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    with engine.connect() as db:
        shown = [db.scalar(text(f"SHOW {name}")) for name in ("statement_timeout", "lock_timeout")]
    engine.dispose()

    assert shown == [f"{STATEMENT_S // 60}min", f"{LOCK_WAIT_S}s"]


def test_bringing_the_tables_up_to_date_waits_as_long_as_it_takes(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    with engine.connect() as db:
        db.execute(text("SET statement_timeout = 1; SET lock_timeout = 1"))
        db.commit()
    schema.migrate(engine)  # by the same connection, out of the pool
    engine.dispose()

    assert schema.fault(engine) == ""
    engine.dispose()


def test_a_row_that_somebody_holds_for_too_long_is_given_up(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        with engine.connect() as db:
            assert db.scalar(text("PRAGMA busy_timeout")) == LOCK_WAIT_S * 1000
        return
    with engine.connect() as db:
        assert db.scalar(
            text("SELECT setting::int FROM pg_settings WHERE name='lock_timeout'")
        ) == (LOCK_WAIT_S * 1000)
