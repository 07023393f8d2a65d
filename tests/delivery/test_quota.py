"""The month's quota: what matters most goes first, what has no room is held, and staff know."""

from sqlalchemy import Engine, select

from bot.delivery.drain import READ_EVERY, Drain
from bot.handlers import quota_news
from bot.handlers.quota_news import warn_staff
from bot.line.pushes import Pusher
from bot.model.reminders import NoticeKind
from bot.simulator.platform import Platform
from bot.store import people, quotas
from bot.store.people import Role
from bot.store.tables import OutboxRow, OutboxState
from tests.delivery.notices import days, notice, put, said, states_by_key
from tests.delivery.pushes import USER, calls_of, run, somebody
from tests.store.events_of import NOON

SESSION, DEADLINE, NUDGE = NoticeKind.SESSION, NoticeKind.DEADLINE, NoticeKind.NUDGE
HELD, SENT, WAITING = OutboxState.HELD, OutboxState.SENT, OutboxState.WAITING


def drained(engine: Engine, pusher: Pusher) -> Drain:
    return Drain(engine=engine, sender=pusher, channel_id="default", warn=warn_staff)


def three(platform: Platform) -> list[str]:
    return [somebody(platform, name) for name in ("甲", "乙", "丙")]


def test_when_it_is_short_sessions_go_before_deadlines_before_nudges(
    engine: Engine, pusher: Pusher, platform: Platform
) -> None:
    one, two, last = three(platform)
    put(engine, notice(one, "催", kind=NUDGE), notice(two, "截", kind=DEADLINE))
    put(engine, notice(last, "場", kind=SESSION))
    platform.sending.quota = 2

    assert run(drained(engine, pusher)) == 2
    assert states_by_key(engine) == {f"催:{one}": HELD, f"截:{two}": SENT, f"場:{last}": SENT}
    assert all(call.response.status == 200 for call in platform.calls)


def test_what_sessions_will_need_this_month_is_kept_for_them(
    engine: Engine, pusher: Pusher, platform: Platform
) -> None:
    one, two, last = three(platform)
    put(engine, notice(one, "催", kind=NUDGE))
    put(engine, notice(two, "場", kind=SESSION, not_before=days(3)))
    put(engine, notice(last, "七月", kind=SESSION, not_before=days(20), expires_at=days(27)))
    platform.sending.quota = 1
    drain = drained(engine, pusher)

    assert [run(drain), run(drain, days(3))] == [0, 1]
    assert states_by_key(engine)[f"催:{one}"] is HELD
    assert len(platform.inbox(two)) == 1


def test_what_is_held_goes_out_when_there_is_room_again(
    engine: Engine, pusher: Pusher, platform: Platform
) -> None:
    put(engine, notice(USER, "截"))
    platform.sending.quota = 0
    drain = drained(engine, pusher)
    run(drain)
    platform.sending.quota = 5

    assert [run(drain), run(drain, NOON + READ_EVERY)] == [0, 1]


def test_what_is_held_goes_out_next_month_while_it_is_of_use(
    engine: Engine, pusher: Pusher, platform: Platform
) -> None:
    one, two, _ = three(platform)
    platform.sending.quota = 1
    platform.daytime.set_to(NOON)
    drain = drained(engine, pusher)
    put(engine, notice(USER, "先", kind=SESSION))
    put(engine, notice(one, "久", expires_at=days(20)), notice(two, "短", expires_at=days(2)))
    run(drain)
    held = states_by_key(engine)
    platform.daytime.set_to(days(16))

    assert run(drain, days(16)) == 1
    assert [held[f"久:{one}"], held[f"短:{two}"]] == [HELD, HELD]
    assert states_by_key(engine)[f"久:{one}"] is SENT
    assert states_by_key(engine)[f"短:{two}"] is OutboxState.VOID


def test_what_is_held_costs_nothing_beside_what_goes(
    engine: Engine, pusher: Pusher, platform: Platform
) -> None:
    platform.sending.quota = 0
    drain = drained(engine, pusher)
    put(engine, notice(USER, "催", kind=NUDGE))
    run(drain)
    held = states_by_key(engine)
    platform.sending.quota = 1
    put(engine, notice(USER, "場", kind=SESSION))

    assert run(drain, NOON + READ_EVERY) == 1
    assert list(held.values()) == [HELD]
    assert set(states_by_key(engine).values()) == {SENT}


def test_many_people_cost_as_many_as_they_are(
    engine: Engine, pusher: Pusher, platform: Platform
) -> None:
    users = [somebody(platform, f"老師{number}") for number in range(30)]
    put(engine, *(notice(user, "報名") for user in users))
    platform.sending.quota = 20

    assert run(drained(engine, pusher)) == 20
    assert sorted(states_by_key(engine).values()) == [HELD] * 10 + [SENT] * 20
    assert platform.sending.used == 20


def test_without_a_limit_nothing_is_held(
    engine: Engine, pusher: Pusher, platform: Platform
) -> None:
    put(engine, notice(USER, "催", kind=NUDGE))

    assert run(drained(engine, pusher)) == 1


def test_line_is_asked_every_few_minutes_by_one_of_all(
    engine: Engine, pusher: Pusher, platform: Platform
) -> None:
    first, second = drained(engine, pusher), drained(engine, pusher)
    for drain in (first, second, first, second):
        run(drain)
    asked = len(calls_of(platform, "/quota"))

    run(second, NOON + READ_EVERY)

    assert (asked, len(calls_of(platform, "/quota"))) == (1, 2)


def staffed(engine: Engine) -> None:
    with engine.begin() as db:
        people.see(db, "default", USER, NOON)
        people.give_role(db, "default", USER, Role.STAFF)


def test_staff_are_warned_once_at_eighty_percent(
    engine: Engine, pusher: Pusher, platform: Platform
) -> None:
    staffed(engine)
    users = [somebody(platform, f"老師{number}") for number in range(8)]
    put(engine, *(notice(user, "報名") for user in users))
    platform.sending.quota = 10
    drain = drained(engine, pusher)
    for times in range(4):
        run(drain, NOON + times * READ_EVERY)

    (warning,) = said(platform.inbox(USER))
    assert "本月推播已用8／10則（80%）" in warning


def test_staff_are_told_the_day_on_which_it_will_run_out(
    engine: Engine, pusher: Pusher, platform: Platform
) -> None:
    users = three(platform)
    put(engine, *(notice(user, "後天", not_before=days(2)) for user in users))
    put(engine, *(notice(user, "大後天", not_before=days(3)) for user in users))
    platform.sending.quota = 4
    run(drained(engine, pusher))

    with engine.connect() as db:
        outlook = quotas.outlook(db, "default", NOON)

    assert (outlook.waiting, outlook.most, str(outlook.runs_out_on)) == (6, 4, "2022-06-18")
    assert "111年6月18日會用完" in str(quota_news.card(outlook).facts)


def test_a_warning_that_has_no_room_is_held_too(
    engine: Engine, pusher: Pusher, platform: Platform
) -> None:
    staffed(engine)
    platform.sending.quota = 0
    drain = drained(engine, pusher)
    run(drain)
    run(drain, NOON + READ_EVERY)

    assert platform.inbox(USER) == []
    with engine.connect() as db:
        assert list(db.scalars(select(OutboxRow.state))) == [HELD]
