"""The tables of sending: batches, each one call to LINE, and the month's quota."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.columns import Instant, Plain, word_of
from bot.store.tables import Base, OutboxState

_IS_OVER = text("settled_at IS NOT NULL")
_IS_UNSETTLED = text("state IN ('waiting', 'sending')")


class Way(StrEnum):
    """How a batch goes out."""

    PUSH = "push"  # to one person
    MULTICAST = "multicast"  # the same to many


class BatchRow(Base):
    """One call to LINE: the messages of the outbox that point at it, under one retry key.

    It names nobody: who gets what stands in those messages, which nothing changes while it lives.
    """

    __tablename__ = "batch"
    __table_args__ = (
        Index(
            "ix_batch_unsettled",
            "not_before",
            sqlite_where=_IS_UNSETTLED,
            postgresql_where=_IS_UNSETTLED,
        ),
        Index(
            "ix_batch_settled",
            "channel_id",
            "settled_at",
            sqlite_where=_IS_OVER,
            postgresql_where=_IS_OVER,
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    way: Mapped[Way] = mapped_column(word_of(Way))
    people: Mapped[int]  # each counts against the quota
    state: Mapped[OutboxState] = mapped_column(word_of(OutboxState))
    retry_key: Mapped[str] = mapped_column(String(36))  # for X-Line-Retry-Key, for life
    not_before: Mapped[datetime] = mapped_column(Instant)  # of the real clock: the next try
    expires_at: Mapped[datetime] = mapped_column(Instant)  # when the last of it is of no use
    first_sent_at: Mapped[datetime | None] = mapped_column(Instant)  # the retry key lives from then
    claimed_at: Mapped[datetime | None] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(server_default="0")
    error: Mapped[str | None] = mapped_column(Text)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)


class QuotaRow(Base):
    """What LINE said of a channel's quota, and what was sent and is still to be sent since.

    Whoever puts messages into batches holds this row: one at a time in a channel, so that nobody's
    day is split in two and nobody spends what another one has spent.
    """

    __tablename__ = "quota"

    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    most: Mapped[int | None]  # messages a month; None: without limit, or not known yet
    used: Mapped[int] = mapped_column(server_default="0")
    month: Mapped[str] = mapped_column(String(7), server_default="")  # 2022-06, of `used`
    read_at: Mapped[datetime | None] = mapped_column(Instant)  # of the real clock
    read_on: Mapped[datetime | None] = mapped_column(Instant)  # of the clock that stamps events
    later: Mapped[dict[str, int]] = mapped_column(Plain)  # kind → people, after today, this month
