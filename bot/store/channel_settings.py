"""What staff set for their channel, by name."""

from sqlalchemy import Connection, select

from bot.store.broadcast_tables import ChannelSetting
from bot.store.upsert import insert_into

APPROVAL_ABOVE = "approval_above"  # people; a broadcast to more needs a second person


def number(db: Connection, channel_id: str, name: str, usual: int) -> int:
    """The number that was set, or the usual one."""
    found = db.scalar(
        select(ChannelSetting.value).where(
            ChannelSetting.channel_id == channel_id, ChannelSetting.name == name
        )
    )
    return int(found) if found is not None else usual


def put_number(db: Connection, channel_id: str, name: str, value: int) -> None:
    """Set a number."""
    new = insert_into(db, ChannelSetting).values(channel_id=channel_id, name=name, value=str(value))
    db.execute(
        new.on_conflict_do_update(
            index_elements=["channel_id", "name"], set_={"value": new.excluded.value}
        )
    )
