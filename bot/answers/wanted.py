"""What an answer is wanted for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.understand.deed_day import DeedDay


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a card is to answer: what is known, what was asked, and when."""

    known: Mapping[str, str]
    wants: frozenset[str]
    now: datetime
    role: str = ""
    permission: str = ""
    then: DeedDay | None = None  # when it is to be done
