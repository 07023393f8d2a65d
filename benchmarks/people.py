"""How much longer an answer takes with a million people in the database than with a thousand.

    python -m benchmarks.people [--people 1000 1000000] [--events 600] [--on PostgreSQL]

Every person has a row, a talk, two questions asked and two events kept; every fifth follows a
track. Two databases, on SQLite and on a PostgreSQL with durable commits; the questions of the plan
files' examples, by people picked at random, put to both databases in turn, so that a busy machine
slows both alike. One at a time (`alone`), and many at once (`together`).
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, Table, insert, text

from benchmarks.load.given import durable_postgres, questions
from bot import clock
from bot.dispatch import Office
from bot.handlers.table import handle
from bot.links import Links
from bot.loading import load_reader
from bot.messages import Incoming, Kind, Outcome
from bot.model.talk import Talk
from bot.rounds import Rounds
from bot.settings import CHANNEL_ID, Settings
from bot.store import schema
from bot.store.engine import open_engine
from bot.store.tables import Event, EventState, Person, Question, TalkRow
from bot.store.track_tables import EnrolmentRow
from bot.understand.reader import Reader

BATCH = 5_000
SINCE = datetime(2026, 11, 20, tzinfo=UTC)
ROUND = 100  # events that are measured in one go
WARM = 300
AT_ONCE = 24


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.people")
    parser.add_argument("--people", nargs=2, type=int, default=[1_000, 1_000_000])
    parser.add_argument("--events", type=int, default=600)
    parser.add_argument("--on", nargs="+", choices=sorted(DATABASES), default=list(DATABASES))
    asked = parser.parse_args()
    reader, texts = load_reader(Settings.from_env({})), questions()
    few, many = asked.people
    print(f"| | {few:,} people, ms | {many:,} people, ms | ratio |\n|---|---|---|---|")
    for name in asked.on:
        opened = DATABASES[name]
        with opened() as one, opened() as other:
            towns = [Town(one, few, reader, texts), Town(other, many, reader, texts)]
            for way in ("alone", "together"):
                took: list[list[float]] = [[], []]
                for _ in range(asked.events // ROUND):
                    for place, town in enumerate(towns):
                        took[place].append(getattr(town, way)())
                ms = [1000 * median(found) for found in took]
                ratio = median(b / a for a, b in zip(*took, strict=True))
                print(
                    f"| {name}, {way} | {ms[0]:.2f} | {ms[1]:.2f} | **{ratio:.2f}** |", flush=True
                )
    return 0


@contextmanager
def _sqlite() -> Iterator[Engine]:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder)}/people.db")
        schema.migrate(engine)
        yield engine
        engine.dispose()


@contextmanager
def _postgres() -> Iterator[Engine]:
    with durable_postgres() as url:
        engine = open_engine(url)
        yield engine
        engine.dispose()


DATABASES = {"SQLite": _sqlite, "PostgreSQL": _postgres}


class Town:
    """A database full of people, and a bot that answers them."""

    def __init__(self, engine: Engine, people: int, reader: Reader, texts: Sequence[str]) -> None:
        self._people, self._texts = people, texts
        self._rounds = Rounds(Office(engine, handle, reader, Links("https://bot.test", "k" * 32)))
        self._chance, self._number = Random(1), 0
        _fill(engine, people)
        for _ in range(WARM // ROUND):
            self.together()

    def alone(self) -> float:
        """Seconds an event takes, one after the other."""
        events = self._events()
        begin = perf_counter()
        for event in events:
            self._rounds.respond(event, event.at)
        return (perf_counter() - begin) / len(events)

    def together(self) -> float:
        """Seconds an event takes, many at once."""
        events = self._events()
        begin = perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as threads:
            list(threads.map(lambda event: self._rounds.respond(event, event.at), events))
        return (perf_counter() - begin) / len(events)

    def _events(self) -> list[Incoming]:
        found = []
        for _ in range(ROUND):
            self._number += 1
            user = _user(self._chance.randrange(self._people))
            found.append(
                Incoming(
                    event_id=f"01NEW{self._number:021d}",
                    kind=Kind.TEXT,
                    at=clock.now(),
                    channel_id=CHANNEL_ID,
                    chat_id=user,
                    user_id=user,
                    text=self._texts[self._number % len(self._texts)],
                    message_id=str(self._number),
                    reply_token=f"{self._number:032x}",
                )
            )
        return found


def _user(number: int) -> str:
    return f"U{number:032x}"


def _fill(engine: Engine, people: int) -> None:
    tables: Sequence[tuple[Any, Any]] = (
        (Person, _person), (TalkRow, _talk), (Event, _events_of), (Question, _questions_of),
        (EnrolmentRow, _enrolment),
    )  # fmt: skip
    for start in range(0, people, BATCH):
        numbers = range(start, min(start + BATCH, people))
        with engine.begin() as db:
            for table, rows_of in tables:
                into: Table = table.__table__
                db.execute(insert(into), [row for n in numbers for row in rows_of(n)])
    with engine.connect() as db:
        db.execute(text("ANALYZE"))
        db.commit()


def _person(number: int) -> list[dict[str, Any]]:
    own = {"channel_id": CHANNEL_ID, "user_id": _user(number)}
    return [{**own, "first_seen_at": SINCE, "last_seen_at": SINCE}]


def _talk(number: int) -> list[dict[str, Any]]:
    own = {"channel_id": CHANNEL_ID, "chat_id": _user(number)}
    return [{**own, "plain": Talk().to_plain(), "changed_at": SINCE}]


def _events_of(number: int) -> list[dict[str, Any]]:
    own = {"channel_id": CHANNEL_ID, "chat_id": _user(number), "user_id": _user(number)}
    kept = {"kind": "text", "state": EventState.SENT, "tries": 1, "answer": {"parts": ["x" * 900]}}
    at = SINCE + timedelta(milliseconds=number)
    return [
        {**own, **kept, "webhook_event_id": _event(number, n), "happened_at": at, "received_at": at}
        for n in range(2)
    ]


def _questions_of(number: int) -> list[dict[str, Any]]:
    own = {"channel_id": CHANNEL_ID, "chat_id": _user(number), "user_id": _user(number)}
    kept = {
        "message_id": str(number), "asked_at": SINCE, "text": "什麼時候報名",
        "outcome": Outcome.ANSWERED.value, "plan": "p", "edition": "1", "entry": "e",
        "score": 0.9, "why": {"plan": "p"},
    }  # fmt: skip
    return [{**own, **kept, "webhook_event_id": _event(number, n)} for n in range(2)]


def _enrolment(number: int) -> list[dict[str, Any]]:
    if number % 5:
        return []
    own = {"channel_id": CHANNEL_ID, "user_id": _user(number), "id": f"{number:032x}"}
    kept = {"plan": "p", "edition": "1", "track": "t", "joined_at": SINCE}
    return [{**own, **kept, "facets": {}, "seen": {}}]


def _event(number: int, which: int) -> str:
    return f"01OLD{which}{number:020d}"


if __name__ == "__main__":
    sys.exit(main())
