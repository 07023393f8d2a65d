"""`/readyz` tells the truth: what keeps a process from answering, and what else is wrong."""

from datetime import date

from sqlalchemy import text

from bot.store import pulses
from bot.watching.health import Health
from tests.delivery.notices import notice, put
from tests.watching.editions import lately
from tests.watching.watched import Watched


def health(watched: Watched) -> Health:
    return Health(watched.engine, "default", [lately()])


def warnings(watched: Watched, of: Health | None = None) -> list[str]:
    return (of or health(watched)).warnings(watched.now, watched.now)


def test_where_all_is_well_nothing_is_said(watched: Watched) -> None:
    watched.round(watched.watchman())

    assert health(watched).problems() == []
    assert warnings(watched) == []


def test_a_worker_that_does_not_come_round_is_a_warning_with_its_cure(watched: Watched) -> None:
    watched.round(watched.watchman())
    watched.later(minutes=11)

    (said,) = warnings(watched)
    assert "請資訊人員啟動 python -m bot worker" in said
    assert health(watched).problems() == []


def test_a_worker_that_never_was_is_waited_for(watched: Watched) -> None:
    of = health(watched)
    first = warnings(watched, of)
    watched.later(minutes=11)

    assert first == []
    assert len(warnings(watched, of)) == 1


def test_line_refusing_us_is_a_warning_for_an_hour(watched: Watched) -> None:
    watchman = watched.watchman()
    with watched.engine.begin() as db:
        pulses.note_refusal(db, "default", "403 Access to this API is not available", watched.now)
    said = []
    for _ in range(2):
        watchman.came_round(watched.now)
        said.append(warnings(watched))
        watched.later(minutes=61)

    assert ["403" in one for one in said[0]] == [True]
    assert said[1] == []


def test_the_months_limit_is_no_refusal(watched: Watched) -> None:
    watched.watchman().came_round(watched.now)
    with watched.engine.begin() as db:
        pulses.note_refusal(db, "default", "429 You have reached your monthly limit.", watched.now)

    assert warnings(watched) == []


def test_what_does_not_go_out_and_old_plans_are_warnings(watched: Watched) -> None:
    put(watched.engine, notice("U1", "截止", not_before=watched.now))
    watched.later(hours=2)
    watched.watchman().came_round(watched.now)
    old = Health(watched.engine, "default", [lately(checked_on=date(2020, 1, 1))])

    said = warnings(watched, old)

    assert ["一小時來" in said[0], "核對過" in said[1]] == [True, True]


def test_a_database_that_lost_a_table_is_said_and_nothing_breaks(watched: Watched) -> None:
    with watched.engine.begin() as db:
        db.execute(text("ALTER TABLE pulse RENAME TO lost"))

    assert warnings(watched) == ["背景程式（worker）的情形讀不到：請確認資料庫，再看一次。"]
