"""The folder in which the processes of a server count: whose files stay, and whose go."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from bot.counting import folder, gauges

NOBODY = 2**22 + 1  # above the highest number that a system gives a process


@pytest.fixture(autouse=True)
def somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's servers make their folders."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def left_by(somewhere: Path, process: object) -> Path:
    """The folder of a server of that number, with something counted in it."""
    left = somewhere / f"{folder.PREFIX}{process}-abc"
    left.mkdir()
    (left / f"counter_{process}.db").write_bytes(b"1")
    return left


def test_a_server_that_starts_lets_the_counts_of_dead_ones_go(somewhere: Path) -> None:
    dead, nonsense = left_by(somewhere, NOBODY), left_by(somewhere, "nobody")

    made = folder.make()

    assert made.is_dir()
    assert not dead.exists()
    assert not nonsense.exists()


def test_a_server_that_starts_leaves_the_counts_of_living_ones(somewhere: Path) -> None:
    beside = left_by(somewhere, os.getppid())

    made = folder.make()
    folder.remove(made)

    assert beside.is_dir()
    assert not made.exists()


def test_only_living_processes_are_named_each_once(somewhere: Path) -> None:
    made = folder.make()
    for name in (f"counter_{os.getpid()}", f"histogram_{os.getpid()}", f"counter_{NOBODY}", "odd"):
        (made / f"{name}.db").touch()

    assert folder.processes(made) == [os.getpid()]


def test_a_process_that_counts_for_itself_names_itself() -> None:
    assert folder.processes(None) == [os.getpid()]
    assert [one.labels["process"] for one in gauges.of_processes(None)] == [str(os.getpid())]


COUNT = """
import os, sys
from pathlib import Path
from bot.counting import folder
from bot.counting.meter import Meter

here = Path(sys.argv[1])
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(here)
folder.count_together()
meter = Meter(here)
for _ in range(int(sys.argv[2])):
    meter.event("text", "answered", 0.01)
print(meter.told(lambda: []).decode())
"""


def test_what_an_ended_process_counted_is_added_to_what_the_next_one_counts() -> None:
    made = str(folder.make())
    told = [
        subprocess.run(
            [sys.executable, "-c", COUNT, made, number],
            capture_output=True, text=True, check=True, timeout=60,
        ).stdout
        for number in ("2", "3")
    ]  # fmt: skip

    assert 'shizhong_events_total{kind="text",outcome="answered"} 2.0' in told[0]
    assert 'shizhong_events_total{kind="text",outcome="answered"} 5.0' in told[1]
