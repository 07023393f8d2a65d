"""The tables. Every row carries its channel: one deployment may serve several accounts."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ForeignKeyConstraint,
    Index,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.model.reminders import NoticeKind
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


class ReferralState(StrEnum):
    """What became of a question that was passed on to staff."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"  # staff put it aside without an answer


class OutboxState(StrEnum):
    """What became of a message that is to be pushed, and of the batch that carries it."""

    WAITING = "waiting"
    HELD = "held"  # the month's quota has no room for it
    RIDING = "riding"  # below a reply that is on its way
    SENDING = "sending"  # in a batch, whose process is calling LINE or will call it again
    SENT = "sent"
    VOID = "void"  # no longer of use: said in another way, or too late
    DEAD = "dead"  # LINE refuses it for good
    UNCERTAIN = "uncertain"  # perhaps it went out: never sent again


# What may still be sent in another way than it first was meant to.
OPEN = (OutboxState.WAITING, OutboxState.HELD)
_IS_OPEN = text("state IN ('waiting', 'held')")
_IS_OVER = text("settled_at IS NOT NULL")


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
    role: Mapped[str] = mapped_column(String(16), server_default="")  # empty: anybody; staff
    wrong_codes: Mapped[int] = mapped_column(server_default="0")  # invitation codes, in a row
    wrong_code_at: Mapped[datetime | None] = mapped_column(Instant)  # the last of them
    burst: Mapped[int] = mapped_column(server_default="0")  # events since `burst_since`
    burst_since: Mapped[datetime | None] = mapped_column(Instant)


class Invitation(Base):
    """A code that gives a role once, at a school where it names one; only its hash is kept."""

    __tablename__ = "invitation"

    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    role: Mapped[str] = mapped_column(String(16))
    made_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    used_by: Mapped[str | None] = mapped_column(String(64))
    school_code: Mapped[str | None] = mapped_column(String(16))
    successor_to: Mapped[str | None] = mapped_column(String(64))  # whose tie ends when it is used


class TalkRow(Base):
    """What a chat is about: the plain form of `Talk`. A group's talk is the group's."""

    __tablename__ = "talk"
    __table_args__ = (Index(None, "channel_id", "changed_at"),)

    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    chat_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    plain: Mapped[dict[str, Any]] = mapped_column(Plain)
    changed_at: Mapped[datetime] = mapped_column(Instant)  # the event's own time
    burst: Mapped[int] = mapped_column(server_default="0")  # of a group: events since `burst_since`
    burst_since: Mapped[datetime | None] = mapped_column(Instant)


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
        Index(None, "channel_id", "received_at"),
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
        Index(None, "channel_id", "asked_at"),
        Index(None, "channel_id", "user_id"),
        Index(None, "channel_id", "message_id"),
        Index(None, "channel_id", "disliked_at"),
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
    disliked_at: Mapped[datetime | None] = mapped_column(Instant)  # its writer: it did not help
    seen_to_at: Mapped[datetime | None] = mapped_column(Instant)  # by staff, in the console


class Referral(Base):
    """A question that its asker passed on to staff, and what staff answered."""

    __tablename__ = "referral"
    __table_args__ = (
        UniqueConstraint("channel_id", "webhook_event_id"),  # a question is passed on once
        Index(None, "channel_id", "state", "passed_on_at"),
        Index(None, "channel_id", "user_id", "state"),
        Index(None, "channel_id", "told_in"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    webhook_event_id: Mapped[str] = mapped_column(String(64))  # of the question
    user_id: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    passed_on_at: Mapped[datetime] = mapped_column(Instant)
    text: Mapped[str] = mapped_column(Text)  # masked
    before: Mapped[str] = mapped_column(Text, server_default="")  # the question before, masked
    said: Mapped[str] = mapped_column(Text, server_default="")  # what the bot had answered
    plan: Mapped[str] = mapped_column(Text, server_default="")
    entry: Mapped[str] = mapped_column(Text, server_default="")
    wants_push: Mapped[bool] = mapped_column(server_default=false())
    state: Mapped[ReferralState] = mapped_column(word_of(ReferralState))
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by: Mapped[str | None] = mapped_column(String(64))  # user id of the member of staff
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    told_at: Mapped[datetime | None] = mapped_column(Instant)  # the asker has heard of it
    told_in: Mapped[str | None] = mapped_column(String(64))  # the event whose reply told it


class StaffEntry(Base):
    """An answer of staff to what no plan says, live until it expires or is withdrawn."""

    __tablename__ = "staff_entry"
    __table_args__ = (Index(None, "channel_id", "changed_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    plan: Mapped[str] = mapped_column(Text)
    edition: Mapped[str] = mapped_column(Text, server_default="")  # empty: in force at `made_at`
    title: Mapped[str] = mapped_column(Text)
    says: Mapped[list[str]] = mapped_column(Plain)  # questions that it answers, masked
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)  # what the answer rests on, in staff's words
    author: Mapped[str] = mapped_column(String(64))  # user id
    made_at: Mapped[datetime] = mapped_column(Instant)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    expires_on: Mapped[date]  # the last day on which it is said
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    referral_id: Mapped[str | None] = mapped_column(String(32))


class Interview(Base):
    """What somebody told of themselves about one eligibility; nothing but yes, no and numbers."""

    __tablename__ = "interview"
    __table_args__ = (Index(None, "channel_id", "user_id", "changed_at"),)

    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    entry: Mapped[str] = mapped_column(String(200), primary_key=True)  # plan/edition#id
    facts: Mapped[dict[str, str]] = mapped_column(Plain)  # fact → true, false, 3, ? (not sure)
    changed_at: Mapped[datetime] = mapped_column(Instant)


class OutboxRow(Base):
    """A message to be pushed to one person, with the key of the fact that it tells."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("channel_id", "key"),
        Index("ix_outbox_due", "not_before", sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
        Index("ix_outbox_over", "expires_at", sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
        Index(None, "channel_id", "user_id", "state"),
        Index(None, "batch_id"),
        Index(None, "channel_id", "told_in"),
        Index(None, "broadcast_id", "state"),
        Index(
            "ix_outbox_settled",
            "channel_id",
            "settled_at",
            sqlite_where=_IS_OVER,
            postgresql_where=_IS_OVER,
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    user_id: Mapped[str] = mapped_column(String(64))
    key: Mapped[str] = mapped_column(Text)
    kind: Mapped[NoticeKind] = mapped_column(word_of(NoticeKind), server_default="answer")
    fact: Mapped[str] = mapped_column(Text, server_default="")  # equal fact: equal answer
    answer: Mapped[dict[str, Any]] = mapped_column(Plain)
    state: Mapped[OutboxState] = mapped_column(word_of(OutboxState))
    at_once: Mapped[bool] = mapped_column(server_default=false())  # not with others of its day
    alone: Mapped[bool] = mapped_column(server_default=false())  # LINE refused it among others
    made_at: Mapped[datetime] = mapped_column(Instant)
    not_before: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    batch_id: Mapped[str | None] = mapped_column(String(32))  # that carries it
    told_in: Mapped[str | None] = mapped_column(String(64))  # the event whose reply carries it
    broadcast_id: Mapped[str | None] = mapped_column(String(32))  # that it belongs to
    error: Mapped[str | None] = mapped_column(Text)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    history: Mapped[str] = mapped_column(Text, server_default="")  # a line a move
