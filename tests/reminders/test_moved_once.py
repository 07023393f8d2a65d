"""A date that moved is told once: by its notice, or above the next reply, whichever is first."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from bot.cli.plain import plain
from bot.clock import TAIPEI
from bot.dispatch import Office
from bot.handlers.table import handle
from bot.messages import Kind, from_plain
from bot.reminders.planning import Planned, Planner, Plans
from bot.replied import settle_replies, take_left_behind
from bot.store.events import Settled
from bot.store.tables import Event, EventState, OutboxRow, OutboxState
from bot.understand.reader import Reader
from tests.handlers.tracks import tracks_reader
from tests.handlers.whole_bot import TEACHER, Bot

WAITING, RIDING, SENT = OutboxState.WAITING, OutboxState.RIDING, OutboxState.SENT
MOVED = "「成果函報截止」改成111年8月5日(五)。"
ABOVE = "成果函報截止：111年7月31日(日) → 111年8月5日(五)"


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2022-{text}+08:00")


@pytest.fixture
def moved(tmp_path: Path) -> Reader:
    """The plans once the day on which all is handed in has moved."""
    return tracks_reader(tmp_path, ("at: 2022-07-31}", "at: 2022-08-05}"))


@pytest.fixture
def bot(tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> Bot:
    """A teacher on a track who was told the old day."""
    reader = tracks_reader(tmp_path_factory.mktemp("garden"))
    bot = Bot(Office(engine, handle, reader), at=datetime(2022, 5, 1, 9, tzinfo=TAIPEI))
    bot.say("加入菜園師認證")
    plan(bot, reader, "07-17T08:00")
    deliver(bot)
    bot.at = at("07-20T09:30")
    return bot


def plan(bot: Bot, reader: Reader, now: str) -> Planned:
    plans = Plans(reader.edition, reader.library.version)
    return Planner(bot.office.engine.begin, plans, "default").plan(at(now))


def deliver(bot: Bot) -> None:
    with bot.office.engine.begin() as db:
        table = OutboxRow.__table__
        db.execute(table.update().where(table.c.state == WAITING).values(state=SENT))


def writes(bot: Bot, reader: Reader, text: str = "我的進度") -> str:
    """What the teacher reads who writes to the bot of these plans."""
    asked = Bot(Office(bot.office.engine, handle, reader), bot.at, bot.numbers)
    bot.at += timedelta(minutes=1)
    return plain(asked.send(TEACHER, Kind.TEXT, text=text))


def notices(bot: Bot) -> list[OutboxState]:
    with bot.office.engine.connect() as db:
        rows = db.execute(select(OutboxRow)).all()
    return [row.state for row in rows if from_plain(row.answer).cards[0].lead == MOVED]


def test_what_the_planner_told_is_not_told_above_the_next_reply(bot: Bot, moved: Reader) -> None:
    assert plan(bot, moved, "07-20T09:00").told_anew == 1
    deliver(bot)

    said = writes(bot, moved)

    assert MOVED not in said
    assert "有變動" not in said
    assert notices(bot) == [SENT]


def test_what_the_planner_has_queued_comes_below_the_reply_and_not_above_it(
    bot: Bot, moved: Reader
) -> None:
    plan(bot, moved, "07-20T09:00")

    said = writes(bot, moved)

    assert said.count(MOVED) == 1
    assert "有變動" not in said
    assert notices(bot) == [RIDING]


def test_what_a_reply_told_first_the_planner_does_not_tell(bot: Bot, moved: Reader) -> None:
    said = writes(bot, moved)
    planned = plan(bot, moved, "07-20T09:40")

    assert said.count(MOVED) == 1
    assert "有變動" not in said
    assert planned.told_anew == 0
    assert notices(bot) == [RIDING]
    assert MOVED not in writes(bot, moved)


def test_who_was_not_told_the_old_day_reads_it_above_the_reply_and_gets_no_notice(
    bot: Bot, moved: Reader
) -> None:
    with bot.office.engine.begin() as db:
        db.execute(OutboxRow.__table__.delete())  # type: ignore[attr-defined]

    said = writes(bot, moved)

    assert said.count(ABOVE) == 1
    assert plan(bot, moved, "07-20T09:40").told_anew == 0
    assert notices(bot) == []


def test_a_reply_that_was_lost_leaves_it_to_the_push_and_only_to_that(
    bot: Bot, moved: Reader
) -> None:
    writes(bot, moved)  # committed, and then the process died
    engine, later = bot.office.engine, bot.at + timedelta(minutes=10)

    assert take_left_behind(engine, later) == []  # its token is too old
    assert notices(bot) == [WAITING]
    plan(bot, moved, "07-20T09:50")
    assert notices(bot) == [WAITING]
    deliver(bot)
    assert MOVED not in writes(bot, moved)


def test_a_reply_that_another_process_sends_tells_it(bot: Bot, moved: Reader) -> None:
    writes(bot, moved)
    engine = bot.office.engine
    with engine.connect() as db:
        last = db.scalars(select(Event.webhook_event_id).order_by(Event.received_at.desc())).first()
    assert last
    done = Settled(channel_id="default", event_id=last, state=EventState.SENT, error="")
    settle_replies(engine, [done], bot.at)

    plan(bot, moved, "07-20T09:50")

    assert notices(bot) == [SENT]
