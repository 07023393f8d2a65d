"""Prints how long it takes to send what is due, how many calls that costs, and how much memory.

    python -m benchmarks.delivery [--people 1000 10000 100000] [--database URL]

Half of the people are told the same, the others each something of their own. LINE's part is played
by a process beside this one that takes every call and remembers nothing. Planning is not in it.
"""

import argparse
import asyncio
import multiprocessing
import resource
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from time import perf_counter, process_time

from sqlalchemy import select

from bot.delivery import drain as drains
from bot.delivery.drain import Drain
from bot.line.outbound import LineClient
from bot.line.pushes import Pusher
from bot.messages import Answer, Card, Outcome
from bot.model.reminders import NoticeKind
from bot.store import outbox, schema
from bot.store.engine import open_engine
from bot.store.outbox import Notice
from bot.store.tables import OutboxRow, OutboxState
from bot.store.waves import MULTICAST

NOW = datetime(2022, 6, 15, 0, tzinfo=UTC)
SIZES = (1_000, 10_000, 100_000)
YES = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
COUNTS = Counter[str]()


async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Read calls and say yes to each."""
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            path = head.split(" ", 2)[1]
            length = [x for x in head.lower().split("\r\n") if x.startswith("content-length:")]
            if length:
                await reader.readexactly(int(length[0].partition(":")[2]))
            COUNTS[path.rsplit("/", 1)[1]] += 1
            writer.write(YES)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def play_line(pipe: Connection) -> None:
    """Serve until told to stop; say the port first, and how many calls came each time asked."""

    async def serve() -> None:
        server = await asyncio.start_server(take, "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        while await asyncio.to_thread(pipe.recv):
            pipe.send(dict(COUNTS))
            COUNTS.clear()

    asyncio.run(serve())


def queue(drain: Drain, people: int) -> float:
    """Put everybody's notice into the outbox; gives the seconds that it took."""
    began = perf_counter()
    for first in range(0, people, 5_000):
        notices = [notice(number) for number in range(first, min(first + 5_000, people))]
        with drain.engine.begin() as db:
            outbox.put_many(db, notices)
    return perf_counter() - began


def notice(number: int) -> Notice:
    """What this person is told; every other one the same."""
    fact = "same" if number % 2 else f"own{number}"
    card = Card(
        title="提醒｜精進計畫",
        lead="課程報名截止：111年6月18日(六)" if number % 2 else f"第{number}件快到了",
        facts=("交到：承辦學校", "方式：線上填報"),
        sources=("柒、一（三）",),
        document="111年度精進計畫",
    )
    return Notice(
        channel_id="default",
        user_id=f"U{number:032x}",
        key=f"{fact}:{number}",
        answer=Answer((card,), outcome=Outcome.CHAT),
        made_at=NOW,
        not_before=NOW,
        expires_at=NOW + timedelta(days=7),
        kind=NoticeKind.DEADLINE,
        fact=fact,
    )


def measure(url: str, line: str, pipe: Connection, people: int) -> str:
    """One line of the table."""
    engine, client = open_engine(url), LineClient(line, "token")
    schema.migrate(engine)
    drain = Drain(engine=engine, sender=Pusher(client), channel_id="default")
    with engine.begin() as db:
        db.execute(OutboxRow.__table__.delete())  # type: ignore[attr-defined]
    planned = queue(drain, people)
    began, busy, sent = perf_counter(), process_time(), 0
    while sent < people:
        sent += drain.run(NOW, NOW)
    took, busy = perf_counter() - began, process_time() - busy
    pipe.send(True)
    counts = pipe.recv()
    with engine.connect() as db:
        left = db.scalars(select(OutboxRow.id).where(OutboxRow.state != OutboxState.SENT)).all()
    calls = counts.get("push", 0) + counts.get("multicast", 0)
    least = people - people // 2 + -(-(people // 2) // MULTICAST)
    client.close()
    engine.dispose()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"| {people:,} | {planned:.1f} | {took:.1f} | {1000 * took / people:.2f} |"
        f" {1000 * busy / people:.2f} |"
        f" {calls:,} | {least:,} | {len(left)} | {memory:.0f} |"
    )


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.delivery")
    parser.add_argument("--people", type=int, nargs="+", default=SIZES)
    parser.add_argument("--database", default="", help="empty: a new SQLite file")
    asked = parser.parse_args()
    drains.LONGEST_RUN_S = 60.0  # a worker looks after replies in between; here there are none
    ours, theirs = multiprocessing.Pipe()
    line = multiprocessing.get_context("spawn").Process(target=play_line, args=(theirs,))
    line.start()
    address = f"http://127.0.0.1:{ours.recv()}"
    print("| people | queued s | sent s | ms a person | CPU ms | calls | least | not sent | MB |")
    print("|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for people in asked.people:
            url = asked.database or f"sqlite:///{folder}/{people}.db"
            print(measure(url, address, ours, people), flush=True)
    ours.send(False)
    line.join()
    return 0


if __name__ == "__main__":
    sys.exit(main())
