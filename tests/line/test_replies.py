"""Replies on their way: each ends, and how it ended is written down."""

import json
import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from bot.errors import DeliveryError, NeverWill, NotAllowed, TryLater
from bot.line import replies as room
from bot.line.replies import End, Replies, Result, Sender
from bot.messages import Answer, Text
from bot.store.events import Owed


def owed(event_id: str) -> Owed:
    answer = Answer((Text(event_id),))
    return Owed(channel_id="default", event_id=event_id, reply_token=event_id, answer=answer)


@dataclass
class Carrier:
    """Remembers what it carried; raises what it was told to raise for a token."""

    fails: dict[str, Exception] = field(default_factory=dict)
    carried: list[str] = field(default_factory=list)

    def reply(self, reply_token: str, drawn: bytes) -> None:
        if reply_token in self.fails:
            raise self.fails[reply_token]
        self.carried.append(json.loads(drawn)[0]["text"])


@dataclass
class Ledger:
    """Where results are written; breaks the first `breaks` times."""

    breaks: int = 0
    results: dict[str, tuple[End, str]] = field(default_factory=dict)

    def __call__(self, results: Sequence[Result]) -> None:
        if self.breaks:
            self.breaks -= 1
            raise OSError("the database is away")
        self.results.update({r.event_id: (r.end, r.error) for r in results})


def by_any(carrier: Sender) -> Callable[[str], Sender]:
    """The same carrier for every channel."""
    return lambda _channel_id: carrier


def test_whatever_is_taken_over_is_sent_before_closing() -> None:
    carrier, ledger = Carrier(), Ledger()
    replies = Replies(by_any(carrier), ledger)

    for number in range(300):
        replies.put(owed(f"E{number}"))
    replies.close()

    assert sorted(carrier.carried) == sorted(ledger.results)
    assert len(carrier.carried) == 300
    assert set(ledger.results.values()) == {(End.SENT, "")}


@pytest.mark.parametrize(
    ("error", "end"),
    [
        (TryLater("503"), End.AGAIN),
        (NotAllowed("401"), End.AGAIN),  # nothing is lost by our own fault
        (NeverWill("400"), End.NEVER),
        (DeliveryError("?"), End.NEVER),
        (RuntimeError("words"), End.NEVER),  # a fault of our own: its words may be a person's
    ],
)
def test_one_that_fails_does_not_harm_its_neighbours(error: Exception, end: End) -> None:
    carrier, ledger = Carrier({"E2": error}), Ledger()
    replies = Replies(by_any(carrier), ledger)

    for event_id in ("E1", "E2", "E3"):
        replies.put(owed(event_id))
    replies.close()

    said = str(error) if isinstance(error, DeliveryError) else "RuntimeError"
    assert sorted(carrier.carried) == ["E1", "E3"]
    assert ledger.results["E2"] == (end, said)


def test_the_caller_does_not_wait_for_line() -> None:
    let_go, ledger = threading.Event(), Ledger()

    class Slow(Carrier):
        def reply(self, reply_token: str, drawn: bytes) -> None:
            assert let_go.wait(10)

    replies = Replies(by_any(Slow()), ledger)
    for number in range(100):
        replies.put(owed(f"E{number}"))  # would hang here if it waited
    let_go.set()
    replies.close()

    assert len(ledger.results) == 100


def test_a_ledger_that_breaks_once_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "BETWEEN_TRIES_S", 0)
    ledger = Ledger(breaks=1)
    replies = Replies(by_any(Carrier()), ledger)

    replies.put(owed("E1"))
    replies.close()

    assert ledger.results == {"E1": (End.SENT, "")}


def test_what_waited_too_long_is_left_to_somebody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LONGEST_WAIT_S", -1)
    carrier, ledger = Carrier(), Ledger()
    replies = Replies(by_any(carrier), ledger)

    replies.put(owed("E1"))
    replies.close()

    assert carrier.carried == []
    assert ledger.results["E1"][0] is End.AGAIN


def test_what_has_not_begun_when_its_process_stops_is_handed_back() -> None:
    let_go, begun, ledger = threading.Event(), threading.Semaphore(0), Ledger()

    class Slow(Carrier):
        def reply(self, reply_token: str, drawn: bytes) -> None:
            begun.release()
            assert let_go.wait(10)

    replies = Replies(by_any(Slow()), ledger, finish_s=-1)
    for number in range(room.THREADS + 12):
        replies.put(owed(f"E{number}"))
    for _ in range(room.THREADS):
        assert begun.acquire(timeout=10)
    closing = threading.Thread(target=replies.close)
    closing.start()
    while replies._hand_back_at == math.inf:
        closing.join(0.01)
    let_go.set()
    closing.join()

    ends = [end for end, _ in ledger.results.values()]
    assert ends.count(End.SENT) == room.THREADS
    assert ends.count(End.HANDED_BACK) == 12
