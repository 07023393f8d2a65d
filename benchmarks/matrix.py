"""Prints how long the console takes to show what 300 schools of four plans have handed in.

    python -m benchmarks.matrix [--schools 3 300] [--database URL]

Each page is asked for through the whole web app, signed in, some times; the figure is the middle
one. `ratio` is to a page of the console that shows next to nothing (the list of accounts, of one).
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from benchmarks.matrix_sample import fill
from bot.console.blueprint import blueprint
from bot.console.door import COOKIE, PREFIX, Backstage
from bot.loading import load_reader
from bot.model.staff_roles import StaffRole
from bot.settings import CHANNEL_ID, Settings
from bot.sign_in.gate import Gate
from bot.store import accounts, console_sessions, schema
from bot.store.account_tables import WayIn
from bot.store.console_sessions import Opening
from bot.store.engine import open_engine
from bot.understand.reader import Reader

NOW = datetime.fromisoformat("2022-06-15T09:00+08:00")
EMPTY = "/accounts"
PAGES = {
    "an empty page": EMPTY,
    "all plans": "/submissions",
    "one plan, 50 schools a page": "/submissions/mobile-learning/107",
    "whom to remind": "/submissions/mobile-learning/107/reminding",
    "year's end": "/year-end?plan=cooc-teacher/111",
    "the Excel file": "/submissions/mobile-learning/107/file",
}
TIMES = 20


def client_of(engine: Engine, reader: Reader) -> FlaskClient:
    """A browser of an admin over this database."""
    backstage = Backstage(
        engine=engine,
        gate=Gate(engine=engine, channel_id=CHANNEL_ID, wants_factor=False),
        now=lambda: NOW,
        real_now=lambda: NOW,
        address="http://127.0.0.1",
        reader_of=lambda _channel_id: reader,
    )
    app = Flask("measured")
    app.register_blueprint(blueprint(backstage))
    with engine.begin() as db:
        account = accounts.add(db, CHANNEL_ID, "admin@example.tw", StaffRole.ADMIN, NOW)
        if account is None:
            raise LookupError("the database is not empty")
        opening = Opening(stage=WayIn.FULL, account=account, browser="Firefox")
        session = console_sessions.begin(db, CHANNEL_ID, opening, NOW)
    client = app.test_client()
    client.set_cookie(COOKIE, session, path=PREFIX, domain="127.0.0.1")
    return client


def ask(client: FlaskClient, path: str) -> float:
    """Seconds that a page takes."""
    begin = perf_counter()
    page = client.get(f"{PREFIX}{path}", base_url="http://127.0.0.1", buffered=True)
    took = perf_counter() - begin
    if page.status_code != 200:
        raise LookupError(f"{path}: {page.status_code}")
    return took


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(*args: object) -> None:
        sent.append(str(args[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def measure(url: str, reader: Reader, schools: int) -> None:
    """Fill a database with so many schools, and print a line a page."""
    engine = open_engine(url)
    schema.migrate(engine)
    pieces = fill(engine, CHANNEL_ID, reader, schools, NOW)
    client = client_of(engine, reader)
    empty = 0.0
    for name, path in PAGES.items():
        ask(client, path)  # the templates are compiled now
        with counted(engine) as sent:
            ask(client, path)
        took = median(ask(client, path) for _ in range(TIMES)) * 1000
        empty = empty or took
        print(
            f"| {schools} | {pieces:,} | {name} | {took:.0f} | {took / empty:.1f} | {len(sent)} |",
            flush=True,
        )
    engine.dispose()


def main() -> int:
    """Measures and prints; exit code 0."""
    parser = argparse.ArgumentParser(description="繳交總表要多久")
    parser.add_argument("--schools", type=int, nargs="+", default=[3, 300])
    parser.add_argument("--database", default="", help="an empty PostgreSQL database, for one size")
    wanted = parser.parse_args()
    reader = load_reader(Settings.from_env({}))
    print("| schools | pieces | page | median ms | ratio | queries |\n" + "|---" * 6 + "|")
    for schools in wanted.schools:
        with tempfile.TemporaryDirectory() as folder:
            url = wanted.database or f"sqlite:///{Path(folder) / 'matrix.db'}"
            measure(url, reader, schools)
    return 0


if __name__ == "__main__":
    sys.exit(main())
