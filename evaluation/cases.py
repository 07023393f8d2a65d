"""What a case is: one person's conversation with the bot, and what each answer must hold."""

from dataclasses import dataclass, field
from datetime import date, datetime

from bot.clock import TAIPEI

KINDS = (
    "deadline", "session", "eligibility", "requirement", "quantity", "budget", "permission",
    "account", "contact", "form", "link", "definition", "date-lookup", "followup", "typo",
    "conflict", "ambiguous", "unknown", "expired", "reminder", "staff",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One thing said or pressed, and what the reply to it must and must not hold.

    Items of `all`, `none`, `cite`, `choose` and `tap` are patterns (`evaluation.patterns`).
    """

    say: str = ""
    tap: str = ""  # in place of `say`: the label of a button of the last reply
    all: tuple[str, ...] = ()  # every one must be found
    none: tuple[str, ...] = ()  # none may be found
    cite: tuple[str, ...] = ()  # one must be found: the clause; counted apart
    choose: tuple[str, ...] = ()  # the bot must ask which, naming each
    unknown: bool = False  # no plan says this, and the bot must say so
    clauses: tuple[str, ...] = ()  # the clauses that the card must show, word for word


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """An answer of staff that is live before the conversation begins."""

    plan: str
    title: str
    says: tuple[str, ...] = ()
    text: str
    source: str
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One conversation of one person."""

    id: str
    kind: str
    turns: tuple[Turn, ...]
    at: str = ""  # when the person writes, Taipei; empty: now
    supplements: tuple[Seed, ...] = ()
    plan: str = field(default="", metadata={"key": "(plan)"})  # of the file's folder
    place: str = field(default="", metadata={"key": "(place)"})  # file:line

    def instant(self, now: datetime) -> datetime:
        """When the person writes; `now` where the case does not say."""
        return read_instant(self.at) if self.at else now


def read_instant(text: str) -> datetime:
    """An aware instant; one without a zone is Taipei's. ValueError where the text is none."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=TAIPEI)
