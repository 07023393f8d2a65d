"""An invitation code: the role that it gives, or what is wrong with it."""

from datetime import timedelta

from sqlalchemy import Connection

from bot.answers import school_lines
from bot.answers.staffs_words import WAITING
from bot.handlers.desk import Desk, Handled
from bot.messages import Answer, Button, Card, Incoming, Outcome, Text, Tone
from bot.model.invitation_code import LENGTH, find_code
from bot.reminders.follows import Where, refresh
from bot.store import affiliations, invitations, member_codes, outbox, people, schools
from bot.store.invitations import Claim, InvitedAs, Invitee
from bot.store.member_codes import CodeState
from bot.store.outbox import Notice
from bot.store.people import Role

IN_GROUP = (
    "邀請碼請不要貼在群組裡。請到和我的一對一聊天室再傳一次；"
    "如果別人可能已經看到，請向承辦單位換一組新的。"
)
EMPTY = "請把邀請碼寫在後面一起傳，例如「邀請碼 ○○○○-○○○○-○○○○」。邀請碼請向承辦單位索取。"
ALREADY = f"您已經是承辦人員了，不必再輸入邀請碼。想看老師轉來的問題，請寫「{WAITING}」。"
REST = "邀請碼錯了太多次，請一小時後再試；也可以先向承辦單位確認邀請碼。"
OF_USE = timedelta(days=7)  # for telling that a successor took over
LINK_USED = "這組連結碼已經用過了，每組只能用一次。請向學校承辦人再要一組新的。"
LINK_EXPIRED = "這組連結碼已經過期了。請向學校承辦人再要一組新的。"
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
        answer = _tried(desk, code, invitee, incoming.event_id)
    return Handled(answer=answer, talk=desk.talk)


def _tried(desk: Desk, code: str, invitee: Invitee, event_id: str) -> Answer:
    db = desk.db
    resting = invitations.must_rest(db, invitee)
    offer = None if resting else invitations.find(db, invitee.channel_id, code)
    is_contacts = offer is not None and offer.role is Role.CONTACT
    is_members = offer is None and not resting and _is_of_member(db, code, invitee)
    if people.role_of(db, invitee.channel_id, invitee.user_id) is Role.STAFF and not (
        is_contacts or is_members
    ):
        if offer is None and not resting:
            invitations.count_wrong(db, invitee)
        return _plain(ALREADY, _list())
    if resting:
        return _plain(REST)
    held = _held_already(desk, offer, invitee) if offer else None
    if held:
        return held
    linking = _linked(desk, code, invitee) if offer is None else None
    if linking:
        return linking
    claim, taken = invitations.claim(db, code, invitee)
    if taken is None:
        invitations.count_wrong(db, invitee)
        return _plain(SAID[claim])
    if taken.role is Role.CONTACT:
        where = Where(desk.db, invitee.channel_id, desk.reader.edition, invitee.at)
        refresh(where, *filter(None, (invitee.user_id, taken.successor_to)))
        _tell_predecessor(desk, taken, invitee, event_id)
        return _welcome_contact(desk, taken, invitee)
    return _welcome()


def _is_of_member(db: Connection, code: str, invitee: Invitee) -> bool:
    return member_codes.state_of(db, invitee.channel_id, code, invitee.at) is not None


def _linked(desk: Desk, code: str, invitee: Invitee) -> Answer | None:
    """What is said to a code that links a teacher to their school's list; None for all others."""
    state = member_codes.state_of(desk.db, invitee.channel_id, code, invitee.at)
    if state is None:
        return None
    who = (invitee.user_id, invitee.at)
    member = member_codes.claim(desk.db, invitee.channel_id, code, *who)
    if member is None:
        return _plain(LINK_USED if state is CodeState.USED else LINK_EXPIRED)
    school = schools.find(desk.db, invitee.channel_id, member.school_code)
    refresh(Where(desk.db, invitee.channel_id, desk.reader.edition, invitee.at), invitee.user_id)
    return school_lines.linked(school.name if school else "學校", member.name)


def _held_already(desk: Desk, offer: InvitedAs, invitee: Invitee) -> Answer | None:
    """What is said to a contact who needs no code of this school; it is not used up."""
    who = (invitee.channel_id, invitee.user_id)
    school = schools.find(desk.db, invitee.channel_id, offer.school_code)
    if school is None or not affiliations.is_contact(desk.db, *who, school.code):
        return None
    return school_lines.already_contact(school, is_own=offer.successor_to == invitee.user_id)


def _welcome_contact(desk: Desk, offer: InvitedAs, invitee: Invitee) -> Answer:
    school = schools.find(desk.db, invitee.channel_id, offer.school_code)
    if school is None:
        raise LookupError(f"an invitation names school {offer.school_code}, which is not listed")
    held = affiliations.contacts_of(desk.db, invitee.channel_id, school.code)
    return school_lines.welcome(school, sum(one != invitee.user_id for one in held))


def _tell_predecessor(desk: Desk, offer: InvitedAs, invitee: Invitee, event_id: str) -> None:
    """Whoever handed over is told that it is done."""
    school = schools.find(desk.db, invitee.channel_id, offer.school_code)
    if not offer.successor_to or school is None:
        return
    notice = Notice(
        channel_id=invitee.channel_id,
        user_id=offer.successor_to,
        key=f"handed-over:{event_id}",
        answer=school_lines.succeeded(school),
        made_at=invitee.at,
        not_before=invitee.at,
        expires_at=invitee.at + OF_USE,
    )
    outbox.put(desk.db, notice)


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
