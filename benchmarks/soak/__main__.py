"""Half an hour of webhooks while everything breaks in turn; prints what became of them.

    python -m benchmarks.soak [--minutes 30] [--rate 100] [--webs 2] [--workers 2]

Two `bot web` and two `bot worker` over one PostgreSQL with durable commits. Every 30 seconds
one of their processes is killed; PostgreSQL is stopped twice for ten seconds; LINE answers 500 or
429 to a third of the calls, seven seconds late or not at all to a twentieth, each for a minute with
a good minute between. Whoever got no 200 is told again, as LINE does. The exit code is 1 where an
event that was taken is neither answered exactly once nor explained.
"""

import argparse
import asyncio
import multiprocessing
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from random import Random
from statistics import quantiles
from time import monotonic, sleep

from benchmarks.load.bots import SECRET
from benchmarks.load.given import durable_postgres, questions
from benchmarks.load.platform import Load
from benchmarks.soak.house import House
from benchmarks.soak.line import Heard, Mood, play_moody_line
from benchmarks.soak.sender import Told, Webhooks
from benchmarks.soak.verdict import Verdict, judge
from bot.store.engine import open_engine
from tests.cluster import stopped

MOODS = (
    Mood(), Mood("500", 0.3), Mood(), Mood("429", 0.3),
    Mood(), Mood("late", 0.05), Mood(), Mood("silent", 0.05),
)  # fmt: skip
MOOD_S = 60.0
KILL_EVERY_S = 30.0
DATABASE_AWAY_S = 10.0
PEOPLE = 20_000
AFTERWARDS_S = 60.0  # until the last tokens are dead
WEIGHED_EVERY_S = 60.0


def main() -> int:
    """Run, and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak")
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--rate", type=float, default=100.0)
    parser.add_argument("--webs", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    ours, theirs = multiprocessing.Pipe()
    line = multiprocessing.get_context("spawn").Process(target=play_moody_line, args=(theirs,))
    line.start()
    with durable_postgres() as url:
        house = House(
            {
                "DATABASE_URL": url,
                "SECRET_KEY": "benchmark-secret-key",
                "LINE_CHANNEL_SECRET": SECRET,
                "LINE_CHANNEL_ACCESS_TOKEN": "token",
                "LINE_API_BASE": f"http://127.0.0.1:{ours.recv()}",
            },
            webs=asked.webs,
            workers=asked.workers,
        )
        house.open()
        try:
            told, weights = _soak(house, ours, url, asked)
            ours.send(True)
            heard = ours.recv()
            engine = open_engine(url)
            verdict = judge(engine, told, heard)
            engine.dispose()
        finally:
            house.close()
            ours.send(None)
            line.join()
    _print(told, heard, verdict, house, weights)
    return 1 if verdict.wrong else 0


Weight = tuple[float, dict[str, float]]  # minutes since the beginning, MB by sort of process


def _soak(
    house: House, line: Pipe, url: str, asked: argparse.Namespace
) -> tuple[Told, list[Weight]]:
    """All of it; what became of the webhooks, and what the processes weighed."""
    told, weights, chance = Told(), [], Random(1)
    begin = monotonic()
    end = begin + 60 * asked.minutes

    def minutes() -> float:
        return (monotonic() - begin) / 60

    over = threading.Event()
    socket = Path(url.partition("host=")[2])
    away_at = [asked.minutes / 3, 2 * asked.minutes / 3]

    def break_the_database() -> None:
        for at in away_at:
            if over.wait(max(0.0, 60 * (at - minutes()))):
                return
            with stopped(str(socket)):
                sleep(DATABASE_AWAY_S)

    def change_mood() -> None:
        line.send(MOODS[int(60 * minutes() / MOOD_S) % len(MOODS)])

    jobs = [
        threading.Thread(target=break_the_database),
        _every(KILL_EVERY_S, over, lambda: house.kill_one(chance)),
        _every(MOOD_S, over, change_mood),
        _every(WEIGHED_EVERY_S, over, lambda: weights.append((minutes(), house.megabytes()))),
    ]
    for job in jobs:
        job.start()
    webhooks = Webhooks(_load(house.ports[0], asked.rate), house.ports, told)
    asyncio.run(webhooks.tell(lambda: monotonic() > end))
    over.set()
    for job in jobs:
        job.join()
    line.send(Mood())
    sleep(AFTERWARDS_S)
    weights.append((minutes(), house.megabytes()))
    return told, weights


def _load(port: int, rate: float) -> Load:
    return Load(port=port, secret=SECRET, texts=questions(), people=PEOPLE, rate=rate, first=1)


def _every(seconds: float, over: threading.Event, do: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        while not over.wait(seconds):
            do()

    return threading.Thread(target=run)


def _print(told: Told, heard: Heard, verdict: Verdict, house: House, weights: list[Weight]) -> None:
    waits = [1000 * (heard.first[n] - due) for n, due in told.due.items() if n in heard.first]
    percent = quantiles(waits, n=1000)
    print("| | |\n|---|---|")
    print(f"| webhooks | {len(told.due):,} |")
    print(f"| taken at once; when they came again | {_first(told):,}; {_again(told):,} |")
    print(f"| never taken (LINE knows) | {verdict.refused:,} |")
    print(f"| answered exactly once | {verdict.once:,} |")
    print(f"| … of them with an apology | {verdict.apologies:,} |")
    for why, count in sorted(verdict.explained.items()):
        print(f"| not answered, explained: {why} | {count:,} |")
    print(f"| **lost or said twice** | **{len(verdict.wrong):,}** |")
    print(f"| time to the reply, ms: p50, p99, p99.9 | {_at(percent, 500, 990, 999)} |")
    print(f"| killed | {', '.join(f'{n} {what}' for what, n in house.kills.items())} |")
    print(f"| statuses of all tries | {dict(sorted(told.statuses.items()))} |")
    for number, why in list(verdict.wrong.items())[:20]:
        print(f"\nevent {number}: {why}", end="")
    print("\n\n| minute | largest web process, MB | largest worker, MB |\n|---|---|---|")
    for minute, weight in weights:
        print(f"| {minute:.0f} | {weight['web']:.0f} | {weight['worker']:.0f} |")


def _first(told: Told) -> int:
    return sum(1 for attempt in told.taken.values() if attempt == 0)


def _again(told: Told) -> int:
    return len(told.taken) - _first(told)


def _at(percent: list[float], *places: int) -> str:
    return ", ".join(f"{percent[place - 1]:.0f}" for place in places)


if __name__ == "__main__":
    sys.exit(main())
