"""用電子郵件提醒我: an address given, how it stands with it, another way, no more mail.

An address is never said back whole, and no question is logged that holds one.
"""

import re
import unicodedata
from dataclasses import replace

from sqlalchemy import Connection

from bot.answers import mail_lines as lines
from bot.answers.own_lines import plain
from bot.handlers.desk import Desk, Handled
from bot.messages import Answer, Incoming
from bot.model.addresses import find_address, without_address
from bot.store import mail_addresses
from bot.store.channel_tables import Via
from bot.understand.gathered import bare_words
from bot.understand.small_talk import bare

MAIL_VIA = lines.VIA
LONGEST = 320  # characters: an address may have 254
_MAIL = r"(?:電子郵件|電子信箱|電郵|信箱|郵件|e-?mails?|gmail|mail|寄信)"
_ASKED = re.compile(
    rf"(?:請|麻煩|我想|我要|可以|幫我|以後|之後|改|直接|也|都|用|以|寄|到|傳|我的|\s)*{_MAIL}"
    r"(?:來|寄|傳|給|我|的|到|\s)*(?:提醒|通知)(?:給)?(?:我)?"
    rf"|(?:提醒|通知)(?:請|我|也|都|改|用|以|寄|傳|到|給|的|\s)+{_MAIL}",
    re.IGNORECASE,
)
_REST = re.compile(
    r"[\s,，。.!！、:：;；()（）<>「」~～]|到|給|寄|是|我|的|這個|信箱|謝謝|麻煩|請|以後|之後|今後|都|改|用|吧|喔|哦|謝啦"
)
_NO_QUESTION = re.compile(r"嗎|\?|？|會不會|有沒有|怎麼|什麼|哪|誰|何時|系統|平臺|平台")
_STATE = frozenset(
    {"電子郵件提醒", "我的電子郵件", "我的信箱", "email提醒", "郵件提醒", "信箱提醒"}
)
_STOP = frozenset(
    {"停止電子郵件", "取消電子郵件", "取消電子郵件提醒", "停止電子郵件提醒", "不要寄信給我",
     "不要再寄信", "不要再寄信給我", "停止寄信", "取消訂閱電子郵件", "不要用電子郵件提醒我",
     "不要用電子郵件提醒", "取消email提醒", "不要寄email給我", "停止寄信給我"}
)  # fmt: skip
_CHOICES = {
    Via.MAIL: frozenset({"只用電子郵件提醒", "只用電子郵件提醒我", "只用電子郵件", "只寄電子郵件"}),
    Via.LINE: frozenset(
        {"只用line提醒", "只用line提醒我", "只用line", "改用line提醒我", "改用line提醒"}
    ),
    Via.BOTH: frozenset(
        {"line和電子郵件都要", "電子郵件和line都要", "兩邊都提醒", "line跟電子郵件都要"}
    ),
}


def own_mail(incoming: Incoming, desk: Desk) -> Handled | None:
    """The answer to words about reminders by mail; None for all else."""
    if len(incoming.text) > LONGEST:
        return None
    answer = _by_words(incoming, desk) or _by_address(incoming, desk)
    return Handled(answer=answer, talk=desk.talk) if answer else None


def choose(incoming: Incoming, desk: Desk, value: str) -> Handled:
    """Chooses by which way to be reminded; or no mail at all."""
    return Handled(answer=_chosen(incoming, desk, value), talk=desk.talk)


def with_dead_address(db: Connection, incoming: Incoming, answer: Answer) -> Answer:
    """The answer, below word of the reader's mailbox, where it refused a mail; said once."""
    if incoming.in_group or incoming.user_id is None or not incoming.reply_token:
        return answer
    if not answer.parts:
        return answer
    address = mail_addresses.dead_to_tell(db, incoming.channel_id, incoming.user_id, incoming.at)
    if not address:
        return answer
    return replace(answer, parts=(lines.dead_words(address), *answer.parts))


def _by_words(incoming: Incoming, desk: Desk) -> Answer | None:
    """What is asked for by words of its own."""
    said = bare(desk.reader.fold(incoming.text))

    def among(words: frozenset[str]) -> bool:
        return said in bare_words(desk.reader, words)

    if among(_STATE):
        return _guarded(incoming, desk) or _state(incoming, desk)
    if among(_STOP):
        return _chosen(incoming, desk, lines.NO_MORE)
    via = next((v for v, words in _CHOICES.items() if among(words)), None)
    return _chosen(incoming, desk, via.value) if via else None


def _by_address(incoming: Incoming, desk: Desk) -> Answer | None:
    """What is said to 用電子郵件提醒我, with an address or without."""
    text = unicodedata.normalize("NFKC", incoming.text)
    address, around = find_address(text), without_address(text)
    has_sign = "@" in text
    if not _ASKED.search(around) or _NO_QUESTION.search(around):
        return None
    rest = _REST.sub("", _ASKED.sub("", around))
    if rest and not (has_sign and not address):
        return None  # 用電子郵件提醒我報名截止: a date is to be reminded of
    guarded = _guarded(incoming, desk)
    if guarded:
        return guarded
    if not address:
        return plain(lines.NOT_ONE if has_sign else lines.NO_ADDRESS)
    found = mail_addresses.ask(
        desk.db, incoming.channel_id, incoming.user_id or "", address, incoming.at
    )
    if found is None:
        return plain(lines.TOO_MANY)
    return _state(incoming, desk) if found.is_active else lines.asked_card(address)


def _chosen(incoming: Incoming, desk: Desk, value: str) -> Answer:
    guarded = _guarded(incoming, desk)
    if guarded:
        return guarded
    whose = (desk.db, incoming.channel_id, incoming.user_id or "")
    found = mail_addresses.find(*whose)
    if found is None:
        return plain(lines.NOT_YET)
    if value == lines.NO_MORE:
        mail_addresses.unsubscribe(desk.db, found.key, incoming.at)
        return plain(lines.STOPPED)
    if value not in set(Via):
        return plain(lines.NO_ADDRESS)
    mail_addresses.choose(*whose, Via(value), incoming.at)
    if found.is_active or value == lines.BY_LINE:
        return plain(lines.CHOSEN[value])
    return _state(incoming, desk)


def _state(incoming: Incoming, desk: Desk) -> Answer:
    found = mail_addresses.find(desk.db, incoming.channel_id, incoming.user_id or "")
    if found is None:
        return plain(lines.NOT_YET)
    said = lines.state_words(
        found.address,
        confirmed=bool(found.confirmed_at),
        left=bool(found.unsubscribed_at),
        dead=bool(found.dead_at),
    )
    return lines.state_card(said, found.via.value, found.is_active)


def _guarded(incoming: Incoming, desk: Desk) -> Answer | None:
    """In a group nothing of a person is said or kept; without a mail server neither."""
    if incoming.in_group or incoming.user_id is None:
        return plain(lines.IN_GROUP)
    return None if desk.mails else plain(lines.NONE)
