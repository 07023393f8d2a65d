"""Migrations while the bot serves: nobody waits long, and what runs goes on over the new tables."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.errors import SettingsError
from bot.simulator.server import LineServer
from bot.store import revisions, schema
from bot.store.engine import open_engine
from bot.store.tables import EventState
from tests.machines.stage import line_of
from tests.migrated import migrated
from tests.web.running import Running, running, settings_for

# What a later program brings: for this one, which runs on, the revision after its own.
LATER = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9998", "{before}", None, None


def upgrade():
    op.add_column("event", sa.Column("later", sa.String(8)))
    op.create_table("later", sa.Column("id", sa.String(8), primary_key=True))
"""
LINE_WAITS_MS = 2_000
PATIENCE_S = 60.0
MANY = [f"U{number}" for number in range(1, 100)]  # none of whom writes too fast


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[Engine]:
    engine = open_engine(postgres_url)
    yield migrated(engine)
    engine.dispose()


@pytest.fixture
def bot(postgres: Engine) -> Iterator[Running]:
    line = line_of(*MANY)
    with LineServer(line) as url:
        settings = settings_for(line, url, postgres.url.render_as_string(hide_password=False))
        with running(settings, line) as bot:
            yield bot


def upgrade(engine: Engine, folder: Path) -> None:
    """As a later program's `bot migrate` does."""
    (folder / "later.py").write_text(LATER.format(before=schema.newest()))
    config = revisions.configured()
    ours = Path(schema.__file__).parent / "migrations" / "versions"
    config.set_main_option("version_locations", f"{ours}{os.pathsep}{folder}")
    schema.upgrade(engine, config)


class Askers(threading.Thread):
    """Write to the bot again and again, each once the one before was answered."""

    def __init__(self, bot: Running) -> None:
        super().__init__()
        self.bot, self.enough = bot, threading.Event()
        self.statuses: list[int] = []

    def run(self) -> None:
        while not self.enough.is_set():
            number = len(self.statuses)
            asked = self.bot.event(f"E{number}", MANY[number % len(MANY)])
            self.statuses.append(self.bot.post(asked))

    def wait_for(self, more: int) -> None:
        enough = len(self.statuses) + more
        while len(self.statuses) < enough and self.is_alive():
            self.join(0.01)


def wait_for_tries(logged: pytest.LogCaptureFixture, number: int) -> None:
    """Until the migration has let go so often."""
    until = time.monotonic() + PATIENCE_S
    while sum("tries again" in line for line in logged.messages) < number:
        assert time.monotonic() < until, "the migration held on to the table"
        time.sleep(0.01)


def test_webhooks_are_answered_while_a_table_that_somebody_reads_is_changed(
    bot: Running, postgres: Engine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    asking = Askers(bot)
    migrating = threading.Thread(target=upgrade, args=(postgres, tmp_path))
    with postgres.connect() as reading, caplog.at_level("INFO", "bot.store.schema"):
        reading.execute(text("SELECT count(*) FROM event"))  # a long report; holds its lock
        asking.start()
        migrating.start()
        answered = []
        for tried in (1, 2):
            wait_for_tries(caplog, tried)
            answered.append(len(asking.statuses))
        waits = migrating.is_alive()
    migrating.join(PATIENCE_S)
    asking.wait_for(5)
    asking.enough.set()
    asking.join()

    with postgres.connect() as db:
        found = schema.current(db)
    assert waits
    assert answered[1] > answered[0]
    assert found == "9998"
    assert set(asking.statuses) == {200}
    assert set(bot.settled().values()) == {EventState.SENT}


def test_a_change_waits_for_a_table_shorter_than_line_waits_for_an_answer() -> None:
    assert schema.LOCK_WAIT_MS < LINE_WAITS_MS


def test_a_program_over_a_newer_database_starts_and_is_no_danger_to_it(
    postgres: Engine, tmp_path: Path
) -> None:
    upgrade(postgres, tmp_path)

    schema.migrate(postgres)

    with postgres.connect() as db:
        assert schema.current(db) == "9998"
    assert schema.fault(postgres) == ""


def test_a_table_that_is_never_free_is_said_so_and_nothing_is_changed(
    postgres: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "TRIES", 1)
    with postgres.connect() as reading:
        reading.execute(text("SELECT count(*) FROM event"))
        with pytest.raises(SettingsError, match="什麼都沒有改"):
            upgrade(postgres, tmp_path)
        found = schema.current(reading)

    assert found == schema.newest()
