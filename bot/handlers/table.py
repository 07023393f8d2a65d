"""Which handler answers which kind of event."""

from collections.abc import Callable, Mapping

from bot.handlers.desk import Desk, Handled
from bot.handlers.follow import follow, join
from bot.handlers.media import media
from bot.handlers.press import press
from bot.handlers.staff_desk import for_staff
from bot.handlers.write import write
from bot.messages import SILENCE, Incoming, Kind

HANDLERS: Mapping[Kind, Callable[[Incoming, Desk], Handled]] = {
    Kind.TEXT: write,
    Kind.POSTBACK: press,
    Kind.FOLLOW: follow,
    Kind.JOIN: join,
    Kind.STICKER: media,
    Kind.IMAGE: media,
    Kind.AUDIO: media,
    Kind.VIDEO: media,
    Kind.FILE: media,
    Kind.LOCATION: media,
}


def handle(incoming: Incoming, desk: Desk) -> Handled:
    """What is said to an event.

    Kinds without a handler, and groups that did not call the bot, get silence.
    """
    handler = HANDLERS.get(incoming.kind)
    unasked = incoming.in_group and not incoming.mentioned and incoming.kind not in _IN_GROUPS
    if handler is None or unasked or not incoming.active:
        return Handled(answer=SILENCE, talk=desk.talk)
    return for_staff(incoming, desk) or handler(incoming, desk)


_IN_GROUPS = (Kind.JOIN, Kind.POSTBACK)
