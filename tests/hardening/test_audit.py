"""What is locked is pinned, hashed and installed so; the audit tells what it did not do."""

from datetime import date

import pytest

from scripts import audit

HASH = "    --hash=sha256:" + "a" * 64
LOCK = f"flask==3.1.0 \\\n{HASH} \\\n{HASH}\ncolorama==0.4.6 ; sys_platform == 'win32' \\\n{HASH}\n"
RECORD = "Advisories were last checked: {}\nThis record began: 2026-01-01\n"


@pytest.mark.parametrize("name", audit.LOCKS)
def test_every_locked_package_has_one_version_and_its_hashes(name: str) -> None:
    lock = (audit.ROOT / name).read_text(encoding="utf-8")

    assert len(list(audit.pins(lock))) > 50
    assert audit.lock_faults(lock, name) == []


@pytest.mark.parametrize(
    ("lock", "says"),
    [
        (LOCK, 0),
        ("flask>=3\n" + HASH, 1),
        ("flask==3.1.0\n", 1),
        ("flask==3.1.0 \\\n    --hash=md5:abc\n", 1),
        ("-e .\n", 1),
        ("flask @ https://example.tw/flask.whl\n", 1),
    ],
)
def test_what_is_not_pinned_is_told(lock: str, says: int) -> None:
    assert len(audit.lock_faults(lock, "x")) == says


@pytest.mark.parametrize(
    ("installed", "says"),
    [
        ({"flask": "3.1.0"}, []),
        ({"flask": "3.0.9"}, ["flask 3.0.9 is installed, 3.1.0 is locked"]),
        ({}, ["flask 3.1.0 is locked and not installed"]),
    ],
)
def test_what_is_installed_otherwise_is_told_and_other_machines_packages_are_not(
    installed: dict[str, str], says: list[str]
) -> None:
    assert audit.installed_faults(LOCK, installed) == says


@pytest.mark.parametrize(
    ("checked", "today", "says"),
    [
        ("2026-03-01", "2026-08-28", ""),  # the 180th day
        ("2026-03-01", "2026-08-29", "not checked since 2026-03-01"),
        ("never", "2026-06-30", ""),
        ("never", "2026-07-01", "not checked since 2026-01-01"),
        ("2027-01-01", "2026-07-01", "still to come"),
        ("yesterday", "2026-07-01", "does not say"),
    ],
)
def test_a_record_that_is_too_old_or_no_record_is_refused(
    checked: str, today: str, says: str
) -> None:
    fault = audit.record_fault(RECORD.format(checked), date.fromisoformat(today))

    assert (says in fault) if says else (fault == "")


def test_it_is_said_that_advisories_were_not_asked_for_and_when_they_were() -> None:
    record = audit.RECORD.read_text(encoding="utf-8")

    assert "not checked now" in audit.said_of(record)
    assert audit.said_of(record).endswith(("never", record.split("checked: ")[1].split("\n")[0]))
