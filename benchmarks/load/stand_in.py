"""A stand-in for LINE that is fast and believes everything: it takes replies and notes when.

Each reply token begins with the number of its event in eight hex digits, by which the sender finds
the instant at which the reply to that event arrived.
"""

import asyncio
import re
from multiprocessing.connection import Connection as Pipe
from time import monotonic

_SENT = b'{"sentMessages":[{"id":"461230966842"}]}'
YES = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-line-request-id: bench\r\n"
    b"Content-Length: %d\r\n\r\n%b" % (len(_SENT), _SENT)
)
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_TOKEN = re.compile(rb'"replyToken": *"([0-9a-f]{8})')


class Line(asyncio.Protocol):
    """One connection of a bot, which may be kept open."""

    delay_s = 0.0
    arrived: dict[int, float] = {}  # noqa: RUF012  one process, one LINE

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin with nothing read."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.buffer = b""

    def data_received(self, data: bytes) -> None:
        """Take every call that is complete."""
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            found = _LENGTH.search(self.buffer, 0, end)
            whole = end + 4 + (int(found[1]) if found else 0)
            if len(self.buffer) < whole:
                return
            self._take(self.buffer[end + 4 : whole])
            self.buffer = self.buffer[whole:]

    def _take(self, body: bytes) -> None:
        if token := _TOKEN.search(body):
            self.arrived.setdefault(int(token[1], 16), monotonic())
        if self.delay_s:
            asyncio.get_running_loop().call_later(self.delay_s, self._answer)
        else:
            self._answer()

    def _answer(self) -> None:
        if not self.transport.is_closing():
            self.transport.write(YES)


def play_line(pipe: Pipe) -> None:
    """Serve on a free port, which is said first.

    Then each float that comes sets the delay in seconds and forgets what arrived; True asks for the
    instants (monotonic seconds) by event; None ends it.
    """

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(Line, "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        while (order := await asyncio.to_thread(pipe.recv)) is not None:
            if order is True:
                pipe.send(dict(Line.arrived))
            else:
                Line.delay_s = float(order)
                Line.arrived.clear()

    asyncio.run(serve())
