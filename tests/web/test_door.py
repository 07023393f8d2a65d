"""Too many webhooks at once: the rest is sent away in time, and comes again."""

import threading
import time

from bot.web.door import Door

SOON_S = 0.05


def test_so_many_are_let_in_and_the_next_one_is_sent_away_in_time() -> None:
    door = Door(at_once=2, longest_wait_s=SOON_S)

    with door.opened() as first, door.opened() as second, door.opened() as third:
        began = time.monotonic()
        with door.opened() as fourth:
            waited = time.monotonic() - began

    assert (first, second, third, fourth) == (True, True, False, False)
    assert waited >= SOON_S


def test_a_place_that_is_left_goes_to_whoever_waits_for_it() -> None:
    door, came = Door(at_once=1, longest_wait_s=10), []

    def come() -> None:
        with door.opened() as has_place:
            came.append(has_place)

    waiting = threading.Thread(target=come)
    with door.opened():
        waiting.start()
        waiting.join(SOON_S)
        before = list(came)
    waiting.join(10)

    assert (before, came) == ([], [True])


def test_one_who_was_sent_away_or_broke_leaves_no_place_taken() -> None:
    door = Door(at_once=1, longest_wait_s=0)

    with door.opened(), door.opened() as sent_away:
        pass
    try:
        with door.opened():
            raise RuntimeError
    except RuntimeError:
        pass
    with door.opened() as has_place:
        pass

    assert (sent_away, has_place) == (False, True)
