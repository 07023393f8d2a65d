"""The tables of watching: when something last happened, and what is wrong just now."""

from datetime import date, datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.columns import Instant
from bot.store.tables import Base


class PulseRow(Base):
    """When something last happened that shows how the house is."""

    __tablename__ = "pulse"

    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)  # of the real clock
    note: Mapped[str] = mapped_column(String(64), server_default="")


class AlarmRow(Base):
    """Something that is wrong, or was: one row a fact, used again when it comes back."""

    __tablename__ = "alarm"

    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    fact: Mapped[str] = mapped_column(String(160), primary_key=True)
    words: Mapped[str] = mapped_column(Text)  # what is wrong, and the cure
    began_at: Mapped[datetime] = mapped_column(Instant)
    over_at: Mapped[datetime | None] = mapped_column(Instant)
    told_on: Mapped[date | None]  # the last day on which staff were told
