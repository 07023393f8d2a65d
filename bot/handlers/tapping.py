"""A pressed button of a broadcast: counted, then done as what it stands for."""

from dataclasses import replace

from bot.answers.broadcast_lines import TOLD, counted_keys
from bot.handlers.desk import Desk
from bot.messages import Incoming, Kind
from bot.store import broadcast_report, broadcasts


def as_meant(incoming: Incoming, desk: Desk) -> Incoming:
    """The event that the button stands for; any other event as it came.

    Counted is whoever it was sent to; a test, or a preview, counts nothing.
    """
    name, _, value = incoming.data.partition("=")
    if incoming.kind is not Kind.POSTBACK or name != TOLD or incoming.user_id is None:
        return incoming
    broadcast_id, _, number = value.partition("/")
    found = broadcasts.find(desk.db, incoming.channel_id, broadcast_id)
    keys = counted_keys(found.draft.pieces) if found else []
    if not number.isdecimal() or int(number) >= len(keys):
        return incoming
    if broadcast_report.is_recipient(desk.db, broadcast_id, incoming.user_id):
        by = (incoming.user_id, incoming.at)
        broadcast_report.tap(desk.db, incoming.channel_id, broadcast_id, int(number), by)
    key = keys[int(number)]
    if key.say:
        return replace(incoming, kind=Kind.TEXT, text=key.say, data="")
    return replace(incoming, data=key.data)
