"""Webhooks over one connection, as a green worker takes them; all else is left to gunicorn."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import pytest
import urllib3

from bot.line.signature import sign
from bot.store.tables import EventState
from bot.web import turnstile
from bot.web.lane import LARGEST_HEAD, Lane, Next
from bot.web.webhook import LARGEST_BODY
from tests.line.bodies import body
from tests.web.running import Running, running

PAGE = b"GET /healthz HTTP/1.1\r\nHost: bot\r\n\r\n"
WITHIN_S = 10


class Connection:
    """A connection to a lane, from the caller's end."""

    def __init__(self, bot: Running, goes_on: bool = True) -> None:
        self.caller, self.ours = socket.socketpair()
        self.caller.settimeout(WITHIN_S)
        self.lane = Lane(bot.webhook, nullcontext, lambda: goes_on)
        self.became: Next | None = None
        self.thread = threading.Thread(target=self._take)
        self.thread.start()

    def _take(self) -> None:
        self.became = self.lane.take(self.ours, "192.0.2.1")

    def say(self, *pieces: bytes) -> None:
        for piece in pieces:
            self.caller.sendall(piece)

    def heard(self) -> tuple[int, dict[str, str]]:
        """The status of the next answer, and its headers."""
        said = b""
        while b"\r\n\r\n" not in said and (piece := self.caller.recv(1)):
            said += piece
        first, *lines = said.decode().rstrip().split("\r\n")
        heads = dict(line.lower().split(": ", 1) for line in lines)
        self.caller.recv(int(heads.get("content-length", 0)))
        return int(first.split(" ")[1]), heads

    def became_of_it(self) -> Next | None:
        self.thread.join(WITHIN_S)
        return self.became


@contextmanager
def connected(bot: Running, goes_on: bool = True) -> Iterator[Connection]:
    connection = Connection(bot, goes_on)
    try:
        yield connection
    finally:
        connection.caller.close()
        connection.thread.join(WITHIN_S)
        connection.ours.close()


def call(bot: Running, *events: object, signed: bool = True) -> tuple[bytes, bytes]:
    """Head and body of a webhook."""
    raw = body(*events)
    signature = sign(raw, bot.platform.account.secret) if signed else "none"
    lines = f"Host: bot\r\nX-Line-Signature: {signature}\r\nContent-Length: {len(raw)}\r\n\r\n"
    return f"POST /callback HTTP/1.1\r\n{lines}".encode(), raw


def test_one_webhook_after_the_other_is_answered_over_one_connection(bot: Running) -> None:
    with connected(bot) as one:
        answers = []
        for event_id in ("01A", "01B"):
            one.say(*call(bot, bot.event(event_id)))
            answers.append(one.heard())
        one.caller.close()

        assert [status for status, _ in answers] == [200, 200]
        assert {heads["connection"] for _, heads in answers} == {"keep-alive"}
        assert one.became_of_it() is Next.CLOSED
    assert bot.settled() == {"01A": EventState.SENT, "01B": EventState.SENT}


def test_a_webhook_may_come_in_any_pieces(bot: Running) -> None:
    head, raw = call(bot, bot.event())
    with connected(bot) as one:
        one.say(head[:20], *(head[i : i + 7] for i in range(20, len(head), 7)))
        one.say(*(raw[i : i + 11] for i in range(0, len(raw), 11)))

        assert one.heard()[0] == 200
    assert bot.settled() == {"01A": EventState.SENT}


def test_a_webhook_may_ask_first_and_come_in_chunks(bot: Running) -> None:
    raw = body(bot.event())
    signature = sign(raw, bot.platform.account.secret)
    head = (
        "POST /callback HTTP/1.1\r\nHost: bot\r\nExpect: 100-continue\r\n"
        f"Transfer-Encoding: chunked\r\nx-line-signature: {signature}\r\n\r\n"
    )
    with connected(bot) as one:
        one.say(head.encode())
        may_go_on, _ = one.heard()
        one.say(b"%x\r\n%b\r\n" % (len(raw), raw), b"0\r\n\r\n")

        assert (may_go_on, one.heard()[0]) == (100, 200)
    assert bot.settled() == {"01A": EventState.SENT}


@pytest.mark.parametrize("first", [(), ("01A",)], ids=["at once", "after a webhook"])
def test_what_else_comes_is_left_as_it_came(bot: Running, first: tuple[str, ...]) -> None:
    with connected(bot) as one:
        for event_id in first:
            one.say(*call(bot, bot.event(event_id)))
            assert one.heard()[0] == 200
        one.say(PAGE)

        assert one.became_of_it() is Next.OTHER
        assert one.ours.recv(1_000) == PAGE


def test_two_at_once_are_answered_one_by_one(bot: Running) -> None:
    with connected(bot) as one:
        one.say(b"".join((*call(bot, bot.event("01A")), *call(bot, bot.event("01B")))))
        status, heads = one.heard()

        # Whoever did not wait sends the second again over another connection.
        assert (status, heads["connection"]) == (200, "close")
        assert one.became_of_it() is Next.CLOSED
    assert bot.settled() == {"01A": EventState.SENT}


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (b"POST /callback nothing\r\n\r\n", 400),
        (b"POST /callback HTTP/1.1\r\nHost: bot\r\nContent-Length: x\r\n\r\n", 400),
        (b"POST /callback HTTP/1.1\r\nHost: bot\r\nContent-Length: 2\r\n\r\n{}", 400),
        (b"POST /callback HTTP/1.1\r\nX: " + b"x" * (LARGEST_HEAD + 1), 413),
        (
            b"POST /callback HTTP/1.1\r\nHost: bot\r\nContent-Length: %d\r\n\r\n%b"
            % (LARGEST_BODY + 1, b"x" * (LARGEST_BODY + 1)),
            413,
        ),
    ],
    ids=["no HTTP", "no length", "unsigned", "large head", "large body"],
)
def test_what_is_no_webhook_of_line_is_told_so_and_hung_up_on(
    bot: Running, said: bytes, status: int
) -> None:
    with connected(bot) as one:
        sending = threading.Thread(target=_say_what_is_taken, args=(one, said))
        sending.start()
        found, heads = one.heard()
        sending.join(WITHIN_S)

        assert (found, heads["connection"]) == (status, "close")
        assert one.became_of_it() is Next.CLOSED


def _say_what_is_taken(one: Connection, said: bytes) -> None:
    try:
        one.say(said)
    except OSError:
        return  # it has heard enough


def test_in_a_crowd_it_is_sent_away_also_where_its_body_comes_later(
    bot: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turnstile, "MOST_WAITING", 0)
    head, raw = call(bot, bot.event())
    with connected(bot) as one:
        one.say(head)
        one.thread.join(0.05)
        one.say(raw)

        assert one.heard()[0] == 503
        assert one.became_of_it() is Next.CLOSED
    assert bot.settled() == {}


def test_a_process_that_stops_answers_and_hangs_up(bot: Running) -> None:
    with connected(bot, goes_on=False) as one:
        one.say(*call(bot, bot.event()))
        status, heads = one.heard()

        assert (status, heads["connection"]) == (200, "close")
        assert one.became_of_it() is Next.CLOSED


def test_one_who_leaves_in_the_middle_harms_nobody(bot: Running) -> None:
    head, raw = call(bot, bot.event())
    with connected(bot) as one:
        one.say(head, raw[:-1])
        one.caller.close()

        assert one.became_of_it() is Next.CLOSED
        assert one.ours.fileno() == -1
    assert bot.settled() == {}


@pytest.mark.parametrize("signed", [True, False])
def test_a_webhook_is_told_the_same_as_through_any_server(bot: Running, signed: bool) -> None:
    head, raw = call(bot, bot.event(), signed=signed)
    lines = [line.split(": ") for line in head.decode().split("\r\n")[1:-2]]
    with running(bot.settings, bot.platform) as other:
        theirs = urllib3.request("POST", f"{other.url}/callback", body=raw, headers=dict(lines))
    with connected(bot) as one:
        one.say(head, raw)
        status, heads = one.heard()

    of_servers = {"date", "server", "connection"}
    assert status == theirs.status
    assert {n: v for n, v in heads.items() if n not in of_servers} == {
        n.lower(): v.lower() for n, v in theirs.headers.items() if n.lower() not in of_servers
    }
