"""Questions that wait for staff: the list, one with its context, and answering it."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot import staff_work
from bot.answers.staffs_words import plan_called
from bot.pages.door import Backstage, Visit, let_in
from bot.pages.entry_views import ID
from bot.reply_form import MOST_ANSWER, ReplyForm, read_form
from bot.shown_questions import shown
from bot.store import questions, referrals, staff_entries
from bot.store.referrals import Passed
from bot.store.tables import ReferralState

PAGE = 20
MOST_PAGES = 10_000
STATES = (
    (ReferralState.OPEN, "待回答"),
    (ReferralState.ANSWERED, "已回答"),
    (ReferralState.CLOSED, "已擱置"),
)


class ReferralViews:
    """The pages of questions that were passed on."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def listed(self, token: str) -> ResponseReturnValue:
        """What waits, oldest first; or what was answered or put aside, newest first."""
        visit = let_in(self._backstage, token)
        named = request.args.get("state", "")
        state = next((s for s, _ in STATES if s.value == named), ReferralState.OPEN)
        page = min(request.args.get("page", 0, type=int) or 0, MOST_PAGES)
        page = max(page, 0)
        reader = visit.reader
        with self._reading() as db:
            channel = visit.member.channel_id
            found = referrals.in_state(db, channel, state, page, PAGE)
            waiting = referrals.count_open(db, channel)
        return render_template(
            "pages/referrals.html",
            visit=visit,
            rows=[(one, plan_called(reader, one.plan, one.asked_at)) for one in found[:PAGE]],
            state=state,
            states=STATES,
            waiting=waiting,
            page=page,
            has_more=len(found) > PAGE,
            done=request.args.get("done", ""),
        )

    def one(self, token: str, referral_id: str) -> ResponseReturnValue:
        """One question with its context, and the form to answer it."""
        visit = let_in(self._backstage, token)
        passed = self._found(visit, referral_id)
        return self._page(visit, passed, _fresh_form(visit, passed))

    def answer(self, token: str, referral_id: str) -> ResponseReturnValue:
        """Answer it; what is wrong is said beside its field, with what was typed kept."""
        visit = let_in(self._backstage, token)
        editions = {e.key for e in visit.reader.library.editions}
        form = read_form(request.form, editions, visit.today)
        passed = self._found(visit, referral_id)
        if passed.state is ReferralState.ANSWERED:
            return self._page(visit, passed, form, too_late=True), 409
        if form.faults:
            return self._page(visit, passed, form), 400
        engine, reply = self._backstage.engine, form.reply()
        if staff_work.answer(engine, visit.member, referral_id, reply, visit.now) is None:
            # Somebody else answered between our look and our answer.
            return self._page(visit, self._found(visit, referral_id), form, too_late=True), 409
        return redirect(
            url_for("pages.referral", token=token, referral_id=referral_id, done="answered"), 303
        )

    def aside(self, token: str, referral_id: str) -> ResponseReturnValue:
        """Put it aside; it stays among those put aside and may be answered later."""
        visit = let_in(self._backstage, token)
        self._found(visit, referral_id)
        done = staff_work.put_aside(self._backstage.engine, visit.member, referral_id, visit.now)
        said = "aside" if done else "gone"
        return redirect(url_for("pages.referrals", token=token, done=said), 303)

    def _page(
        self, visit: Visit, passed: Passed, form: ReplyForm, *, too_late: bool = False
    ) -> str:
        channel = visit.member.channel_id
        with self._reading() as db:
            logged = questions.find(db, channel, passed.webhook_event_id)
            asked = shown(db, channel, visit.reader, [logged] if logged else [])
            kept = staff_entries.kept_from(db, channel, passed.id)
        return render_template(
            "pages/referral.html",
            visit=visit,
            passed=passed,
            plan=plan_called(visit.reader, passed.plan, passed.asked_at),
            asked=asked[0] if asked else None,
            kept=kept,
            form=form,
            too_late=too_late,
            editions=visit.reader.library.editions,
            most=MOST_ANSWER,
            done=request.args.get("done", ""),
        )

    def _reading(self) -> Connection:
        return self._backstage.engine.connect().execution_options(only_reads=True)

    def _found(self, visit: Visit, referral_id: str) -> Passed:
        if not ID.fullmatch(referral_id):
            abort(404)
        with self._reading() as db:
            passed = referrals.find(db, visit.member.channel_id, referral_id)
        return passed or abort(404)


def _fresh_form(visit: Visit, passed: Passed) -> ReplyForm:
    """The form as it is first shown: with the plan that the question was about."""
    reader = visit.reader
    if not reader.editions(passed.plan):
        return ReplyForm()
    return ReplyForm(edition=reader.edition_at(passed.plan, passed.asked_at).key)
