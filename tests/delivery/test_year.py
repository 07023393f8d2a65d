"""Five months on a short quota: each once or not at all, none when done, none at night."""

from datetime import datetime
from pathlib import Path

from benchmarks.year import table, year
from benchmarks.year_delivery import Setting
from bot.clock import TAIPEI
from tests.understand.plans import real_reader


def test_five_months_are_told_once_also_where_the_quota_is_short(tmp_path: Path) -> None:
    # Into June: what was held for want of May's quota goes out, or is void.
    short = Setting(most=8, share=0.1, until=datetime(2022, 6, 11, tzinfo=TAIPEI))

    [found] = year(tmp_path, real_reader(), 24, [short])

    held = sum(fates["held"] for fates in found.fates.values())
    assert found.due > 50
    assert held > 0
    assert 0 < found.paid <= 8 * 6
    assert found.free > 0
    assert set(found.faults) == {"lost", "not due", "twice", "done", "at night", "digest"}
    assert found.faults.total() == 0
    assert any("| 8 |" in line for line in table([found]))
