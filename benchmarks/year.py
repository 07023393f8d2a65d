"""A year of reminders for sample teachers: is each told once, none at night, and what is paid?

    python -m benchmarks.year [--teachers 1000] [--share 0.1] [--quotas 0 200 3000 6000]

An hour at a time from January to December 2022, over a database of its own for each quota. What
went out is held against what the pure rules say. Shown as a table of docs/reminders.md.
"""

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, select

from benchmarks.year_delivery import STEP, Line, Setting, replay
from benchmarks.year_teachers import Teacher, end, settled
from bot.clock import TAIPEI
from bot.loading import load_reader
from bot.model.reminders import Digest, NoticeKind
from bot.settings import Settings
from bot.store import schema
from bot.store.engine import open_engine
from bot.store.tables import OutboxRow, OutboxState
from bot.understand.reader import Reader

QUOTAS = (0, 200, 3_000, 6_000)  # 0: without limit
SHARE = 0.1
KINDS = (NoticeKind.SESSION, NoticeKind.DEADLINE, NoticeKind.NUDGE)
ENDS = (OutboxState.SENT, OutboxState.VOID, OutboxState.HELD)
FATES = ("held", "paid later", "free later", "void")


@dataclass(slots=True, kw_only=True)
class Found:
    """What one replay came to."""

    setting: Setting
    due: int
    seconds: float
    calls: tuple[int, int] = (0, 0)  # with multicasts, and one for each person
    paid: int = 0
    free: int = 0  # notices that rode along
    void: int = 0
    settled: int = 0  # due, and done or dropped before they could be told
    fates: dict[NoticeKind, Counter[str]] = field(default_factory=dict)  # of what was held
    faults: Counter[str] = field(default_factory=Counter)


def year(folder: Path, reader: Reader, count: int, settings: Sequence[Setting]) -> list[Found]:
    """The year once for each setting, from the same New Year's Day."""
    start = folder / "start.db"
    engine = open_engine(f"sqlite:///{start}")
    schema.migrate(engine)
    teachers = settled(engine, reader, count)
    engine.dispose()
    found = []
    for number, setting in enumerate(settings):
        began = perf_counter()
        path = shutil.copy(start, folder / f"{number}.db")
        engine = open_engine(f"sqlite:///{path}")
        line = replay(engine, reader, teachers, setting)
        if not number:
            for one in teachers:
                end(one, setting.until - STEP)
        due = sum(one.expected.total() for one in teachers)
        one_year = Found(setting=setting, due=due, seconds=perf_counter() - began)
        _count(engine, teachers, line, one_year)
        print(f"{_quota(one_year)}: {one_year.seconds:.0f} s", file=sys.stderr, flush=True)
        engine.dispose()
        found.append(one_year)
    return found


def _count(engine: Engine, teachers: Sequence[Teacher], line: Line, found: Found) -> None:
    told: dict[str, list[Any]] = {}
    with engine.connect() as db:
        for row in db.execute(select(OutboxRow.__table__)):
            told.setdefault(row.user_id, []).append(row)
    rows = [row for mine in told.values() for row in mine]
    found.paid = line.paid
    found.calls = (line.pushes + line.multicasts, line.paid)
    found.free = sum(row.told_in is not None for row in rows)
    found.void = sum(row.state is OutboxState.VOID for row in rows)
    found.settled = found.due - len(rows)
    found.fates = {kind: _fates(r for r in rows if r.kind is kind) for kind in KINDS}
    for one in teachers:
        found.faults.update(_faults(one, told.get(one.user_id, []), line))


def _fates(rows: Iterator[Any]) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in rows:
        if f" {OutboxState.HELD} " not in row.history:
            continue
        later = "free later" if row.told_in else "paid later"
        found.update(("held", later if row.state is OutboxState.SENT else "void"))
    return found


def _faults(one: Teacher, rows: Sequence[Any], line: Line) -> Counter[str]:
    """What this teacher was told otherwise than the rules say, counted."""
    facts = {row.key.split(":", 2)[2]: row for row in rows}
    sent = {fact: row for fact, row in facts.items() if row.state is OutboxState.SENT}
    gone = set(one.expected) - set(facts)  # of what was done before there was room for it
    rang = [at.astimezone(TAIPEI) for at in line.rang[one.user_id]]
    weekly = one.wanted.digest is Digest.WEEKLY
    return Counter(
        {
            "lost": sum(_over(one, fact) is None for fact in gone)
            + sum(row.state not in ENDS for row in rows),
            "not due": len(set(facts) - set(one.expected)),
            "twice": abs(line.cards[one.user_id] - len(sent))
            + sum(n - 1 for n in one.expected.values()),
            "done": sum(
                (over := _over(one, fact)) is not None and row.settled_at >= over
                for fact, row in sent.items()
            ),
            "at night": sum(one.wanted.is_quiet(at.time()) for at in rang),
            "digest": sum(at.weekday() != 0 for at in rang) if weekly else 0,
        }
    )


def _over(one: Teacher, fact: str) -> datetime | None:
    """From when on this teacher has nothing to do with it any more."""
    return one.over.get(fact.rpartition("@")[0])


def table(found: Sequence[Found]) -> Iterator[str]:
    """The lines of the tables."""
    yield "| quota a month | writes on | due | paid | calls | pushes alone | free | void | done |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for one in found:
        yield (
            f"| {_quota(one)} | {one.setting.share:.0%} of days | {one.due:,} | {one.paid:,} |"
            f" {one.calls[0]:,} | {one.calls[1]:,} | {one.free:,} | {one.void:,} |"
            f" {one.settled:,} |"
        )
    yield ""
    yield "| quota | writes on | held of | " + " | ".join(FATES) + " |"
    yield "|---|---|---|---|---|---|---|"
    for one in found:
        for kind, fates in one.fates.items():
            if fates:
                counts = " | ".join(f"{fates[fate]:,}" for fate in FATES)
                yield f"| {_quota(one)} | {one.setting.share:.0%} | {kind} | {counts} |"
    yield ""
    names = list(found[0].faults)
    yield "| quota | writes on | " + " | ".join(names) + " | s |"
    yield "|---" * (len(names) + 3) + "|"
    for one in found:
        counts = " | ".join(str(one.faults[name]) for name in names)
        yield f"| {_quota(one)} | {one.setting.share:.0%} | {counts} | {one.seconds:.0f} |"


def _quota(one: Found) -> str:
    return "none" if one.setting.most is None else f"{one.setting.most:,}"


def main() -> int:
    """Print the tables; 1 where anything was told otherwise than it should be."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.year")
    parser.add_argument("--teachers", type=int, default=1000)
    parser.add_argument("--share", type=float, default=SHARE, help="of days on which each writes")
    parser.add_argument("--quotas", type=int, nargs="+", default=QUOTAS, help="0: no limit")
    asked = parser.parse_args()
    reader = load_reader(Settings.from_env())
    settings = [Setting(most=most or None, share=asked.share) for most in asked.quotas]
    with tempfile.TemporaryDirectory() as folder:
        found = year(Path(folder), reader, asked.teachers, settings)
    print(f"{asked.teachers} teachers, 2022")
    print("\n".join(table(found)))
    return int(any(one.faults.total() for one in found))


if __name__ == "__main__":
    sys.exit(main())
