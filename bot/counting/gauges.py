"""What is so just now, in numbers: handed in by whoever reads it."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.counting import folder as counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """One number with its labels; equal names have the same labels and words."""

    name: str
    what: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


def of_processes(folder: Path | None) -> Iterator[Gauge]:
    """The memory of each process of this server, where the system tells it."""
    for process in counts.processes(folder):
        try:
            pages = Path(f"/proc/{process}/statm").read_text().split()[1]
        except (OSError, IndexError):  # another system, or it just ended
            continue
        yield Gauge(
            name="shizhong_process_resident_memory_bytes",
            what="Memory of each process.",
            value=int(pages) * os.sysconf("SC_PAGE_SIZE"),
            labels={"process": str(process)},
        )
