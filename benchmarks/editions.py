"""How much longer a question takes with 500 editions loaded than with the few of `knowledge/`.

    python -m benchmarks.editions [EDITIONS]

The further editions are what a country would load: each plan also in 21 other counties, and in
other years. The counties' plans keep every name and word that people use, so that 22 plans compete
for each name; years are told apart by the day of the question. The questions are the first turns
of the plan files' examples, answered inside the process (no network, no database), the two
libraries in turn, so that a busy machine slows both alike.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from statistics import median, quantiles
from time import perf_counter, process_time

from bot.handlers.ask import answer_question
from bot.loading import load_reader
from bot.model.edition import Edition, Library
from bot.model.talk import Talk
from bot.settings import Settings
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


def timed(reader: Reader, questions: Sequence[tuple[str, datetime]]) -> list[float]:
    """Processor seconds that each question took."""
    took = []
    for text, at in questions:
        begin = process_time()
        answer_question(text, Talk(), reader, at)
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
    took: dict[str, list[float]] = {"few": [], "many": []}
    for _ in range(ROUNDS):
        took["few"] += timed(few, questions)
        took["many"] += timed(many, questions)
    for name, loaded in (("few", len(few.library.editions)), ("many", wanted)):
        cuts = quantiles(took[name], n=100)
        print(
            f"{loaded:>4} editions: {len(took[name])} questions,"
            f" median {median(took[name]) * 1000:.2f} ms, p99 {cuts[98] * 1000:.2f} ms"
        )
    ratio = median(took["many"]) / median(took["few"])
    last = quantiles(took["many"], n=100)[98] / quantiles(took["few"], n=100)[98]
    print(f"ratio: median {ratio:.2f}, p99 {last:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
