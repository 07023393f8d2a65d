"""Prints how long it takes to plan reminders for many people, and what one more person costs.

    python -m benchmarks.planning [--people 1000 10000 100000] [--database URL]

Everybody follows the same track and has chosen a session. `refreshed` is the time in which the
instants of all of them are worked out anew, as after a change of the plan files; `planned` the time
in which those who fall due at one instant are queued in the outbox. Sending is in
`benchmarks.delivery`.
"""

import argparse
import resource
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from sqlalchemy import Engine, func, insert, select

from bot.settings import Settings
from bot.store import schema
from bot.store.engine import open_engine
from bot.store.tables import OutboxRow, Person
from bot.store.track_tables import EnrolmentRow, SessionPick
from bot.understand.reader import Reader
from bot.wiring import build_planner, load_reader

SIZES = (1_000, 10_000, 100_000)
PLAN, EDITION, TRACK = "cooc-teacher", "111", "certificate-track"
JOINED = datetime.fromisoformat("2022-06-20T09:00+08:00")
DUE = datetime.fromisoformat("2022-07-06T08:00+08:00")  # two days before the chosen session
ROWS = 1_000


def fill(engine: Engine, people: int) -> None:
    """So many teachers on one track, each with the second round of one course chosen."""
    with engine.begin() as db:
        for begin in range(0, people, ROWS):
            users = [f"U{n}" for n in range(begin, min(people, begin + ROWS))]
            ids = {user: uuid4().hex for user in users}
            whose = {"channel_id": "default"}
            seen = {"first_seen_at": JOINED, "last_seen_at": JOINED}
            db.execute(insert(Person), [{**whose, **seen, "user_id": u} for u in users])
            joined = {"plan": PLAN, "edition": EDITION, "track": TRACK, "joined_at": JOINED}
            db.execute(
                insert(EnrolmentRow),
                [
                    {**whose, **joined, "user_id": u, "id": i, "facets": {}, "seen": {}}
                    for u, i in ids.items()
                ],
            )
            chosen = {"requirement": "item-sync", "part": "ono2", "picked_at": JOINED}
            db.execute(
                insert(SessionPick),
                [
                    {**whose, **chosen, "enrolment_id": i, "session": "course=ono2;round=2"}
                    for i in ids.values()
                ],
            )


def measure(url: str, reader: Reader, people: int) -> str:
    """One line of the table: seconds, milliseconds a person, notices, memory."""
    engine = open_engine(url)
    schema.migrate(engine)
    fill(engine, people)
    planner = build_planner(engine, reader)
    begin = perf_counter()
    planner.plan(JOINED + timedelta(minutes=1))
    refreshed = perf_counter() - begin
    begin = perf_counter()
    planner.plan(DUE)
    planned = perf_counter() - begin
    with engine.connect() as db:
        notices = db.scalar(select(func.count()).select_from(OutboxRow)) or 0
    engine.dispose()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    memory = most / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return (
        f"{people:>8,} people  refreshed {refreshed:7.1f} s"
        f" ({refreshed / people * 1000:.2f} ms each)"
        f"  planned {notices:>8,} notices in {planned:6.1f} s"
        f" ({planned / max(notices, 1) * 1000:.2f} ms each)  {memory:.0f} MB"
    )


def main() -> int:
    """Measures each size on a database of its own and prints; exit code 0."""
    parser = argparse.ArgumentParser(description="提醒的排程要多久")
    parser.add_argument("--people", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--database", default="", help="an empty PostgreSQL database, for one size")
    wanted = parser.parse_args()
    reader = load_reader(Settings.from_env({}))
    for people in wanted.people:
        with tempfile.TemporaryDirectory() as folder:
            url = wanted.database or f"sqlite:///{Path(folder) / 'planning.db'}"
            sys.stdout.write(measure(url, reader, people) + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
