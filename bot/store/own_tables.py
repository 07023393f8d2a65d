"""The tables of what people asked to be reminded of, and of the keys of their calendars."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.columns import Instant
from bot.store.tables import Base


class WishRow(Base):
    """A date that somebody wants to be reminded of."""

    __tablename__ = "wish"

    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    plan: Mapped[str] = mapped_column(String(64), primary_key=True)
    edition: Mapped[str] = mapped_column(String(64), primary_key=True)
    date: Mapped[str] = mapped_column(String(64), primary_key=True)  # id of the entry
    case_key: Mapped[str] = mapped_column(String(160), primary_key=True)
    made_at: Mapped[datetime] = mapped_column(Instant)


class CalendarKey(Base):
    """The secret by which somebody's calendar is read; a new one ends the old one."""

    __tablename__ = "calendar_key"
    __table_args__ = (UniqueConstraint("key"),)

    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(Instant)
