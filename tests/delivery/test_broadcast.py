"""A broadcast on its way: paused, resumed, cancelled, blocked, erased, answered and pressed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from bot import broadcast_work as work
from bot.delivery.drain import Drain
from bot.model.broadcasts import Broadcast, BroadcastState, CardPiece, Clerk, Draft, Key
from bot.simulator.platform import Platform
from bot.store import broadcast_report, events, people, riding, traces
from bot.store import quotas as quota_store
from tests.delivery import announced
from tests.delivery.announced import OTHER, desk, found, handed_in, known, reported
from tests.delivery.pushes import calls_of, run, somebody
from tests.store.events_of import NOON, incoming

S = BroadcastState
EVENING = NOON + timedelta(hours=8)  # 20:00
NIGHT = NOON + timedelta(hours=11)
MORNING = NOON + timedelta(hours=19)


def running(engine: Engine, platform: Platform, count: int = 3) -> tuple[Broadcast, list[str]]:
    """One whose messages wait in the outbox, and whom it goes to."""
    users = sorted(somebody(platform, f"老師{n}") for n in range(count))
    known(engine, *users)
    broadcast = handed_in(engine)
    announced.run(engine)
    return broadcast, users


def do(engine: Engine, deed: Callable[..., Any], broadcast: Broadcast) -> None:
    with engine.begin() as db:
        deed(desk(db), broadcast.id)


def heard(platform: Platform, users: list[str]) -> list[int]:
    return [len(platform.inbox(user)) for user in users]


def test_equal_words_go_as_one_call_and_the_broadcast_ends_by_itself(
    engine: Engine, platform: Platform, drain: Drain
) -> None:
    broadcast, users = running(engine, platform)

    run(drain)
    announced.run(engine)
    announced.run(engine)

    assert len(calls_of(platform, "/multicast")) == 1
    assert heard(platform, users) == [1, 1, 1]
    assert found(engine, broadcast.id).state is S.DONE
    assert reported(engine, broadcast.id).sent == 3


def test_a_pause_holds_back_pushes_and_what_would_ride_along_until_it_is_resumed(
    engine: Engine, platform: Platform, drain: Drain
) -> None:
    broadcast, users = running(engine, platform)
    do(engine, work.pause, broadcast)

    run(drain)
    with engine.begin() as db:
        rode = riding.take(db, "default", users[0], "E1", NOON)
    paused = heard(platform, users)
    do(engine, work.resume, broadcast)
    run(drain)

    assert (rode, paused) == ([], [0, 0, 0])
    assert heard(platform, users) == [1, 1, 1]


def test_what_is_cancelled_is_not_sent_and_counted_so(
    engine: Engine, platform: Platform, drain: Drain
) -> None:
    broadcast, users = running(engine, platform)
    do(engine, work.cancel, broadcast)

    run(drain)
    announced.run(engine)

    report = reported(engine, broadcast.id)
    assert heard(platform, users) == [0, 0, 0]
    assert (report.void, report.counted) == ({"cancelled": 3}, 3)
    assert found(engine, broadcast.id).ended_at == NOON


def test_everybody_is_counted_once_whatever_became_of_them(
    engine: Engine, platform: Platform, drain: Drain
) -> None:
    broadcast, users = running(engine, platform, 6)
    with engine.begin() as db:
        people.mark_blocked(db, "default", users[0], NOON + timedelta(seconds=1))
        traces.erase(db, "default", users[1], NOON)
        quota_store.keep_reading(db, "default", (3, 0), NOON, NOON)
    platform.sending.quota = 3

    run(drain)

    report = reported(engine, broadcast.id)
    assert (report.blocked, report.erased, report.sent, report.held) == (1, 1, 3, 1)
    assert report.counted == report.recipients == 6


def test_whoever_is_erased_while_it_is_queued_is_skipped(
    engine: Engine, platform: Platform, drain: Drain
) -> None:
    users = [somebody(platform, "甲"), somebody(platform, "乙")]
    known(engine, *users)
    broadcast = handed_in(engine)
    runner = announced.Broadcaster(engine, "default", announced.SOURCES)
    runner._start_next(NOON)
    with engine.begin() as db:
        traces.erase(db, "default", users[0], NOON)

    announced.run(engine)
    run(drain)

    report = reported(engine, broadcast.id)
    assert heard(platform, users) == [0, 1]
    assert (report.erased, report.sent, report.counted) == (1, 1, 2)


def test_replies_within_a_day_and_taps_are_counted_by_person(
    engine: Engine, platform: Platform, drain: Drain
) -> None:
    broadcast, users = running(engine, platform, 4)
    run(drain)
    wrote = {users[0]: 1.0, users[1]: 23.9, users[2]: 24.1}  # hours after
    with engine.begin() as db:
        for user, hours in wrote.items():
            for n in range(2):
                at = NOON + timedelta(hours=hours, seconds=n)
                event = incoming(f"E{user}{n}", user_id=user, chat_id=user, at=at)
                events.put_first_seen(db, event, at)
        for user in (users[0], users[0], users[3]):
            broadcast_report.tap(db, "default", broadcast.id, 1, (user, NOON))

    report = reported(engine, broadcast.id)
    assert report.replied == 2
    assert report.taps == {1: 2}


def test_a_test_goes_to_its_sender_alone_and_counts_nothing(
    engine: Engine, platform: Platform, drain: Drain
) -> None:
    me, other = somebody(platform, "承辦"), somebody(platform, "老師")
    known(engine, me, other)
    sheet = CardPiece(title="計畫", lead="開始報名", buttons=(Key(label="看", say="何時報名"),))
    with engine.begin() as db:
        made = work.compose(desk(db), Draft(pieces=(sheet,)))
        work.send_to_oneself(desk(db), made.id, me)

    run(drain)

    assert heard(platform, [me, other]) == [1, 0]
    assert reported(engine, made.id).recipients == 0


def test_what_names_a_person_of_staff_is_erased_with_them(engine: Engine) -> None:
    known(engine, "U1", "U-author")
    broadcast = handed_in(engine)
    announced.run(engine)

    with engine.begin() as db:
        kept = traces.all_of(db, "default", "U-author")
        traces.erase(db, "default", "U-author", NOON)
        left = traces.all_of(db, "default", "U-author")

    assert {"broadcast", "broadcast_recipient", "outbox"} <= set(kept)
    assert left == {}
    assert (found(engine, broadcast.id).author, OTHER.id) == ("", "U-other")


@pytest.mark.parametrize(("begins", "goes_at_night"), [(EVENING, False), (NIGHT, True)])
def test_what_began_before_the_night_waits_for_the_morning_what_staff_began_at_night_does_not(
    engine: Engine, platform: Platform, drain: Drain, begins: datetime, goes_at_night: bool
) -> None:
    user = somebody(platform, "老師")
    known(engine, user)
    handed_in(engine)
    announced.run(engine, begins)

    run(drain, NIGHT)
    at_night = heard(platform, [user])
    run(drain, MORNING)

    assert at_night == [int(goes_at_night)]
    assert heard(platform, [user]) == [1]


def test_quiet_hours_are_a_warning() -> None:
    night = datetime.fromisoformat("2022-06-15T22:30+08:00")

    assert work.quiet_until(night) == datetime.fromisoformat("2022-06-16T07:00+08:00")
    assert work.quiet_until(NOON) is None
    assert Clerk(channel_id="default", id="U").is_one_of("", None) is False
