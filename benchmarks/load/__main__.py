"""Prints how many webhooks a second each bot answers, and how long a reply takes, side by side.

    python -m benchmarks.load [--seconds 5] [--rounds 3] [--only NAME …]

This bot answers questions from the knowledge base, with its durable commit, on an SQLite file and
on a PostgreSQL that waits for the disk; the samples of the official SDKs echo and keep nothing.
Every bot has the machine for itself while it is measured; the rounds go through all of them in
turn, so that a noisy minute meets each; a cell holds the median of the rounds, and the ratio to the
SDK's Flask sample of the same round: of what is answered in a second or, where so many come in a
second whatever the answers, of the p99. Before that the machine rests until what was written at
full load is on the disk. LINE's part is a process beside, which answers after so many milliseconds.
"""

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from time import sleep

from benchmarks.load.bots import SECRET, Bot, Running, express_echo, flask_echo, ours, running
from benchmarks.load.given import durable_postgres, questions, sqlite_in
from benchmarks.load.measure import Figures, Line, line, measured, middle
from benchmarks.load.platform import Load

DELAYS_MS = (0, 20, 80)
STEADY = 100  # webhooks a second, for the time of a reply
LONGER = 3  # times a load as fast as it goes: one reply in a hundred must be many
REST_S = 15.0
CONNECTIONS = 64
PEOPLE = 20_000  # nobody writes as often as would be too often
WARM_UP_S = 8.0  # until each process has read what people ask
EVENTS_A_LOAD = 1_000_000  # more than any load may hold: no number comes twice
Key = tuple[str, str]  # bot, load


def bots(folder: Path, postgres: str, only: list[str]) -> list[Bot]:
    """All that can be had on this machine; the Flask sample first, to which others are compared."""
    found: list[Bot | None] = [flask_echo(), express_echo(folder / "express")]
    found.append(ours(sqlite_in(folder), "師鐘, SQLite"))
    found.append(ours(postgres, "師鐘, PostgreSQL"))
    wanted = [bot for bot in found if bot]
    return [bot for bot in wanted if not only or any(word in bot.name for word in only)]


def loads(port: int, texts: list[str], seconds: float, first: int) -> dict[str, tuple[Load, int]]:
    """Each load by its name in the table, with LINE's delay (ms)."""

    def load(number: int, rate: float = 0.0) -> Load:
        return Load(
            port=port,
            secret=SECRET,
            texts=texts,
            people=PEOPLE,
            seconds=seconds * (LONGER if rate else 1),
            connections=CONNECTIONS,
            rate=rate,
            first=first + number * EVENTS_A_LOAD,
        )

    found = {f"{d} ms": (load(n), d) for n, d in enumerate(DELAYS_MS)}
    return found | {f"{STEADY}/s, 20 ms": (load(len(DELAYS_MS), STEADY), 20)}


def round_of(
    bot: Running, at: Line, texts: list[str], seconds: float, n: int
) -> dict[str, Figures]:
    """All loads, put to one bot, after a warm-up."""
    first = n * 10 * EVENTS_A_LOAD
    warm = Load(port=bot.port, secret=SECRET, texts=texts, seconds=WARM_UP_S, first=first)
    measured(bot, at, warm, 0)
    each = loads(bot.port, texts, seconds, first + EVENTS_A_LOAD)
    found: dict[str, Figures] = {}
    for name, (load, delay) in each.items():
        sleep(REST_S if load.rate else 0.0)
        found[name] = measured(bot, at, load, delay)
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
    is_steady = load.startswith(f"{STEADY}/s")
    return own.at(99) / base.at(99) if is_steady else own.events_s / base.events_s


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
    print(*lines(found, known[0].name), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
