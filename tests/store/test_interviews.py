"""What a person told about an eligibility: kept apart by entry, by person and by channel."""

from datetime import datetime

from sqlalchemy import Connection, Engine

from bot.store import interviews
from bot.store.interviews import Told
from tests.store.events_of import NOON, after

FIRST, SECOND = "plan/1#one", "plan/1#two"


def put(db: Connection, entry: str, at: datetime, user_id: str = "U1", **facts: str) -> None:
    interviews.put(db, "default", user_id, Told(entry, facts, at))


def test_the_newest_comes_first_and_each_entry_has_its_own(engine: Engine) -> None:
    with engine.begin() as db:
        put(db, FIRST, NOON, hours="3")
        put(db, SECOND, after(1), hours="?")

        found = interviews.all_of(db, "default", "U1")

    assert found == [
        Told(SECOND, {"hours": "?"}, after(1)),
        Told(FIRST, {"hours": "3"}, NOON),
    ]


def test_what_is_told_later_takes_the_place_of_the_earlier(engine: Engine) -> None:
    with engine.begin() as db:
        put(db, FIRST, NOON, hours="3", tutor="true")
        put(db, FIRST, after(2), hours="2")
        put(db, FIRST, after(1), hours="9")  # arrived late

        (found,) = interviews.all_of(db, "default", "U1")

    assert found.facts == {"hours": "2"}


def test_people_and_channels_are_kept_apart(engine: Engine) -> None:
    with engine.begin() as db:
        put(db, FIRST, NOON, hours="3")
        put(db, FIRST, NOON, user_id="U2", hours="1")
        interviews.put(db, "another", "U1", Told(FIRST, {}, NOON))

        interviews.forget(db, "default", "U1")

        assert interviews.all_of(db, "default", "U1") == []
        assert len(interviews.all_of(db, "default", "U2")) == 1
        assert len(interviews.all_of(db, "another", "U1")) == 1


def test_only_what_was_told_since_may_be_forgotten(engine: Engine) -> None:
    with engine.begin() as db:
        put(db, FIRST, NOON, hours="3")
        put(db, SECOND, after(5), hours="3")

        interviews.forget(db, "default", "U1", since=after(5))

        assert [t.entry for t in interviews.all_of(db, "default", "U1")] == [FIRST]
