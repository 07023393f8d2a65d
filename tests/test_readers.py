"""Every process says what staff keep from the next event on, and not beyond its term."""

import threading
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.readers import MOST_DAYS, Readers
from bot.store import staff_entries
from bot.store.staff_entries import Kept
from bot.understand.reader import Reader
from tests.handlers.plans import small_reader
from tests.store.counted import counted
from tests.store.entries_of import new_entry, put

JUNE = datetime.fromisoformat("2022-06-15T09:00+08:00")
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return small_reader(tmp_path_factory.mktemp("knowledge"))


def reader_of(
    readers: Readers, engine: Engine, at: datetime = JUNE, channel: str = "default"
) -> Reader:
    with engine.begin() as db:
        return readers.reader_of(db, channel, at)


def readers_of(plans: Reader) -> Readers:
    """The readers of a process in which every channel has all plans."""
    return Readers(lambda _channel_id: plans)


def known(reader: Reader) -> list[str]:
    """The keys of the supplements that this reader knows, sorted."""
    return sorted(k for k in reader.index.by_key if "#staff-" in k)


def key_of(kept: Kept, edition: str = "reading/111") -> str:
    return f"{edition}#staff-{kept.id}"


def test_without_any_the_plans_reader_itself_is_given(plans: Reader, engine: Engine) -> None:
    assert reader_of(readers_of(plans), engine) is plans


def test_another_process_knows_it_at_its_next_event(plans: Reader, engine: Engine) -> None:
    here, there = readers_of(plans), readers_of(plans)
    assert reader_of(there, engine) is plans

    kept = put(engine)

    assert known(reader_of(here, engine)) == [key_of(kept)]
    assert known(reader_of(there, engine)) == [key_of(kept)]


def test_what_is_withdrawn_is_forgotten_at_the_next_event(plans: Reader, engine: Engine) -> None:
    readers, kept = readers_of(plans), put(engine)
    assert known(reader_of(readers, engine))

    with engine.begin() as db:
        staff_entries.withdraw(db, "default", kept.id, JUNE)

    assert reader_of(readers, engine) is plans


def test_it_holds_through_its_last_day_in_taipei_and_not_beyond(
    plans: Reader, engine: Engine
) -> None:
    readers, kept = readers_of(plans), put(engine, expires_on=date(2022, 6, 15))
    last = datetime.fromisoformat("2022-06-15T23:59:59+08:00")

    assert known(reader_of(readers, engine, last)) == [key_of(kept)]
    assert known(reader_of(readers, engine, last + timedelta(seconds=1))) == []
    assert known(reader_of(readers, engine, last)) == [key_of(kept)]  # an event that came late


def test_of_several_only_the_expired_are_left_out(plans: Reader, engine: Engine) -> None:
    readers = readers_of(plans)
    kept = [put(engine, expires_on=date(2022, 6, day)) for day in (10, 20, 20, 30)]

    def live(day: int) -> list[str]:
        return known(
            reader_of(readers, engine, datetime.fromisoformat(f"2022-06-{day}T09:00+08:00"))
        )

    assert live(10) == sorted(map(key_of, kept))
    assert live(11) == sorted(map(key_of, kept[1:]))
    assert live(21) == [key_of(kept[3])]


def test_two_channels_know_different_ones(plans: Reader, engine: Engine) -> None:
    readers = readers_of(plans)
    ours, theirs = put(engine), put(engine, channel_id="other")

    assert known(reader_of(readers, engine)) == [key_of(ours)]
    assert known(reader_of(readers, engine, channel="other")) == [key_of(theirs)]


def test_one_of_a_year_or_plan_that_is_not_loaded_waits_for_it(
    plans: Reader, engine: Engine
) -> None:
    put(engine, edition="110")
    put(engine, plan="gone")
    kept = put(engine, edition="111")

    assert known(reader_of(readers_of(plans), engine)) == [key_of(kept)]


def test_an_event_costs_one_query_where_nothing_changed(plans: Reader, engine: Engine) -> None:
    readers = readers_of(plans)
    put(engine)
    first = reader_of(readers, engine)

    with engine.begin() as db, counted(engine) as statements:
        again = readers.reader_of(db, "default", JUNE)

    assert again is first
    assert len(statements) == 1


def test_however_many_days_are_asked_about_few_readers_are_kept(
    plans: Reader, engine: Engine
) -> None:
    readers = readers_of(plans)
    for day in range(8):
        put(engine, expires_on=date(2022, 6, 10) + day * DAY)

    for day in range(8):
        assert len(known(reader_of(readers, engine, JUNE + (day - 5) * DAY))) == 8 - day

    assert len(readers._shelves["default"].readers) == MOST_DAYS


def test_many_threads_are_all_given_the_newest(plans: Reader, engine: Engine) -> None:
    readers, seen = readers_of(plans), list[Any]()
    kept = [put(engine)]

    def ask() -> None:
        seen.append(known(reader_of(readers, engine)))

    for _ in range(3):
        threads = [threading.Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert seen == [sorted(map(key_of, kept))] * 6
        seen.clear()
        kept.append(put(engine, kept[-1].made_at + timedelta(minutes=1)))


def test_a_new_entry_is_the_plan_s_that_was_in_force_when_it_was_made(
    plans: Reader, engine: Engine
) -> None:
    kept = put(engine, plan="stars")

    assert new_entry().edition == ""
    assert known(reader_of(readers_of(plans), engine)) == [key_of(kept, "stars/112")]
