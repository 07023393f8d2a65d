"""One bot under one load, in figures."""

import asyncio
import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from statistics import quantiles
from time import monotonic, sleep

from benchmarks.load.bots import Running
from benchmarks.load.platform import Load, Sent, put
from benchmarks.load.stand_in import play_line

REPLIES_WITHIN_S = 20.0


@dataclass(frozen=True, slots=True)
class Line:
    """The stand-in for LINE, in a process of its own."""

    address: str
    pipe: Pipe

    def begin(self, delay_ms: int) -> None:
        """From here on each answer takes so long, and nothing has arrived yet."""
        self.pipe.send(delay_ms / 1000)

    def arrived(self) -> dict[int, float]:
        """When the reply to each event arrived (monotonic seconds)."""
        self.pipe.send(True)
        found: dict[int, float] = self.pipe.recv()
        return found


@contextmanager
def line() -> Iterator[Line]:
    """LINE, on loopback, while the block lasts."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=play_line, args=(theirs,))
    process.start()
    try:
        yield Line(f"http://127.0.0.1:{ours.recv()}", ours)
    finally:
        ours.send(None)
        process.join()


@dataclass(frozen=True, slots=True)
class Figures:
    """What one load came to.

    Attributes:
        events_s: webhooks a second whose reply arrived at LINE, over the time of the load.
        reply_ms: from webhook to the reply's arrival at LINE, each.
        processor_us: of all processes of the bot, for one event.
        unanswered: webhooks that did not get 200, or whose reply never came.
    """

    events_s: float
    reply_ms: tuple[float, ...]
    processor_us: float
    unanswered: int
    largest_mb: float

    def at(self, percent: int) -> float:
        """The reply time (ms) within which so many of a hundred came."""
        if len(self.reply_ms) < 2:
            return float("nan")
        return quantiles(self.reply_ms, n=100)[percent - 1]


def measured(bot: Running, at: Line, load: Load, delay_ms: int) -> Figures:
    """Put a load to a bot, wait for the replies that are still on their way, and count."""
    at.begin(delay_ms)
    before, begin = bot.processor_s(), monotonic()
    sent = asyncio.run(put(load))
    took = monotonic() - begin
    arrived = _all_that_come(at, sent)
    used = bot.processor_s() - before
    in_time = [number for number, when in arrived.items() if when <= begin + took]
    waits = [1000 * (arrived[n] - due) for n, due in sent.due.items() if n in arrived]
    refused = sum(n for status, n in sent.statuses.items() if status != 200) + sent.lost
    return Figures(
        events_s=len(in_time) / took,
        reply_ms=tuple(waits),
        processor_us=1e6 * used / max(1, len(arrived)),
        unanswered=refused + len(sent.due) - len(waits),
        largest_mb=bot.largest_mb(),
    )


def _all_that_come(at: Line, sent: Sent) -> dict[int, float]:
    end = monotonic() + REPLIES_WITHIN_S
    arrived = at.arrived()
    while len(arrived) < len(sent.due) and monotonic() < end:
        sleep(0.2)
        arrived = at.arrived()
    return arrived


def middle(values: Sequence[float]) -> float:
    """The median."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
