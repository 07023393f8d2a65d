"""Threads that come at once work as one."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.together import Together


class Door:
    """Work that the test lets begin and end."""

    def __init__(self) -> None:
        self.seen: list[list[int]] = []
        self.begun = threading.Semaphore(0)
        self.may_end = threading.Semaphore(0)

    def work(self, some: Sequence[int]) -> None:
        self.seen.append(list(some))
        self.begun.release()
        assert self.may_end.acquire(timeout=10)


def coming(together: Together[int], threads: ThreadPoolExecutor, numbers: Sequence[int]) -> list:
    """These come one after the other, while somebody else is worked for."""
    futures = []
    for number in numbers:
        futures.append(threads.submit(together.do, number))
        while len(together._waiting) < len(futures):
            threading.Event().wait(0.001)
    return futures


def test_what_comes_meanwhile_is_done_together_next() -> None:
    door = Door()
    together = Together(door.work)
    with ThreadPoolExecutor(8) as threads:
        first = threads.submit(together.do, 0)
        assert door.begun.acquire(timeout=10)
        later = coming(together, threads, [1, 2, 3])
        assert not first.done()
        door.may_end.release(2)
        for future in (first, *later):
            future.result(timeout=10)

    assert door.seen == [[0], [1, 2, 3]]


def test_what_does_not_fit_waits_and_keeps_its_place() -> None:
    door = Door()
    together = Together(door.work, fits=lambda before, one: all(one % 2 == b % 2 for b in before))
    with ThreadPoolExecutor(8) as threads:
        futures = [threads.submit(together.do, 0)]
        assert door.begun.acquire(timeout=10)
        futures += coming(together, threads, [1, 2, 3, 4])
        door.may_end.release(3)
        for future in futures:
            future.result(timeout=10)

    assert door.seen == [[0], [1, 3], [2, 4]]


def test_no_more_than_so_many_are_done_at_once() -> None:
    door = Door()
    together = Together(door.work, most=2)
    with ThreadPoolExecutor(8) as threads:
        futures = [threads.submit(together.do, 0)]
        assert door.begun.acquire(timeout=10)
        futures += coming(together, threads, [1, 2, 3])
        door.may_end.release(3)
        for future in futures:
            future.result(timeout=10)

    assert door.seen == [[0], [1, 2], [3]]


def test_work_that_breaks_is_told_to_one_and_holds_nobody_up() -> None:
    def work(some: Sequence[int]) -> None:
        raise ValueError("broken")

    together = Together(work)
    with pytest.raises(ValueError, match="broken"):
        together.do(1)
    with pytest.raises(ValueError, match="broken"):
        together.do(2)


def test_of_a_thousand_from_eight_threads_each_is_done_once() -> None:
    seen: list[int] = []
    together = Together(lambda some: seen.extend(some))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(together.do, range(1_000)))

    assert sorted(seen) == list(range(1_000))


def test_two_may_be_at_work_each_for_those_that_came_meanwhile() -> None:
    door = Door()
    together = Together(door.work, most=3, leaders=2)
    with ThreadPoolExecutor(8) as threads:
        first = []
        for number in (0, 1):
            first.append(threads.submit(together.do, number))
            assert door.begun.acquire(timeout=10)
        later = coming(together, threads, [2, 3, 4, 5])
        door.may_end.release(4)
        for future in (*first, *later):
            future.result(timeout=10)

    assert door.seen[:2] == [[0], [1]]
    assert sorted(n for some in door.seen for n in some) == [0, 1, 2, 3, 4, 5]
    assert all(len(some) <= 3 for some in door.seen)


def test_another_one_begins_only_for_enough_while_one_is_at_work() -> None:
    door = Door()
    together = Together(door.work, leaders=2, enough=3)
    with ThreadPoolExecutor(8) as threads:
        futures = [threads.submit(together.do, 0)]
        assert door.begun.acquire(timeout=10)
        futures += coming(together, threads, [1, 2])
        assert door.seen == [[0]]
        futures.append(threads.submit(together.do, 3))
        assert door.begun.acquire(timeout=10)
        futures += coming(together, threads, [4, 5])
        door.may_end.release(3)
        for future in futures:
            future.result(timeout=10)

    assert door.seen == [[0], [3, 1, 2], [4, 5]]


def test_whoever_ends_last_leaves_nobody_waiting() -> None:
    seen: list[int] = []
    together: Together[int] = Together(seen.extend, leaders=2, enough=100)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(together.do, range(1_000)))

    assert sorted(seen) == list(range(1_000))


def test_many_are_each_worked_for_once_whoever_leads() -> None:
    seen: list[int] = []
    together: Together[int] = Together(seen.extend, leaders=3)
    with ThreadPoolExecutor(16) as threads:
        list(threads.map(together.do, range(500)))

    assert sorted(seen) == list(range(500))
