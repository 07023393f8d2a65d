"""Too many webhooks at once: the rest is sent away in time, and comes again."""

import threading
import time

import pytest

from bot.store.tables import EventState
from bot.web import turnstile as room
from bot.web.turnstile import Turnstile
from tests.web.running import Running, running

SOON_S, LONG_S = 0.05, 10


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "AT_ONCE", 1)
    monkeypatch.setattr(room, "LONGEST_WAIT_S", SOON_S)


def test_so_many_are_let_in_and_the_next_one_is_sent_away_in_time() -> None:
    turnstile = Turnstile()

    with turnstile.opened() as first:
        began = time.monotonic()
        with turnstile.opened() as second:
            waited = time.monotonic() - began

    assert (first, second) == (True, False)
    assert waited >= SOON_S


def test_a_place_that_is_left_goes_to_whoever_waits_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(room, "LONGEST_WAIT_S", LONG_S)
    monkeypatch.setattr(room, "MOST_WAITING", 1)
    turnstile, came = Turnstile(), []

    def come() -> None:
        with turnstile.opened() as has_place:
            came.append(has_place)

    waiting = threading.Thread(target=come)
    with turnstile.opened():
        before = turnstile.is_crowded
        waiting.start()
        while not turnstile.is_crowded and waiting.is_alive():
            waiting.join(0.01)
        meanwhile, came_early = turnstile.is_crowded, list(came)
    waiting.join(LONG_S)

    assert (came_early, came) == ([], [True])
    assert (before, meanwhile, turnstile.is_crowded) == (False, True, False)


def test_nobody_who_comes_later_takes_the_place_of_one_who_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(room, "LONGEST_WAIT_S", LONG_S)
    turnstile, came = Turnstile(), []

    def come(name: str) -> None:
        with turnstile.opened():
            came.append(name)

    waiting = threading.Thread(target=come, args=["waited"])
    with turnstile.opened():
        waiting.start()
        time.sleep(SOON_S)
    come("came later")
    waiting.join(LONG_S)

    assert came == ["waited", "came later"]


def test_one_who_was_sent_away_or_broke_leaves_no_place_taken() -> None:
    turnstile = Turnstile()

    with turnstile.opened(), turnstile.opened() as sent_away:
        pass
    with pytest.raises(RuntimeError), turnstile.opened():
        raise RuntimeError
    with turnstile.opened() as has_place:
        pass

    assert (sent_away, has_place) == (False, True)


@pytest.mark.parametrize("full", ["AT_ONCE", "MOST_WAITING"])
def test_a_webhook_that_is_sent_away_is_not_noted_and_is_answered_when_it_comes_again(
    bot: Running, monkeypatch: pytest.MonkeyPatch, full: str
) -> None:
    asked = bot.event()
    with monkeypatch.context() as narrower:
        narrower.setattr(room, full, 0)
        with running(bot.settings, bot.platform) as crowded:
            sent_away = crowded.post(asked)
            kept = crowded.settled()
    taken = bot.post({**asked, "deliveryContext": {"isRedelivery": True}})

    assert (sent_away, kept, taken) == (503, {}, 200)
    assert bot.settled() == {"01A": EventState.SENT}
