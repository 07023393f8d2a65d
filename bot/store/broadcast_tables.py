"""The tables of broadcasts: what is announced, to whom, who pressed; saved audiences; settings."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.model.broadcasts import BroadcastState
from bot.store.columns import Instant, Plain, word_of
from bot.store.tables import Base

_IS_LEFT = text("queued_at IS NULL")


class BroadcastRow(Base):
    """What staff announce, and how far it has come."""

    __tablename__ = "broadcast"
    __table_args__ = (Index(None, "channel_id", "state"), Index(None, "channel_id", "made_at"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    state: Mapped[BroadcastState] = mapped_column(word_of(BroadcastState))
    pieces: Mapped[list[Any]] = mapped_column(Plain)
    audience: Mapped[dict[str, Any]] = mapped_column(Plain)
    starts_at: Mapped[datetime | None] = mapped_column(Instant)
    revision: Mapped[int] = mapped_column(server_default="1")
    author: Mapped[str] = mapped_column(String(64))  # a clerk's id
    made_at: Mapped[datetime] = mapped_column(Instant)
    changed_by: Mapped[str] = mapped_column(String(64))
    approved_by: Mapped[str] = mapped_column(String(64), server_default="")
    reach: Mapped[int] = mapped_column(server_default="0")
    began_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    recipients: Mapped[int] = mapped_column(server_default="0")
    skipped: Mapped[int] = mapped_column(server_default="0")
    is_queued: Mapped[bool] = mapped_column(server_default=false())
    # What its report counted before the rows went that it counts; see `retention`.
    kept_report: Mapped[dict[str, Any] | None] = mapped_column(Plain)


class RecipientRow(Base):
    """Somebody whom a broadcast was fixed to go to when it started."""

    __tablename__ = "broadcast_recipient"
    __table_args__ = (
        ForeignKeyConstraint(["broadcast_id"], ["broadcast.id"], ondelete="CASCADE"),
        Index(None, "channel_id", "user_id"),
        Index(
            "ix_broadcast_recipient_left",
            "broadcast_id",
            "user_id",
            sqlite_where=_IS_LEFT,
            postgresql_where=_IS_LEFT,
        ),
    )

    broadcast_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    queued_at: Mapped[datetime | None] = mapped_column(Instant)  # in the outbox since then


class TapRow(Base):
    """Somebody pressed a button of a broadcast: once a person and button."""

    __tablename__ = "broadcast_tap"
    __table_args__ = (
        ForeignKeyConstraint(["broadcast_id"], ["broadcast.id"], ondelete="CASCADE"),
        Index(None, "channel_id", "user_id"),
    )

    broadcast_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    button: Mapped[int] = mapped_column(primary_key=True)  # its number among those counted
    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Instant)  # the first time


class AudienceRow(Base):
    """An audience that staff saved under a name."""

    __tablename__ = "audience"
    __table_args__ = (UniqueConstraint("channel_id", "name"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(Text)
    audience: Mapped[dict[str, Any]] = mapped_column(Plain)
    author: Mapped[str] = mapped_column(String(64))  # a clerk's id
    changed_at: Mapped[datetime] = mapped_column(Instant)


class ChannelSetting(Base):
    """What staff set for their channel."""

    __tablename__ = "channel_setting"

    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class PictureRow(Base):
    """A picture that staff uploaded for a broadcast; its name is its address."""

    __tablename__ = "picture"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    media_type: Mapped[str] = mapped_column(String(32))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(Instant)
