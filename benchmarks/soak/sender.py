"""LINE's webhooks at a steady rate, which come again where they were not taken."""

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from time import monotonic, time_ns

from benchmarks.load.platform import Load, request_of

WAITS_FOR_ANSWER_S = 2.0
AGAIN_AFTER_S = (1.0, 3.0, 6.0, 12.0, 24.0)
_STATUS = re.compile(rb"HTTP/1\.1 (\d{3})")


@dataclass(slots=True)
class Told:
    """What became of the webhooks.

    Args:
        due: by event: when it was first sent (monotonic seconds).
        taken: by event: with which try it was answered with 200.
        statuses: of all tries; 0: the connection broke, or no answer came in time.
    """

    due: dict[int, float] = field(default_factory=dict)
    taken: dict[int, int] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)


async def tell(load: Load, ports: Sequence[int], told: Told, ends: Callable[[], bool]) -> None:
    """Send so many webhooks a second, to the ports in turn, until it ends; then wait for the last.

    What was not answered with 200 comes again some seconds later, as LINE sends it again.
    """
    begin, number, calls = monotonic(), load.first, set()
    while not ends():
        due = begin + (number - load.first) / load.rate
        await asyncio.sleep(max(0.0, due - monotonic()))
        call = asyncio.create_task(_until_taken(load, ports, number, told))
        calls.add(call)
        call.add_done_callback(calls.discard)
        number += 1
    await asyncio.gather(*calls)


async def _until_taken(load: Load, ports: Sequence[int], number: int, told: Told) -> None:
    told.due[number], at_ms = monotonic(), time_ns() // 1_000_000
    for attempt, wait_s in enumerate((*AGAIN_AFTER_S, 0.0)):
        port = ports[(number + attempt) % len(ports)]
        status = await _one(replace(load, port=port), number, at_ms if attempt else 0)
        told.statuses[status] += 1
        if status == 200:
            told.taken[number] = attempt
            return
        await asyncio.sleep(wait_s)


async def _one(load: Load, number: int, again_of: int) -> int:
    try:
        async with asyncio.timeout(WAITS_FOR_ANSWER_S):
            reader, writer = await asyncio.open_connection("127.0.0.1", load.port)
            try:
                writer.write(request_of(load, number, again_of))
                found = _STATUS.match(await reader.readuntil(b"\r\n"))
                return int(found[1]) if found else 0
            finally:
                writer.close()
    except (OSError, TimeoutError, asyncio.IncompleteReadError):
        return 0
