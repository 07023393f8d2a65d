"""Erased is erased: nothing of a person is found in any table, but for what is said to stay."""

import json
import zlib
from collections.abc import Iterator
from contextlib import suppress

import pytest
from sqlalchemy import Engine, inspect, text

from bot.messages import Kind
from bot.store import export
from bot.store.every_table import EVERY
from bot.store.traces import STAYS
from tests.handlers.whole_bot import button
from tests.mail.server import mail_server
from tests.pages.stage import JUNE, Stage
from tests.store.a_life import (
    GROUP_WORDS,
    ID_NUMBER,
    MAIL,
    ME,
    NAME,
    PHONE,
    REASON,
    WORDS,
    Life,
    a_life,
)
from tests.understand.plans import real_reader

MARKS = (ME, NAME, MAIL, WORDS, GROUP_WORDS, REASON)
UNTIL_LINE_KNOWS = {"menu_mark.user_id"}  # that this person sees everybody's menu again
OF_NOBODY = {"channel"}  # holds further official accounts


@pytest.fixture
def life(database_url: str) -> Iterator[Life]:
    with mail_server() as server:
        stage = Stage(database_url, real_reader(), JUNE, smtp_url=server.url)
        yield a_life(stage, server)
        stage.house.close()


def cells(engine: Engine) -> Iterator[tuple[str, str]]:
    """Every value of every column, as table.column and text; what is packed is unpacked."""
    with engine.connect() as db:
        for table in inspect(engine).get_table_names():
            for row in db.execute(text(f'SELECT * FROM "{table}"')).mappings():
                yield from ((f"{table}.{name}", read(value)) for name, value in row.items())


def read(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        try:
            value = json.loads(zlib.decompress(bytes(value)))
        except zlib.error:
            return repr(bytes(value))
    if isinstance(value, str) and value[:1] in "[{":
        with suppress(ValueError):  # a masked text begins so as well
            value = json.loads(value)  # SQLite may keep 中文 as it is, or escaped
    return str(value)


def found(engine: Engine, *marks: str) -> dict[str, set[str]]:
    """Where each mark is found."""
    everywhere = list(cells(engine))
    return {mark: {place for place, value in everywhere if mark in value} for mark in marks}


def empty_tables(engine: Engine) -> set[str]:
    with engine.connect() as db:
        return {
            name
            for name in EVERY.tables
            if not db.execute(text(f'SELECT count(*) FROM "{name}"')).scalar()
        }


def exported(life: Life) -> tuple[str, dict[str, list[dict[str, object]]]]:
    with life.stage.engine.connect() as db:
        written = export.written(db, "default", ME, life.stage.now)
    return written, json.loads(written)["tables"]


def assert_gone(engine: Engine) -> None:
    left = found(engine, *MARKS)
    places = set().union(*left.values())
    assert left[ME] <= UNTIL_LINE_KNOWS
    assert places <= set(STAYS), places - set(STAYS)
    assert left[WORDS] == left[GROUP_WORDS] == set()


def test_a_life_leaves_a_trace_in_every_table(life: Life) -> None:
    assert empty_tables(life.stage.engine) == OF_NOBODY


def test_the_file_of_a_person_holds_all_that_is_found_of_them(life: Life) -> None:
    where = found(life.stage.engine, ME, MAIL, WORDS)
    written, tables = exported(life)

    assert {place.split(".")[0] for place in where[ME] - UNTIL_LINE_KNOWS} <= set(tables)
    for mark in (ME, NAME, MAIL, WORDS, GROUP_WORDS):
        assert mark in written
    for secret in ("password_hash", "reply_token", "code_hash"):
        assert secret not in written


def test_numbers_of_a_person_are_nowhere_from_the_beginning(life: Life) -> None:
    assert found(life.stage.engine, PHONE, ID_NUMBER) == {PHONE: set(), ID_NUMBER: set()}


def test_erased_in_the_chat_nothing_is_found(life: Life) -> None:
    assert found(life.stage.engine, ME)[ME]
    asked = life.stage.ask("刪除我的資料", ME)
    life.stage.send(ME, kind=Kind.POSTBACK, data=button(asked, "確定刪除").data)

    assert_gone(life.stage.engine)


def test_erased_on_the_page_nothing_is_found(life: Life) -> None:
    life.owner.send("erase", sure="1")

    assert_gone(life.stage.engine)
    assert exported(life)[1] == {}


def test_what_stays_is_a_column_that_there_is_and_has_a_reason() -> None:
    columns = {f"{t.name}.{c.name}" for t in EVERY.tables.values() for c in t.columns}

    assert set(STAYS) <= columns
    assert all(STAYS.values())
