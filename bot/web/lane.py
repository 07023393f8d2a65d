"""Webhooks over one connection: read by llhttp, answered in one piece.

What gunicorn does for any request, such as reading it in Python and building an environment, costs
more than reading a webhook. Whatever else comes over the connection is left to gunicorn, unread.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from enum import Enum
from socket import MSG_PEEK, socket
from time import monotonic
from typing import Any

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser

from bot.web.webhook import LARGEST_BODY, PATH, Said, Webhook

log = logging.getLogger(__name__)

BEGINS = f"POST {PATH} ".encode()  # what a webhook looks like before it is read
PIECE = 65_536
LARGEST_HEAD = 65_536
READ_S = 15.0  # for one webhook: LINE waits two seconds for the answer
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"
SIGNATURE = b"x-line-signature"


class Next(Enum):
    """What becomes of a connection after its webhooks."""

    CLOSED = "closed"
    OTHER = "other"  # something else comes over it, of which nothing was read


class Lane:
    """Takes webhooks over connections.

    Args:
        waiting: entered while a connection stands open; left in silence when that takes too long.
        goes_on: whether the process takes more after the one that it answers.
    """

    def __init__(
        self,
        webhook: Webhook,
        waiting: Callable[[], AbstractContextManager[None]],
        goes_on: Callable[[], bool],
    ) -> None:
        self._webhook, self._waiting, self._goes_on = webhook, waiting, goes_on

    def take(self, client: socket, caller: str) -> Next:
        """Answer what comes until the connection is closed, or something else comes."""
        try:
            client.settimeout(READ_S)
            while begin := self._begin(client):
                if not begin.startswith(BEGINS):
                    return Next.OTHER
                if not self._answered(client, caller):
                    break
        except OSError as err:  # gone, never there, or too slow
            log.info("a connection broke: %s", type(err).__name__)
        client.close()
        return Next.CLOSED

    def _begin(self, client: socket) -> bytes:
        """How the next request begins; empty where none comes."""
        begin = b""
        with self._waiting():
            begin = client.recv(len(BEGINS), MSG_PEEK)
        return begin

    def _answered(self, client: socket, caller: str) -> bool:
        """Whether the connection stays open after the answer."""
        call = _Call(client)
        try:
            call.read()
        except (HttpParserError, HttpParserUpgrade):
            said = Said.BAD_REQUEST
        else:
            said = Said.TOO_LARGE
            if not call.is_too_large:
                said = self._webhook.take(call.body, call.signature, caller)
        stays = said is Said.OK and call.stays and self._goes_on()
        client.sendall(self._webhook.drawn(said, stays))
        return stays


class _Call:
    """One webhook while it comes; llhttp calls what begins with `on_`."""

    def __init__(self, client: socket) -> None:
        self.signature: str | None = None
        self.stays = self.is_too_large = False
        self._client = client
        self._pieces: list[bytes] = []
        self._length = 0
        self._expects = self._has_head = self._is_whole = False
        self._parser: Any = None

    @property
    def body(self) -> bytes:
        """What was sent."""
        return b"".join(self._pieces)

    def read(self) -> None:
        """Read it whole, or as far as its body is not too large.

        Raises:
            OSError: it ended early, or comes too slowly.
            HttpParserError: it is no HTTP.
        """
        until, head = monotonic() + READ_S, 0
        self._parser = parser = HttpRequestParser(self)
        try:
            while not (self._is_whole or self.is_too_large):
                piece = self._client.recv(PIECE)
                if not piece:
                    raise ConnectionResetError
                if monotonic() > until:
                    raise TimeoutError
                if not self._has_head:
                    head += len(piece)
                parser.feed_data(piece)
                self.is_too_large |= head > LARGEST_HEAD and not self._has_head
        finally:
            self._parser = None  # the two hold each other: rubbish that has to be looked for

    def on_header(self, name: bytes, value: bytes) -> None:
        name = name.lower()
        if self._is_whole:
            return
        if name == SIGNATURE:
            self.signature = value.decode("latin-1")
        elif name == b"expect":
            self._expects = True

    def on_headers_complete(self) -> None:
        self._has_head = True
        if self._expects and not self._is_whole:
            self._client.sendall(GO_ON)

    def on_body(self, piece: bytes) -> None:
        self._length += len(piece)
        self.is_too_large |= self._length > LARGEST_BODY
        if not (self.is_too_large or self._is_whole):
            self._pieces.append(piece)

    def on_message_begin(self) -> None:
        if self._is_whole:  # sent without waiting for the answer: it must come again
            self.stays = False

    def on_message_complete(self) -> None:
        if not self._is_whole:
            self._is_whole, self.stays = True, bool(self._parser.should_keep_alive())
