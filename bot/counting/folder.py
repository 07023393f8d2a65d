"""The folder in which the processes of one server count together: a file for each, mapped."""

import os
import shutil
import tempfile
from pathlib import Path

from prometheus_client import multiprocess, values

PREFIX = "shizhong-counts-"


def make() -> Path:
    """A new folder of this process and those that it forks; those of dead servers go."""
    for old in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if not _is_alive(old.name.removeprefix(PREFIX).partition("-")[0]):
            shutil.rmtree(old, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))


def remove(folder: Path) -> None:
    """Let it go, at the end of the server."""
    shutil.rmtree(folder, ignore_errors=True)


def count_together() -> None:
    """From now on what is made counts in the folder that the environment names."""
    values.ValueClass = values.MultiProcessValue()


def let_go(process: int, folder: Path) -> None:
    """A process of the server ended: what it counted stays, what it was goes."""
    multiprocess.mark_process_dead(process, str(folder))


def processes(folder: Path | None) -> list[int]:
    """The living processes that count in this folder; without one, this one alone."""
    if folder is None:
        return [os.getpid()]
    found = {path.stem.rpartition("_")[2] for path in folder.glob("*.db")}
    return sorted(int(one) for one in found if one.isdecimal() and _is_alive(one))


def _is_alive(process: str) -> bool:
    if not process.isdecimal():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except OSError:  # of somebody else
        return True
    return True
