"""What the console asks of a provider; by itself it loads nothing that a provider needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """Where somebody is sent to, and what must come back with them."""

    url: str
    brings: Mapping[str, str]  # kept in the session, never in the browser


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Whom the provider says that somebody is."""

    mail: str
    subject: str  # of this provider, for ever: an address may pass to somebody else


class SingleSignOn(Protocol):
    """A provider, as the way in knows it."""

    @property
    def makes_viewers(self) -> bool:
        """Whether somebody whom it knows and we do not gets an account that may look."""

    def leave(self) -> Leaving:
        """Where to send somebody who wants in."""

    def meet(self, brings: Mapping[str, str], came: Mapping[str, str], now: datetime) -> Known:
        """Who came back."""
