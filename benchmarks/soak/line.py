"""A LINE that has bad minutes: it answers 500 or 429, late, or not at all; tokens work once."""

import asyncio
import re
from collections import Counter
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from random import Random
from time import monotonic
from typing import ClassVar

from benchmarks.load.stand_in import Line

LATE_S = 7.0  # longer than the bot waits for LINE
_TOKEN = re.compile(rb'"replyToken": *"([0-9a-f]{8})([0-9a-f]+)"')
_NO = b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
_USED = b'{"message":"Invalid reply token"}'


@dataclass(frozen=True, slots=True)
class Mood:
    """What goes wrong, of how many calls (0 to 1)."""

    fault: str = ""  # 500, 429, late, silent
    share: float = 0.0


@dataclass(slots=True)
class Heard:
    """What arrived since it was last asked for.

    Args:
        first: by event: when its first reply was accepted (monotonic seconds).
        times: by event: how many replies were accepted.
    """

    first: dict[int, float]
    times: Counter[int]


class MoodyLine(Line):
    """One connection of a bot."""

    mood: ClassVar[Mood] = Mood()
    used: ClassVar[set[bytes]] = set()
    heard: ClassVar[Heard] = Heard({}, Counter())
    chance: ClassVar[Random] = Random(1)

    def _take(self, body: bytes) -> None:
        token = _TOKEN.search(body)
        fault = self.mood.fault if self.chance.random() < self.mood.share else ""
        if fault in ("500", "429"):
            self._say(fault.encode() + b" Fault", b'{"message":"fault"}')
            return
        if fault == "silent" and self.chance.random() < 0.5:
            return  # neither taken nor answered
        if token and token[0] in self.used:
            self._say(b"400 Bad Request", _USED)
            return
        if token:
            self._accept(token[0], int(token[1], 16))
        if fault == "late":
            asyncio.get_running_loop().call_later(LATE_S, self._answer)
        elif fault != "silent":
            self._answer()

    def _accept(self, token: bytes, number: int) -> None:
        self.used.add(token)
        self.heard.first.setdefault(number, monotonic())
        self.heard.times[number] += 1

    def _say(self, status: bytes, body: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(_NO % (status, len(body), body))


def play_moody_line(pipe: Pipe) -> None:
    """Serve on a free port, which is said first; then each Mood that comes holds until the next.

    True asks for all that was heard; None ends it.
    """

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(MoodyLine, "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        while (order := await asyncio.to_thread(pipe.recv)) is not None:
            if order is True:
                pipe.send(MoodyLine.heard)
            else:
                MoodyLine.mood = order

    asyncio.run(serve())
