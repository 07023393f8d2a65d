"""Reply tokens, retry keys and rates: what LINE remembers between two calls of the bot's."""

from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

TOKEN_LIFE_S = 60.0
TOKEN_LAST_RENEWAL_S = 20 * 60.0
RETRY_KEY_LIFE_S = 24 * 3600.0

# Calls a second, by path; what is not named here may be called 2,000 times a second.
RATES = {
    "/v2/bot/message/multicast": 200.0,
    "/v2/bot/message/broadcast": 60 / 3600,
    "/v2/bot/message/narrowcast": 60 / 3600,
    "/v2/bot/chat/loading/start": 100.0,
    "/v2/bot/channel/webhook/test": 60 / 3600,
}
RATE_OF_OTHERS = 2000.0
HOUR_S = 3600.0


@dataclass(slots=True)
class _Issued:
    chat_id: str
    issued: float
    renewed: float
    spent: bool = False


class ReplyTokens:
    """Tokens that answer one event once, within a minute of its (last) webhook."""

    def __init__(self, elapsed: Callable[[], float]) -> None:
        self._elapsed = elapsed
        self._tokens: dict[str, _Issued] = {}

    def issue(self, chat_id: str) -> str:
        """A new token for this chat."""
        token, now = token_hex(16), self._elapsed()
        self._tokens[token] = _Issued(chat_id, now, now)
        return token

    def renew(self, token: str) -> None:
        """Gives the token another minute, as a redelivery does within 20 minutes of the event."""
        known, now = self._tokens.get(token), self._elapsed()
        if known and now - known.issued <= TOKEN_LAST_RENEWAL_S:
            known.renewed = now

    def chat_of(self, token: str) -> str:
        """The chat that this token belongs to, used or not; empty if it was never issued."""
        known = self._tokens.get(token)
        return known.chat_id if known else ""

    def spend(self, token: str) -> str | None:
        """The chat that this token answers, once; None if it is unknown, used or too old."""
        known = self._tokens.get(token)
        if known is None or known.spent or self._elapsed() - known.renewed > TOKEN_LIFE_S:
            return None
        known.spent = True
        return known.chat_id


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of the first call with a retry key."""

    request_id: str
    answer: dict[str, Any]
    at: float


class RetryKeys:
    """Keys of accepted calls; each is remembered for a day."""

    def __init__(self, elapsed: Callable[[], float]) -> None:
        self._elapsed = elapsed
        self._accepted: dict[str, Accepted] = {}

    def find(self, key: str) -> Accepted | None:
        """The call that was accepted with this key within the last 24 hours."""
        known = self._accepted.get(key.lower())
        if known is None or self._elapsed() - known.at > RETRY_KEY_LIFE_S:
            return None
        return known

    def keep(self, key: str, request_id: str, answer: dict[str, Any]) -> None:
        """Remembers that a call with this key was accepted."""
        self._accepted[key.lower()] = Accepted(request_id, answer, self._elapsed())


@dataclass(slots=True)
class Rates:
    """One bucket for each path: filled at its rate, a call takes one."""

    elapsed: Callable[[], float]
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)

    def allows(self, path: str, an_hour: int = 0) -> bool:
        """Takes one from this path's bucket; False if it is empty.

        Args:
            an_hour: how often it may be called, where that does not follow from the path.
        """
        rate = an_hour / HOUR_S if an_hour else RATES.get(path, RATE_OF_OTHERS)
        size = rate if rate >= 1 else rate * HOUR_S
        now = self.elapsed()
        level, since = self._buckets.get(path, (size, now))
        level = min(size, level + (now - since) * rate)
        self._buckets[path] = (level - 1 if level >= 1 else level, now)
        return level >= 1
