"""What is wrong with the bot itself is told to staff once a day, and so is its end."""

from datetime import date

from bot.simulator.faults import Fault
from tests.delivery.notices import days, notice, put
from tests.watching.editions import lately
from tests.watching.watched import ADMIN, CLERK, Watched


def test_a_clock_that_stopped_is_noticed_by_the_web_told_once_and_its_end_too(
    watched: Watched,
) -> None:
    worker, web, other_web = (watched.watchman() for _ in range(3))
    watched.round(worker)
    watched.web_looks(web)
    assert watched.wrong() == []

    for _ in range(12):
        watched.later(minutes=1)
        watched.web_looks(web)
        watched.web_looks(other_web)
    first = watched.pushed()
    assert len(first) == 1
    assert "背景程式（worker）沒有在執行" in first[0]
    assert [alarm.fact for alarm in watched.wrong()] == ["clock"]

    watched.later(minutes=1)
    watched.round(watched.watchman())
    assert watched.wrong() == []
    assert len(watched.pushed()) == 1  # the end rides along
    assert "已恢復正常" in watched.with_a_reply()


def test_a_worker_that_was_never_started_has_ten_minutes(watched: Watched) -> None:
    web = watched.watchman()
    seen = []
    for _ in range(3):
        watched.web_looks(web)
        seen.append(len(watched.pushed()))
        watched.later(minutes=6)

    assert seen == [0, 0, 1]


def test_only_staff_are_pushed_to_while_no_worker_comes_round(watched: Watched) -> None:
    put(watched.engine, notice("U" + "1" * 32, "截止", not_before=watched.now))
    web = watched.watchman()
    watched.web_looks(web)
    watched.later(minutes=11)
    watched.web_looks(web)

    assert len(watched.pushed()) == 1
    assert len(watched.platform.calls) == len(
        [c for c in watched.platform.calls if "1" * 32 not in str(c.request)]
    )


def test_an_alarm_that_lasts_is_told_again_the_next_day(watched: Watched) -> None:
    web = watched.watchman()
    watched.web_looks(web)
    for _ in range(3):
        watched.later(hours=8)
        watched.web_looks(web)

    assert 1 <= len(watched.pushed()) <= 2


def test_line_refusing_us_is_told_without_line_and_ends_when_it_takes_us(watched: Watched) -> None:
    watched.admin()
    worker = watched.watchman(mails=True)
    watched.platform.faults.add(Fault(status=401, times=100))
    watched.round(worker)
    watched.later(minutes=6)
    watched.round(worker)

    assert [alarm.fact for alarm in watched.wrong()] == ["refused"]
    assert "LINE_CHANNEL_ACCESS_TOKEN" in watched.wrong()[0].words
    assert watched.pushed() == []
    (mail,) = watched.server.to(ADMIN)
    assert mail["Subject"] == "師鐘系統警示"
    assert "List-Unsubscribe" not in mail

    watched.platform.faults.clear()
    watched.later(minutes=6)
    watched.round(worker)
    assert watched.wrong() == []
    assert len(watched.server.to(ADMIN)) == 2


def test_nothing_sent_for_an_hour_while_something_is_due_is_told(watched: Watched) -> None:
    worker = watched.watchman()
    watched.round(worker)
    put(watched.engine, notice("U" + "9" * 32, "截止", not_before=watched.now))
    for _ in range(61):
        watched.later(minutes=1)
        worker.look(watched.now, watched.now)  # the outbox does not move
        worker.came_round(watched.now)

    assert [alarm.fact for alarm in watched.wrong()] == ["stuck"]
    assert "一小時來一則也沒有送出" in watched.queued()[0]


def test_what_is_held_by_the_quota_or_asleep_is_no_alarm(watched: Watched) -> None:
    watched.platform.sending.quota = 0
    worker = watched.watchman()
    put(watched.engine, notice(CLERK, "截止", not_before=watched.now))
    for _ in range(3):
        watched.round(worker)
        watched.later(minutes=40)

    assert watched.wrong() == []


def test_a_plan_whose_year_is_over_is_told_once_a_week_until_the_next_one_is_loaded(
    watched: Watched,
) -> None:
    worker = watched.watchman([lately(checked_on=date(2023, 1, 3))])
    watched.now = days(210)  # January 2023
    for _ in range(8):
        watched.later(days=1)
        worker.look(watched.now, watched.now)
        watched.drain.run(watched.now, watched.now)

    assert [alarm.fact for alarm in watched.wrong()] == ["ended:cooc-teacher"]
    assert len(watched.pushed()) == 2
    assert "還沒有下一年度的計畫檔" in watched.pushed()[0]

    new = [lately(), lately(112, checked_on=date(2023, 1, 3))]
    watched.later(days=1)
    watched.watchman(new).look(watched.now, watched.now)
    assert "ended:cooc-teacher" not in [alarm.fact for alarm in watched.wrong()]


def test_an_edition_that_nobody_checked_for_a_year_is_told(watched: Watched) -> None:
    old = watched.watchman([lately(checked_on=date(2021, 6, 14))])
    exact = watched.watchman([lately(checked_on=date(2021, 6, 15))])
    exact.look(watched.now, watched.now)
    assert watched.wrong() == []

    old.look(watched.now, watched.now)

    assert [alarm.fact for alarm in watched.wrong()] == ["unchecked:cooc-teacher/111"]


def test_a_second_alarm_of_a_day_is_not_pushed_but_rides_along(watched: Watched) -> None:
    first = watched.watchman([lately(checked_on=date(2021, 1, 1))])
    first.look(watched.now, watched.now)
    watched.drain.run(watched.now, watched.now)
    watched.later(minutes=11)
    watched.web_looks(watched.watchman())
    watched.later(minutes=11)
    web = watched.watchman()
    watched.web_looks(web)
    watched.later(minutes=11)
    watched.web_looks(web)
    watched.drain.run(watched.now, watched.now)

    assert len(watched.pushed()) == 1
    assert "worker" in watched.with_a_reply()


def test_whoever_has_it_by_mail_is_not_pushed_to(watched: Watched) -> None:
    watched.admin(linked=True)
    worker = watched.watchman([lately(checked_on=date(2021, 1, 1))], mails=True)
    watched.round(worker)

    assert watched.pushed() == []
    assert len(watched.server.to(ADMIN)) == 1
    assert "核對過" in watched.with_a_reply()


def test_a_mail_server_that_is_away_stops_nothing(watched: Watched) -> None:
    watched.admin()
    worker = watched.watchman([lately(checked_on=date(2021, 1, 1))], mails=True)
    watched.server.faults["MAIL"] = "421 later"
    watched.round(worker)

    assert len(watched.pushed()) == 1
