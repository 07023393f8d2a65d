"""Threads that carry things out: each thing once, and no more threads than are needed."""

import threading

import pytest

from bot.line.carriers import Carriers


def test_everything_that_was_taken_over_is_done_before_the_end() -> None:
    done: list[int] = []
    carriers = Carriers(done.append, threads=4, name="test")
    for number in range(500):
        carriers.put(number)

    carriers.close()

    assert sorted(done) == list(range(500))


def test_what_comes_after_the_end_is_refused() -> None:
    carriers = Carriers(lambda _: None, threads=4, name="test")
    carriers.close()
    carriers.close()

    with pytest.raises(RuntimeError, match="closed"):
        carriers.put(1)


def test_as_many_are_done_at_once_as_there_are_threads() -> None:
    together = threading.Barrier(4, timeout=10)
    carriers = Carriers(lambda _: together.wait() and None, threads=4, name="test")
    for number in range(8):
        carriers.put(number)

    carriers.close()

    assert not together.broken


def test_whoever_ended_last_begins_next() -> None:
    names: list[str] = []
    done = threading.Semaphore(0)

    def carry(_: int) -> None:
        names.append(threading.current_thread().name)
        done.release()

    carriers = Carriers(carry, threads=4, name="test")
    for number in range(5):
        carriers.put(number)
        assert done.acquire(timeout=10)
        while not carriers._idle:
            threading.Event().wait(0.001)
    carriers.close()

    assert set(names) == {"test-0"}
