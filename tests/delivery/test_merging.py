"""One message a person a day, and one call for all who are told the same."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, update

from bot.delivery.drain import Drain
from bot.line.pushes import Pusher
from bot.messages import Answer
from bot.model.reminders import NoticeKind
from bot.simulator.faults import Fault
from bot.simulator.platform import Platform
from bot.store import waves
from bot.store.batches import LEASE
from bot.store.tables import OutboxRow, OutboxState
from tests.delivery.notices import notice, put, said, states_by_key
from tests.delivery.pushes import USER, calls_of, run, somebody
from tests.store.events_of import NOON, after

HOUR = timedelta(hours=1)
SESSION, NUDGE = NoticeKind.SESSION, NoticeKind.NUDGE


class Killed(BaseException):
    """The process ends here: nobody catches it."""


def test_a_persons_day_is_one_message_sessions_first(
    engine: Engine, drain: Drain, platform: Platform
) -> None:
    put(
        engine,
        notice(USER, "催繳", kind=NUDGE),
        notice(USER, "報名", not_before=NOON + 3 * HOUR),
        notice(USER, "工作坊", kind=SESSION),
    )

    assert [run(drain), run(drain, NOON + 4 * HOUR)] == [1, 0]
    (call,) = calls_of(platform)
    (message,) = call.body["messages"]
    assert [message["altText"].index(word) for word in ("工作坊", "報名", "催繳")] == sorted(
        message["altText"].index(word) for word in ("工作坊", "報名", "催繳")
    )
    assert set(states_by_key(engine).values()) == {OutboxState.SENT}
    assert platform.problems() == []


def test_what_is_due_tomorrow_waits_for_tomorrow(
    engine: Engine, drain: Drain, platform: Platform
) -> None:
    midnight = NOON + 12 * HOUR  # in Taipei
    put(
        engine,
        notice(USER, "今天"),
        notice(USER, "今晚", not_before=midnight - timedelta(seconds=1)),
        notice(USER, "明天", not_before=midnight),
    )

    run(drain)

    (first,) = said(platform.inbox(USER))
    assert ("今晚" in first, "明天" in first) == (True, False)
    assert run(drain, midnight + 7 * HOUR) == 1  # not in the night


def test_the_notice_of_a_sessions_last_hour_comes_at_its_hour(
    engine: Engine, drain: Drain, platform: Platform
) -> None:
    at = NOON + 5 * HOUR
    put(engine, notice(USER, "報名"))
    put(engine, notice(USER, "開場", kind=SESSION, not_before=at, expires_at=at + HOUR))

    assert [run(drain), run(drain, at - HOUR), run(drain, at)] == [1, 0, 1]
    assert ["開場" in words for words in said(platform.inbox(USER))] == [False, True]


def test_those_who_are_told_the_same_are_told_by_one_call(
    engine: Engine, drain: Drain, platform: Platform
) -> None:
    people = [somebody(platform, f"老師{number}") for number in range(501)]
    put(engine, *(notice(user, "報名") for user in people))
    put(engine, *(notice(user, "成果", kind=NUDGE) for user in people[:3]))
    put(engine, replace(notice(people[3], "只給您"), fact=""))

    assert run(drain) == 501
    sizes = sorted(len(call.body["to"]) for call in calls_of(platform, "/multicast"))
    assert sizes == [3, 497]
    assert len(calls_of(platform)) == 1
    assert all(len(platform.inbox(user)) == 1 for user in people)
    assert platform.problems() == []


def test_no_call_has_more_than_five_hundred_people(
    engine: Engine, drain: Drain, platform: Platform
) -> None:
    people = [somebody(platform, f"老師{number}") for number in range(1_203)]
    put(engine, *(notice(user, "報名") for user in people))

    assert run(drain) == 1_203
    sizes = sorted(len(call.body["to"]) for call in calls_of(platform, "/multicast"))
    assert sizes == [203, 500, 500]
    assert platform.problems() == []


def test_a_wave_that_is_cut_leaves_no_small_calls(
    engine: Engine, drain: Drain, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waves, "MULTICAST", 10)
    monkeypatch.setattr(waves.claim, "__defaults__", (25,))
    people = [somebody(platform, f"老師{number}") for number in range(100)]
    put(engine, *(notice(user, "報名") for user in people))

    assert run(drain) == 100
    assert [len(call.body["to"]) for call in calls_of(platform, "/multicast")] == [10] * 10


def test_one_bad_id_among_many_costs_nobody_else_anything(
    engine: Engine, drain: Drain, platform: Platform
) -> None:
    people = [somebody(platform, f"老師{number}") for number in range(4)]
    put(engine, *(notice(user, "報名") for user in [*people, "nobody"]))

    assert run(drain) == 4
    assert [call.response.status for call in calls_of(platform, "/multicast")] == [400]
    assert [len(platform.inbox(user)) for user in people] == [1] * 4
    dead = [key for key, state in states_by_key(engine).items() if state is OutboxState.DEAD]
    assert dead == ["報名:nobody"]


def test_a_multicast_whose_answer_got_lost_is_repeated_to_the_letter(
    engine: Engine, drain: Drain, platform: Platform
) -> None:
    people = [somebody(platform, f"老師{number}") for number in range(30)]
    put(engine, *(notice(user, "報名") for user in people))
    platform.faults.add(Fault(lost=True, path="/multicast"))
    run(drain)
    put(engine, notice(people[0], "晚到的"))  # due with it, but it was not in it

    run(drain, after(60))

    first, second = calls_of(platform, "/multicast")
    assert second.response.status == 409
    assert first.request.raw == second.request.raw
    assert first.request.headers["x-line-retry-key"] == second.request.headers["x-line-retry-key"]
    assert len(platform.inbox(people[0])) == 2
    assert len(platform.inbox(people[1])) == 1


def test_a_kill_after_a_multicast_leaves_it_to_another_one(
    engine: Engine, drain: Drain, pusher: Pusher, platform: Platform
) -> None:
    class Dying(Pusher):
        def multicast(self, user_ids: object, answer: Answer, retry_key: str) -> None:
            super().multicast(user_ids, answer, retry_key)  # type: ignore[arg-type]
            raise Killed

    people = [somebody(platform, f"老師{number}") for number in range(30)]
    put(engine, *(notice(user, "報名") for user in people))
    with pytest.raises(Killed):
        run(Drain(engine=engine, sender=Dying(pusher._client), channel_id="default"))

    assert run(drain, NOON + LEASE + timedelta(seconds=1)) == 30
    assert [call.response.status for call in calls_of(platform, "/multicast")] == [200, 409]
    assert [len(platform.inbox(user)) for user in people] == [1] * 30
    assert set(states_by_key(engine).values()) == {OutboxState.SENT}


def test_whoever_was_erased_meanwhile_is_left_out(
    engine: Engine, drain: Drain, platform: Platform
) -> None:
    put(engine, notice(USER, "報名"))
    platform.faults.add(Fault(status=500, path="/push"))
    run(drain)
    with engine.begin() as db:
        db.execute(OutboxRow.__table__.delete())

    assert run(drain, after(60)) == 0
    assert len(calls_of(platform)) == 1


def test_a_bad_day_of_line_costs_few_calls(
    engine: Engine, drain: Drain, platform: Platform
) -> None:
    people = [somebody(platform, f"老師{number}") for number in range(200)]
    put(engine, *(notice(user, f"給{user}") for user in people))
    platform.faults.add(Fault(status=503, times=1_000, path="/push"))

    run(drain)
    tried = len(calls_of(platform))
    platform.faults.clear()
    with engine.begin() as db:
        db.execute(update(OutboxRow).values(error=None))

    assert tried < 60
    assert run(drain, after(60)) == 200
    assert all(len(platform.inbox(user)) == 1 for user in people)
