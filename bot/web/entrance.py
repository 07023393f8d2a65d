"""What the web needs of the rest of the house."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.counting.meter import Meter
from bot.line.replies import Replies
from bot.messages import Incoming
from bot.model.channels import Channel
from bot.store.events import Owed
from bot.web.metrics import MetricsPage
from bot.web.turnstile import Turnstile


class Answerer(Protocol):
    """Whoever handles events (`Office`, `Rounds`)."""

    def respond(self, incoming: Incoming, received_at: datetime) -> Owed | None:
        """What must now be sent; None where nothing is to be said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """What the web needs of the rest of the house."""

    channel_to: Callable[[str], Channel]  # whom a call is for that names this account
    answerer: Answerer
    replies: Replies
    problems: Callable[[], list[str]]  # what keeps us from answering; empty: ready
    warnings: Callable[[], list[str]] = list  # what else is wrong
    meter: Meter = field(default_factory=Meter)
    counts: MetricsPage | None = None  # None: there is no /metrics
    # How many webhooks are answered at once.
    turnstile: Turnstile = field(default_factory=Turnstile)
    now: Callable[[], datetime]  # the real clock: how long a reply token lives
    is_https: bool = False  # whether people reach us encrypted
