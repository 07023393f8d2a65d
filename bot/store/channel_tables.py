"""The tables of the ways beside LINE: what calendars said, addresses of e-mail, mails to send."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.columns import Instant, Plain, word_of
from bot.store.tables import Base

_OVER = text("settled_at IS NOT NULL")


class Via(StrEnum):
    """By which way somebody wants to be reminded."""

    LINE = "line"
    MAIL = "mail"
    BOTH = "both"


class MailState(StrEnum):
    """What became of a mail."""

    WAITING = "waiting"
    SENDING = "sending"  # a process holds it and is speaking with the mail server
    SENT = "sent"
    VOID = "void"  # of no more use: too late, told in LINE, or not wanted any more
    DEAD = "dead"  # the mail server refuses it for good
    UNCERTAIN = "uncertain"  # perhaps it went out, twice: not sent again


UNSENT_MAIL = (MailState.WAITING, MailState.SENDING)


class CalendarSaid(Base):
    """One event as somebody's calendar said it last."""

    __tablename__ = "calendar_said"

    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    uid: Mapped[str] = mapped_column(String(64), primary_key=True)
    event: Mapped[dict[str, Any]] = mapped_column(Plain)
    sequence: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(Instant)
    is_cancelled: Mapped[bool]


class MailAddress(Base):
    """Where somebody wants mail to; nothing but the confirmation goes there before confirmed_at."""

    __tablename__ = "mail_address"
    __table_args__ = (UniqueConstraint("key"),)

    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    address: Mapped[str] = mapped_column(String(254))
    via: Mapped[Via] = mapped_column(word_of(Via))
    key: Mapped[str] = mapped_column(String(64))  # of this address: ends it without login
    asked_at: Mapped[datetime] = mapped_column(Instant)
    asked: Mapped[int]  # confirmations asked for within a day
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    unsubscribed_at: Mapped[datetime | None] = mapped_column(Instant)
    dead_at: Mapped[datetime | None] = mapped_column(Instant)
    dead_told_at: Mapped[datetime | None] = mapped_column(Instant)


class MailRow(Base):
    """One notice that goes by mail; those with one mail_id are one mail."""

    __tablename__ = "mail_out"
    __table_args__ = (
        UniqueConstraint("channel_id", "key"),
        Index(
            "ix_mail_out_due",
            "channel_id",
            "not_before",
            postgresql_where=text("state IN ('waiting', 'sending')"),
            sqlite_where=text("state IN ('waiting', 'sending')"),
        ),
        Index("ix_mail_out_person", "channel_id", "user_id"),
        Index(
            "ix_mail_out_settled",
            "channel_id",
            "settled_at",
            sqlite_where=_OVER,
            postgresql_where=_OVER,
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    user_id: Mapped[str] = mapped_column(String(64))
    key: Mapped[str] = mapped_column(Text)  # of the notice, or of the confirmation
    answer: Mapped[dict[str, Any] | None] = mapped_column(Plain)  # none: the confirmation
    instead: Mapped[bool]  # of a push, which goes out after all where the mail does not
    state: Mapped[MailState] = mapped_column(word_of(MailState))
    mail_id: Mapped[str | None] = mapped_column(String(32))
    made_at: Mapped[datetime] = mapped_column(Instant)
    not_before: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    claimed_at: Mapped[datetime | None] = mapped_column(Instant)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    tries: Mapped[int]
    unsure: Mapped[int]  # tries of which nobody knows how they ended
    error: Mapped[str | None] = mapped_column(Text)
