"""One school in one edition: what it owes, who did what when, and what staff do about it."""

from io import BytesIO

from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue

from bot.answers.collecting_lines import DEEDS, STANDINGS, slot_words
from bot.answers.form_lines import papers_of
from bot.clock import day_words
from bot.collecting.deeds import WITH_REASON, Handling, carry_out
from bot.collecting.one_school import OneSchool, one_school, one_slot
from bot.collecting.papers import is_of_schools, known_of_school
from bot.console.door import Backstage, Colleague, Door, to
from bot.console.submissions.asked import day_of, new_visit, officer_of, visit
from bot.errors import AskAgain
from bot.model.edition import Edition
from bot.model.entries import Form
from bot.model.participation import Whose
from bot.model.staff_roles import MAY, Right
from bot.model.submission import Deed, Standing
from bot.papers.forms import make_form
from bot.rules.submissions import TAKES

DONE = {
    Deed.REPORT.value: "已代為回報。",
    Deed.TAKE_BACK.value: "已收回。",
    Deed.CONFIRM.value: "已確認收件，學校承辦人會收到通知。",
    Deed.SEND_BACK.value: "已退件，學校承辦人會收到原因。",
    Deed.EXCUSE.value: "已設為免繳，學校承辦人會收到通知。",
    Deed.OWE_AGAIN.value: "已取消免繳，學校承辦人會收到通知。",
    Deed.EXTEND.value: "期限已延後，學校承辦人會收到通知。",
}
ORDER = (Deed.CONFIRM, Deed.SEND_BACK, Deed.REPORT, Deed.TAKE_BACK, Deed.EXCUSE, Deed.OWE_AGAIN)


class SchoolViews:
    """The pages of one school."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def school(
        self, colleague: Colleague, plan: str, edition: str, code: str
    ) -> ResponseReturnValue:
        """All that it owes, what follows if it does not, and its papers."""
        found = self._found(colleague, f"{plan}/{edition}", code)
        if found is None:
            return to("submissions")
        return render_template(
            "console/submissions/school.html",
            found=found,
            forms=_forms(found.edition),
            **self._shared(colleague),
        )

    def slot(self, colleague: Colleague, plan: str, edition: str, code: str) -> ResponseReturnValue:
        """One slot: its pieces, its moves, and what can be done."""
        found = self._found(colleague, f"{plan}/{edition}", code)
        key = request.args.get("slot", "")
        if found is None:
            return to("submissions")
        with self._backstage.reading() as db:
            one = one_slot(db, colleague.channel_id, found, key)
        if one is None:
            return to("submissions_school", plan=plan, edition=edition, code=code)
        return render_template(
            "console/submissions/slot.html",
            found=found,
            one=one,
            can=_can(one.standing.counts),
            with_reason=WITH_REASON,
            today=colleague.today.isoformat(),
            **self._shared(colleague),
        )

    def act(self, colleague: Colleague, plan: str, edition: str, code: str) -> ResponseReturnValue:
        """Do something about one slot or several."""
        form = request.form
        deed = next((one for one in Deed if one.value == form.get("deed")), None)
        if deed is None:
            raise AskAgain("不知道要做什麼，沒有更動。請用頁面上的按鈕操作。")
        slots = tuple(form.getlist("slot"))
        handling = Handling(
            whose=Whose(school_code=code, plan=plan, edition=edition),
            deed=deed,
            slots=slots,
            visit=visit(),
            count=_count(form.get("count")),
            why=form.get("why", ""),
            until=day_of(form.get("until", "")),
            number=form.get("number", ""),
        )
        carry_out(officer_of(self._backstage, colleague), handling)
        where = {"plan": plan, "edition": edition, "code": code, "done": deed.value}
        if form.get("back") == "slot" and slots:
            return to("submissions_slot", slot=slots[0], **where)
        return to("submissions_school", **where)

    def paper(
        self, colleague: Colleague, plan: str, edition: str, code: str
    ) -> ResponseReturnValue:
        """A form of the plan with what is known of the school; ID numbers stay blank."""
        found = self._found(colleague, f"{plan}/{edition}", code)
        wanted = request.args.get("form", "")
        form = next((f for f in _forms(found.edition) if f.id == wanted), None) if found else None
        if found is None or form is None:
            return to("submissions")
        with self._backstage.reading() as db:
            known = known_of_school(db, colleague.channel_id, found)
        paper = make_form(found.edition, form, {**known, "today": day_words(colleague.today)})
        return send_file(
            BytesIO(paper.content),
            mimetype=paper.media_type,
            as_attachment=True,
            download_name=f"{found.school.code}_{paper.name}",
        )

    def _found(self, colleague: Colleague, key: str, code: str) -> OneSchool | None:
        edition = colleague.reader.edition(key)
        if edition is None:
            return None
        with self._backstage.reading() as db:
            return one_school(db, (colleague.channel_id, edition), code, colleague.now)

    def _shared(self, colleague: Colleague) -> dict[str, object]:
        return {
            "colleague": colleague,
            "may_keep": colleague.role in MAY[Right.KEEP],
            "standings": STANDINGS,
            "Standing": Standing,
            "deeds": DEEDS,
            "slot_words": slot_words,
            "visit": new_visit(),
            "done": DONE.get(request.args.get("done", ""), ""),
        }


def add_school(door: Door, backstage: Backstage) -> None:
    """The pages of one school."""
    views = SchoolViews(backstage)
    see, keep = MAY[Right.SEE], MAY[Right.KEEP]
    one = "/submissions/<plan>/<edition>/schools/<code>"
    door.add(one, "submissions_school", views.school, roles=see)
    door.add(f"{one}/slot", "submissions_slot", views.slot, roles=see)
    door.add(f"{one}/paper", "submissions_paper", views.paper, roles=see)
    door.add(one, "act_on_submissions", views.act, roles=keep, post=True)


def _forms(edition: Edition) -> list[Form]:
    return [form for form in papers_of(edition) if is_of_schools(form)]


def _can(counts: object) -> list[tuple[Deed, int]]:
    """What can be done to how many pieces at most, in the order of use."""
    assert isinstance(counts, dict)
    left = counts[Standing.NOT_YET] + counts[Standing.DUE] + counts[Standing.OVERDUE]
    most = {
        deed: sum(left if kind is None else counts[kind] for kind in TAKES[deed]) for deed in ORDER
    }
    return [(deed, number) for deed, number in most.items() if number]


def _count(said: str | None) -> int | None:
    """So many pieces; None where the form does not ask.

    Raises:
        AskAgain: it is no number.
    """
    if said is None:
        return None
    if not (said.isascii() and said.isdecimal()) or len(said) > 4:
        raise AskAgain("數量要是1以上的整數，沒有更動。請重新輸入數量。")
    return int(said)
