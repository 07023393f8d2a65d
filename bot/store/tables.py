"""The tables. Every row carries its channel: one deployment may serve several accounts."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, MetaData, String, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.store.columns import Instant, Plain, word_of


class EventState(StrEnum):
    """What became of an event, and of the answer to it."""

    WAITING = "waiting"  # has an answer that LINE did not take yet
    SENDING = "sending"  # a process holds it and is sending the answer
    SENT = "sent"
    SILENT = "silent"  # nothing to say
    FAILED = "failed"  # the handler broke; `error` names how
    LOST = "lost"  # the answer never went out while its token lived


UNSETTLED = (EventState.WAITING, EventState.SENDING)


class Base(DeclarativeBase):
    """The root of all tables; names of keys and indexes are the same on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Person(Base):
    """Somebody who wrote to the bot or follows it."""

    __tablename__ = "person"

    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    first_seen_at: Mapped[datetime] = mapped_column(Instant)
    last_seen_at: Mapped[datetime] = mapped_column(Instant)
    followed_at: Mapped[datetime | None] = mapped_column(Instant)
    blocked_at: Mapped[datetime | None] = mapped_column(Instant)


class TalkRow(Base):
    """What a chat is about: the plain form of `Talk`. A group's talk is the group's."""

    __tablename__ = "talk"

    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    chat_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    plain: Mapped[dict[str, Any]] = mapped_column(Plain)
    changed_at: Mapped[datetime] = mapped_column(Instant)  # the event's own time


class Event(Base):
    """One event of LINE, handled once, and the answer to it."""

    __tablename__ = "event"
    __table_args__ = (
        # Only what is not settled: a handful of rows among all that ever came in.
        Index(
            "ix_event_unsettled",
            "received_at",
            sqlite_where=text("state IN ('waiting', 'sending')"),
            postgresql_where=text("state IN ('waiting', 'sending')"),
        ),
    )

    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    webhook_event_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    chat_id: Mapped[str] = mapped_column(String(64))
    user_id: Mapped[str | None] = mapped_column(String(64))
    happened_at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)  # of the call that brought the token
    state: Mapped[EventState] = mapped_column(word_of(EventState))
    answer: Mapped[dict[str, Any] | None] = mapped_column(Plain)
    reply_token: Mapped[str | None] = mapped_column(Text)
    claimed_at: Mapped[datetime | None] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(server_default="0")
    error: Mapped[str | None] = mapped_column(Text)


class Question(Base):
    """What somebody asked, masked, and how it was answered: for staff."""

    __tablename__ = "question"
    __table_args__ = (
        ForeignKeyConstraint(
            ["channel_id", "webhook_event_id"],
            ["event.channel_id", "event.webhook_event_id"],
            ondelete="CASCADE",
        ),
        Index(None, "channel_id", "outcome", "asked_at"),
        Index(None, "channel_id", "user_id"),
        Index(None, "channel_id", "message_id"),
    )

    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    webhook_event_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    chat_id: Mapped[str] = mapped_column(String(64))
    user_id: Mapped[str | None] = mapped_column(String(64))
    message_id: Mapped[str] = mapped_column(String(64))  # by which it may be taken back
    asked_at: Mapped[datetime] = mapped_column(Instant)
    text: Mapped[str] = mapped_column(Text)  # masked
    outcome: Mapped[str] = mapped_column(String(16))
    plan: Mapped[str] = mapped_column(Text)
    edition: Mapped[str] = mapped_column(Text)
    entry: Mapped[str] = mapped_column(Text)
    score: Mapped[float]
    why: Mapped[dict[str, Any]] = mapped_column(Plain)
