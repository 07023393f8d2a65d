"""The tables of tracks: who follows which, what was done on it, which sessions were chosen."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKeyConstraint, Index, Numeric, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.columns import Instant, Plain
from bot.store.tables import Base


class EnrolmentRow(Base):
    """A track that somebody follows."""

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("channel_id", "user_id", "plan", "edition", "track", "label"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    user_id: Mapped[str] = mapped_column(String(64))
    plan: Mapped[str] = mapped_column(String(64))
    edition: Mapped[str] = mapped_column(String(64))
    track: Mapped[str] = mapped_column(String(64))
    label: Mapped[str] = mapped_column(String(64), server_default="")
    facets: Mapped[dict[str, str]] = mapped_column(Plain)
    seen: Mapped[dict[str, str]] = mapped_column(Plain)  # what its person knows of the edition
    seen_version: Mapped[str] = mapped_column(String(64), server_default="")  # of all plan files
    joined_at: Mapped[datetime] = mapped_column(Instant)
    left_at: Mapped[datetime | None] = mapped_column(Instant)


class DeedRow(Base):
    """One thing that somebody reported as done; taken back, it stays as history."""

    __tablename__ = "deed"
    __table_args__ = (
        ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], ondelete="CASCADE"),
        # The same thing counts once, whoever reports it, and from however many devices.
        Index(
            "uq_deed_fact",
            "enrolment_id",
            "fact",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
        Index(None, "enrolment_id", "reported_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    enrolment_id: Mapped[str] = mapped_column(String(32))
    requirement: Mapped[str] = mapped_column(String(64))
    part: Mapped[str] = mapped_column(String(64), server_default="")
    fact: Mapped[str] = mapped_column(String(160))  # what makes it the same thing
    count: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    done_on: Mapped[date]
    term: Mapped[str] = mapped_column(String(64), server_default="")
    marks: Mapped[list[str]] = mapped_column(Plain)
    event_id: Mapped[str] = mapped_column(String(64))  # what one message reported is undone as one
    reported_at: Mapped[datetime] = mapped_column(Instant)
    vouched: Mapped[str] = mapped_column(String(16))
    vouched_by: Mapped[str | None] = mapped_column(String(64))
    vouched_at: Mapped[datetime | None] = mapped_column(Instant)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)


class SessionPick(Base):
    """The session that somebody means to go to."""

    __tablename__ = "session_pick"
    __table_args__ = (ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], ondelete="CASCADE"),)

    enrolment_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    requirement: Mapped[str] = mapped_column(String(64), primary_key=True)
    part: Mapped[str] = mapped_column(String(64), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    session: Mapped[str] = mapped_column(String(160))
    picked_at: Mapped[datetime] = mapped_column(Instant)
    missed_at: Mapped[datetime | None] = mapped_column(Instant)
