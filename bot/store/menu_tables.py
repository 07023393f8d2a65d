"""The table of people whose menu is to be changed at LINE."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.columns import Instant
from bot.store.tables import Base


class MenuMark(Base):
    """Somebody whose role changed, until LINE took it that they see its menu."""

    __tablename__ = "menu_mark"

    channel_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    changes: Mapped[int]  # so that one that comes while LINE is called is not lost
    tries: Mapped[int]
    not_before: Mapped[datetime | None] = mapped_column(Instant)
