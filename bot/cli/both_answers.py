"""The examples of two editions put to both: which answers become others."""

import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from bot.answers.unconfirmed import STILL_OPEN
from bot.cli.in_memory import InMemory, in_memory
from bot.cli.plain import plain
from bot.model.edition import Edition, Example, Lexicon, Library
from bot.understand.reader import Reader

# Lines that differ between any two years: whose answer it is, and where it stands today.
_OF_THE_YEAR = re.compile(r"^(?:【.*】|依據：.*|〔.*〕|→ .*|\[1\] .*)$")
_STANDING = re.compile(r"｜.*$")


@dataclass(frozen=True, slots=True)
class Answers:
    """A question and the first line in which the two editions differ about it."""

    say: str
    old: str
    new: str
    waits: bool  # the new edition says no more than that it is still to be confirmed


def differing(editions: Sequence[Edition], lexicon: Lexicon) -> list[Answers]:
    """What is answered otherwise, in the order of the examples, each question once.

    A question of one year is put to the other as of that other year.

    Args:
        editions: the old one and the new one.
    """
    old, new = editions
    by = new.about.year - old.about.year
    found: dict[str, Answers] = {}
    examples = [(e, moved(e, old.about.year, by)) for e in old.examples]
    examples += [(moved(e, new.about.year, -by), e) for e in new.examples]
    with _with(old, lexicon) as with_old, _with(new, lexicon) as with_new:
        for number, (as_old, as_new) in enumerate(examples):
            both = (_told(with_old, number, as_old), _told(with_new, number, as_new))
            for turn, was, now in zip(as_new.turns, *both, strict=True):
                if pair := _difference(was, now):
                    found.setdefault(turn.say, Answers(turn.say, *pair, STILL_OPEN in now))
    return list(found.values())


def moved(example: Example, year: int, by: int) -> Example:
    """The example so many years later: its time, and the year where a question names it."""
    at = example.at
    day = 28 if (at.month, at.day) == (2, 29) else at.day
    said = re.compile(rf"(?<!\d){year}(?!\d)")
    turns = tuple(
        type(t)(say=said.sub(str(year + by), t.say), all=t.all, none=t.none, unknown=t.unknown)
        for t in example.turns
    )
    return Example(at=at.replace(year=at.year + by, day=day), turns=turns)


def _difference(was: str, now: str) -> tuple[str, str] | None:
    old, new = list(_lines(was)), list(_lines(now))
    if old == new:
        return None
    gone = [line for line in old if line not in new]
    come = [line for line in new if line not in old]
    if not gone and not come:
        return None
    return "／".join(gone[:2]) or "（沒有這些話）", "／".join(come[:2]) or "（沒有這些話）"


def _lines(said: str) -> Iterator[str]:
    for line in said.splitlines():
        if line and not _OF_THE_YEAR.match(line):
            yield _STANDING.sub("", line.removeprefix("・"))


def _told(bot: InMemory, number: int, example: Example) -> list[str]:
    """The answer to each turn of an example, which is a chat of its own."""
    return [plain(bot.say(f"{number}", turn.say, example.at)) for turn in example.turns]


def _with(edition: Edition, lexicon: Lexicon) -> AbstractContextManager[InMemory]:
    """The bot with one edition alone."""
    return in_memory(Reader(Library(editions=(edition,), lexicon=lexicon)))
