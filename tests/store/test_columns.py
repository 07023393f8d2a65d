"""Instants: what a database is given, and what comes back."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import DateTime
from sqlalchemy.dialects import sqlite

from bot.store.columns import Instant

ZONES = st.timezones() | st.integers(-12 * 60, 14 * 60).map(
    lambda minutes: timezone(timedelta(minutes=minutes))
)
INSTANTS = st.datetimes(datetime(1900, 1, 2), datetime(9999, 12, 30), timezones=ZONES)  # noqa: DTZ001


@given(INSTANTS)
def test_sqlite_is_given_an_instant_as_sqlalchemy_itself_writes_it(instant: datetime) -> None:
    ours = Instant().dialect_impl(sqlite.dialect()).bind_processor(sqlite.dialect())
    theirs = DateTime().dialect_impl(sqlite.dialect()).bind_processor(sqlite.dialect())

    assert ours
    assert theirs
    assert ours(instant) == theirs(instant.astimezone(UTC))
    assert ours(None) is None


def test_an_instant_without_a_zone_is_refused() -> None:
    ours = Instant().dialect_impl(sqlite.dialect()).bind_processor(sqlite.dialect())

    assert ours
    with pytest.raises(ValueError, match="time zone"):
        ours(datetime(2022, 7, 31, 12))  # noqa: DTZ001  that is what is refused
