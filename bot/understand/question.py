"""A question as it was understood, before anything is looked up."""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.understand.asks import Asked
from bot.understand.days import Mention, YearSaid
from bot.understand.deed_day import DeedDay
from bot.understand.names import Named
from bot.understand.symbols import Symbols

# What may stand between a year and the name that it belongs to: 111年度的.
_BETWEEN = re.compile(r"[年度學的版計畫\s]{0,4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: what it says, names, wants and mentions."""

    text: str  # masked, as it was written
    at: datetime  # when it was asked
    key: str  # folded, fillers taken out
    symbols: Symbols
    weights: tuple[float, ...]  # how much each symbol counts
    grams: tuple[tuple[str, tuple[int, ...]], ...]  # written, with their places
    sounds: tuple[tuple[str, tuple[int, ...]], ...]
    asked: Asked
    named: tuple[Named, ...] = ()
    places: tuple[str, ...] = ()  # counties and cities
    audiences: frozenset[str] = frozenset()
    years: tuple[YearSaid, ...] = ()
    days: tuple[Mention, ...] = ()
    deed: DeedDay | None = None  # when somebody means to do what they ask about

    def __hash__(self) -> int:
        """Of two words: what is remembered by a question is looked up for each message."""
        return hash((self.text, self.at))

    @property
    def plans(self) -> tuple[str, ...]:
        """Ids of the plans that it names; several where a name is several plans'."""
        return tuple(dict.fromkeys(p for n in self.named for p in n.plans))

    @property
    def substance(self) -> float:
        """How much it says beside names, question words and grammar."""
        return sum(self.weights)

    def is_beside_a_name(self, start: int, end: int) -> bool:
        """Whether a stretch of the key stands right before or after a plan's name."""
        starts, items = self.symbols.starts, self.symbols.items
        return any(
            self._joined(end, starts[n.first])
            or self._joined(starts[n.last] + len(items[n.last]), start)
            for n in self.named
        )

    def _joined(self, end: int, start: int) -> bool:
        return end <= start and bool(_BETWEEN.fullmatch(self.key[end:start]))
