"""The tables of schools' lists: who is on them, which person in LINE it is, what was completed."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKeyConstraint, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.columns import Instant
from bot.store.tables import Base


class MemberRow(Base):
    """A teacher on a school's list."""

    __tablename__ = "roster_member"
    __table_args__ = (UniqueConstraint("channel_id", "school_code", "name_key", "label"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    school_code: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(64))
    name_key: Mapped[str] = mapped_column(String(64))  # as names are compared
    label: Mapped[str] = mapped_column(String(64), server_default="")
    title: Mapped[str] = mapped_column(String(64), server_default="")
    added_at: Mapped[datetime] = mapped_column(Instant)


class MemberLink(Base):
    """Which person in LINE a member of a list is; erasing the person leaves the list as it is."""

    __tablename__ = "member_link"
    __table_args__ = (
        ForeignKeyConstraint(["member_id"], ["roster_member.id"], ondelete="CASCADE"),
        Index(None, "channel_id", "user_id"),
    )

    member_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    user_id: Mapped[str] = mapped_column(String(64))
    linked_at: Mapped[datetime] = mapped_column(Instant)


class MemberCodeRow(Base):
    """A code by which the teacher who is this member links themselves; only its hash is kept."""

    __tablename__ = "member_code"
    __table_args__ = (
        ForeignKeyConstraint(["member_id"], ["roster_member.id"], ondelete="CASCADE"),
        UniqueConstraint("channel_id", "member_id"),
    )

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    member_id: Mapped[str] = mapped_column(String(32))
    made_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class CompletionRow(Base):
    """A course that a member completed, once for each fact."""

    __tablename__ = "completion"
    __table_args__ = (
        ForeignKeyConstraint(["member_id"], ["roster_member.id"], ondelete="CASCADE"),
        UniqueConstraint("member_id", "plan", "edition", "fact"),
        Index(None, "channel_id", "plan", "edition"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(64))
    member_id: Mapped[str] = mapped_column(String(32))
    plan: Mapped[str] = mapped_column(String(64))
    edition: Mapped[str] = mapped_column(String(64))
    track: Mapped[str] = mapped_column(String(64))
    requirement: Mapped[str] = mapped_column(String(64))
    part: Mapped[str] = mapped_column(String(64), server_default="")
    fact: Mapped[str] = mapped_column(String(200))
    count: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    done_on: Mapped[date]
    course: Mapped[str] = mapped_column(String(200), server_default="")
    imported_at: Mapped[datetime] = mapped_column(Instant)
