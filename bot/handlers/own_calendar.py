"""我的行事曆: the address of one's own calendar, and how a phone subscribes to it."""

from bot.answers import calendar_lines as lines
from bot.answers.own_lines import plain
from bot.handlers.desk import Desk, Handled
from bot.messages import Answer, Incoming
from bot.store import calendar_keys
from bot.understand.gathered import bare_words
from bot.understand.small_talk import bare

_WORDS = frozenset(
    {"我的行事曆", "行事曆連結", "我的行事曆連結", "訂閱行事曆", "行事曆訂閱", "加到行事曆",
     "加到我的行事曆", "加入行事曆", "匯入行事曆", "手機行事曆", "行事曆網址"}
)  # fmt: skip
LONGEST = 12  # characters: a longer message asks something


def own_calendar(incoming: Incoming, desk: Desk) -> Handled | None:
    """The answer to these words; None for all else."""
    if len(incoming.text) > LONGEST:
        return None
    if bare(desk.reader.fold(incoming.text)) not in bare_words(desk.reader, _WORDS):
        return None
    return Handled(answer=_answer(incoming, desk), talk=desk.talk)


def _answer(incoming: Incoming, desk: Desk) -> Answer:
    if incoming.in_group or incoming.user_id is None:
        return plain(lines.IN_GROUP)
    if desk.links is None:
        return plain(lines.NO_PAGES)
    whose = (desk.db, incoming.channel_id, incoming.user_id)
    key = calendar_keys.find(*whose) or calendar_keys.renew(*whose, incoming.at)
    return lines.calendar_answer(desk.links.calendar(key))
