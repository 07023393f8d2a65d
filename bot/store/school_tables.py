"""The tables of schools, and of people's ties to them."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.model.schools import Level, SchoolRole
from bot.store.columns import Instant, Plain, word_of
from bot.store.tables import Base


class SchoolRow(Base):
    """One school of the ministry's list."""

    __tablename__ = "school"

    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    full_name: Mapped[str] = mapped_column(Text)
    short_names: Mapped[list[str]] = mapped_column(Plain)
    city: Mapped[str] = mapped_column(String(16))
    district: Mapped[str] = mapped_column(String(16))
    level: Mapped[Level] = mapped_column(word_of(Level))
    classes: Mapped[int | None]
    is_remote: Mapped[bool] = mapped_column(server_default=false())
    changed_at: Mapped[datetime] = mapped_column(Instant)


class AffiliationRow(Base):
    """Somebody's tie to a school."""

    __tablename__ = "affiliation"
    __table_args__ = (
        ForeignKeyConstraint(["channel_id", "school_code"], ["school.channel_id", "school.code"]),
        Index(None, "channel_id", "school_code", "role"),
    )

    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    school_code: Mapped[str] = mapped_column(String(16), primary_key=True)
    role: Mapped[SchoolRole] = mapped_column(word_of(SchoolRole), primary_key=True)
    tied_at: Mapped[datetime] = mapped_column(Instant)
    confirmed: Mapped[bool]
