"""The tables of reminding: what people set, whom which date concerns, how far was planned."""

from datetime import date, datetime

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.columns import Instant, Plain
from bot.store.tables import Base

STRETCH = 320  # characters of a stretch's key


class PreferenceRow(Base):
    """How somebody wants to be reminded; what is empty is as the plan has it."""

    __tablename__ = "preference"

    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    hour: Mapped[str | None] = mapped_column(String(5))  # 08:00
    leads: Mapped[list[int] | None] = mapped_column(Plain)
    quiet_from: Mapped[str | None] = mapped_column(String(5))
    quiet_to: Mapped[str | None] = mapped_column(String(5))
    digest: Mapped[str] = mapped_column(String(16))
    paused_until: Mapped[date | None]
    is_stopped: Mapped[bool]
    changed_at: Mapped[datetime] = mapped_column(Instant)


class OwnDateRow(Base):
    """A day of somebody's own school, as they told it."""

    __tablename__ = "own_date"

    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    plan: Mapped[str] = mapped_column(String(64), primary_key=True)
    edition: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(64), primary_key=True)
    due: Mapped[date]
    days: Mapped[int | None]
    hour: Mapped[int | None]
    made_at: Mapped[datetime] = mapped_column(Instant)


class ChoiceRow(Base):
    """What somebody wants of one date: no more of it, or once more at another time."""

    __tablename__ = "date_choice"

    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    stretch: Mapped[str] = mapped_column(String(STRETCH), primary_key=True)
    is_muted: Mapped[bool]
    later_at: Mapped[datetime | None] = mapped_column(Instant)
    changed_at: Mapped[datetime] = mapped_column(Instant)


class FollowRow(Base):
    """One instant at which one person is to be told of one date that they follow."""

    __tablename__ = "follow"
    __table_args__ = (
        Index(
            "ix_follow_unplanned",
            "channel_id",
            "at",
            "user_id",
            "stretch",
            "lead",
            sqlite_where=text("NOT is_planned"),
            postgresql_where=text("NOT is_planned"),
        ),
    )

    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    stretch: Mapped[str] = mapped_column(String(STRETCH), primary_key=True)
    lead: Mapped[str] = mapped_column(String(8), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    until: Mapped[datetime] = mapped_column(Instant)
    fact: Mapped[str] = mapped_column(String(STRETCH + 32))
    days: Mapped[str] = mapped_column(String(120))  # of the date in words, as its person knows them
    why: Mapped[str] = mapped_column(String(8))
    since: Mapped[datetime] = mapped_column(Instant)
    is_planned: Mapped[bool]


class ClockRow(Base):
    """How far the reminders of a channel were planned, and by which plans they are kept."""

    __tablename__ = "clock"

    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    planned_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[str] = mapped_column(String(64))  # of the plans that all follows agree with
    wanted: Mapped[str] = mapped_column(String(64))  # of those that they are being brought to
    done_up_to: Mapped[str] = mapped_column(String(64))  # person; the others have yet to be
    wanted_since: Mapped[datetime | None] = mapped_column(Instant)  # its process began, real clock
    brought_at: Mapped[datetime | None] = mapped_column(Instant)  # the last people, people's clock
