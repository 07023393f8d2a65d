"""What is coming on the page of reminders, by day: what, when, why, and the key to stop it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.answers.coming_lines import by_day, what_words, why_words
from bot.reminders.stretches import Stretches
from bot.store.follows import Follow
from bot.understand.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One instant at which somebody is told something."""

    what: str
    why: str
    stretch: str  # key


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingDay:
    """A day, and what is told on it."""

    words: str
    lines: tuple[Coming, ...]


def shown_days(reader: Reader, ahead: Sequence[Follow], now: datetime) -> list[ComingDay]:
    """These instants by day; what no loaded edition has any more is left out."""
    stretches = Stretches(reader.edition)
    told = [(s, row.at, row.why) for row in ahead if (s := stretches.find(row.stretch))]
    return [
        ComingDay(
            words=day.words,
            lines=tuple(
                Coming(what=what_words(one), why=why_words(one), stretch=one[0].key)
                for one in day.told
            ),
        )
        for day in by_day(told, now)
    ]
