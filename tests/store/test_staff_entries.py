"""Staff's own answers as they are kept: live, withdrawn, and seen to have changed."""

import threading
from datetime import date, datetime, timedelta
from itertools import pairwise

from sqlalchemy import Engine

from bot.store import staff_entries
from bot.store.staff_entries import Kept
from tests.store.entries_of import new_entry, put
from tests.store.events_of import NOON, after


def live(engine: Engine, channel: str = "default") -> list[Kept]:
    with engine.connect() as db:
        return staff_entries.not_withdrawn(db, channel)


def newest(engine: Engine, channel: str = "default") -> datetime | None:
    with engine.connect() as db:
        return staff_entries.newest_change(db, channel)


def test_what_is_kept_is_read_back_as_it_was(engine: Engine) -> None:
    kept = put(engine, edition="111", referral_id="r1")

    assert live(engine) == [kept]
    assert kept.says == ("可以停車嗎", "停車要錢嗎")
    assert (kept.edition, kept.expires_on, kept.made_at) == ("111", date(2022, 12, 31), NOON)
    with engine.connect() as db:
        assert staff_entries.kept_from(db, "default", "r1") == kept
        assert staff_entries.find_many(db, "default", [kept.id, "none"]) == {kept.id: kept}
        assert staff_entries.find_many(db, "default", []) == {}


def test_what_is_withdrawn_is_live_no_more_and_only_once(engine: Engine) -> None:
    kept = put(engine)

    with engine.begin() as db:
        first = staff_entries.withdraw(db, "default", kept.id, after(60))
        second = staff_entries.withdraw(db, "default", kept.id, after(90))

    assert (first, second) == (True, False)
    assert live(engine) == []


def test_another_channel_neither_sees_nor_withdraws(engine: Engine) -> None:
    kept = put(engine)

    with engine.begin() as db:
        assert not staff_entries.withdraw(db, "other", kept.id, NOON)
        assert staff_entries.find_many(db, "other", [kept.id]) == {}

    assert live(engine, "other") == []
    assert newest(engine, "other") is None
    assert live(engine) == [kept]


def test_every_change_is_newer_than_all_before_whatever_the_clock_says(engine: Engine) -> None:
    assert newest(engine) is None
    first = put(engine)
    changes = [first.changed_at]

    put(engine)  # in the same instant
    changes.append(newest(engine) or NOON)
    put(engine, NOON - timedelta(hours=1))  # on a machine whose clock is behind
    changes.append(newest(engine) or NOON)
    with engine.begin() as db:
        staff_entries.withdraw(db, "default", first.id, NOON - timedelta(hours=2))
    changes.append(newest(engine) or NOON)

    assert len(changes) == 4
    assert all(earlier < later for earlier, later in pairwise(changes))


def test_two_changes_at_once_are_seen_in_the_order_of_their_commits(engine: Engine) -> None:
    """Else whoever saw the later stamp committed first would never look for the earlier one."""
    made: list[Kept] = []
    second = threading.Thread(target=lambda: made.append(put(engine, NOON - timedelta(days=1))))

    with engine.begin() as db:
        first = staff_entries.put(db, new_entry(), NOON)
        second.start()
    second.join()

    assert made[0].changed_at > first.changed_at
