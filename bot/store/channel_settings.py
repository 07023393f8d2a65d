"""What staff set for their channel, by name."""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from bot.store.broadcast_tables import ChannelSetting
from bot.store.upsert import insert_into

APPROVAL_ABOVE = "approval_above"  # people; a broadcast to more needs a second person
CONSOLE_NAME = "console_name"  # beside the bot's own in the head of the console
# What a school's contacts may do by themselves, unless it is switched off.
CONTACTS_HAND_OVER = "contacts_hand_over"
CONTACTS_UPLOAD = "contacts_upload"
ON, OFF = "on", "off"


def everything(db: Connection, channel_id: str) -> Mapping[str, str]:
    """All that was set, by name."""
    its = ChannelSetting.channel_id == channel_id
    rows = db.execute(select(ChannelSetting.name, ChannelSetting.value).where(its))
    return {name: value for name, value in rows}


def text(db: Connection, channel_id: str, name: str) -> str:
    """The words that were set; empty where none were."""
    found = db.scalar(
        select(ChannelSetting.value).where(
            ChannelSetting.channel_id == channel_id, ChannelSetting.name == name
        )
    )
    return found or ""


def number(db: Connection, channel_id: str, name: str, usual: int) -> int:
    """The number that was set, or the usual one."""
    found = text(db, channel_id, name)
    return int(found) if found else usual


def is_on(db: Connection, channel_id: str, name: str) -> bool:
    """Whether something is allowed: it is, until staff switch it off."""
    return text(db, channel_id, name) != OFF


def put_number(db: Connection, channel_id: str, name: str, value: int) -> None:
    """Set a number."""
    put_text(db, channel_id, name, str(value))


def put_text(db: Connection, channel_id: str, name: str, value: str) -> None:
    """Set words."""
    new = insert_into(db, ChannelSetting).values(channel_id=channel_id, name=name, value=value)
    db.execute(
        new.on_conflict_do_update(
            index_elements=["channel_id", "name"], set_={"value": new.excluded.value}
        )
    )
