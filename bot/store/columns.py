"""Column types that refuse what must not be stored."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Enum
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

WRITTEN = len("2022-07-31 15:59:59.000000")


class Instant(TypeDecorator[datetime]):
    """An aware instant, in UTC on both sides; a naive one is refused.

    SQLite forgets time zones, PostgreSQL keeps them: without this the same row reads differently.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The instant in UTC."""
        return None if value is None else _in_utc(value)

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any] | None:
        """As SQLAlchemy has it, but what SQLite is given is written by the datetime itself.

        Each event has ten of them, and SQLAlchemy's own way puts each together from its parts.
        """
        return _as_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """The instant in UTC, aware on every database."""
        if value is None:
            return None
        instant: datetime = value
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return value.astimezone(UTC)


def _as_text(value: datetime | None) -> str | None:
    """As SQLAlchemy's own type writes it: 2022-07-31 15:59:59.000000, in UTC."""
    return None if value is None else _in_utc(value).isoformat(" ", "microseconds")[:WRITTEN]


Plain = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""JSON-ready values; dataclasses are taken as they are (`model.plain`), and come back as plain."""


def word_of(states: type[StrEnum]) -> Enum:
    """A column that holds the words of `states`, as text: a new word needs no migration."""
    return Enum(
        states,
        native_enum=False,
        length=16,
        values_callable=lambda kind: [member.value for member in kind],
    )
