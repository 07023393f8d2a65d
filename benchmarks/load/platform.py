"""LINE's side of the wire: signed webhooks over connections that stay open."""

import asyncio
import hashlib
import hmac
import json
import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic, time_ns

_HEAD = re.compile(rb"HTTP/1\.1 (\d{3})[^\r]*\r\n(.*?)\r\n\r\n", re.DOTALL)
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What is put to a bot.

    Args:
        texts: what people write, in turn.
        people: how many different ones.
        seconds: how long.
        connections: how many webhooks at once.
        rate: webhooks a second, whatever the answers; 0: the next one when the last is answered.
        first: number of the first event; no number may come twice in one database.
    """

    port: int
    secret: str
    texts: Sequence[str]
    people: int = 1_000
    seconds: float = 5.0
    connections: int = 32
    rate: float = 0.0
    first: int = 0


@dataclass(slots=True)
class Sent:
    """What became of it: when each event was due (monotonic seconds), and what was answered."""

    due: dict[int, float] = field(default_factory=dict)
    answered: dict[int, float] = field(default_factory=dict)
    statuses: dict[int, int] = field(default_factory=dict)
    lost: int = 0  # connections that broke


def event_id_of(number: int) -> str:
    """How the event of this number is named."""
    return f"01BENCH{number:019d}"


def request_of(load: Load, number: int, again_of: int = 0) -> bytes:
    """The whole HTTP request of one event.

    Args:
        again_of: when it happened (ms), of one that LINE sends again: all else is as it was.
    """
    user = number * 7919 % load.people
    event = {
        "type": "message",
        "mode": "active",
        "timestamp": again_of or time_ns() // 1_000_000,
        "source": {"type": "user", "userId": f"U{user:032x}"},
        "webhookEventId": event_id_of(number),
        "deliveryContext": {"isRedelivery": again_of > 0},
        "replyToken": f"{number:08x}{0:024x}",
        "message": {
            "type": "text",
            "id": str(10**17 + number),
            "quoteToken": "q",
            "text": load.texts[number % len(load.texts)],
        },
    }
    plain = {"destination": "U" + "0" * 32, "events": [event]}
    body = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
    signed = hmac.new(load.secret.encode(), body, hashlib.sha256).digest()
    head = (
        f"POST /callback HTTP/1.1\r\nHost: 127.0.0.1:{load.port}\r\n"
        "Content-Type: application/json; charset=utf-8\r\nUser-Agent: LineBotWebhook/2.0\r\n"
        f"x-line-signature: {b64encode(signed).decode()}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Connection:
    """One to a bot, which stays open; the next call opens it again where it broke."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.calls = 0
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, request: bytes) -> int:
        """Put one request; the status of its answer.

        Raises:
            OSError: it broke, or what came back is no HTTP.
            asyncio.IncompleteReadError: it was closed before the answer was whole.
        """
        self.calls += 1
        try:
            if self.reader is None or self.reader.at_eof():
                self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
            assert self.writer is not None
            self.writer.write(request)
            status, stays = await self._answer(self.reader)
        except BaseException:
            self.close()
            raise
        if not stays:
            self.close()
        return status

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[int, bool]:
        found = _HEAD.match(await reader.readuntil(b"\r\n\r\n"))
        if found is None:
            raise OSError("no HTTP")
        length = _LENGTH.search(found[2])
        await reader.readexactly(int(length[1]) if length else 0)
        return int(found[1]), b"connection: close" not in found[2].lower()

    def close(self) -> None:
        """Let go of it."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


class Caller:
    """Puts one event after the other over one connection, and notes what became of them."""

    def __init__(self, load: Load, sent: Sent) -> None:
        self.load, self.sent = load, sent
        self.connection = Connection(load.port)

    async def call(self, number: int, due: float) -> None:
        """Put this event to the bot."""
        self.sent.due[number] = due
        try:
            status = await self.connection.ask(request_of(self.load, number))
        except (OSError, asyncio.IncompleteReadError):
            self.sent.lost += 1
            return
        self.sent.answered[number] = monotonic()
        self.sent.statuses[status] = self.sent.statuses.get(status, 0) + 1


async def put(load: Load) -> Sent:
    """Put the load to the bot, and say what it answered."""
    sent = Sent()
    callers = [Caller(load, sent) for _ in range(load.connections)]
    begin = monotonic()
    if load.rate:
        await _open_loop(load, callers, begin)
    else:
        numbers = iter(range(load.first, 2**32))

        async def ask_on(caller: Caller) -> None:
            while monotonic() - begin < load.seconds:
                await caller.call(next(numbers), monotonic())

        await asyncio.gather(*map(ask_on, callers))
    for caller in callers:
        caller.connection.close()
    return sent


async def _open_loop(load: Load, callers: list[Caller], begin: float) -> None:
    free: asyncio.Queue[Caller] = asyncio.Queue()
    for caller in callers:
        free.put_nowait(caller)

    async def one(number: int, due: float) -> None:
        caller = await free.get()
        await caller.call(number, due)
        free.put_nowait(caller)

    calls = []
    for step in range(int(load.seconds * load.rate)):
        due = begin + step / load.rate
        await asyncio.sleep(max(0.0, due - monotonic()))
        calls.append(asyncio.create_task(one(load.first + step, due)))
    await asyncio.gather(*calls)
