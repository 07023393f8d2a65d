"""The table of lists that staff import in the console."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.columns import Instant, Plain, word_of
from bot.store.tables import Base


class RunState(StrEnum):
    """What became of a list that was sent in."""

    TRIED = "tried"  # a dry run; waits to be applied
    APPLIED = "applied"
    DROPPED = "dropped"  # nobody applied it within a day, or somebody said no


class ImportRun(Base):
    """A list as it was read, without what is nobody's business, and what it would change.

    The list and its lines are gone a day later; who did it, when and how many rows, stays.
    """

    __tablename__ = "import_run"
    __table_args__ = (Index(None, "channel_id", "made_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(32))
    file_name: Mapped[str] = mapped_column(Text)  # masked
    options: Mapped[dict[str, Any]] = mapped_column(Plain)
    made_by: Mapped[str] = mapped_column(Text)  # an account's address
    made_at: Mapped[datetime] = mapped_column(Instant)  # of the real clock
    state: Mapped[RunState] = mapped_column(word_of(RunState))
    counts: Mapped[dict[str, int]] = mapped_column(Plain)  # fate → rows
    notes: Mapped[list[str]] = mapped_column(Plain)
    list_read: Mapped[bytes | None] = mapped_column(LargeBinary)  # compressed JSON of the table
    lines: Mapped[bytes | None] = mapped_column(LargeBinary)  # compressed JSON of the report
    settled_by: Mapped[str | None] = mapped_column(Text)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
