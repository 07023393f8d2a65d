"""The ticker that `worker` and `run` share, and how both are told to stop."""

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from apscheduler.schedulers.background import BackgroundScheduler

from bot import clock
from bot.house import House

EVERY_S = 2  # a reply token lives for fifty seconds, and a person waits


@contextmanager
def ticking(house: House) -> Iterator[None]:
    """While in it, `house` ticks on a thread of its own; the message on its way is waited for."""
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    scheduler = BackgroundScheduler(timezone="UTC")
    scheduler.add_job(
        lambda: house.tick(clock.now()),
        "interval",
        seconds=EVERY_S,
        max_instances=1,
        coalesce=True,
        misfire_grace_time=None,
    )
    scheduler.start()
    try:
        yield
    finally:
        house.stopping.set()  # a tick that runs ends with the message on its way
        scheduler.shutdown(wait=True)


def until_told() -> threading.Event:
    """An event that SIGINT and SIGTERM set."""
    told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: told.set())
    return told
