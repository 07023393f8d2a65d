"""A school's list of teachers: who is on it, what lists say of each, and mending what is wrong."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot.answers.teacher_lines import called
from bot.console.doing import doer_of, page_of
from bot.console.door import Backstage, Colleague, Door, to
from bot.console_work import members as deeds
from bot.console_work.members import AtMember, Corrected, Countable
from bot.errors import AskAgain
from bot.model.roster import Completion, Member, name_key
from bot.model.schools import School
from bot.model.staff_roles import MAY, Right
from bot.store import completions, roster, schools
from bot.store.completions import Kept

PAGE = 100
LONGEST = 60
DONE = {
    "off": "已從名冊移除，他的完成紀錄一併刪除。",
    "corrected": "已更正。",
    "dropped": "已收回這筆紀錄。",
    "gone": "這位教師已經不在這所學校的名冊上。",
}


class MemberViews:
    """The pages of a school's list."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def listed(self, colleague: Colleague, code: str) -> ResponseReturnValue:
        """Everybody on the list, or those whose name is searched for."""
        wanted = request.args.get("q", "").strip()[:LONGEST]
        page = page_of(request.args.get("page"))
        channel = colleague.channel_id
        with self._backstage.reading() as db:
            school = schools.find(db, channel, code)
            every = roster.of_schools(db, channel, [code])
            done = completions.of_school(db, channel, code)
        if school is None:
            return to("schools", done="gone")
        counts: dict[str, int] = {}
        for one in done:
            counts[one.member_id] = counts.get(one.member_id, 0) + 1
        fit = [m for m in every if name_key(wanted) in name_key(m.name)]
        start = page * PAGE
        return render_template(
            "console/members.html",
            school=school,
            rows=[(m, called(m), counts.get(m.id, 0)) for m in fit[start : start + PAGE]],
            count=len(fit),
            wanted=wanted,
            page=page,
            has_more=len(fit) > start + PAGE,
            done=DONE.get(request.args.get("done", ""), ""),
        )

    def one(self, colleague: Colleague, code: str, member_id: str) -> ResponseReturnValue:
        """One teacher of the list, and what lists say that they completed."""
        return self._page(colleague, code, member_id)

    def take_off(self, colleague: Colleague, code: str, member_id: str) -> ResponseReturnValue:
        """The teacher is on the list no more."""
        try:
            deeds.take_off(self._at(colleague, code, member_id))
        except AskAgain:
            return to("members", code=code, done="gone")
        return to("members", code=code, done="off")

    def correct(
        self, colleague: Colleague, code: str, member_id: str, completion_id: str
    ) -> ResponseReturnValue:
        """A completion says what is right from now on."""

        def deed(at: AtMember) -> None:
            deeds.correct(at, completion_id, _corrected())

        return self._after(colleague, (code, member_id), deed, "corrected")

    def take_back(
        self, colleague: Colleague, code: str, member_id: str, completion_id: str
    ) -> ResponseReturnValue:
        """A completion is taken back."""

        def deed(at: AtMember) -> None:
            deeds.take_back(at, completion_id)

        return self._after(colleague, (code, member_id), deed, "dropped")

    def _after(
        self,
        colleague: Colleague,
        whom: tuple[str, str],
        deed: Callable[[AtMember], None],
        done: str,
    ) -> ResponseReturnValue:
        code, member_id = whom
        try:
            deed(self._at(colleague, code, member_id))
        except AskAgain as err:
            return self._page(colleague, code, member_id, err.say)
        return to("member", code=code, member_id=member_id, done=done)

    def _at(self, colleague: Colleague, code: str, member_id: str) -> AtMember:
        return AtMember(
            doer=doer_of(self._backstage, colleague),
            school_code=code,
            member_id=member_id,
            edition_of=self._backstage.reader.edition,
        )

    def _page(
        self, colleague: Colleague, code: str, member_id: str, fault: str = ""
    ) -> ResponseReturnValue:
        channel = colleague.channel_id
        with self._backstage.reading() as db:
            school = schools.find(db, channel, code)
            member = roster.find(db, channel, member_id)
            kept = completions.of_member(db, channel, member_id)
        if school is None or member is None or member.school_code != code:
            return to("members", code=code, done="gone")
        shown = self._shown(school, member, kept, fault)
        return (shown, 400) if fault else shown

    def _shown(self, school: School, member: Member, kept: Sequence[Kept], fault: str) -> str:
        return render_template(
            "console/member.html",
            school=school,
            member=member,
            name=called(member),
            rows=[
                (one, deeds.said_of(self._backstage.reader.edition, one.completion),
                 self._options(one.completion), _key_of(one.completion))
                for one in kept
            ],
            fault=fault,
            most=deeds.MOST_COUNT,
            done=DONE.get(request.args.get("done", ""), ""),
        )  # fmt: skip

    def _options(self, one: Completion) -> list[Countable]:
        edition = self._backstage.reader.edition(f"{one.plan}/{one.edition}")
        return deeds.countables(edition) if edition else []


def add_members(door: Door, backstage: Backstage) -> None:
    """The pages of a school's list; names are for those who keep the lists."""
    views, keep = MemberViews(backstage), MAY[Right.KEEP]
    every = "/schools/<code>/members"
    one = f"{every}/<member_id>"
    completion = f"{one}/completions/<completion_id>"
    door.add(every, "members", views.listed, roles=keep)
    door.add(one, "member", views.one, roles=keep)
    door.add(f"{one}/off", "drop_member", views.take_off, roles=keep, post=True)
    door.add(f"{completion}/correct", "correct_completion", views.correct, roles=keep, post=True)
    door.add(f"{completion}/drop", "drop_completion", views.take_back, roles=keep, post=True)


def _key_of(one: Completion) -> str:
    return "/".join((one.track, one.requirement, one.part))


def _corrected() -> Corrected:
    """What the form says is right.

    Raises:
        AskAgain: the day or the number is none.
    """
    form = request.form
    try:
        on = date.fromisoformat(form.get("on", "").strip())
    except ValueError:
        raise AskAgain("完成的日期看不懂，沒有更動。請填像 2022-07-08 的日期。") from None
    try:
        count = Decimal(form.get("count", "").strip())
    except InvalidOperation:
        raise AskAgain("數量看不懂，沒有更動。請填數字。") from None
    if not count.is_finite():
        raise AskAgain("數量看不懂，沒有更動。請填數字。")
    return Corrected(counts_for=form.get("counts_for", ""), on=on, count=count)
