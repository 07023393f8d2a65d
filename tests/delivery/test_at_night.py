"""What was due in the evening and is sent late disturbs nobody at night."""

from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import Engine, update

from bot.delivery.drain import Drain
from bot.model.reminders import NoticeKind, Preferences
from bot.simulator.platform import Platform
from bot.store import preferences, waves
from bot.store.sending_tables import BatchRow
from bot.store.tables import OutboxState
from tests.delivery.notices import notice, put, states_by_key
from tests.delivery.pushes import USER, run, somebody
from tests.store.events_of import NOON

EVENING = NOON + timedelta(hours=8)  # 20:00
NIGHT = NOON + timedelta(hours=11)
MORNING = NOON + timedelta(hours=19)  # 07:00
WAITING, SENT = OutboxState.WAITING, OutboxState.SENT


@pytest.fixture
def owl(platform: Platform, engine: Engine) -> str:
    """Somebody who wants no quiet hours."""
    user_id = somebody(platform, "貓頭鷹")
    with engine.begin() as db:
        wanted = Preferences(quiet_from=time(8), quiet_to=time(8))
        preferences.put(db, "default", user_id, wanted, NOON)
    return user_id


def states(engine: Engine) -> dict[str, OutboxState]:
    return {key.rpartition(":")[2]: state for key, state in states_by_key(engine).items()}


def times_sent(drain: Drain, times: list[datetime]) -> list[datetime]:
    return [at for at in times if run(drain, at)]


def test_a_drain_that_resumes_at_night_leaves_sleepers_for_the_morning(
    engine: Engine, drain: Drain, owl: str
) -> None:
    put(engine, *(notice(user, "截", not_before=EVENING) for user in (USER, owl)))

    assert run(drain, NIGHT) == 1
    assert states(engine) == {USER: WAITING, owl: SENT}

    assert times_sent(drain, [NIGHT + timedelta(hours=6), MORNING]) == [MORNING]
    assert set(states(engine).values()) == {SENT}


def test_what_a_dead_process_was_sending_in_the_evening_is_tried_again_in_the_morning(
    engine: Engine, drain: Drain
) -> None:
    put(engine, notice(USER, "截", not_before=EVENING))
    with engine.begin() as db:
        assert waves.claim(db, "default", EVENING, EVENING)  # and then it died

    assert times_sent(drain, [NIGHT, MORNING]) == [MORNING]


def test_a_batch_does_not_wait_until_its_key_runs_out(
    engine: Engine, drain: Drain, owl: str
) -> None:
    put(engine, *(notice(user, "截", not_before=EVENING) for user in (USER, owl)))
    with engine.begin() as db:
        waves.claim(db, "default", EVENING, EVENING)
        db.execute(update(BatchRow).values(first_sent_at=NIGHT - timedelta(hours=13)))

    assert run(drain, NIGHT) == 2


def test_staffs_answer_does_not_wait_for_the_morning(engine: Engine, drain: Drain) -> None:
    put(engine, notice(USER, "答", kind=NoticeKind.ANSWER, not_before=EVENING))

    assert run(drain, NIGHT) == 1
