"""The ticker that `worker` and `run` share, and how both are told to stop."""

import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.exc import OperationalError

from bot import clock
from bot.house import House
from bot.store.wakeups import Ear

log = logging.getLogger(__name__)

EVERY_S = 2  # a reply token lives for fifty seconds, and a person waits
BEHIND_RINGS_S = 5  # where rings wake us, it is for what nobody rang for
DEAF_S = 5  # between two tries to listen


@contextmanager
def ticking(
    house: House, listen_url: str = "", behind_rings_s: float = BEHIND_RINGS_S
) -> Iterator[None]:
    """While in it, `house` ticks on a thread of its own; the message on its way is waited for.

    Args:
        listen_url: of the database itself, where rings wake us; empty: nobody rings.
        behind_rings_s: where rings wake us, how often we look all the same.
    """
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    scheduler = BackgroundScheduler(timezone="UTC")
    tick = _one_at_a_time(house)
    scheduler.add_job(
        tick,
        "interval",
        seconds=behind_rings_s if listen_url else EVERY_S,
        max_instances=1,
        coalesce=True,
        misfire_grace_time=None,
    )
    scheduler.start()
    ears = [_listening(Ear(listen_url), tick, house.stopping)] if listen_url else []
    try:
        yield
    finally:
        house.stopping.set()  # a tick that runs ends with the message on its way
        log.info("told to stop")
        scheduler.shutdown(wait=True)
        for thread in ears:
            thread.join()


def until_told() -> threading.Event:
    """An event that SIGINT and SIGTERM set."""
    told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: told.set())
    return told


def _one_at_a_time(house: House) -> Callable[[], None]:
    turn = threading.Lock()

    def tick() -> None:
        try:
            with turn:
                house.tick(clock.now())
        except OperationalError as err:
            log.error("the database is away, nothing is lost: %s", type(err.orig).__name__)
        except Exception:  # the top of one tick: the next one comes
            log.exception("a tick broke")

    return tick


def _listening(ear: Ear, tick: Callable[[], None], stopping: threading.Event) -> threading.Thread:
    def listen() -> None:
        while not stopping.is_set():
            try:
                rang = ear.hears()
            except Exception as err:  # noqa: BLE001  polling goes on; the next try comes
                log.warning("nobody can wake us just now: %s", type(err).__name__)
                stopping.wait(DEAF_S)
                continue
            if rang and not stopping.is_set():
                tick()
        ear.close()

    thread = threading.Thread(target=listen, name="listen", daemon=True)
    thread.start()
    return thread
