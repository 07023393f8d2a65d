"""Webhook bodies with something wrong in them, by a seed, against the whole bot with real plans."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from random import Random

import pytest
from sqlalchemy import Engine, select

from benchmarks.fuzz.bodies import bodies
from benchmarks.fuzz.calling import Bot, running
from benchmarks.fuzz.events import Events
from bot.clock import TAIPEI
from bot.line.inbound import MOST_EVENTS
from bot.simulator.events import Spot, event, message
from bot.store.tables import Person
from tests.line.bodies import body
from tests.understand.plans import real_reader

BODIES = 200  # on each kind of database; `python -m benchmarks.fuzz` takes 100,000
NINE = datetime(2022, 6, 15, 9, 0, tzinfo=TAIPEI)
HARMLESS = {200, 400, 413}


@pytest.fixture
def bot(engine: Engine) -> Iterator[Bot]:
    with running(engine.url.render_as_string(hide_password=False), real_reader()) as bot:
        yield bot


def made(seed: int, count: int) -> Iterator[bytes]:
    return islice(bodies(Events(draw=Random(seed), reader=real_reader(), at=NINE)), count)


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_is_wrong_with_a_body_it_is_taken_or_refused_and_nothing_breaks(
    bot: Bot, seed: int
) -> None:
    for one in made(seed, BODIES):
        bot.call(one)

    assert set(bot.came.statuses) <= HARMLESS
    assert bot.came.statuses[200] > BODIES / 2
    assert bot.came.raised == {}
    assert bot.faults.found == {}
    assert bot.judge.problems == {}


def people_of(bot: Bot) -> list[str]:
    with bot.engine.connect() as db:
        return list(db.scalars(select(Person.user_id)))


def a_call(*texts: str) -> bytes:
    spot = Spot("U1", "U1", NINE)
    return body(*(event(spot, "message", "token", message=message("text", text=t)) for t in texts))


def test_a_call_of_more_events_than_line_sends_is_refused_whole(bot: Bot) -> None:
    statuses = [bot.call(a_call(*["好"] * count)) for count in (MOST_EVENTS + 1, 1)]

    assert statuses == [400, 200]
    assert bot.rows()["event"] == 1


@pytest.mark.parametrize(
    "sign",
    ["\0", "\ud800", "\u202e", "\u200b", "\n"],
    ids=["nothing", "half", "backwards", "unseen", "line"],
)
def test_an_id_that_no_line_of_a_log_should_hold_is_none(bot: Bot, sign: str) -> None:
    spoilt = event(Spot(f"U{sign}1", f"U{sign}1", NINE), "follow", "token")
    unnamed = {**event(Spot("U2", "U2", NINE), "follow", "token"), "webhookEventId": f"E{sign}"}

    status = bot.call(body(spoilt, unnamed))

    assert status == 200
    assert bot.faults.found == {}
    assert all(sign not in user for user in people_of(bot))
