"""A pooler in transaction mode, as PgBouncer is one: each transaction runs on another connection.

It speaks PostgreSQL's protocol between the bot and a real server, and is stricter than PgBouncer:
connections are handed out in turn, so that no two transactions of a client that follow each other
share one, and whatever would outlive its transaction is refused by name.
"""

import re
import select
import socket
import struct
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

OWN_PROCESS = 2**31 - 1
SERVERS = 6  # connections for each database
ENCRYPTION = (80877103, 80877104)  # asks for TLS, for GSS: there is none on loopback
ASKS = b"QSF"  # after these the server says once that it is ready
# What the next transaction, on another connection, would miss.
OUTLIVES = re.compile(
    r"\s*(LISTEN|UNLISTEN|PREPARE|DISCARD|LOAD|CREATE\s+(LOCAL\s+)?TEMP"
    r"|SET\s+(?!LOCAL\b|TRANSACTION\b|CONSTRAINTS\b)|DECLARE\s.*\bWITH\s+HOLD"
    r"|.*\bpg_(try_)?advisory_lock)",
    re.I | re.S,
)


class Wire:
    """One side of the protocol: bytes in, whole messages out."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self._bytes = b""

    def read(self) -> bool:
        """Take what is there; False where the other side is gone."""
        more = self.sock.recv(65536)
        self._bytes += more
        return bool(more)

    def messages(self) -> Iterator[tuple[bytes, bytes]]:
        """What came in whole: its kind, and all of it."""
        while len(self._bytes) >= 5:
            size = 1 + int.from_bytes(self._bytes[1:5], "big")
            if len(self._bytes) < size:
                return
            message, self._bytes = self._bytes[:size], self._bytes[size:]
            yield message[:1], message


class Pool:
    """The connections to one database; the one that rested longest is handed out first."""

    def __init__(self, socket_file: str, start: bytes) -> None:
        self._address, self._start = socket_file, start
        self._free: deque[Wire] = deque()
        self._given = threading.Condition()
        self._is_closed = False
        self.greeting = b""
        for _ in range(SERVERS):
            self._free.append(self._connected())

    def take(self) -> Wire:
        with self._given:
            self._given.wait_for(lambda: self._free)
            return self._free.popleft()

    def give(self, server: Wire) -> None:
        with self._given:
            if self._is_closed:  # a relay that ended after us
                server.sock.close()
                return
            self._free.append(server)
            self._given.notify()

    def replace(self, server: Wire) -> None:
        """Its client left it in the middle of something."""
        server.sock.close()
        with suppress(OSError):
            self.give(self._connected())

    def close(self) -> None:
        with self._given:
            self._is_closed = True
            for server in self._free:
                server.sock.close()

    def _connected(self) -> Wire:
        sock = socket.socket(socket.AF_UNIX)
        try:
            return self._greeted(sock)
        except BaseException:
            sock.close()
            raise

    def _greeted(self, sock: socket.socket) -> Wire:
        sock.connect(self._address)
        sock.sendall(self._start)
        server, greeting, is_ready = Wire(sock), b"", False
        while not is_ready:
            assert server.read(), "the server does not let us in"
            for kind, message in server.messages():
                # Whom to cancel is ours to know: as PgBouncer, it names a process of its own.
                own = message[:5] + OWN_PROCESS.to_bytes(4, "big") + message[9:]
                greeting += own if kind == b"K" else message
                is_ready = kind == b"Z"
        self.greeting = greeting
        return server


class Relay:
    """One client: while it is in a transaction it has a server, and else it has none."""

    def __init__(self, pooler: "Pooler", client: Wire, pool: Pool) -> None:
        self._pooler, self._client, self._pool = pooler, client, pool
        self._server: Wire | None = None
        self._asked = 0

    def run(self) -> None:
        """Until the client leaves."""
        try:
            goes_on = True
            while goes_on:
                sides = [side.sock for side in (self._client, self._server) if side]
                ready, _, _ = select.select(sides, [], [])
                goes_on = self._client.sock not in ready or self._hear_client()
                if goes_on and self._server and self._server.sock in ready:
                    goes_on = self._hear_server(self._server)
        finally:
            if self._server:
                self._pool.replace(self._server)

    def _hear_client(self) -> bool:
        is_there = self._client.read()
        for kind, message in self._client.messages():
            if kind == b"X":
                return False
            self._pooler.look_at(kind, message)
            self._server = self._server or self._pool.take()
            self._server.sock.sendall(message)
            self._asked += kind in ASKS
        return is_there

    def _hear_server(self, server: Wire) -> bool:
        is_there = server.read()
        for kind, message in server.messages():
            self._client.sock.sendall(message)
            self._asked -= kind == b"Z"
            if kind == b"Z" and message[5:6] == b"I" and not self._asked:
                self._pooler.transactions += 1
                self._server = None
                self._pool.give(server)
        return is_there


class Pooler:
    """Listens on loopback; keeps what the clients asked for that a pooler cannot give."""

    def __init__(self, socket_folder: str) -> None:
        self._socket_file = str(Path(socket_folder) / ".s.PGSQL.5432")
        self._pools: dict[bytes, Pool] = {}
        self._lock = threading.Lock()
        self._door = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._door.getsockname()[1]
        self.refused: list[str] = []
        self.transactions = 0

    def serve(self) -> None:
        with suppress(OSError):  # closed
            while True:
                client, _ = self._door.accept()
                threading.Thread(target=self._greet, args=(client,), daemon=True).start()

    def close(self) -> None:
        self._door.close()
        with suppress(OSError):  # wakes whoever waits in accept
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        for pool in self._pools.values():
            pool.close()

    def _greet(self, sock: socket.socket) -> None:
        with sock, suppress(OSError):
            # Messages go on one by one: else each would wait for the other side's receipt.
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
            while True:
                head = sock.recv(8, socket.MSG_WAITALL)
                if len(head) < 8:
                    return
                size, code = struct.unpack("!ii", head)
                if code not in ENCRYPTION:
                    break
                sock.sendall(b"N")
            start = head + sock.recv(size - 8, socket.MSG_WAITALL)
            with self._lock:
                pool = self._pools.get(start) or Pool(self._socket_file, start)
                self._pools[start] = pool
            sock.sendall(pool.greeting)
            Relay(self, Wire(sock), pool).run()

    def look_at(self, kind: bytes, message: bytes) -> None:
        if kind not in b"PQ":
            return
        name, _, rest = message[5:].partition(b"\0") if kind == b"P" else (b"", b"", message[5:])
        sql = rest.partition(b"\0")[0].decode(errors="replace")
        if name:
            self.refused.append(f"prepared {name.decode()}: {sql[:80]}")
        if OUTLIVES.match(sql):
            self.refused.append(sql[:80])


@contextmanager
def pooled(url: str) -> Iterator[tuple[str, Pooler]]:
    """The way to the same database through a pooler, and that pooler."""
    parsed: Any = make_url(url)
    pooler = Pooler(str(parsed.query["host"]))
    thread = threading.Thread(target=pooler.serve, daemon=True)
    thread.start()
    through = parsed.set(host="127.0.0.1", port=pooler.port, query={})
    try:
        yield through.render_as_string(hide_password=False), pooler
    finally:
        pooler.close()
        thread.join()
