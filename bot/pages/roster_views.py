"""A contact's page of their school's list: who is on it, who is linked, codes for linking."""

from collections.abc import Mapping

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from bot.answers.teacher_lines import called, lacks_words
from bot.clock import minute_words
from bot.model.invitation_code import WORD
from bot.model.roster import Member
from bot.pages.door import Backstage
from bot.pages.own_forms import field, is_id
from bot.pages.school_door import Caller, let_contact_in
from bot.reminders.follows import Where, refresh
from bot.school_reading import stands_of, unfinished
from bot.store import member_codes, roster


class RosterViews:
    """The list of a school."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def shown(self, token: str, code: str) -> ResponseReturnValue:
        """Everybody on the list, and what they lack."""
        return self._page(let_contact_in(self._backstage, token, code))

    def give_code(self, token: str, code: str) -> ResponseReturnValue:
        """A code for one member, shown once; the one before it is void."""
        caller = let_contact_in(self._backstage, token, code)
        guest = caller.guest
        with self._backstage.engine.begin() as db:
            member = self._member(caller, roster.find(db, guest.channel_id, _member_id()))
            made = member_codes.make(db, guest.channel_id, member.id, guest.now)
        until = minute_words(guest.now + member_codes.LIVES)
        given = {"name": called(member), "code": made, "until": until}
        return self._page(caller, given)

    def unlink(self, token: str, code: str) -> ResponseReturnValue:
        """Nobody in LINE is this member any more: somebody else had used the code."""
        caller = let_contact_in(self._backstage, token, code)
        guest = caller.guest
        with self._backstage.engine.begin() as db:
            member = self._member(caller, roster.find(db, guest.channel_id, _member_id()))
            roster.unlink(db, guest.channel_id, member.id)
            if member.user_id:
                where = Where(db, guest.channel_id, guest.reader.edition, guest.now)
                refresh(where, member.user_id)
        return self._page(caller, done=f"已解除{called(member)}的連結。")

    def _member(self, caller: Caller, found: Member | None) -> Member:
        """The member, where they are on this school's list; another school's is not there."""
        if found is None or found.school_code != caller.school.code:
            abort(404)
        return found

    def _page(self, caller: Caller, given: Mapping[str, str] | None = None, done: str = "") -> str:
        guest, code = caller.guest, caller.school.code
        with self._backstage.engine.connect().execution_options(only_reads=True) as db:
            members = roster.of_schools(db, guest.channel_id, [code])
            reader = guest.reader
            stands = stands_of(db, guest.channel_id, code, reader.edition, guest.now)
            left = unfinished(db, guest.channel_id, code, stands, guest.now)
        lacks: dict[str, list[str]] = {}
        for one in left:
            said = f"{one.standing.edition.about.short}：{lacks_words(one.standing)}"
            lacks.setdefault(one.member.id, []).append(said)
        return render_template(
            "pages/school_roster.html",
            guest=guest,
            school=caller.school,
            members=[(m, called(m), lacks.get(m.id, [])) for m in members],
            given=given,
            word=WORD,
            done=done,
        )


def _member_id() -> str:
    member_id = field(request.form, "member")
    if not is_id(member_id):
        abort(404)
    return member_id
