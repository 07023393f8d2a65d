"""How far the reminders of a channel were planned; whoever holds the mark is the one planner."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.store.reminder_tables import ClockRow
from bot.store.upsert import insert_into


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockMark:
    """How far was planned, and by which plans the follows are kept."""

    planned_at: datetime | None
    version: str
    wanted: str
    done_up_to: str
    wanted_since: datetime | None  # when the process began that wants them; real clock
    brought_at: datetime | None  # when people were last brought to them; people's clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Bringing:
    """That people are brought to other plans: which, since when they are wanted, how far."""

    wanted: str
    since: datetime | None
    at: datetime
    done_up_to: str = ""


_COLUMNS = [ClockRow.__table__.c[name] for name in ClockMark.__dataclass_fields__]


def hold(db: Connection, channel_id: str) -> ClockMark | None:
    """The mark, locked until the commit; None while another process holds it."""
    new = insert_into(db, ClockRow).values(
        channel_id=channel_id, version="", wanted="", done_up_to=""
    )
    wanted = (
        select(*_COLUMNS).where(ClockRow.channel_id == channel_id).with_for_update(skip_locked=True)
    )
    row = db.execute(wanted).mappings().one_or_none()
    if row is None and db.scalar(new.on_conflict_do_nothing().returning(ClockRow.channel_id)):
        row = db.execute(wanted).mappings().one_or_none()
    return ClockMark(**row) if row else None


def set_planned(db: Connection, channel_id: str, at: datetime) -> None:
    """Note that all was planned that fell due until then."""
    db.execute(update(ClockRow).where(ClockRow.channel_id == channel_id).values(planned_at=at))


def set_version(db: Connection, channel_id: str, version: str, bringing: Bringing) -> None:
    """Note by which plans the follows are kept, and how far those of others were brought."""
    values = {
        "version": version,
        "wanted": bringing.wanted,
        "done_up_to": bringing.done_up_to,
        "wanted_since": bringing.since,
        "brought_at": bringing.at,
    }
    db.execute(update(ClockRow).where(ClockRow.channel_id == channel_id).values(**values))
