"""Faults on demand: what LINE does on a bad day."""

import threading
from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One bad answer. With a status nothing is done; lost: it is done but nobody hears of it."""

    status: int | None = None
    delay_s: float = 0.0
    lost: bool = False
    times: int = 1  # for how many calls
    path: str = ""  # only calls whose path holds this
    message: str = ""  # instead of the usual one: a monthly limit is a 429 too


class Faults:
    """Faults that are still to happen, in the order they were asked for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[Fault] = deque()

    def add(self, fault: Fault) -> None:
        """Makes the next `times` calls that fit go wrong."""
        with self._lock:
            self._waiting.extend([fault] * fault.times)

    def clear(self) -> None:
        """From now on all is well."""
        with self._lock:
            self._waiting.clear()

    def take(self, path: str) -> Fault | None:
        """The fault of this call, if it has one."""
        with self._lock:
            for fault in self._waiting:
                if fault.path in path:
                    self._waiting.remove(fault)
                    return fault
        return None
