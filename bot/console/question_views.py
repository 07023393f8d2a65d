"""Questions to look at: grouped by likeness, each with why it was answered so, and the answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot.answers.staffs_words import plan_called
from bot.console.doing import doer_of, page_of
from bot.console.door import Backstage, Colleague, Door, to
from bot.console_work import questions as deeds
from bot.errors import AskAgain
from bot.model.staff_roles import MAY, Right
from bot.reply_form import MOST_ANSWER, ReplyForm, read_form
from bot.shown_questions import ShownQuestion, shown
from bot.store import question_work, questions, referrals, staff_entries
from bot.store.question_work import Asked, Look
from bot.store.referrals import Passed
from bot.store.staff_entries import Kept
from bot.store.tables import ReferralState
from bot.understand.alike import groups_of

PAGE = 20
MOST_SHOWN = 20  # of one group
LONGEST_KEY = 200  # characters of a question that are compared
LARGEST = 100_000
PASSED = "passed"
LOOKS = {
    Look.UNKNOWN: "查無答案",
    Look.UNSURE: "沒有把握",
    Look.DISLIKED: "說沒有幫助",
}
DONE = {
    "answered": "已答覆；提問的人下次傳訊息就會看到。",
    "passed": "已列入待回答。",
    "aside": "已標為看過，不再列出。",
    "closed": "已擱置，不再列出。",
    "none": "沒有可以更動的題目：可能剛剛有人處理過了。",
    "gone": "找不到這一題，可能提問的人已經收回。",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that are like one another, the newest first."""

    questions: Sequence[Asked]

    @property
    def ids(self) -> list[str]:
        """The ids of their events."""
        return [one.event_id for one in self.questions]


class QuestionViews:
    """The pages of questions."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def listed(self, colleague: Colleague) -> ResponseReturnValue:
        """Questions of one look, in groups; or those that were passed on and wait."""
        named = request.args.get("look", "")
        look = next((one for one in Look if one.value == named), None)
        page = page_of(request.args.get("page"))
        with self._backstage.reading() as db:
            channel = colleague.channel_id
            counts = question_work.counts(db, channel)
            waiting = referrals.count_open(db, channel)
            groups = (
                self._groups(colleague, question_work.to_look_at(db, channel, look)) if look else []
            )
            passed = [] if look else referrals.in_state(db, channel, ReferralState.OPEN, page, PAGE)
        start = page * PAGE
        reader = colleague.reader
        return render_template(
            "console/questions.html",
            look=look,
            looks=[(one, LOOKS[one], counts[one]) for one in Look],
            waiting=waiting,
            groups=groups[start : start + PAGE],
            most=MOST_SHOWN,
            passed=[(p, plan_called(reader, p.plan, p.asked_at)) for p in passed[:PAGE]],
            page=page,
            has_more=len(groups) > start + PAGE or len(passed) > PAGE,
            may_answer=colleague.role in MAY[Right.ANSWER],
            done=_done(),
        )

    def one(self, colleague: Colleague, event_id: str) -> ResponseReturnValue:
        """One question: what was said to it, why, and the form to answer it."""
        return self._page(colleague, event_id, ReplyForm())

    def answer(self, colleague: Colleague, event_id: str) -> ResponseReturnValue:
        """Answer it, and those like it that were ticked; what was typed is kept on the page."""
        editions = {e.key for e in colleague.reader.library.editions}
        form = read_form(request.form, editions, colleague.today)
        if form.faults:
            return self._page(colleague, event_id, form)
        ids = list(dict.fromkeys([event_id, *request.form.getlist("also")]))
        try:
            deeds.answer(doer_of(self._backstage, colleague), ids, form.reply())
        except AskAgain as err:
            return self._page(colleague, event_id, form, fault=err.say)
        return to("question", event_id=event_id, done="answered")

    def pass_on(self, colleague: Colleague, event_id: str) -> ResponseReturnValue:
        """Put it among those that wait."""
        deeds.pass_on(doer_of(self._backstage, colleague), event_id)
        return to("question", event_id=event_id, done="passed")

    def close(self, colleague: Colleague, event_id: str) -> ResponseReturnValue:
        """Put aside what was passed on."""
        done = deeds.close(doer_of(self._backstage, colleague), event_id)
        return to("questions", done="closed" if done else "none")

    def aside(self, colleague: Colleague) -> ResponseReturnValue:
        """Note that these need nothing more."""
        ids = request.form.getlist("id")[: question_work.MOST]
        count = deeds.set_aside(doer_of(self._backstage, colleague), ids)
        return to("questions", look=request.form.get("look"), done="aside" if count else "none")

    def case(self, colleague: Colleague, event_id: str) -> ResponseReturnValue:
        """The question as a case for tests, to download."""
        with self._backstage.reading() as db:
            text = deeds.case_file(db, colleague.channel_id, event_id)
        if not text:
            return to("questions", done="gone")
        response = Response(text, mimetype="text/yaml; charset=utf-8")
        response.headers["Content-Disposition"] = 'attachment; filename="case.yaml"'
        return response

    def _page(
        self, colleague: Colleague, event_id: str, form: ReplyForm, fault: str = ""
    ) -> ResponseReturnValue:
        with self._backstage.reading() as db:
            found = self._found(db, colleague, event_id)
            if found is None:
                return to("questions", done="gone")
            asked, passed, kept = found
            also = self._alike(db, colleague, event_id)
        page = render_template(
            "console/question.html",
            asked=asked,
            passed=passed,
            kept=kept,
            also=also,
            form=form if form.faults or form.answer else _fresh(colleague, asked),
            fault=fault,
            editions=colleague.reader.library.editions,
            most=MOST_ANSWER,
            may_answer=colleague.role in MAY[Right.ANSWER],
            done=_done(),
        )
        return page, 400 if fault or form.faults else 200

    def _found(
        self, db: Connection, colleague: Colleague, event_id: str
    ) -> tuple[ShownQuestion, Passed | None, Kept | None] | None:
        channel_id = colleague.channel_id
        logged = questions.find(db, channel_id, event_id)
        if logged is None or logged.why.entry in questions.KEPT_HERE:
            return None
        passed = referrals.find_of(db, channel_id, event_id)
        kept = staff_entries.kept_from(db, channel_id, passed.id) if passed else None
        return shown(db, channel_id, colleague.reader, [logged])[0], passed, kept

    def _alike(self, db: Connection, colleague: Colleague, event_id: str) -> list[Asked]:
        """Questions of the same group that nobody saw to, without this one."""
        for look in Look:
            found = question_work.to_look_at(db, colleague.channel_id, look)
            if not any(one.event_id == event_id for one in found):
                continue
            for group in self._groups(colleague, found):
                if event_id in group.ids:
                    return [o for o in group.questions if o.event_id != event_id][: MOST_SHOWN - 1]
        return []

    def _groups(self, colleague: Colleague, found: Sequence[Asked]) -> list[Group]:
        fold = colleague.reader.fold
        keys = [fold(one.text[:LONGEST_KEY]) for one in found]
        return [Group([found[i] for i in places]) for places in groups_of(keys)]


def _fresh(colleague: Colleague, asked: ShownQuestion) -> ReplyForm:
    """The form before anything was typed."""
    reader, why = colleague.reader, asked.question.why
    if not reader.editions(why.plan):
        return ReplyForm()
    return ReplyForm(edition=reader.edition_at(why.plan, asked.question.asked_at).key)


def add_questions(door: Door, backstage: Backstage) -> None:
    """The pages of questions."""
    views, may, see = QuestionViews(backstage), MAY[Right.ANSWER], MAY[Right.SEE]
    one = "/questions/<event_id>"
    door.add("/questions", "questions", views.listed, roles=see)
    door.add("/questions/aside", "questions_aside", views.aside, roles=may, post=True)
    door.add(one, "question", views.one, roles=see)
    door.add(one, "answer", views.answer, roles=may, post=True, most_body=LARGEST)
    door.add(f"{one}/pass-on", "question_pass_on", views.pass_on, roles=may, post=True)
    door.add(f"{one}/close", "question_close", views.close, roles=may, post=True)
    door.add(f"{one}/case", "question_case", views.case, roles=may)


def _done() -> str:
    return DONE.get(request.args.get("done", ""), "")
