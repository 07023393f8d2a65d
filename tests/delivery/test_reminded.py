"""The simulator's clock moved forward sends what fell due meanwhile, once."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.delivery.drain import Drain
from bot.reminders.follows import Where, refresh
from bot.reminders.planning import Planner, Plans
from bot.simulator.platform import Platform
from bot.store import people, wishes
from bot.store.wishes import Wish
from bot.understand.reader import Reader
from tests.handlers.tracks import tracks_reader
from tests.personas import TEACHER

USER = TEACHER.user_id


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2022-{text}+08:00")


@pytest.fixture
def garden(tmp_path: Path) -> Reader:
    return tracks_reader(tmp_path)


def test_the_simulators_clock_moved_forward_sends(
    engine: Engine, drain: Drain, platform: Platform, garden: Reader
) -> None:
    clock = platform.daytime
    clock.set_to(at("07-01T09:00"))
    with engine.begin() as db:
        people.see(db, "default", USER, clock.now())
        wish = Wish(plan="garden", edition="111", date="hand-in", case_key="")
        wishes.put(db, "default", USER, wish, clock.now())
        refresh(Where(db, "default", garden.edition, clock.now()), USER)
    planner = Planner(engine.begin, Plans(garden.edition, garden.library.version), "default")

    def tick() -> int:
        planner.plan(clock.now())
        return drain.run(clock.now(), clock.now())

    assert tick() == 0
    clock.set_to(at("07-17T08:00"))
    assert tick() == 1
    assert tick() == 0
    clock.set_to(at("07-01T09:00"))  # back, and forward again
    assert tick() == 0
    clock.set_to(at("07-17T09:00"))
    assert tick() == 0
    clock.set_to(at("07-30T09:00"))
    assert tick() == 1  # of what came between, only the last is still of use
