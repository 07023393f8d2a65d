"""What each person's calendar said last, event by event."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select

from bot.model.calendar import SaidEvent, from_plain, to_plain
from bot.store.channel_tables import CalendarSaid
from bot.store.upsert import insert_into

_KEPT = ("event", "sequence", "changed_at", "is_cancelled")


def of_person(db: Connection, channel_id: str, user_id: str) -> dict[str, SaidEvent]:
    """All that this person's calendar said last, by uid."""
    rows = db.execute(
        select(CalendarSaid.uid, *(CalendarSaid.__table__.c[name] for name in _KEPT)).where(
            CalendarSaid.channel_id == channel_id, CalendarSaid.user_id == user_id
        )
    )
    return {
        row.uid: SaidEvent(
            event=from_plain(row.event),
            sequence=row.sequence,
            changed_at=row.changed_at,
            is_cancelled=row.is_cancelled,
        )
        for row in rows
    }


def put(db: Connection, channel_id: str, user_id: str, said: Sequence[SaidEvent]) -> None:
    """Keep what is said now of these events."""
    if not said:
        return
    new = insert_into(db, CalendarSaid)
    kept = new.on_conflict_do_update(
        index_elements=["channel_id", "user_id", "uid"],
        set_={name: new.excluded[name] for name in _KEPT},
    )
    rows = [
        {
            "channel_id": channel_id,
            "user_id": user_id,
            "uid": one.event.uid,
            "event": to_plain(one.event),
            "sequence": one.sequence,
            "changed_at": one.changed_at,
            "is_cancelled": one.is_cancelled,
        }
        for one in said
    ]
    db.execute(kept, rows)


def forget(db: Connection, channel_id: str, user_id: str, uids: Sequence[str]) -> None:
    """Mention these events no longer."""
    if uids:
        db.execute(
            delete(CalendarSaid).where(
                CalendarSaid.channel_id == channel_id,
                CalendarSaid.user_id == user_id,
                CalendarSaid.uid.in_(uids),
            )
        )
