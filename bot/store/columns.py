"""Column types that refuse what must not be stored."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Enum
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """An aware instant, in UTC on both sides; a naive one is refused.

    SQLite forgets time zones, PostgreSQL keeps them: without this the same row reads differently.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The instant in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """The instant in UTC, aware on every database."""
        if value is None:
            return None
        instant: datetime = value
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


Plain = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""JSON-ready values."""


def word_of(states: type[StrEnum]) -> Enum:
    """A column that holds the words of `states`, as text: a new word needs no migration."""
    return Enum(
        states,
        native_enum=False,
        length=16,
        values_callable=lambda kind: [member.value for member in kind],
    )
