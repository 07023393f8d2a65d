"""`bot tick --at T`: what the worker does by itself, once and by hand, and what came of it."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, func, select

from bot import clock, wiring
from bot.cli.ask import instant
from bot.reminders.planning import Planned, Planner, Plans
from bot.settings import CHANNEL_ID, Settings
from bot.store.tables import OutboxRow, OutboxState
from bot.understand.reader import Reader
from bot.wiring import House

MOST_FACTS = 20
MOST_RUNS = 10_000  # of the drain: each sends some


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is due in the outbox: messages, and people who get them as one."""

    messages: int
    people: int


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """When, and whether only to look."""
    parser.add_argument(
        "--at", type=instant, metavar="ISO", help="當作在這一刻，例如 2022-06-06T08:00"
    )
    parser.add_argument("--dry-run", action="store_true", help="只印出會做什麼，不寫入也不送出")


def run(args: argparse.Namespace) -> int:
    """Plan and deliver all that is due at that instant."""
    settings = Settings.from_env()
    if not args.dry_run:
        settings.require_channel()
    reader = wiring.load_reader(settings)
    wiring.prepare_database(settings)
    at = args.at or clock.now()
    house = wiring.open_house(settings, lambda: at, reader)
    try:
        if args.dry_run:
            _rehearse(house.engine, reader, at)
        else:
            _do(house, at)
    finally:
        house.close()
    return 0


def _do(house: House, at: datetime) -> None:
    planned = house.planner.plan(at) if house.planner else Planned()
    while house.broadcaster and house.broadcaster.run(at):
        pass
    before = _waiting(house.engine, at)
    sent = 0
    for _ in range(MOST_RUNS):
        went = house.drain.run(clock.now(), at)
        sent += went
        if not went:
            break
    left = _waiting(house.engine, at)
    _print(planned, before)
    print(f"送出：{sent}則；還等著：{left.messages}則")
    held = _count(house.engine, "held")
    if held:
        print(f"因額度保留：{held}則")


def _rehearse(engine: Engine, reader: Reader, at: datetime) -> None:
    """The same plan in a transaction that is taken back."""
    with engine.connect() as db:
        whole = db.begin()
        plans = Plans(reader.edition, reader.library.version)

        @contextmanager
        def begin() -> Iterator[Connection]:
            with db.begin_nested():
                yield db

        planned = Planner(begin, plans, CHANNEL_ID).plan(at)
        waiting = _waiting_in(db, at)
        whole.rollback()
    _print(planned, waiting)
    print("這是試跑：沒有寫入，也沒有送出。")


def _print(planned: Planned, waiting: Waiting) -> None:
    print(f"安排：{planned.queued}則（其中{planned.put_off}則等不打擾的時間過後）")
    for fact, count in sorted(planned.by_fact.items())[:MOST_FACTS]:
        print(f"  {fact}：{count}人")
    if len(planned.by_fact) > MOST_FACTS:
        print(f"  另有{len(planned.by_fact) - MOST_FACTS}種")
    print(f"先前安排過：{planned.known}則；已無用而作廢：{planned.voided}則")
    print(f"日期異動通知：{planned.told_anew}則")
    print(f"到期要送：{waiting.messages}則，合併成{waiting.people}人各一則")


def _waiting(engine: Engine, at: datetime) -> Waiting:
    with engine.connect().execution_options(only_reads=True) as db:
        return _waiting_in(db, at)


def _waiting_in(db: Connection, at: datetime) -> Waiting:
    row = db.execute(
        select(func.count(), func.count(OutboxRow.user_id.distinct())).where(
            OutboxRow.channel_id == CHANNEL_ID,
            OutboxRow.state == OutboxState.WAITING,
            OutboxRow.not_before <= at,
            OutboxRow.expires_at > at,
        )
    ).one()
    return Waiting(row[0], row[1])


def _count(engine: Engine, state: str) -> int:
    """How many messages are in this state; none where there is no such state."""
    if state not in [known.value for known in OutboxState]:
        return 0
    with engine.connect().execution_options(only_reads=True) as db:
        return (
            db.scalar(
                select(func.count()).where(
                    OutboxRow.channel_id == CHANNEL_ID, OutboxRow.state == OutboxState(state)
                )
            )
            or 0
        )
