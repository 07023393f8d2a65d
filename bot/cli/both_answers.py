"""The examples of two editions put to both: which answers become others."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.answers.unconfirmed import STILL_OPEN
from bot.cli.plain import plain
from bot.dispatch import Office
from bot.handlers.table import handle
from bot.messages import SILENCE, Incoming, Kind
from bot.model.edition import Edition, Example, Lexicon, Library
from bot.store import schema
from bot.store.engine import open_engine
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
    with_old, with_new = _Asker(old, lexicon), _Asker(new, lexicon)
    try:
        examples = [(e, moved(e, old.about.year, by)) for e in old.examples]
        examples += [(moved(e, new.about.year, -by), e) for e in new.examples]
        for number, (as_old, as_new) in enumerate(examples):
            told = zip(with_old.told(number, as_old), with_new.told(number, as_new), strict=True)
            for turn, (was, now) in zip(as_new.turns, told, strict=True):
                if pair := _difference(was, now):
                    found.setdefault(turn.say, Answers(turn.say, *pair, STILL_OPEN in now))
    finally:
        with_old.close()
        with_new.close()
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


class _Asker:
    """The bot with one edition alone."""

    def __init__(self, edition: Edition, lexicon: Lexicon) -> None:
        self._engine = open_engine("sqlite://")
        schema.migrate(self._engine)
        reader = Reader(Library(editions=(edition,), lexicon=lexicon))
        self._office = Office(self._engine, handle, reader)

    def told(self, number: int, example: Example) -> list[str]:
        """The answer to each turn of an example."""
        return [
            self._told(f"{number}.{at}", f"{number}", turn.say, example.at)
            for at, turn in enumerate(example.turns)
        ]

    def _told(self, event_id: str, chat_id: str, text: str, at: datetime) -> str:
        incoming = Incoming(
            event_id=event_id,
            kind=Kind.TEXT,
            at=at,
            channel_id="examples",
            chat_id=chat_id,
            user_id=chat_id,
            text=text,
            reply_token=event_id,
        )
        owed = self._office.respond(incoming, at)
        return plain(owed.answer if owed else SILENCE)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()
