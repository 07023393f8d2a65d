"""The tables of the console: accounts, their sessions, tries to sign in, and who changed what."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.model.staff_roles import StaffRole
from bot.store.columns import Instant, Plain, word_of
from bot.store.tables import Base


class WayIn(StrEnum):
    """How far somebody came on the way in."""

    AWAY = "away"  # at the identity provider; nobody yet
    FACTOR = "factor"  # the password was right; the second factor is to come
    PASSWORD = "password"  # a first password is to be replaced
    ENROL = "enrol"  # a second factor is demanded and not set up yet
    FULL = "full"


class AccountRow(Base):
    """Somebody who may sign in to the console. No password is kept, only what checks it."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("channel_id", "mail"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    mail: Mapped[str] = mapped_column(String(254))  # in lower case
    role: Mapped[StaffRole] = mapped_column(word_of(StaffRole))
    made_at: Mapped[datetime] = mapped_column(Instant)
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)
    signed_in_at: Mapped[datetime | None] = mapped_column(Instant)
    password_hash: Mapped[str | None] = mapped_column(Text)  # argon2; None: single sign-on only
    first_until: Mapped[datetime | None] = mapped_column(Instant)  # a first password's end
    factor_secret: Mapped[str | None] = mapped_column(String(64))  # plain: of before, or no key
    factor_sealed: Mapped[str | None] = mapped_column(Text)
    factor_at: Mapped[datetime | None] = mapped_column(Instant)  # None: not confirmed yet
    factor_step: Mapped[int] = mapped_column(server_default="0")  # of the last code: none twice
    recovery: Mapped[list[str]] = mapped_column(Plain)  # hashes of the codes that are left
    subject: Mapped[str | None] = mapped_column(Text)  # at the identity provider


class ConsoleSession(Base):
    """One browser that is signed in, or on its way; its id is kept as a hash only."""

    __tablename__ = "console_session"
    __table_args__ = (Index(None, "account_id"), Index(None, "ends_at"))

    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    stage: Mapped[WayIn] = mapped_column(word_of(WayIn))
    browser: Mapped[str] = mapped_column(String(120), server_default="")
    by_provider: Mapped[bool] = mapped_column(server_default=false())
    made_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)  # whatever happens
    away: Mapped[dict[str, Any] | None] = mapped_column(Plain)  # what the provider must bring back


class SignInTry(Base):
    """Wrong tries in a row under one key: a mail address, a network address, an account's factor.

    Only hashes: what was typed may be another's address, or a password in the wrong field.
    """

    __tablename__ = "sign_in_try"
    __table_args__ = (Index(None, "tried_at"),)

    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    tries: Mapped[int]
    rests: Mapped[int]  # how often it had to rest since it was last good
    tried_at: Mapped[datetime] = mapped_column(Instant)
    rests_until: Mapped[datetime | None] = mapped_column(Instant)


class AuditRow(Base):
    """One change: who did what to which thing, and how that was before and after."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "channel_id", "at"), Index(None, "channel_id", "actor", "at"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str] = mapped_column(String(254))
    what: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(Text)
    before: Mapped[dict[str, Any]] = mapped_column(Plain)
    after: Mapped[dict[str, Any]] = mapped_column(Plain)


class AccountLink(Base):
    """Who holds an account, in LINE; or the code by which that is to be told."""

    __tablename__ = "account_link"
    __table_args__ = (Index(None, "channel_id", "user_id"), Index(None, "code_hash"))

    account_id: Mapped[str] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    channel_id: Mapped[str] = mapped_column(String(64))
    user_id: Mapped[str | None] = mapped_column(String(64))
    linked_at: Mapped[datetime | None] = mapped_column(Instant)
    code_hash: Mapped[str | None] = mapped_column(String(64))
    code_until: Mapped[datetime | None] = mapped_column(Instant)
