"""HTTP with one host: what leaves, what is read, which connections are used again."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bot.line import wire
from bot.line.wire import Wire, WireError

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n1\r\n!\r\n0\r\n\r\n"
HALF = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nX: then hangs up\r\n\r\n{}"
WAIT_S = 5
OK = b"HTTP/1.1 200 OK\r\nX-Id: 7\r\nContent-Length: 2\r\n\r\n{}"


class Host:
    """Somebody who says what the test has them say, to one request after the other."""

    def __init__(self, says: list[bytes | None], cover: Callable[[socket.socket], socket.socket]):
        self.says, self.cover = list(says), cover
        self.heard: list[bytes] = []
        self.connections = 0
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.door.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        while True:
            try:
                plain, _ = self.door.accept()
                client = self.cover(plain)
            except ssl.SSLError:
                plain.close()
                continue
            except OSError:
                return
            self.connections += 1
            with client, suppress(OSError):
                self._talk(client)

    def _talk(self, client: socket.socket) -> None:
        while self.says and (heard := client.recv(65_536)):
            self.heard.append(heard)
            say = self.says.pop(0)
            if say is None:  # hangs up without a word
                return
            client.sendall(say)
            if b"then hangs up" in say:
                return


@contextmanager
def host(
    *says: bytes | None, cover: Callable[[socket.socket], socket.socket] = lambda plain: plain
) -> Iterator[Host]:
    one = Host([*says], cover)
    try:
        yield one
    finally:
        # It must not wait there any more: whoever opens the next door may get this one's number.
        one.door.shutdown(socket.SHUT_RDWR)
        one.thread.join(WAIT_S)
        one.door.close()


@contextmanager
def to(one: Host, path: str = "", scheme: str = "http") -> Iterator[Wire]:
    line = Wire(f"{scheme}://127.0.0.1:{one.port}{path}", {"Authorization": "Bearer t"}, most=2)
    try:
        yield line
    finally:
        line.close()


def test_a_request_leaves_in_one_piece_with_all_that_goes_with_it() -> None:
    with host(OK) as one, to(one, "/stand-in/") as line:
        found = line.ask("POST", "/reply", b"{}", {"X-Key": "k"})

    [heard] = one.heard
    head, _, body = heard.partition(b"\r\n\r\n")
    assert head.split(b"\r\n") == [
        b"POST /stand-in/reply HTTP/1.1",
        f"Host: 127.0.0.1:{one.port}".encode(),
        b"Authorization: Bearer t",
        b"X-Key: k",
        b"Content-Length: 2",
    ]
    assert body == b"{}"
    assert (found.status, found.headers["x-id"], found.body) == (200, "7", b"{}")


def test_a_connection_is_used_again() -> None:
    with host(OK, OK, OK) as one, to(one) as line:
        for _ in range(3):
            line.ask("GET", "/")

    assert (one.connections, len(one.heard)) == (1, 3)


@pytest.mark.parametrize(
    "first",
    [
        OK.replace(b"X-Id: 7", b"Connection: close"),
        OK.replace(b"X-Id: 7", b"X-Id: then hangs up"),
    ],
    ids=["said so", "in silence"],
)
def test_a_connection_that_was_closed_is_not_used_again(first: bytes) -> None:
    with host(first, OK) as one, to(one) as line:
        line.ask("GET", "/")
        one.thread.join(0.1)  # until it has hung up
        found = line.ask("GET", "/")

    assert (found.status, one.connections) == (200, 2)


def test_a_connection_that_stood_open_for_long_is_not_used_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wire, "IDLE_S", 0.0)
    with host(OK.replace(b"X-Id: 7", b"X-Id: then hangs up"), OK) as one, to(one) as line:
        line.ask("GET", "/")
        line.ask("GET", "/")

    assert one.connections == 2


@pytest.mark.parametrize(
    ("says", "body"),
    [
        (b"HTTP/1.1 100 Continue\r\nX-Id: 1\r\n\r\n" + OK, b"{}"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n1\r\n!\r\n0\r\n\r\n",
            b"{}!",
        ),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", b""),
    ],
    ids=["it goes on", "in chunks", "nothing"],
)
def test_an_answer_is_read_whole(says: bytes, body: bytes) -> None:
    with host(says) as one, to(one) as line:
        found = line.ask("GET", "/")

    assert (found.status, found.body) == (200, body)


@pytest.mark.parametrize(
    ("says", "why"),
    [
        (None, "ConnectionResetError"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nX: then hangs up\r\n\r\n{}",
            "ConnectionResetError",
        ),
        (b"SSH-2.0-somebody\r\n\r\n", "HttpParserInvalidStatusError|HttpParserError"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n" + b"x" * 1_500_000, "TimeoutError"),
    ],
    ids=["no word", "half of it", "no HTTP", "endless"],
)
def test_what_cannot_be_read_is_an_error_and_asked_once(says: bytes | None, why: str) -> None:
    with host(says, OK) as one, to(one) as line, pytest.raises(WireError, match=why):
        line.ask("POST", "/reply", b"{}")

    assert len(one.heard) == 1


def test_an_address_without_a_host_and_a_header_of_two_lines_are_refused() -> None:
    with pytest.raises(ValueError, match="no address"):
        Wire("api.line.me", {}, most=1)
    with pytest.raises(ValueError, match="more than one line"):
        Wire("https://api.line.me", {"Authorization": "Bearer a\r\nX: b"}, most=1)


def test_only_a_host_whose_certificate_is_trusted_is_told_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = _certificate_in(tmp_path)
    guise = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    guise.load_cert_chain(certificate)

    def cover(plain: socket.socket) -> socket.socket:
        return guise.wrap_socket(plain, server_side=True)

    with host(OK, OK, cover=cover) as one:
        with (
            to(one, scheme="https") as line,
            pytest.raises(WireError, match="SSLCertVerificationError"),
        ):
            line.ask("GET", "/")
        unheard = list(one.heard)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with to(one, scheme="https") as line:
            found = [line.ask("GET", "/").status for _ in range(2)]

    assert (unheard, found, one.connections) == ([], [200, 200], 1)


def _certificate_in(folder: Path) -> Path:
    """A certificate of this machine's own making, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "stand-in")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "both.pem"
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8)
    path.write_bytes(
        key.private_bytes(*form, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path
