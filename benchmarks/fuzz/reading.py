"""Reads broken files by every way in, and counts what came of them."""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from random import Random

from benchmarks.fuzz.files import endless
from benchmarks.fuzz.memory import megabytes_now
from bot.errors import AskAgain
from bot.imports import attendance
from bot.imports.reading import read_table
from bot.model.pictures import Upload
from bot.papers.opened import open_grids


def _as_list(data: bytes) -> object:
    return read_table("名單", data, attendance.COLUMNS)


WAYS: Mapping[str, Callable[[bytes], object]] = {
    "list": _as_list,
    "sheet": open_grids,
    "picture": Upload.of,
}


@dataclass
class Found:
    """What came of all files so far."""

    ends: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    raised: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, str, int] = (0.0, "", 0)
    megabytes: list[float] = field(default_factory=list)

    def lines(self) -> list[str]:
        """What is printed."""
        seconds, way, number = self.slowest
        grown = " ".join(f"{one:.0f}" for one in self.megabytes)
        return [
            f"files: {dict(sorted(self.ends.items()))}",
            f"slowest: {seconds * 1000:.0f} ms ({way}, file {number}); memory in MB: {grown}",
            *(f"{count} × {what}" for what, count in self.raised.items()),
        ]


def measured_files(count: int, seed: int) -> Found:
    """So many broken files, each read by every way."""
    found = Found()
    for number, (name, data) in enumerate(islice(endless(Random(seed)), count)):
        if number % max(1, count // 5) == 0:
            found.megabytes.append(megabytes_now())
        for way, read in WAYS.items():
            begin = time.perf_counter()
            found.ends[f"{way}: {_end(found, read, data, f'{way} of {name}')}"] += 1
            found.slowest = max(found.slowest, (time.perf_counter() - begin, way, number))
    return found


def _end(found: Found, read: Callable[[bytes], object], data: bytes, what: str) -> str:
    try:
        read(data)
    except AskAgain as err:
        found.said[err.say] += 1
        return "asked again"
    except Exception as err:  # noqa: BLE001  the very thing that is looked for
        found.raised[f"{what}: {err!r}"[:300]] += 1
        return "raised"
    return "read"
