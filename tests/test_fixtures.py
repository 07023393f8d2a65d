"""The databases and the browser that other tests stand on are what they say."""

from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Page
from sqlalchemy import create_engine, inspect, text

from scripts.browser import has_chinese_font
from tests.cluster import running_postgres, runs

MADE_BEFORE: set[str] = set()


def test_a_database_takes_chinese_and_gives_it_back(database_url: str) -> None:
    engine = create_engine(database_url)

    with engine.begin() as db:
        db.execute(text("CREATE TABLE word (said VARCHAR(20))"))
        db.execute(text("INSERT INTO word VALUES ('師鐘')"))

    with engine.connect() as db:
        assert db.scalar(text("SELECT said FROM word")) == "師鐘"
    engine.dispose()


@pytest.mark.parametrize("turn", ["first", "second"])
def test_every_test_finds_its_database_empty(database_url: str, turn: str) -> None:
    engine = create_engine(database_url)

    tables = inspect(engine).get_table_names()

    assert tables == []
    assert database_url not in MADE_BEFORE
    MADE_BEFORE.add(database_url)
    with engine.begin() as db:
        db.execute(text(f"CREATE TABLE left_by_{turn} (id INTEGER)"))
    engine.dispose()


def test_a_connection_left_open_does_not_keep_the_database(postgres_url: str) -> None:
    engine = create_engine(postgres_url)

    left_open = engine.connect()

    assert left_open.scalar(text("SELECT current_setting('server_encoding')")) == "UTF8"


def test_postgres_is_gone_when_its_session_ends() -> None:
    with running_postgres() as folder:
        server = psutil.Process(int((Path(folder) / "postmaster.pid").read_text().split()[0]))
        ran = runs(server)

    assert ran
    assert not runs(server)
    assert not Path(folder).parent.exists()


def test_a_phone_is_390_wide_and_knows_chinese(phone_page: Page) -> None:
    phone_page.set_content(
        "<meta name=viewport content='width=device-width'><p id=said style='width:fit-content'>"
        "師鐘</p>"
    )

    assert phone_page.evaluate("[innerWidth, devicePixelRatio]") == [390, 2]
    assert phone_page.inner_text("#said") == "師鐘"
    assert phone_page.evaluate("new Date(0).getHours()") == 8
    assert has_chinese_font()


def test_a_desk_is_wider_than_a_phone(desktop_page: Page) -> None:
    assert desktop_page.evaluate("innerWidth") == 1280
