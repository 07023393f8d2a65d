"""LINE's webhooks at a steady rate, which come again where they were not taken."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic, time_ns

from benchmarks.load.platform import Connection, Load, request_of

WAITS_FOR_ANSWER_S = 2.0
CALLS_OF_A_CONNECTION = 20  # or a process that begins anew would get none of those that stand
AGAIN_AFTER_S = (1.0, 3.0, 6.0, 12.0, 24.0)


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


class Webhooks:
    """LINE's end: sends to the ports in turn, over connections that stay open for a while."""

    def __init__(self, load: Load, ports: Sequence[int], told: Told) -> None:
        self.load, self.ports, self.told = load, ports, told
        self._spare: dict[int, list[Connection]] = {port: [] for port in ports}

    async def tell(self, ends: Callable[[], bool]) -> None:
        """Send so many webhooks a second until it ends; then wait for the last.

        What was not answered with 200 comes again some seconds later, as LINE sends it again.
        """
        first, calls = self.load.first, set()
        begin, number = monotonic(), first
        while not ends():
            due = begin + (number - first) / self.load.rate
            await asyncio.sleep(max(0.0, due - monotonic()))
            call = asyncio.create_task(self._until_taken(number))
            calls.add(call)
            call.add_done_callback(calls.discard)
            number += 1
        await asyncio.gather(*calls)

    async def _until_taken(self, number: int) -> None:
        self.told.due[number], at_ms = monotonic(), time_ns() // 1_000_000
        for attempt, wait_s in enumerate((*AGAIN_AFTER_S, 0.0)):
            port = self.ports[(number + attempt) % len(self.ports)]
            status = await self._one(port, request_of(self.load, number, at_ms if attempt else 0))
            self.told.statuses[status] += 1
            if status == 200:
                self.told.taken[number] = attempt
                return
            await asyncio.sleep(wait_s)

    async def _one(self, port: int, request: bytes) -> int:
        spare = self._spare[port]
        connection = spare.pop() if spare else Connection(port)
        try:
            async with asyncio.timeout(WAITS_FOR_ANSWER_S):
                status = await connection.ask(request)
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            return 0
        if connection.calls < CALLS_OF_A_CONNECTION:
            spare.append(connection)
        else:
            connection.close()
        return status
