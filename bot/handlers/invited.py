"""An invitation code: the role that it gives, or what is wrong with it."""

from bot.answers.staffs_words import WAITING
from bot.handlers.desk import Desk, Handled
from bot.messages import Answer, Button, Card, Incoming, Outcome, Text, Tone
from bot.model.invitation_code import LENGTH, find_code
from bot.store import invitations, people
from bot.store.invitations import Claim, Invitee
from bot.store.people import Role

IN_GROUP = (
    "邀請碼請不要貼在群組裡。請到和我的一對一聊天室再傳一次；"
    "如果別人可能已經看到，請向承辦單位換一組新的。"
)
EMPTY = "請把邀請碼寫在後面一起傳，例如「邀請碼 ○○○○-○○○○-○○○○」。邀請碼請向承辦單位索取。"
ALREADY = f"您已經是承辦人員了，不必再輸入邀請碼。想看老師轉來的問題，請寫「{WAITING}」。"
REST = "邀請碼錯了太多次，請一小時後再試；也可以先向承辦單位確認邀請碼。"
SAID = {
    Claim.USED: "這組邀請碼已經用過了，每組只能用一次。請向承辦單位再要一組新的。",
    Claim.EXPIRED: "這組邀請碼已經過期了。請向承辦單位再要一組新的。",
    Claim.UNKNOWN: (
        f"沒有這組邀請碼。邀請碼是{LENGTH}個英文字母和數字，"
        "請對照一次再傳；還是不行，請向承辦單位確認。"
    ),
}


def invited(incoming: Incoming, desk: Desk) -> Handled | None:
    """The answer to an invitation code; None for all else. No outcome of it is logged."""
    code = find_code(incoming.text)
    if code is None or incoming.user_id is None:
        return None
    if incoming.in_group:
        answer = _plain(IN_GROUP)
    elif not code:
        answer = _plain(EMPTY)
    else:
        invitee = Invitee(channel_id=incoming.channel_id, user_id=incoming.user_id, at=incoming.at)
        answer = _tried(desk, code, invitee)
    return Handled(answer=answer, talk=desk.talk)


def _tried(desk: Desk, code: str, invitee: Invitee) -> Answer:
    db = desk.db
    if people.role_of(db, invitee.channel_id, invitee.user_id) is Role.STAFF:
        return _plain(ALREADY, _list())
    if invitations.must_rest(db, invitee):
        return _plain(REST)
    claim, _ = invitations.claim(db, code, invitee)
    if claim is Claim.TAKEN:
        return _welcome()
    invitations.count_wrong(db, invitee)
    return _plain(SAID[claim])


def _welcome() -> Answer:
    card = Card(
        title="承辦人員",
        lead="已為您開通承辦人員的身分。",
        facts=(
            f"寫「{WAITING}」，就會看到老師轉來、計畫裡找不到答案的問題，可以直接回答。",
            "您的答覆會轉告提問的老師。",
            "這組邀請碼已經用掉，不用再保存。",
        ),
        tone=Tone.ANSWER,
    )
    return Answer(parts=(card,), quick=_list(), outcome=Outcome.CHAT)


def _list() -> tuple[Button, ...]:
    return (Button(WAITING, say=WAITING),)


def _plain(said: str, quick: tuple[Button, ...] = ()) -> Answer:
    return Answer(parts=(Text(said),), quick=quick, outcome=Outcome.CHAT)
