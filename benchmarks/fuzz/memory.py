"""How much memory this process holds at this moment."""

import os
import resource
from pathlib import Path

_STATM = Path("/proc/self/statm")


def megabytes_now() -> float:
    """Now, where the system tells it; else the most that it ever was."""
    if _STATM.exists():
        return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
