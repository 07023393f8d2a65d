"""Threads that come at once work as one: whoever is first works for all who wait."""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class _Place(Generic[T]):
    """One thing that waits, or was worked on."""

    thing: T
    is_done: bool = False
    # Held until its thread is to go on: its thing was worked on, or it leads the next ones.
    _wakes: threading.Lock = field(default_factory=threading.Lock, init=False)

    def __post_init__(self) -> None:
        self._wakes.acquire()

    def wait(self) -> None:
        self._wakes.acquire()

    def wake(self) -> None:
        self._wakes.release()


class Together(Generic[T]):
    """Does work for things of many threads, several things at once. Threads may share it.

    Args:
        work: done for some things that wait, in the order in which they came; of several threads
            one at a time. Whatever it finds out it notes in the things.
        fits: whether a thing may be worked on with those before it; else it waits for the next
            time. The first always fits.
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
        self._is_led = False
        self._guard = threading.Lock()

    def do(self, one: T) -> None:
        """Returns when the work was done for this thing, by this thread or by another.

        Raises:
            Exception: what `work` raised, to whoever did it for itself and others; they return.
        """
        place = _Place(one)
        with self._guard:
            self._waiting.append(place)
            leads, self._is_led = not self._is_led, True
        if not leads:
            place.wait()
        if not place.is_done:
            time.sleep(0)  # whoever is about to come, comes along
            self._lead()

    def _lead(self) -> None:
        """Work for the first that wait, this thread's among them; then somebody else leads."""
        with self._guard:
            some = self._some()
        try:
            self._work([place.thing for place in some])
        finally:
            for place in some[1:]:
                place.is_done = True
                place.wake()
            with self._guard:
                self._is_led = bool(self._waiting)
                if self._waiting:
                    self._waiting[0].wake()

    def _some(self) -> list[_Place[T]]:
        """The first that wait, and those behind that fit to them; the others keep their order."""
        some: list[_Place[T]] = []
        left: list[_Place[T]] = []
        while self._waiting and len(some) < self._most:
            one = self._waiting.popleft()
            fits = not some or self._fits([place.thing for place in some], one.thing)
            (some if fits else left).append(one)
        self._waiting.extendleft(reversed(left))
        return some
