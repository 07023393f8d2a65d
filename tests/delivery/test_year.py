"""Half a year on a short quota: each once or not at all, none when done, none at night."""

from datetime import datetime
from pathlib import Path

from benchmarks.year import table, year
from benchmarks.year_delivery import Setting
from bot.clock import TAIPEI
from bot.loading import load_reader
from bot.settings import Settings


def test_half_a_year_is_told_once_also_where_the_quota_is_short(tmp_path: Path) -> None:
    reader = load_reader(Settings())
    short = Setting(most=12, share=0.1, until=datetime(2022, 7, 1, tzinfo=TAIPEI))

    [found] = year(tmp_path, reader, 30, [short])

    held = sum(fates["held"] for fates in found.fates.values())
    assert found.due > 50
    assert held > 0
    assert 0 < found.paid <= 12 * 12
    assert found.free > 0
    assert set(found.faults) == {"lost", "not due", "twice", "done", "at night", "digest"}
    assert found.faults.total() == 0
    assert any("| 12 |" in line for line in table([found]))
