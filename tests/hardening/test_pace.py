"""Who writes more than anybody reads is told so once, and then not answered until they pause."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, select

from bot.dispatch import TOO_FAST, Office
from bot.messages import Kind
from bot.store.bursts import PAUSE, TOO_MANY, WITHIN
from bot.store.engine import open_engine
from bot.store.tables import Event, EventState
from tests.handlers_of_tests import EMPTY, echo, texts
from tests.store.events_of import NOON, incoming

GROUP = {"chat_id": "G1", "in_group": True, "mentioned": True}


@pytest.fixture
def office(engine: Engine) -> Office:
    return Office(engine, echo, EMPTY)


def send(office: Office, number: int, after: timedelta, **own: Any) -> str | None:
    """What is said to one message so long after noon; None: nothing."""
    sent = incoming(f"E{number}", at=NOON + after, text=f"第{number}題", **own)
    owed = office.respond(sent, sent.at)
    return texts(owed.answer)[0] if owed else None


def flood(office: Office, count: int, **own: Any) -> list[str | None]:
    """What is said to so many messages, ten a second."""
    return [send(office, n, timedelta(seconds=n / 10), **own) for n in range(count)]


@pytest.mark.parametrize("own", [{}, {"kind": Kind.POSTBACK, "data": "x"}, GROUP])
def test_too_many_within_a_minute_are_told_so_once_then_kept_without_an_answer(
    office: Office, own: dict[str, Any]
) -> None:
    said = flood(office, TOO_MANY + 5, **own)

    assert None not in said[:TOO_MANY]
    assert [n for n, words in enumerate(said) if words == TOO_FAST] == [TOO_MANY - 1]
    assert said[TOO_MANY:] == [None] * 5
    with office.engine.connect() as db:
        states = db.scalars(select(Event.state)).all()
    assert states.count(EventState.SILENT) == 5
    assert len(states) == TOO_MANY + 5


def test_who_pauses_is_answered_again(office: Office) -> None:
    flood(office, TOO_MANY + 5)

    assert send(office, 900, timedelta(seconds=80)) == "第900題"


def test_who_goes_on_without_a_pause_stays_unanswered_beyond_the_minute(office: Office) -> None:
    flood(office, TOO_MANY + 5)

    said = [send(office, 100 + n, timedelta(seconds=8 + 5 * n)) for n in range(30)]
    later = send(office, 900, timedelta(seconds=8 + 5 * 29) + PAUSE)

    assert said == [None] * 30
    assert later == "第900題"


def test_as_many_in_a_longer_time_are_all_answered(office: Office) -> None:
    step = 2 * WITHIN / TOO_MANY

    said = [send(office, n, n * step) for n in range(2 * TOO_MANY)]

    assert said == [f"第{n}題" for n in range(2 * TOO_MANY)]


def test_one_persons_flood_is_nobody_elses_silence(office: Office) -> None:
    flood(office, TOO_MANY + 5)

    at = timedelta(seconds=7)
    assert send(office, 900, at, user_id="U2", chat_id="U2") == "第900題"
    assert send(office, 901, at, **GROUP) == "第901題"


def test_what_is_taken_back_is_forgotten_also_in_a_flood(office: Office) -> None:
    flood(office, TOO_MANY + 5)

    taken = incoming("E900", kind=Kind.UNSEND, text="", message_id="M", reply_token=None)

    assert office.respond(taken, NOON) is None


def test_processes_count_together(office: Office) -> None:
    url = office.engine.url.render_as_string(hide_password=False)
    others = [open_engine(url) for _ in range(3)]
    offices = [office, *(Office(engine, echo, EMPTY) for engine in others)]

    with ThreadPoolExecutor(4) as threads:
        said = list(
            threads.map(
                lambda n: send(offices[n % 4], n, timedelta(seconds=1)), range(TOO_MANY + 20)
            )
        )
    for engine in others:
        engine.dispose()

    assert said.count(TOO_FAST) == 1
    assert said.count(None) == 20


def test_counting_costs_no_statement_of_its_own(office: Office) -> None:
    sent: list[str] = []
    event.listen(office.engine, "before_cursor_execute", lambda *args: sent.append(args[2]))

    send(office, 1, timedelta())

    assert [s.split()[0] for s in sent if "burst" in s] == ["INSERT"]
    assert len([s for s in sent if " person " in s or '"person"' in s]) == 1
