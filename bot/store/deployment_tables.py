"""The table of channels: which official accounts this deployment speaks for, beside its own."""

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.columns import Instant, Plain
from bot.store.tables import Base


class ChannelRow(Base):
    """One official account. What opens it is sealed: who reads the database alone has neither."""

    __tablename__ = "channel"
    __table_args__ = (UniqueConstraint("destination"),)

    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    destination: Mapped[str] = mapped_column(String(64))  # the account's own user id
    secret: Mapped[str] = mapped_column(Text)  # sealed
    token: Mapped[str] = mapped_column(Text)  # sealed
    plans: Mapped[list[str]] = mapped_column(Plain)  # ids; empty: all
    made_at: Mapped[datetime] = mapped_column(Instant)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    retired_at: Mapped[datetime | None] = mapped_column(Instant)  # nothing is done for it any more
