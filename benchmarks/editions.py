"""How much longer a question takes with 500 editions loaded than with the few of `knowledge/`.

    python -m benchmarks.editions [EDITIONS]

The further editions are what a country would load: each plan also in 21 other counties, and in
other years. The counties' plans keep every name and word that people use, so that 22 plans compete
for each name; years are told apart by the day of the question. The questions are the first turns
of the plan files' examples, each from somebody else, answered and kept on an SQLite file as the
running bot does it (no network), the two libraries in turn, so that a busy machine slows both
alike: words that were asked before on that day, and words that nobody wrote yet.
"""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from statistics import median, quantiles
from time import perf_counter, process_time

from sqlalchemy import Engine

from bot.dispatch import Office
from bot.handlers.table import handle
from bot.links import Links
from bot.loading import load_reader
from bot.messages import Incoming, Kind
from bot.model.edition import Edition, Library
from bot.rounds import Rounds
from bot.settings import CHANNEL_ID, Settings
from bot.store import schema
from bot.store.engine import open_engine
from bot.understand.reader import Reader

ROUNDS = 5
COUNTIES = 22


def grown(library: Library, wanted: int) -> Library:
    """The library with copies of its editions, by county and by year, until there are `wanted`."""
    editions = list(library.editions)
    years = count(1)
    while len(editions) < wanted:
        year = next(years)
        for county in range(COUNTIES):
            if county or year > 1:
                editions += [_copied(e, county, year) for e in library.editions]
    return replace(library, editions=tuple(editions[:wanted]))


def _copied(edition: Edition, county: int, year: int) -> Edition:
    own = f"第{county}縣" if county else ""
    about = replace(
        edition.about,
        title=own + edition.about.title,
        short=f"{own}{edition.about.short}"[:20],
        names=(*edition.about.names, *(own + n for n in edition.about.names if own)),
        year=edition.about.year + year - 1,
    )
    plan = f"{edition.plan}-{county}" if county else edition.plan
    return replace(edition, plan=plan, edition=str(about.year), about=about)


def asked(library: Library) -> list[tuple[str, datetime]]:
    """The first turn of every example, with its time."""
    return [(x.turns[0].say, x.at) for e in library.editions for x in e.examples]


class Asking:
    """A bot with a library, on a database of its own."""

    def __init__(self, engine: Engine, reader: Reader) -> None:
        self._rounds = Rounds(Office(engine, handle, reader, Links("https://bot.test", "k" * 32)))
        self._number = 0

    def timed(self, questions: Sequence[tuple[str, datetime]], suffix: str) -> list[float]:
        """Processor seconds that each question took."""
        took = []
        for text, at in questions:
            self._number += 1
            user = f"U{self._number:032x}"
            event = Incoming(
                event_id=f"E{self._number}", kind=Kind.TEXT, at=at, channel_id=CHANNEL_ID,
                chat_id=user, user_id=user, text=text + suffix, message_id="1", reply_token="t",
            )  # fmt: skip
            begin = process_time()
            self._rounds.respond(event, at)
            took.append(process_time() - begin)
        return took


def main() -> int:
    """Measures and prints; exit code 0."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    few = load_reader(Settings.from_env())
    begin = perf_counter()
    many = Reader(grown(few.library, wanted))
    print(f"{wanted} editions indexed in {perf_counter() - begin:.1f} s")
    questions = asked(few.library)
    with tempfile.TemporaryDirectory() as folder:
        bots = {}
        for name, reader in (("few", few), ("many", many)):
            engine = open_engine(f"sqlite:///{folder}/{name}.db")
            schema.migrate(engine)
            bots[name] = Asking(engine, reader)
            bots[name].timed(questions, "")
        for said in ("asked before", "new words"):
            took: dict[str, list[float]] = {"few": [], "many": []}
            for number in range(ROUNDS):
                for name, bot in bots.items():
                    suffix = f" {number}號" if said == "new words" else ""
                    took[name] += bot.timed(questions, suffix)
            _tell(said, took, (len(few.library.editions), wanted))
    return 0


def _tell(said: str, took: dict[str, list[float]], loaded: tuple[int, int]) -> None:
    cuts = {name: quantiles(found, n=100) for name, found in took.items()}
    for name, count_ in zip(took, loaded, strict=True):
        print(
            f"{said}, {count_:>3} editions: {len(took[name])} questions,"
            f" median {median(took[name]) * 1000:.2f} ms, p99 {cuts[name][98] * 1000:.2f} ms"
        )
    ratio = median(took["many"]) / median(took["few"])
    print(f"{said}: ratio of medians {ratio:.2f}, of p99 {cuts['many'][98] / cuts['few'][98]:.2f}")


if __name__ == "__main__":
    sys.exit(main())
