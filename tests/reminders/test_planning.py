"""Planning on both databases: each thing once, whatever the ticks, edits, kills and neighbours."""

import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, select

from bot.clock import TAIPEI
from bot.dispatch import Office
from bot.handlers.table import handle
from bot.messages import Kind, from_plain
from bot.reminders.planning import Planned, Planner, Plans
from bot.store import follows
from bot.store.reminder_tables import FollowRow
from bot.store.tables import OutboxRow, OutboxState
from bot.understand.reader import Reader
from tests.handlers.tracks import tracks_reader
from tests.handlers.whole_bot import TEACHER, Bot

START = datetime(2022, 5, 1, 9, tzinfo=TAIPEI)
DUE = "garden/111#hand-in##0"


@pytest.fixture(scope="session")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The small plans, with the one whose tracks are followed."""
    return tracks_reader(tmp_path_factory.mktemp("garden"))


@pytest.fixture
def bot(garden: Reader, engine: Engine) -> Bot:
    """The bot in May 2022."""
    return Bot(Office(engine, handle, garden), at=START)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2022-{text}+08:00")


def plan(bot: Bot, now: str, reader: Reader | None = None) -> Planned:
    reader = reader or bot.office.reader
    plans = Plans(reader.edition, reader.library.version)
    return Planner(bot.office.engine.begin, plans, "default").plan(at(now))


def queued(bot: Bot, state: OutboxState = OutboxState.WAITING) -> list[tuple[str, str]]:
    """What waits: when it may go out, and its first line."""
    with bot.office.engine.connect() as db:
        rows = db.execute(
            select(OutboxRow)
            .where(OutboxRow.state == state, OutboxRow.key.startswith("remind:"))
            .order_by(OutboxRow.not_before, OutboxRow.key)
        ).all()
    return [
        (f"{r.not_before.astimezone(TAIPEI):%m-%dT%H:%M}", from_plain(r.answer).cards[0].lead)
        for r in rows
    ]


def send_all(bot: Bot) -> None:
    with bot.office.engine.begin() as db:
        table = OutboxRow.__table__
        db.execute(table.update().values(state=OutboxState.SENT))


def join(bot: Bot) -> None:
    assert "已加入" in bot.say("加入菜園師認證")


def test_a_track_is_told_of_as_long_as_something_is_open(bot: Bot) -> None:
    join(bot)

    assert plan(bot, "07-16T08:00").queued == 0
    assert plan(bot, "07-17T07:59").queued == 0
    assert plan(bot, "07-17T08:00").queued == 1
    assert plan(bot, "07-17T08:00").queued == 0
    assert queued(bot) == [("07-17T08:00", "成果函報截止：111年7月31日(日)")]


def test_what_is_done_is_not_told_and_taken_back_it_is_again(bot: Bot) -> None:
    join(bot)
    bot.at = at("07-10T09:00")
    bot.say("我上完土壤和育苗了")
    bot.say("澆水和蟲害看完了")

    assert plan(bot, "07-17T08:00").queued == 0
    bot.at = at("07-20T09:00")
    bot.say("復原")
    assert plan(bot, "07-24T08:00").queued == 1


def test_a_session_is_told_until_it_is_reported(bot: Bot) -> None:
    join(bot)
    bot.say("我要上6月8日那場")

    plan(bot, "06-06T08:00")
    plan(bot, "06-08T12:30")

    assert [when for when, lead in queued(bot) if "6月8日" in lead] == [
        "06-06T08:00", "06-08T12:30",
    ]  # fmt: skip
    assert any(lead.startswith("實作課報名截止") for _, lead in queued(bot))


def test_what_waits_of_a_done_thing_is_taken_out_of_the_outbox(bot: Bot) -> None:
    bot.send(TEACHER, Kind.POSTBACK, data="remind=garden/111#hand-in")
    plan(bot, "07-17T08:00")
    assert len(queued(bot)) == 1

    bot.at = at("07-17T08:30")
    said = bot.send(TEACHER, Kind.POSTBACK, data=f"noted={DUE}")

    assert "不再提醒" in said.parts[0].text
    assert queued(bot) == []
    assert plan(bot, "07-31T20:00").queued == 0


def test_after_a_day_without_a_planner_what_is_of_use_comes_once(bot: Bot) -> None:
    bot.send(TEACHER, Kind.POSTBACK, data="remind=garden/111#hand-in")

    planned = plan(bot, "07-29T12:00")

    assert (planned.queued, planned.voided) == (1, 2)
    assert queued(bot) == [("07-28T08:00", "成果函報截止：111年7月31日(日)")]


def test_after_an_outage_at_night_it_waits_for_the_morning(bot: Bot) -> None:
    bot.send(TEACHER, Kind.POSTBACK, data="remind=garden/111#hand-in")

    planned = plan(bot, "07-28T22:00")

    assert planned.put_off == 1
    assert [when for when, _ in queued(bot)] == ["07-29T07:00"]


def test_ticks_in_any_steps_queue_the_same(bot: Bot) -> None:
    for user in (TEACHER, "U-b"):
        bot.send(user, Kind.POSTBACK, data="remind=garden/111#lesson")
    now, facts = START, 0
    while now < at("07-20T00:00"):
        now += timedelta(hours=7)
        planned = plan(bot, f"{now:%m-%dT%H:%M}")
        facts += planned.queued + planned.voided  # an hour before may be over by then

    assert facts == 2 * 4 * 2  # four sessions, two instants, two people


def test_a_date_that_moves_is_told_anew_to_those_who_knew_the_old_one(
    bot: Bot, tmp_path: Path
) -> None:
    bot.send(TEACHER, Kind.POSTBACK, data="remind=garden/111#hand-in")
    join_as(bot, "U-b")
    plan(bot, "07-17T08:00")
    send_all(bot)
    join_as(bot, "U-late")  # was told by no notice
    moved = tracks_reader(tmp_path, ("at: 2022-07-31}", "at: 2022-08-05}"))

    planned = plan(bot, "07-20T10:00", moved)

    assert planned.told_anew == 2
    assert plan(bot, "07-20T10:01", moved).told_anew == 0
    assert queued(bot) == [("07-20T10:00", "「成果函報截止」改成111年8月5日(五)。")] * 2
    plan(bot, "07-24T08:00", moved)  # a week before the old day is no time any more
    assert queued(bot)[2:] == [("07-22T08:00", "成果函報截止：111年8月5日(五)")] * 3


def join_as(bot: Bot, user: str) -> None:
    bot.say("加入菜園師認證", user)


def test_a_date_that_is_dropped_is_told_to_those_who_wished_for_it(
    bot: Bot, tmp_path: Path
) -> None:
    bot.send(TEACHER, Kind.POSTBACK, data="remind=garden/111#lesson")
    fewer = tracks_reader(
        tmp_path,
        ('      - {if: {course: seed, round: "2"}, at: "2022-07-15T13:30/16:30"}\n', ""),
    )

    planned = plan(bot, "05-20T10:00", fewer)

    assert planned.told_anew == 1
    ((_, lead),) = queued(bot)
    assert lead == "計畫裡已經沒有「實作課」（原為111年7月15日(五) 13:30–16:30），不再提醒。"


def test_two_planners_at_once_queue_each_thing_once(bot: Bot) -> None:
    for n in range(30):
        bot.send(f"U{n}", Kind.POSTBACK, data="remind=garden/111#hand-in")
    found: list[int] = []

    def run() -> None:
        found.append(plan(bot, "07-17T08:00").queued)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(found) == 30
    assert len(queued(bot)) == 30


def test_a_plan_that_was_killed_before_its_mark_is_made_once_more_and_changes_nothing(
    bot: Bot,
) -> None:
    bot.send(TEACHER, Kind.POSTBACK, data="remind=garden/111#hand-in")
    plan(bot, "07-17T08:00")
    with bot.office.engine.begin() as db:
        table = FollowRow.__table__
        db.execute(table.update().values(is_planned=False))

    planned = plan(bot, "07-17T08:01")

    assert (planned.queued, planned.known) == (0, 1)
    assert len(queued(bot)) == 1


def test_a_change_of_the_hour_on_the_day_loses_nothing_and_doubles_nothing(bot: Bot) -> None:
    bot.send(TEACHER, Kind.POSTBACK, data="remind=garden/111#hand-in")
    bot.say("提醒時間改成晚上7點")
    bot.at = at("07-17T12:00")
    plan(bot, "07-17T12:00")
    assert queued(bot) == []

    bot.say("提醒時間改成早上8點")

    assert plan(bot, "07-17T12:10").queued == 1  # eight is over: it is told now
    bot.say("提醒時間改成晚上7點")
    send_all(bot)
    plan(bot, "07-17T19:00")
    assert len(queued(bot)) + len(queued(bot, OutboxState.SENT)) == 1


def test_what_is_due_is_found_by_its_index_and_not_among_all_rows(engine: Engine) -> None:
    said: list[tuple[str, object]] = []
    event.listen(
        engine, "before_cursor_execute", lambda _, __, sql, values, *___: said.append((sql, values))
    )
    with engine.begin() as db:
        follows.fallen_due(db, "default", START, 10)
        if db.dialect.name == "postgresql":
            db.exec_driver_sql("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN " if db.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "
        sql, values = next(s for s in said if "NOT is_planned" in s[0])
        steps = str(db.exec_driver_sql(explain + sql, values).all())

    assert "ix_follow_unplanned" in steps
