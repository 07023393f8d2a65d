"""Invitations: made for one or many schools, shown once; which are out; taking them back."""

from collections.abc import Sequence
from datetime import datetime

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot.clock import minute_words
from bot.console.doing import doer_of, page_of
from bot.console.door import Backstage, Colleague, Door, to
from bot.console.tables_out import csv_file
from bot.console_work import invitations as deeds
from bot.console_work.invitations import Code
from bot.errors import AskAgain
from bot.model.invitation_code import WORD
from bot.model.staff_roles import MAY, Right
from bot.store import people_overview, schools
from bot.store.people import Role, alias
from bot.store.people_overview import Invited

PAGE, DAYS = 50, 14
MOST_TYPED = 100_000
ROLES = {Role.CONTACT.value: "學校承辦人", Role.STAFF.value: "承辦人員"}
DONE = {
    "revoked": "已收回，這組邀請碼不能再用。",
    "none": "沒有可以收回的邀請碼：可能剛剛有人用掉，或已經過期。",
}


class InvitationViews:
    """The pages of invitations."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def listed(self, colleague: Colleague) -> ResponseReturnValue:
        """The form, and what was made before."""
        return self._page(colleague)

    def make(self, colleague: Colleague) -> ResponseReturnValue:
        """Make codes for contacts; this answer is the only one that ever shows them."""
        doer = doer_of(self._backstage, colleague)
        try:
            codes = deeds.invite_contacts(doer, self._wanted(colleague), _days())
        except AskAgain as err:
            return self._page(colleague, fault=err.say), 400
        if request.form.get("as") == "csv":
            head = ("學校代碼", "學校名稱", "要傳給師鐘的話", "有效到")
            return csv_file([head, *map(_row, codes)], "invitations.csv")
        return render_template("console/codes.html", codes=codes, word=WORD)

    def make_staff(self, colleague: Colleague) -> ResponseReturnValue:
        """Make a code for a member of staff."""
        try:
            code = deeds.invite_staff(doer_of(self._backstage, colleague), _days())
        except AskAgain as err:
            return self._page(colleague, fault=err.say), 400
        return render_template("console/codes.html", codes=[code], word=WORD)

    def revoke(self, colleague: Colleague) -> ResponseReturnValue:
        """Take one back."""
        may_all = colleague.role in MAY[Right.MANAGE]
        roles = [Role.CONTACT, Role.STAFF] if may_all else [Role.CONTACT]
        doer = doer_of(self._backstage, colleague)
        done = deeds.revoke(doer, request.form.get("id", ""), roles)
        return to("invitations", done="revoked" if done else "none")

    def _wanted(self, colleague: Colleague) -> Sequence[str]:
        """The codes of the schools that the form chose."""
        typed = request.form.get("schools", "")
        if len(typed) > MOST_TYPED:
            abort(413)
        if request.form.get("which") != "open":
            return typed.replace(",", " ").replace("、", " ").split()
        city = request.form.get("city", "")
        with self._backstage.reading() as db:
            return self._open(db, colleague, city)

    def _open(self, db: Connection, colleague: Colleague, city: str = "") -> list[str]:
        """Schools without a contact and without a code that can be used; of a city or all."""
        channel, now = colleague.channel_id, colleague.now
        people = people_overview.at_schools(db, channel)
        taken = {code for code, one in people.items() if one.contacts}
        taken |= people_overview.schools_waiting(db, channel, now)
        found = [s for s in schools.all_schools(db, channel) if s.code not in taken]
        return [school.code for school in found if not city or school.city == city]

    def _page(self, colleague: Colleague, fault: str = "") -> str:
        page = page_of(request.args.get("page"))
        with self._backstage.reading() as db:
            channel = colleague.channel_id
            found = people_overview.invitations(db, channel, page, PAGE)
            codes = [one.school_code for one in found if one.school_code]
            names = schools.find_many(db, channel, codes)
            every = schools.all_schools(db, channel)
            without = len(self._open(db, colleague))
        return render_template(
            "console/invitations.html",
            rows=[
                (one, names.get(one.school_code or ""), _state(one, colleague.now))
                for one in found[:PAGE]
            ],
            roles=ROLES,
            cities=sorted({school.city for school in every if school.city}),
            without=without,
            typed=request.form,
            days=request.form.get("days", DAYS),
            may_staff=colleague.role in MAY[Right.MANAGE],
            page=page,
            has_more=len(found) > PAGE,
            fault=fault,
            done=DONE.get(request.args.get("done", ""), ""),
        )


def add_invitations(door: Door, backstage: Backstage) -> None:
    """The pages of invitations."""
    views, may = InvitationViews(backstage), MAY[Right.INVITE]
    door.add("/invitations", "invitations", views.listed, roles=may)
    most = 2 * MOST_TYPED
    door.add("/invitations", "make_codes", views.make, roles=may, post=True, most_body=most)
    manage = MAY[Right.MANAGE]
    door.add("/invitations/staff", "make_staff_code", views.make_staff, roles=manage, post=True)
    door.add("/invitations/revoke", "revoke_code", views.revoke, roles=may, post=True)


def _row(code: Code) -> tuple[str, ...]:
    school = code.school
    named = (school.code, school.name) if school else ("", "")
    return (*named, f"{WORD} {code.code}", minute_words(code.until))


def _days() -> int:
    text = request.form.get("days", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _state(one: Invited, now: datetime) -> str:
    if one.used_at:
        return f"…{alias(one.used_by)} 用了" if one.used_by else "用了"
    return "可以用" if one.expires_at > now else "過期"
