"""HTTP with one host over connections that stay open: small requests, answers that are read whole.

Each request leaves in one piece and llhttp reads what comes back: hundreds of replies a second go
this way, and a client that can do more takes ten times as long for each.
"""

import select
import socket
import ssl
from dataclasses import dataclass, field
from functools import cached_property
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from gevent.monkey import get_original  # type: ignore[import-untyped]
from httptools import HttpParserError, HttpResponseParser

CONNECT_S = 3.0
READ_S = 5.0
# Then whoever stands between has perhaps dropped it, and tells nobody.
IDLE_S = 50.0
PIECE = 65_536
LONGEST = 1_000_000  # bytes of an answer: LINE's have some hundred
_poll = get_original("select", "poll")  # also where threads are green: it does not wait


class WireError(Exception):
    """The host was not reached, or what it said is no HTTP. Perhaps it did what was asked."""


@dataclass(slots=True)
class Response:
    """What came back. The names of headers are in lower case."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class Wire:
    """Connections to the host of this address; threads share it.

    Args:
        address: `http://…` or `https://…`; a path in it stands before every path that is asked for.
        headers: sent with every request.
        most: how many connections are kept while nothing is asked.

    Raises:
        ValueError: the address has no host, or a header more than one line.
    """

    def __init__(self, address: str, headers: dict[str, str], most: int) -> None:
        parts = urlsplit(address)
        if not parts.hostname or parts.scheme not in ("http", "https"):
            raise ValueError(f"no address of a host: {address!r}")
        self._is_tls = parts.scheme == "https"
        self._host = parts.hostname
        self._port = parts.port or (443 if self._is_tls else 80)
        self._path = parts.path.rstrip("/")
        self._head = _lines({"Host": parts.netloc.rpartition("@")[2], **headers})
        self._idle: list[tuple[socket.socket, float]] = []
        self._most = most

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Response:
        """What the host says to this request, which is sent once.

        Raises:
            WireError: nothing came, or nothing that can be read.
        """
        more = _lines(headers) if headers else b""
        first = f"{method} {self._path}{path} HTTP/1.1\r\n".encode("ascii")
        request = b"%b%b%bContent-Length: %d\r\n\r\n%b" % (first, self._head, more, len(body), body)
        try:
            return self._asked(self._kept() or self._connected(), request)
        except (OSError, HttpParserError) as err:
            raise WireError(type(err).__name__) from err

    def close(self) -> None:
        """Close what is kept open."""
        while (kept := self._kept()) is not None:
            kept.close()

    @cached_property
    def _trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context()  # reads the machine's certificates: some 40 ms

    def _asked(self, wire: socket.socket, request: bytes) -> Response:
        stays = False
        try:
            wire.sendall(request)
            reading = _Reading()
            response = reading.read(wire)
            stays = reading.stays and len(self._idle) < self._most
        finally:
            if not stays:
                wire.close()
        if stays:
            self._idle.append((wire, monotonic()))
        return response

    def _kept(self) -> socket.socket | None:
        """The connection that was used last and is still open; None where there is none."""
        since = monotonic() - IDLE_S
        while True:
            try:
                wire, used_at = self._idle.pop()
            except IndexError:
                return None
            if used_at > since and not _is_readable(wire):
                return wire
            wire.close()

    def _connected(self) -> socket.socket:
        wire = socket.create_connection((self._host, self._port), CONNECT_S)
        try:
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._is_tls:
                wire = self._trusted.wrap_socket(wire, server_hostname=self._host)
            wire.settimeout(READ_S)
        except BaseException:
            wire.close()
            raise
        return wire


class _Reading:
    """One answer while it comes; llhttp calls what begins with `on_`."""

    def __init__(self) -> None:
        self.stays = self._is_whole = False
        self._response = Response()
        self._pieces: list[bytes] = []
        self._parser: Any = None

    def read(self, wire: socket.socket) -> Response:
        """The answer. Raises OSError (it ended early, or late) and HttpParserError."""
        until, length = monotonic() + READ_S, 0
        self._parser = parser = HttpResponseParser(self)
        try:
            while not self._is_whole:
                piece = wire.recv(PIECE)
                length += len(piece)
                if not piece:
                    raise ConnectionResetError
                if length > LONGEST or monotonic() > until:
                    raise TimeoutError
                parser.feed_data(piece)
        finally:
            self._parser = None  # the two hold each other: rubbish that has to be looked for
        return self._response

    def on_header(self, name: bytes, value: bytes) -> None:
        self._response.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_body(self, piece: bytes) -> None:
        self._pieces.append(piece)

    def on_message_complete(self) -> None:
        self._response.status = self._parser.get_status_code()
        if self._response.status < 200:  # only that it will go on
            self._response.headers.clear()
            return
        self._response.body = b"".join(self._pieces)
        self.stays, self._is_whole = self._parser.should_keep_alive(), True


def _is_readable(wire: socket.socket) -> bool:
    """Whether there is something to read though nothing was asked: mostly that it was closed."""
    looked = _poll()
    looked.register(wire.fileno(), select.POLLIN)
    return bool(looked.poll(0))


def _lines(headers: dict[str, str]) -> bytes:
    lines = [f"{name}: {value}" for name, value in headers.items()]
    if any(sign in line for line in lines for sign in "\r\n"):
        raise ValueError("a header has more than one line")
    return "".join(f"{line}\r\n" for line in lines).encode("latin-1")
