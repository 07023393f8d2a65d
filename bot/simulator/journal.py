"""Everything that happened on the platform, in order: the page reads on from a number."""

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

KEPT = 2000


class Happened(StrEnum):
    """What sort of thing was noted."""

    BUBBLE = "bubble"  # something shown in a chat
    NOTE = "note"  # a line in the middle of a chat: followed, joined
    WEBHOOK = "webhook"  # a call to the bot
    TAKEN = "taken"  # how the bot took one of those
    CALL = "call"  # a call of the bot's
    CLOCK = "clock"  # the day was changed


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened; `body` is ready for JSON."""

    number: int
    kind: Happened
    at: datetime  # aware; on the simulator's clock
    chat_id: str  # empty: it belongs to no chat
    body: Mapping[str, Any]

    def to_plain(self) -> dict[str, Any]:
        """The entry as the page reads it; `at` in milliseconds since 1970."""
        return {
            "number": self.number,
            "kind": self.kind.value,
            "at": int(self.at.timestamp() * 1000),
            "chat": self.chat_id,
            "body": dict(self.body),
        }


class Journal:
    """The last entries in order, for any number of readers at once."""

    def __init__(self, kept: int = KEPT) -> None:
        self._changed = threading.Condition()
        self._entries: deque[Entry] = deque(maxlen=kept)
        self._last = 0

    def put(self, kind: Happened, at: datetime, chat_id: str, body: Mapping[str, Any]) -> Entry:
        """Notes one thing; gives the entry with its number."""
        with self._changed:
            self._last += 1
            entry = Entry(self._last, kind, at, chat_id, body)
            self._entries.append(entry)
            self._changed.notify_all()
        return entry

    def since(self, number: int, wait_s: float = 0.0) -> list[Entry]:
        """Entries after this number, oldest first; waits up to `wait_s` for the first of them."""
        self.wait_until(lambda: self._last > number, wait_s)
        with self._changed:
            return [entry for entry in self._entries if entry.number > number]

    def find(self, number: int) -> Entry | None:
        """The entry of this number, while it is kept."""
        with self._changed:
            return next((e for e in self._entries if e.number == number), None)

    def wait_until(self, holds: Callable[[], bool], wait_s: float) -> bool:
        """Waits until this holds after some entry; False if the time ran out first."""
        deadline = time.monotonic() + wait_s
        with self._changed:
            while not holds():
                left = deadline - time.monotonic()
                if left <= 0:
                    return False
                self._changed.wait(left)
        return True
