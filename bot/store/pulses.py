"""When something last happened: that a worker came round, that LINE refused us."""

from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from bot.model.alarms import Vitals
from bot.store.awake import is_awake
from bot.store.gate import may_go
from bot.store.tables import OutboxRow, OutboxState
from bot.store.upsert import insert_into
from bot.store.watch_tables import PulseRow

TICK, REFUSED = "tick", "refused"
OF_TOKEN = "401"


def beat(db: Connection, channel_id: str, name: str, at: datetime, note: str = "") -> None:
    """Note that it happened now."""
    new = insert_into(db, PulseRow).values(channel_id=channel_id, name=name, at=at, note=note)
    changed = {"at": new.excluded.at, "note": new.excluded.note}
    db.execute(new.on_conflict_do_update(index_elements=["channel_id", "name"], set_=changed))


def note_refusal(db: Connection, channel_id: str, error: str, at: datetime) -> None:
    """Note that LINE refused us, where it was for who we are and not for the month's limit."""
    status = error[:3]
    if status in (OF_TOKEN, "403"):
        beat(db, channel_id, REFUSED, at, status)


def note_taken(db: Connection, channel_id: str, only_token: bool = False) -> None:
    """Note that LINE took something: it does not refuse us any more.

    Args:
        only_token: it was nothing but a question, which shows that the token is good.
    """
    these = [PulseRow.channel_id == channel_id, PulseRow.name == REFUSED]
    if only_token:
        these.append(PulseRow.note == OF_TOKEN)
    db.execute(delete(PulseRow).where(*these))


def ticked_at(db: Connection, channel_id: str) -> datetime | None:
    """When a worker last came to the end of its round; None: never."""
    its = (PulseRow.channel_id == channel_id, PulseRow.name == TICK)
    return db.scalar(select(PulseRow.at).where(*its))


def vitals(db: Connection, channel_id: str, today: datetime) -> Vitals:
    """All that shows how the channel is."""
    wanted = select(PulseRow.name, PulseRow.at, PulseRow.note)
    rows = {r.name: r for r in db.execute(wanted.where(PulseRow.channel_id == channel_id))}
    tick, refused = rows.get(TICK), rows.get(REFUSED)
    sent = (OutboxRow.channel_id == channel_id, OutboxRow.state == OutboxState.SENT)
    newest = select(OutboxRow.settled_at).where(*sent, OutboxRow.settled_at.is_not(None))
    return Vitals(
        ticked_at=tick.at if tick else None,
        refused_at=refused.at if refused else None,
        refused_why=refused.note if refused else "",
        due_since=_due_since(db, channel_id, today),
        sent_at=db.scalar(newest.order_by(OutboxRow.settled_at.desc()).limit(1)),
    )


def _due_since(db: Connection, channel_id: str, today: datetime) -> datetime | None:
    return db.scalar(
        select(func.min(OutboxRow.not_before)).where(
            OutboxRow.channel_id == channel_id,
            OutboxRow.state == OutboxState.WAITING,
            OutboxRow.not_before <= today,
            OutboxRow.expires_at > today,
            is_awake(today),
            may_go(channel_id),
        )
    )
