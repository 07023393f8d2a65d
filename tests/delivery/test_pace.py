"""How fast LINE is called: at most at the rate, and at once where nothing went before."""

from bot.delivery.pace import BURST_S, Pace


def test_calls_beyond_the_burst_wait_for_their_turn() -> None:
    now, slept = [100.0], list[float]()

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    pace = Pace(rate=50, elapsed=lambda: now[0], sleep=sleep)
    for _ in range(105):
        pace.wait()

    at_once = int(BURST_S * 50)
    assert len(slept) == 105 - at_once - 1
    assert abs(now[0] - 100 - (104 - at_once) / 50) < 1e-6
