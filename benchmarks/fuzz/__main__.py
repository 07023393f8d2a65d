"""Calls the webhook with very many bodies that nobody should send, and tells what came of it.

    python -m benchmarks.fuzz [--bodies 100000] [--seed 1] [--postgres] [--files 3000]

No status of 500 or above, nothing raised, nothing logged as an error, no reply that LINE would
refuse: else the exit code is 1.
"""

import argparse
import logging
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from random import Random

from benchmarks.fuzz.bodies import bodies
from benchmarks.fuzz.calling import Bot, running
from benchmarks.fuzz.events import Events
from benchmarks.fuzz.memory import megabytes_now
from benchmarks.fuzz.reading import measured_files
from bot.clock import TAIPEI
from bot.loading import load_reader
from bot.settings import Settings
from bot.understand.reader import Reader
from tests.cluster import new_database, running_postgres

STARTS = datetime(2022, 6, 15, 9, 0, tzinfo=TAIPEI)


def main() -> int:
    """Measures and prints; 1 where something was found."""
    args = _arguments()
    logging.disable(logging.WARNING)
    reader = load_reader(Settings.from_env())
    found = _fuzz_files(args.files, args.seed) if args.files else False
    if args.bodies:
        with _database(args.postgres) as url, running(url, reader) as bot:
            _fuzz_bodies(bot, reader, args)
            found |= _tell(bot)
    return int(found)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz")
    parser.add_argument("--bodies", type=int, default=100_000)
    parser.add_argument("--files", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", action="store_true")
    return parser.parse_args()


@contextmanager
def _database(is_postgres: bool) -> Iterator[str]:
    if is_postgres:
        with running_postgres() as folder, new_database(folder, "fuzz") as url:
            yield url
        return
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{Path(folder) / 'fuzz.db'}"


def _fuzz_bodies(bot: Bot, reader: Reader, args: argparse.Namespace) -> None:
    events = Events(draw=Random(args.seed), reader=reader, at=STARTS)
    begin = time.perf_counter()
    for number, body in enumerate(islice(bodies(events), args.bodies)):
        if number % max(1, args.bodies // 10) == 0:
            _tell_growth(bot, number, begin)
        bot.call(body)
    _tell_growth(bot, args.bodies, begin)


def _tell_growth(bot: Bot, number: int, begin: float) -> None:
    megabytes = megabytes_now()
    rows = " ".join(f"{name}={count}" for name, count in bot.rows().items())
    took = time.perf_counter() - begin
    print(f"{number:>8} bodies {took:7.0f} s {megabytes:6.0f} MB  {rows}", flush=True)


def _tell(bot: Bot) -> bool:
    came = bot.came
    print("statuses:", dict(sorted(came.statuses.items())))
    for seconds, number, body in came.slowest:
        print(f"{seconds * 1000:8.0f} ms  body {number}: {body[:120]!r}")
    found = [*came.raised.items(), *bot.faults.found.items(), *bot.judge.problems.items()]
    for what, times in found:
        print(f"{times} × {what}")
    return bool(found) or any(status >= 500 or not status for status in came.statuses)


def _fuzz_files(count: int, seed: int) -> bool:
    found = measured_files(count, seed)
    print("\n".join(found.lines()))
    return bool(found.raised)


if __name__ == "__main__":
    sys.exit(main())
