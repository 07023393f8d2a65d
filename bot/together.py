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
        work: done for some things, in the order in which they came; it notes in the things
            whatever it finds out.
        fits: whether a thing may be worked on with those before it; else it waits for the next
            time. The first always fits.
        most: how many things at once.
        leaders: how many threads may be at work, each for other things.
        enough: for how many things another one begins while one is at work; fewer wait for it.
    """

    def __init__(
        self,
        work: Callable[[Sequence[T]], None],
        fits: Callable[[Sequence[T], T], bool] = lambda _before, _one: True,
        most: int = 32,
        leaders: int = 1,
        enough: int = 1,
    ) -> None:
        self._work, self._fits, self._most = work, fits, most
        self._leaders, self._enough = leaders, enough
        self._waiting: deque[_Place[T]] = deque()
        self._free_to_lead = leaders
        self._guard = threading.Lock()

    def do(self, one: T) -> None:
        """Returns when the work was done for this thing, by this thread or by another.

        Raises:
            Exception: what `work` raised, to whoever did it for itself and others; they return.
        """
        place = _Place(one)
        with self._guard:
            leads = self._may_lead(len(self._waiting) + 1)
            if leads:
                self._free_to_lead -= 1
            else:
                self._waiting.append(place)
        if not leads:
            place.wait()
        if not place.is_done:
            time.sleep(0)  # whoever is about to come, comes along
            self._lead(place)

    def _lead(self, own: _Place[T]) -> None:
        """Work for this place and the first that wait and fit; then somebody else leads."""
        with self._guard:
            some = [own, *self._fitting(own)]
        try:
            self._work([place.thing for place in some])
        finally:
            for place in some[1:]:
                place.is_done = True
                place.wake()
            with self._guard:
                self._free_to_lead += 1
                if self._waiting and self._may_lead(len(self._waiting)):
                    self._free_to_lead -= 1
                    self._waiting.popleft().wake()

    def _may_lead(self, for_so_many: int) -> bool:
        is_anybody_at_work = self._free_to_lead < self._leaders
        return self._free_to_lead > 0 and (for_so_many >= self._enough or not is_anybody_at_work)

    def _fitting(self, own: _Place[T]) -> list[_Place[T]]:
        """Those that come along with it; the others keep their order."""
        some: list[_Place[T]] = [own]
        left: list[_Place[T]] = []
        while self._waiting and len(some) < self._most:
            one = self._waiting.popleft()
            fits = self._fits([place.thing for place in some], one.thing)
            (some if fits else left).append(one)
        self._waiting.extendleft(reversed(left))
        return some[1:]
