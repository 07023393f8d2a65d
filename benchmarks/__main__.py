"""Prints how long it takes to start, to answer, and to draw an answer for LINE.

    python -m benchmarks

The questions are the examples of the plan files, each a chat of its own, against a new SQLite file:
the whole way of an event but for the network.
"""

import resource
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter, process_time

from bot import clock
from bot.dispatch import Office
from bot.handlers.ask import answer_question
from bot.handlers.table import handle
from bot.handlers.write import split_questions
from bot.line.render.answer import render
from bot.loading import load_reader
from bot.messages import Answer, Incoming, Kind
from bot.model.edition import Library
from bot.model.talk import Talk
from bot.settings import Settings
from bot.store import schema
from bot.store.engine import open_engine
from bot.understand.mask import mask
from bot.understand.reader import Reader

ROUNDS = 3
LONGEST_OF_LINE = 5000  # characters of one message


def questions(library: Library) -> Iterator[Incoming]:
    """Every example of every plan, as events that come in one after the other."""
    numbers = count()
    for edition in library.editions:
        for chat, example in enumerate(edition.examples):
            for turn, said in enumerate(example.turns):
                number = next(numbers)
                yield Incoming(
                    event_id=f"bench-{number}",
                    kind=Kind.TEXT,
                    at=example.at + timedelta(seconds=turn),
                    channel_id="default",
                    chat_id=f"{edition.key}-{chat}",
                    user_id=f"{edition.key}-{chat}",
                    text=said.say,
                    reply_token=f"token-{number}",
                )


def answer_all(office: Office, asked: list[Incoming]) -> tuple[list[float], list[Answer]]:
    """Seconds that each event took, and what was answered."""
    took, answers = [], []
    for incoming in asked:
        begin = perf_counter()
        owed = office.respond(incoming, clock.now())
        took.append(perf_counter() - begin)
        if owed:
            answers.append(owed.answer)
    return took, answers


def hard_messages(library: Library) -> list[str]:
    """Messages as long as LINE takes, of words that many patterns begin with, and of any script."""
    words = sorted({w for e in library.editions for x in e.entries() for w in (x.title, *x.says)})
    draw = Random(7)
    salads = ["".join(draw.choices(words, k=400))[:LONGEST_OF_LINE] for _ in range(60)]
    pieces = [
        *library.lexicon.common,
        *library.lexicon.fillers,
        "、",
        "？",
        "１",
        "A1",
        "😀",
        "ㄅ",
        "あ",
    ]
    rows = ["".join(draw.choices(pieces, k=2500))[:LONGEST_OF_LINE] for _ in range(60)]
    same = [
        (p * LONGEST_OF_LINE)[:LONGEST_OF_LINE] for p in (*pieces, "真的", "是不是", "第", "萬")
    ]
    return salads + rows + same


def processor_time(reader: Reader, text: str) -> float:
    """Seconds of the processor that one message takes to be understood and answered."""
    at = clock.now()
    begin = process_time()
    for question in split_questions(mask(text)):
        answer_question(question, Talk(), reader, at)
    return process_time() - begin


def line(what: str, took: list[float]) -> str:
    """One line of the table: how many, the middle one, the slow ones, how many a second."""
    cuts = quantiles(took, n=20)
    return (
        f"{what:<28}{len(took):>6} ×  p50 {cuts[9] * 1000:7.2f} ms  p95 {cuts[18] * 1000:7.2f} ms"
        f"  {len(took) / sum(took):7.0f} a second"
    )


def megabytes() -> float:
    """The most memory that this process has held."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> int:
    """Measures and prints; exit code 0."""
    begin = perf_counter()
    reader = load_reader(Settings.from_env())
    print(f"{'plans read and indexed':<28}{perf_counter() - begin:6.2f} s")
    asked = list(questions(reader.library))
    took: list[float] = []
    answers: list[Answer] = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            engine = open_engine(f"sqlite:///{Path(folder) / 'bench.db'}")
            schema.migrate(engine)
            times, answers = answer_all(Office(engine, handle, reader), asked)
            took += times
            engine.dispose()
    print(line("an event, committed", took))
    drawn = []
    for answer in answers:
        begin = perf_counter()
        render(answer)
        drawn.append(perf_counter() - begin)
    print(line("an answer drawn for LINE", drawn))
    longest = [processor_time(reader, text) for text in hard_messages(reader.library)]
    print(line("the longest, hardest messages", longest), f"  worst {max(longest) * 1000:.1f} ms")
    print(f"{'memory':<28}{megabytes():6.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
