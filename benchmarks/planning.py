"""Prints how long it takes to plan and to send reminders, and what one more person costs.

    python -m benchmarks.planning [--people 1000 10000 100000] [--database URL]

Everybody follows the same track and has chosen a session. `worked out` is the time in which the
instants of all of them are worked out, `again` the same once more after the plan files changed,
`planned` the time in which those who fall due at one instant are queued in the outbox, `sent` the
time in which they go out: half of the people are told the same, each of the others something of
their own. LINE's part is played by a process beside this one. The first four are seconds of the
processor, the database's (SQLite) among them, which a busy machine does not lengthen as it does the
clock's. The last line holds the cost of one person, of the largest number against the smallest.
"""

import argparse
import multiprocessing
import resource
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from time import perf_counter, process_time
from uuid import uuid4

from sqlalchemy import Engine, func, insert, select, update

from benchmarks.delivery import play_line
from bot.delivery import drain as drains
from bot.delivery.drain import Drain
from bot.line.outbound import LineClient
from bot.line.pushes import Pusher
from bot.loading import load_reader
from bot.reminders.planning import Planner, Plans
from bot.settings import CHANNEL_ID, Settings
from bot.stations import planner_of
from bot.store import schema
from bot.store.engine import open_engine
from bot.store.tables import OutboxRow, OutboxState, Person
from bot.store.track_tables import EnrolmentRow, SessionPick
from bot.store.waves import MULTICAST
from bot.understand.reader import Reader

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


@dataclass(frozen=True, slots=True)
class Measured:
    """What one size came to."""

    people: int
    notices: int
    seconds: tuple[float, float, float, float]  # processor: worked out, again, planned, sent
    clock_s: float  # all four by the clock
    calls: int
    left: int  # not sent
    memory: float  # MB, the most so far

    @property
    def least(self) -> int:
        """Calls that cannot be done without."""
        alone = self.people // 2
        return alone + -(-(self.people - alone) // MULTICAST)

    def line(self) -> str:
        """A line of the table."""
        times = " | ".join(f"{s:.1f}" for s in self.seconds)
        each = 1000 * sum(self.seconds) / self.people
        return (
            f"| {self.people:,} | {self.notices:,} | {times} | {each:.2f} | {self.clock_s:.0f} |"
            f" {self.calls:,} |"
            f" {self.least:,} | {self.left} | {self.memory:.0f} |"
        )


def timed(act: Callable[[], object]) -> float:
    """The seconds of the processor that it takes."""
    began = process_time()
    act()
    return process_time() - began


def send(drain: Drain, people: int) -> None:
    """Everything that is due."""
    sent = 0
    while went := drain.run(DUE, DUE):
        sent += went
    if sent != people:
        raise AssertionError(f"{sent} people of {people}")


def tell_apart(engine: Engine) -> None:
    """From here on every other person is told something of their own."""
    with engine.begin() as db:
        last = func.substr(OutboxRow.user_id, func.length(OutboxRow.user_id))
        its_own = update(OutboxRow).where(last.in_(tuple("13579")))
        db.execute(its_own.values(fact=OutboxRow.fact + "," + OutboxRow.user_id))


def measure(url: str, reader: Reader, people: int, line: tuple[str, Pipe]) -> Measured:
    """Plan and send for so many people in a database of their own."""
    engine, client = open_engine(url), LineClient(line[0], "token")
    schema.migrate(engine)
    fill(engine, people)
    planner, began = planner_of(engine, reader, CHANNEL_ID, None), perf_counter()
    worked_out = timed(lambda: planner.plan(JOINED + timedelta(minutes=1)))
    changed = Planner(engine.begin, Plans(reader.edition, "changed"), CHANNEL_ID)
    again = timed(lambda: changed.plan(JOINED + timedelta(minutes=2)))
    planned = timed(lambda: changed.plan(DUE))
    tell_apart(engine)
    drain = Drain(engine=engine, sender=Pusher(client), channel_id=CHANNEL_ID)
    sent = timed(lambda: send(drain, people))
    clock_s = perf_counter() - began
    line[1].send(True)
    counts = line[1].recv()
    with engine.connect() as db:
        notices = db.scalar(select(func.count()).select_from(OutboxRow)) or 0
        unsent = select(func.count()).where(OutboxRow.state != OutboxState.SENT)
        left = db.scalar(unsent) or 0
    client.close()
    engine.dispose()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    calls = counts.get("push", 0) + counts.get("multicast", 0)
    seconds = (worked_out, again, planned, sent)
    return Measured(people, notices, seconds, clock_s, calls, left, memory)


def main() -> int:
    """Measures each size on a database of its own and prints; exit code 0."""
    parser = argparse.ArgumentParser(description="提醒的排程和送出要多久")
    parser.add_argument("--people", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--database", default="", help="an empty PostgreSQL database, for one size")
    wanted = parser.parse_args()
    drains.LONGEST_RUN_S = 60.0  # a worker looks after replies in between; here there are none
    reader = load_reader(Settings.from_env({}))
    ours, theirs = multiprocessing.Pipe()
    line = multiprocessing.get_context("spawn").Process(target=play_line, args=(theirs,))
    line.start()
    address = f"http://127.0.0.1:{ours.recv()}"
    print("| people | notices | worked out s | again | planned | sent | ms a person | clock s"
          " | calls | least | not sent | MB |\n" + "|---" * 12 + "|")  # fmt: skip
    found: list[Measured] = []
    for people in wanted.people:
        with tempfile.TemporaryDirectory() as folder:
            url = wanted.database or f"sqlite:///{Path(folder) / 'planning.db'}"
            found.append(measure(url, reader, people, (address, ours)))
        print(found[-1].line(), flush=True)
    ours.send(False)
    line.join()
    each = [[s / one.people for s in one.seconds] for one in (found[0], found[-1])]
    ratios = " | ".join(f"{last / first:.2f}" for first, last in zip(*each, strict=True))
    print(f"| last : first, a person | | {ratios} | {sum(each[1]) / sum(each[0]):.2f} | | | | | |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
