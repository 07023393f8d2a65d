"""A green worker: whoever comes where many wait is sent away before anything is read."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from gunicorn.workers.ggevent import GeventWorker

from bot.web.green import GreenWorker

CALL = b"POST /callback HTTP/1.1\r\nHost: bot\r\nContent-Length: 2\r\n\r\n{}"
PAGE = b"GET /healthz HTTP/1.1\r\nHost: bot\r\n\r\n"


@dataclass
class Crowd:
    is_crowded: bool = True
    begins: bytes = b"POST /callback "
    sent_away: int = 0

    def send_away(self) -> bytes:
        self.sent_away += 1
        return b"HTTP/1.1 503 No\r\n\r\n"


@dataclass
class Stage:
    """One connection to a worker, seen from both ends."""

    crowd: Crowd
    worker: GreenWorker
    caller: socket.socket
    ours: socket.socket
    served: list[bytes] = field(default_factory=list)

    def call(self, words: bytes) -> bytes:
        self.caller.sendall(words)
        self.worker.handle(None, self.ours, None)
        return self.caller.recv(100)


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    crowd, worker = Crowd(), GreenWorker.__new__(GreenWorker)
    worker.app, worker.cfg = SimpleNamespace(crowd=crowd), SimpleNamespace(keepalive=5)
    worker.alive, worker._idle = True, {}
    caller, ours = socket.socketpair()
    found = Stage(crowd, worker, caller, ours)

    def serve(_: object, _listener: object, client: socket.socket, _addr: object) -> None:
        found.served.append(client.recv(100))
        client.sendall(b"served")

    monkeypatch.setattr(GeventWorker, "handle", serve)
    with caller, ours:
        yield found


def test_a_webhook_that_comes_into_a_crowd_is_sent_away_unread(stage: Stage) -> None:
    assert stage.call(CALL) == b"HTTP/1.1 503 No\r\n\r\n"
    assert (stage.served, stage.crowd.sent_away) == ([], 1)
    assert stage.ours.fileno() == -1  # closed


def test_a_page_is_served_all_the_same_with_nothing_of_it_missing(stage: Stage) -> None:
    assert stage.call(PAGE) == b"served"
    assert (stage.served, stage.crowd.sent_away) == ([PAGE], 0)


def test_without_a_crowd_webhooks_are_served(stage: Stage) -> None:
    stage.crowd.is_crowded = False

    assert stage.call(CALL) == b"served"
    assert (stage.served, stage.crowd.sent_away) == ([CALL], 0)


def test_one_who_is_gone_already_harms_nobody(stage: Stage) -> None:
    stage.caller.sendall(CALL)
    stage.caller.close()

    stage.worker.handle(None, stage.ours, None)

    assert stage.ours.fileno() == -1
