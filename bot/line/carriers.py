"""Threads that carry things out, each alone: whoever ended last begins next.

Of many threads that wait, a common queue wakes whichever it likes; then all of them take turns,
and a busy process spends its time on changing between them. Here the others sleep on.
"""

import threading
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")


class Carriers(Generic[T]):
    """So many threads, each of which does one thing at a time.

    Args:
        carry: does one thing; raises nothing.
    """

    def __init__(self, carry: Callable[[T], None], threads: int, name: str) -> None:
        self._carry, self._most, self._name = carry, threads, name
        self._guard = threading.Lock()
        self._waiting: deque[T] = deque()  # where all threads are busy
        self._idle: list[SimpleQueue[T | None]] = []  # the last one begins next
        self._threads: list[threading.Thread] = []
        self._is_closing = False

    def put(self, thing: T) -> None:
        """Have this done; returns at once.

        Raises:
            RuntimeError: it was closed.
        """
        with self._guard:
            if self._is_closing:
                raise RuntimeError(f"{self._name}: closed")
            if self._idle:
                self._idle.pop().put(thing)
            elif len(self._threads) < self._most:
                self._start(thing)
            else:
                self._waiting.append(thing)

    def close(self) -> None:
        """Do what was taken over, and end. May be called twice."""
        with self._guard:
            self._is_closing = True
            while self._idle:
                self._idle.pop().put(None)
        for thread in self._threads:
            thread.join()

    def _start(self, thing: T) -> None:
        name = f"{self._name}-{len(self._threads)}"
        thread = threading.Thread(target=self._work, args=(thing,), name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _work(self, thing: T) -> None:
        place: SimpleQueue[T | None] = SimpleQueue()
        next_one: T | None = thing
        while next_one is not None:
            self._carry(next_one)
            next_one = self._next(place)

    def _next(self, place: "SimpleQueue[T | None]") -> T | None:
        with self._guard:
            if self._waiting:
                return self._waiting.popleft()
            if self._is_closing:
                return None
            self._idle.append(place)
        return place.get()
