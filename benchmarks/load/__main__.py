"""Prints how many webhooks a second each bot answers, and how long a reply takes, side by side.

    python -m benchmarks.load [--seconds 5] [--rounds 3] [--only NAME …]

This bot answers questions from the knowledge base, with its durable commit, on an SQLite file and
on a PostgreSQL that waits for the disk; the samples of the official SDKs echo and keep nothing.
Every bot has the machine for itself while it is measured; the rounds go through all of them in
turn, so that a noisy minute meets each; a cell holds the median of the rounds, and the ratio to the
SDK's Flask sample of the same round: of what is answered in a second or, where so many come in a
second whatever the answers, of the p99. For that all bots stand, and are asked in turn for a
quarter of a minute each, after a rest in which what was written at full load comes to the disk.
LINE's part is a process beside, which answers after so many milliseconds.
"""

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from time import sleep

from benchmarks.load.bots import SECRET, Bot, Running, express_echo, flask_echo, ours, running
from benchmarks.load.given import durable_postgres, questions, sqlite_in
from benchmarks.load.measure import Figures, Line, line, measured, middle
from benchmarks.load.platform import Load

DELAYS_MS = (0, 20, 80)
STEADY = 100  # webhooks a second, for the time of a reply
STEADY_DELAY_MS = 20
LONGER = 3  # times a load as fast as it goes: one reply in a hundred must be many
TURNS = 2  # of each bot at the steady load, in each round
REST_S, BETWEEN_TURNS_S = 15.0, 1.5
CONNECTIONS = 64
PEOPLE = 20_000  # nobody writes as often as would be too often
WARM_UP_S = 8.0  # until each process has read what people ask
EVENTS_A_LOAD = 1_000_000  # more than any load may hold: no number comes twice
STEADY_FROM = 1_000  # number of the first steady load: more than all others together
STEADILY = f"{STEADY}/s, {STEADY_DELAY_MS} ms"
Key = tuple[str, str]  # bot, load


def bots(folder: Path, postgres: str, only: list[str]) -> list[Bot]:
    """All that can be had on this machine; the Flask sample first, to which others are compared."""
    found: list[Bot | None] = [flask_echo(), express_echo(folder / "express")]
    found.append(ours(sqlite_in(folder), "師鐘, SQLite"))
    found.append(ours(postgres, "師鐘, PostgreSQL"))
    wanted = [bot for bot in found if bot]
    return [bot for bot in wanted if not only or any(word in bot.name for word in only)]


def load_of(port: int, texts: list[str], seconds: float, number: int, rate: float = 0.0) -> Load:
    """One load of many people; no two of another number send the same event."""
    return Load(
        port=port,
        secret=SECRET,
        texts=texts,
        people=PEOPLE,
        seconds=seconds,
        connections=CONNECTIONS,
        rate=rate,
        first=number * EVENTS_A_LOAD,
    )


def round_of(
    bot: Running, at: Line, texts: list[str], seconds: float, n: int
) -> dict[str, Figures]:
    """The loads as fast as it goes, put to one bot, after a warm-up."""
    first = n * 10
    measured(bot, at, load_of(bot.port, texts, WARM_UP_S, first), 0)
    found: dict[str, Figures] = {}
    for k, delay in enumerate(DELAYS_MS, start=1):
        load = load_of(bot.port, texts, seconds, first + k)
        found[f"{delay} ms"] = measured(bot, at, load, delay)
    return found


def steady(
    known: Sequence[Bot], at: Line, texts: list[str], seconds: float, rounds: int
) -> dict[Key, list[Figures]]:
    """All bots at once, asked in turn, so many in a second."""
    found: dict[Key, list[Figures]] = defaultdict(list)
    numbers = count(STEADY_FROM)
    with ExitStack() as standing:
        bots = {bot.name: standing.enter_context(running(bot, at.address)) for bot in known}
        for one in bots.values():
            measured(one, at, load_of(one.port, texts, WARM_UP_S, next(numbers)), 0)
        sleep(REST_S)
        for _ in range(rounds * TURNS):
            for name, one in bots.items():
                sleep(BETWEEN_TURNS_S)
                load = load_of(one.port, texts, seconds * LONGER, next(numbers), STEADY)
                found[name, STEADILY].append(measured(one, at, load, STEADY_DELAY_MS))
    return found


def lines(found: dict[Key, list[Figures]], base: str) -> Iterable[str]:
    """The table."""
    yield "| | LINE | events/s | to the sample | p50 ms | p99 ms | CPU µs | lost | MB |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for (name, load), rounds in found.items():
        ratios = [_ratio(load, o, b) for o, b in zip(rounds, found[base, load], strict=True)]
        yield (
            f"| {name} | {load} | {middle([f.events_s for f in rounds]):.0f} |"
            f" {middle(ratios):.2f} | {middle([f.at(50) for f in rounds]):.1f} |"
            f" {middle([f.at(99) for f in rounds]):.1f} |"
            f" {middle([f.processor_us for f in rounds]):.0f} |"
            f" {sum(f.unanswered for f in rounds)} |"
            f" {middle([f.largest_mb for f in rounds]):.0f} |"
        )


def _ratio(load: str, own: Figures, base: Figures) -> float:
    return own.at(99) / base.at(99) if load == STEADILY else own.events_s / base.events_s


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load")
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="+", default=[], help="words of the names of some")
    asked = parser.parse_args()
    texts = questions()
    found: dict[Key, list[Figures]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, line() as at, durable_postgres() as postgres:
        known = bots(Path(folder), postgres, asked.only)
        for number in range(asked.rounds):
            for bot in known:
                with running(bot, at.address) as one:
                    for load, figures in round_of(one, at, texts, asked.seconds, number).items():
                        found[bot.name, load].append(figures)
        found.update(steady(known, at, texts, asked.seconds, asked.rounds))
    print(*lines(found, known[0].name), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
