"""Audits what is installed: pinned with hashes, as locked, and when it was last held to advisories.

    python -m scripts.audit            # `make check` runs it; no network
    python -m scripts.audit --online   # `make audit`: asks the service, and writes the day down

The second needs `pip-audit` beside it (it is no dependency) and a network. Where either is missing
that is said, nothing is written, and the exit code is 2: no answer is never taken for a good one.
"""

import argparse
import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.markers import Marker
from packaging.utils import canonicalize_name
from packaging.version import Version

from bot import clock

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt")
INSTALLED = LOCKS[:2]  # what `make check` has brought in before
RECORD = ROOT / "docs" / "audit.md"
GOOD_FOR = timedelta(days=180)
SKIPPED = "could not be audited"  # it says so, and that nothing is known, in one breath
_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)\s*(?:;\s*([^\\]+?))?\s*\\?$")
_HASH = re.compile(r"^\s+--hash=sha256:[0-9a-f]{64}\s*\\?$")
_CHECKED = re.compile(r"^Advisories were last checked: (\d{4}-\d\d-\d\d|never)$", re.M)
_SINCE = re.compile(r"^This record began: (\d{4}-\d\d-\d\d)$", re.M)


@dataclass(frozen=True, slots=True)
class Pin:
    """One locked package."""

    name: str
    version: str
    marker: str  # empty: on every machine
    hashes: int

    @property
    def is_for_here(self) -> bool:
        """Whether this machine is to have it."""
        return not self.marker or Marker(self.marker).evaluate()


def pins(lock: str) -> Iterator[Pin | str]:
    """The packages of a lock file in its order; a line that pins nothing, as it is."""
    entries: list[list[str]] = []
    for line in lock.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line[0].isspace() and entries:
            entries[-1].append(line)
        else:
            entries.append([line])
    for first, *below in entries:
        found = _PIN.match(first)
        odd = next((line for line in below if not _HASH.match(line)), "")
        if found is None or odd:
            yield (odd or first).strip()
        else:
            yield Pin(found[1], found[2], found[3] or "", len(below))


def lock_faults(lock: str, name: str) -> list[str]:
    """What is not pinned to one version with its hashes."""
    faults = []
    for pin in pins(lock):
        if isinstance(pin, str):
            faults.append(f"{name}: not a pinned package: {pin}")
        elif not pin.hashes:
            faults.append(f"{name}: {pin.name} has no hash")
    return faults


def installed_faults(lock: str, installed: Mapping[str, str]) -> list[str]:
    """What this machine has other than locked.

    Args:
        installed: versions by the canonical names of packages.
    """
    faults = []
    for pin in pins(lock):
        if isinstance(pin, str) or not pin.is_for_here:
            continue
        found = installed.get(canonicalize_name(pin.name), "")
        if not found:
            faults.append(f"{pin.name} {pin.version} is locked and not installed")
        elif Version(found) != Version(pin.version):
            faults.append(f"{pin.name} {found} is installed, {pin.version} is locked")
    return faults


def record_fault(record: str, today: date) -> str:
    """Why the record of advisories does not do any more; empty: it does."""
    checked, since = _CHECKED.search(record), _SINCE.search(record)
    if not checked or not since:
        return "docs/audit.md does not say when advisories were last checked"
    last = date.fromisoformat(since[1] if checked[1] == "never" else checked[1])
    if last > today:
        return f"docs/audit.md says {last}, which is still to come"
    if today - last > GOOD_FOR:
        return (
            f"advisories were not checked since {last}: run `make audit` where there is a network"
        )
    return ""


def said_of(record: str) -> str:
    """What is printed of advisories: that they were not checked now, and when they were."""
    checked = _CHECKED.search(record)
    return f"advisories: not checked now; last checked: {checked[1] if checked else 'unknown'}"


def main() -> int:
    """0: all is well; 1: something is wrong; 2: advisories could not be asked for."""
    parser = argparse.ArgumentParser(prog="python -m scripts.audit")
    parser.add_argument("--online", action="store_true", help="ask for known advisories")
    if parser.parse_args().online:
        return _ask()
    record = RECORD.read_text(encoding="utf-8")
    locks = {name: (ROOT / name).read_text(encoding="utf-8") for name in LOCKS}
    faults = [fault for name, lock in locks.items() for fault in lock_faults(lock, name)]
    for name in INSTALLED:
        faults += installed_faults(locks[name], _installed(locks[name]))
    if fault := record_fault(record, clock.taipei_day(clock.now())):
        faults.append(fault)
    print("\n".join(dict.fromkeys(faults)) or "audit: pinned, hashed, installed as locked")
    print(said_of(record))
    return 1 if faults else 0


def _installed(lock: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for pin in pins(lock):
        if isinstance(pin, Pin):
            try:
                found[canonicalize_name(pin.name)] = version(pin.name)
            except PackageNotFoundError:
                continue
    return found


def _ask() -> int:
    if importlib.util.find_spec("pip_audit") is None:
        print("advisories: not checked, pip-audit is not installed (pip install pip-audit)")
        return 2
    command = [sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip", "--strict"]
    asked = subprocess.run(
        [*command, "-r", str(ROOT / LOCKS[0])], capture_output=True, text=True, check=False
    )
    print(asked.stdout, asked.stderr, sep="\n")
    if asked.returncode or SKIPPED in asked.stdout + asked.stderr:
        # Its code is the same for "there are some" and for "nobody answered": neither is good.
        print("advisories: there are some, or the service did not answer; nothing was written down")
        return 1 if "vulnerabilit" in asked.stderr else 2
    today = clock.taipei_day(clock.now()).isoformat()
    record = RECORD.read_text(encoding="utf-8")
    changed = _CHECKED.sub(f"Advisories were last checked: {today}", record)
    RECORD.write_text(changed, encoding="utf-8")
    print(f"advisories: none known on {today}; docs/audit.md says so now")
    return 0


if __name__ == "__main__":
    sys.exit(main())
