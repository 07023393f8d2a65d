"""The tables of what schools hand in: who takes part, what was sent, every move, later dates."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.model.submission import ActorKind, Standing
from bot.model.submission import Deed as What
from bot.store.columns import Instant, Plain, word_of
from bot.store.tables import Base


class ParticipationRow(Base):
    """A school that takes part in an edition, with the parameters that decide what it owes."""

    __tablename__ = "participation"
    __table_args__ = (
        UniqueConstraint("channel_id", "plan", "edition", "school_code"),
        Index(None, "channel_id", "school_code"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    school_code: Mapped[str] = mapped_column(String(16))
    plan: Mapped[str] = mapped_column(String(64))
    edition: Mapped[str] = mapped_column(String(64))
    facets: Mapped[dict[str, str]] = mapped_column(Plain)
    units: Mapped[list[dict[str, Any]]] = mapped_column(Plain)
    since: Mapped[datetime] = mapped_column(Instant)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    left_at: Mapped[datetime | None] = mapped_column(Instant)


class SubmissionRow(Base):
    """One piece that was handed in or excused; taken back, it stays as history."""

    __tablename__ = "submission"
    __table_args__ = (
        ForeignKeyConstraint(["participation_id"], ["participation.id"], ondelete="CASCADE"),
        Index(
            "ix_submission_kept",
            "participation_id",
            "slot",
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    participation_id: Mapped[str] = mapped_column(String(32))
    slot: Mapped[str] = mapped_column(String(200))
    state: Mapped[Standing] = mapped_column(word_of(Standing))
    turn: Mapped[int]  # the order in which the pieces of a slot came to be
    sent_at: Mapped[datetime | None] = mapped_column(Instant)  # first handed in
    due_at: Mapped[datetime | None] = mapped_column(Instant)  # the date that held then
    is_late: Mapped[bool]  # by these two; kept so that the database can count
    number: Mapped[str] = mapped_column(String(64), server_default="")  # of the official letter
    undone_at: Mapped[datetime | None] = mapped_column(Instant)


class SubmissionMoveRow(Base):
    """One deed about the pieces of a slot: who, when, why."""

    __tablename__ = "submission_move"
    __table_args__ = (
        ForeignKeyConstraint(["participation_id"], ["participation.id"], ondelete="CASCADE"),
        # The same event does the same thing once, however often it arrives.
        UniqueConstraint("participation_id", "event_id", "deed", "slot"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    participation_id: Mapped[str] = mapped_column(String(32))
    slot: Mapped[str] = mapped_column(String(200))
    deed: Mapped[What] = mapped_column(word_of(What))
    count: Mapped[int]
    pieces: Mapped[list[str]] = mapped_column(Plain)  # ids of those that it touched
    at: Mapped[datetime] = mapped_column(Instant)
    turn: Mapped[int]  # the order of the moves of a participation
    actor_id: Mapped[str | None] = mapped_column(String(64))
    actor_kind: Mapped[ActorKind] = mapped_column(word_of(ActorKind))
    why: Mapped[str] = mapped_column(Text, server_default="")  # masked
    event_id: Mapped[str] = mapped_column(String(64))


class SlotExtensionRow(Base):
    """A later date that one school was given for one slot."""

    __tablename__ = "slot_extension"
    __table_args__ = (
        ForeignKeyConstraint(["participation_id"], ["participation.id"], ondelete="CASCADE"),
    )

    participation_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    slot: Mapped[str] = mapped_column(String(200), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    until: Mapped[datetime] = mapped_column(Instant)
