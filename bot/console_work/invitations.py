"""Inviting contacts and staff, taking invitations back, ending somebody's tie or role."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.console_work.doer import Doer
from bot.errors import AskAgain
from bot.model.schools import School, SchoolRole
from bot.store import affiliations, invitations, people, schools
from bot.store.invitations import InvitedAs
from bot.store.people import Role, alias

MOST_DAYS, MOST_SCHOOLS = 90, 5_000
TAG = 16  # signs
NO_DAYS = f"有效天數要是 1 到 {MOST_DAYS} 的整數。"


@dataclass(frozen=True, slots=True)
class Code:
    """A code, shown this once, and for whom it is."""

    code: str
    school: School | None  # None: for staff
    until: datetime


def invite_contacts(doer: Doer, codes: Sequence[str], days: int) -> list[Code]:
    """A code for a contact of each of these schools, in their order.

    Raises:
        AskAgain: a school is not on the list, or the days are none; nothing was made.
    """
    life = _life(days)
    wanted = list(dict.fromkeys(code.strip().upper() for code in codes if code.strip()))
    if not wanted:
        raise AskAgain("請至少選一所學校。")
    if len(wanted) > MOST_SCHOOLS:
        raise AskAgain(f"一次最多 {MOST_SCHOOLS:,} 所學校，請分幾次產生。")
    with doer.engine.begin() as db:
        found = schools.find_many(db, doer.channel_id, wanted)
        missing = [code for code in wanted if code not in found]
        if missing:
            few = "、".join(code[:16] for code in missing[:5])
            raise AskAgain(f"學校名單裡沒有這些代碼：{few}。沒有產生任何邀請碼。")
        made = []
        for code in wanted:
            offer = InvitedAs(role=Role.CONTACT, school_code=code)
            made.append((invitations.make(db, doer.channel_id, offer, doer.now, life), found[code]))
        few = "、".join(wanted[:20])
        doer.note(db, "invitation.contacts", few, {"組數": len(made), "天數": days})
    return [Code(code, school, doer.now + life) for code, school in made]


def invite_staff(doer: Doer, days: int) -> Code:
    """A code for a member of staff in LINE.

    Raises:
        AskAgain: the days are none.
    """
    life = _life(days)
    with doer.engine.begin() as db:
        offer = InvitedAs(role=Role.STAFF)
        code = invitations.make(db, doer.channel_id, offer, doer.now, life)
        doer.note(db, "invitation.staff", "LINE 承辦人員", {"組數": 1, "天數": days})
    return Code(code, None, doer.now + life)


def revoke(doer: Doer, code_hash: str, roles: Sequence[Role]) -> bool:
    """End an unused invitation to one of these roles; False where there is none."""
    with doer.engine.begin() as db:
        done = invitations.revoke(db, doer.channel_id, code_hash, roles, doer.now)
        if done:
            doer.note(db, "invitation.revoke", code_hash[:8], {"狀態": "已收回"})
    return done


def tag_of(user_id: str, school_code: str) -> str:
    """By what a page names somebody at a school, without telling who they are in LINE."""
    return hashlib.sha256(f"{school_code}:{user_id}".encode()).hexdigest()[:TAG]


def end_tie(doer: Doer, school_code: str, tag: str) -> bool:
    """Somebody is a school's contact no more; False where they are not.

    What they handed over and nobody took yet ends too.
    """
    with doer.engine.begin() as db:
        held = affiliations.contacts_of(db, doer.channel_id, school_code)
        user_id = next((u for u in held if tag_of(u, school_code) == tag), None)
        if user_id is None:
            return False
        affiliations.untie(db, doer.channel_id, user_id, school_code, SchoolRole.CONTACT)
        invitations.void(db, doer.channel_id, user_id, doer.now, school_code)
        before = {"學校承辦人": f"…{alias(user_id)}"}
        doer.note(db, "tie.end", school_code, {"學校承辦人": "已結束"}, before)
    return True


def end_staff(doer: Doer, tag: str) -> bool:
    """Somebody is staff in LINE no more; False where they are not."""
    with doer.engine.begin() as db:
        held = [user_id for user_id, _ in people.staff(db, doer.channel_id)]
        user_id = next((u for u in held if tag_of(u, "") == tag), None)
        if user_id is None:
            return False
        people.give_role(db, doer.channel_id, user_id, Role.ANYBODY)
        doer.note(db, "staff.end", f"…{alias(user_id)}", {"身分": "（無）"}, {"身分": "承辦人員"})
    return True


def _life(days: int) -> timedelta:
    if not 1 <= days <= MOST_DAYS:
        raise AskAgain(NO_DAYS)
    return timedelta(days=days)
