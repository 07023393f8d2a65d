"""Threads that come at once work as one: whoever is first works for all who wait."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


class Together(Generic[T]):
    """Does work for things of many threads, several things at once. Threads may share it.

    Args:
        work: done for some things that wait, in the order in which they came; of several threads
            one at a time. Whatever it finds out it notes in the things.
        fits: whether a thing may be worked on with those before it; else it waits for the next
            time.
        most: how many things at once.
    """

    def __init__(
        self,
        work: Callable[[Sequence[T]], None],
        fits: Callable[[Sequence[T], T], bool] = lambda _before, _one: True,
        most: int = 32,
    ) -> None:
        self._work, self._fits, self._most = work, fits, most
        self._waiting: deque[_Place[T]] = deque()
        self._turn = threading.Lock()

    def do(self, one: T) -> None:
        """Returns when the work was done for this thing, by this thread or by another.

        Raises:
            Exception: what `work` raised, to whoever did it for itself and others; they return.
        """
        place = _Place(one)
        self._waiting.append(place)
        with self._turn:
            while not place.is_done:
                some = self._some()
                try:
                    self._work([waiting.thing for waiting in some])
                finally:
                    for worked_on in some:
                        worked_on.is_done = True

    def _some(self) -> list["_Place[T]"]:
        """The first that wait, and those behind that fit to them; the others keep their order."""
        some: list[_Place[T]] = []
        left: list[_Place[T]] = []
        while self._waiting and len(some) < self._most:
            one = self._waiting.popleft()
            fits = self._fits([chosen.thing for chosen in some], one.thing)
            (some if fits else left).append(one)
        self._waiting.extendleft(reversed(left))
        return some


@dataclass(slots=True)
class _Place(Generic[T]):
    """One thing that waits, or was worked on."""

    thing: T
    is_done: bool = False
