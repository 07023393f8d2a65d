"""`bot tick --at T`: what the worker does by itself, once and by hand, and what came of it."""

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, and_, func, select

from bot import clock, wiring
from bot.cli.ask import instant
from bot.house import House
from bot.loading import load_reader
from bot.model.channels import Channel
from bot.preparing import prepare_database
from bot.reminders.planning import Planned, Planner, Plans
from bot.settings import Settings
from bot.stations import Station
from bot.store.awake import is_awake
from bot.store.outbox import is_of_today
from bot.store.tables import OutboxRow, OutboxState
from bot.understand.reader import Reader

MOST_FACTS = 20
MOST_RUNS = 10_000  # of the drain: each sends some


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is due in the outbox now: notices, the people they are for, and who sleeps."""

    notices: int  # all that goes along today
    people: int  # each gets them as one message
    asleep: int  # notices that wait for the end of their person's quiet hours

    @property
    def saved(self) -> int:
        """Messages that need not be sent, because a person's notices go out as one."""
        return self.notices - self.people


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
    reader = load_reader(settings)
    prepare_database(settings)
    at = args.at or clock.now()
    house = wiring.open_house(settings, lambda: at, reader)
    try:
        if args.dry_run:
            _rehearse(house, at)
        else:
            _do(house, at)
    finally:
        house.close()
    return 0


def _do(house: House, at: datetime) -> None:
    stations = house.stations.every()
    for station in stations:
        _head(station.channel, len(stations))
        _do_one(house.engine, station, at)


def _do_one(engine: Engine, station: Station, at: datetime) -> None:
    channel_id = station.channel.id
    planned = station.planner.plan(at) if station.planner else Planned()
    gone = station.tidier.run_to_the_end(clock.now(), at) if station.tidier else Counter()
    while station.broadcaster and station.broadcaster.run(at):
        pass
    _print(planned)
    told, sent = _count(engine, channel_id, OutboxState.SENT), 0
    for _ in range(MOST_RUNS):
        went = station.drain.run(clock.now(), at)
        sent += went
        if not went:
            break
    told = _count(engine, channel_id, OutboxState.SENT) - told
    print(f"送出：{sent}則訊息，共{told}件提醒；同一人的合成一則，省下{max(told - sent, 0)}則")
    with engine.connect().execution_options(only_reads=True) as db:
        left = _waiting_in(db, channel_id, at)
    print(f"還等著：{left.notices}件；等不打擾的時間過後：{left.asleep}件")
    held = _count(engine, channel_id, OutboxState.HELD)
    if held:
        print(f"因額度保留：{held}件")
    print(f"過了保存期限而刪除：{_gone_words(gone)}")


def _gone_words(gone: Mapping[str, int]) -> str:
    return "、".join(f"{kind}{count:,}筆" for kind, count in gone.items()) or "沒有"


def _rehearse(house: House, at: datetime) -> None:
    """The same plan in a transaction that is taken back."""
    served = house.channels.active()
    for channel in served:
        _head(channel, len(served))
        reader = house.plans.serving(channel) if house.plans else None
        if reader is not None:
            _rehearse_one(house.engine, reader, channel.id, at)
    print("這是試跑：沒有寫入，也沒有送出。")


def _rehearse_one(engine: Engine, reader: Reader, channel_id: str, at: datetime) -> None:
    with engine.connect() as db:
        whole = db.begin()
        plans = Plans(reader.edition, reader.library.version)

        @contextmanager
        def begin() -> Iterator[Connection]:
            with db.begin_nested():
                yield db

        planned = Planner(begin, plans, channel_id).plan(at)
        waiting = _waiting_in(db, channel_id, at)
        whole.rollback()
    _print(planned)
    print(
        f"到期要送：{waiting.people}則訊息，共{waiting.notices}件提醒；"
        f"同一人的合成一則，省下{waiting.saved}則"
    )
    print(f"等不打擾的時間過後：{waiting.asleep}件")


def _head(channel: Channel, count: int) -> None:
    """Which channel is told of, where there are several."""
    if count > 1:
        print(f"【{channel.title or channel.id}】")


def _print(planned: Planned) -> None:
    print(f"安排：{planned.queued}件（其中{planned.put_off}件等不打擾的時間過後）")
    for fact, count in sorted(planned.by_fact.items())[:MOST_FACTS]:
        print(f"  {fact}：{count}人")
    if len(planned.by_fact) > MOST_FACTS:
        print(f"  另有{len(planned.by_fact) - MOST_FACTS}種")
    print(f"先前安排過：{planned.known}件；已無用而作廢：{planned.voided}件")
    print(f"日期異動通知：{planned.told_anew}件")


def _waiting_in(db: Connection, channel_id: str, at: datetime) -> Waiting:
    here = (OutboxRow.channel_id == channel_id, OutboxRow.state == OutboxState.WAITING)
    due = and_(*here, OutboxRow.not_before <= at, OutboxRow.expires_at > at)
    ringing = select(OutboxRow.user_id).where(due, is_awake(at)).distinct()
    with_them = select(func.count(), func.count(OutboxRow.user_id.distinct())).where(
        *here, is_of_today(at), OutboxRow.user_id.in_(ringing)
    )
    notices, people = db.execute(with_them).one()
    asleep = db.scalar(select(func.count()).where(due, ~is_awake(at)))
    return Waiting(notices, people, asleep or 0)


def _count(engine: Engine, channel_id: str, state: OutboxState) -> int:
    """How many notices are in this state."""
    its = (OutboxRow.channel_id == channel_id, OutboxRow.state == state)
    with engine.connect().execution_options(only_reads=True) as db:
        return db.scalar(select(func.count()).where(*its)) or 0
