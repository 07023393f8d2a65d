"""連結主控台 CODE: who holds an account of the console says so from their own chat."""

import re

from bot.handlers.desk import Desk, Handled
from bot.messages import Answer, Incoming, Kind, Outcome, Text
from bot.model.invitation_code import find_code
from bot.store import account_links, audit, invitations, people
from bot.store.audit import AuditNote
from bot.store.invitations import Invitee

COMMAND = "連結主控台"
_SAID = re.compile(rf"\s*{COMMAND}(?P<rest>.*)", re.DOTALL)
IN_GROUP = "連結碼請不要貼在群組裡，請到和我的一對一聊天室再傳；這組請作廢，在主控台重新產生一組。"
EMPTY = f"請把主控台上的連結碼寫在後面一起傳，例如「{COMMAND} ○○○○-○○○○-○○○○」。"
UNKNOWN = "沒有這組連結碼，或已經用過、過期了。請在主控台重新產生一組，15分鐘內傳來。"
REST = "連結碼錯了太多次，請一小時後再試。"
DONE = "已連結主控台帳號 {mail}。公告可以測試傳到這裡；不要的時候，可在主控台取消連結。"


def link_console(incoming: Incoming, desk: Desk) -> Handled | None:
    """The answer to a code of the console; None for all else. No outcome of it is logged."""
    said = _SAID.fullmatch(incoming.text) if incoming.kind is Kind.TEXT else None
    if said is None or incoming.user_id is None:
        return None
    if incoming.in_group:
        answer = IN_GROUP
    elif not said["rest"].strip():
        answer = EMPTY
    else:
        answer = _tried(desk, find_code(said["rest"]) or "", incoming)
    return Handled(answer=Answer((Text(answer),), outcome=Outcome.CHAT), talk=desk.talk)


def _tried(desk: Desk, code: str, incoming: Incoming) -> str:
    user_id = incoming.user_id or ""
    invitee = Invitee(channel_id=incoming.channel_id, user_id=user_id, at=incoming.at)
    if invitations.must_rest(desk.db, invitee):
        return REST
    mail = code and account_links.take(desk.db, incoming.channel_id, user_id, code, incoming.at)
    if not mail:
        invitations.count_wrong(desk.db, invitee)
        return UNKNOWN
    noted = AuditNote(
        channel_id=incoming.channel_id,
        at=incoming.at,
        actor=mail,
        what="account.link",
        subject=mail,
        after={"LINE": people.alias(user_id)},
    )
    audit.note(desk.db, noted)
    return DONE.format(mail=mail)
