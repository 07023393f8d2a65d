"""Broadcasts: the list, one with its cost or its report, and what can be done with it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from bot import broadcast_work as work
from bot.answers.audience_words import audience_words
from bot.answers.broadcast_lines import answer_of, forecast_lines, named, state_words
from bot.broadcast_work import Shift
from bot.broadcasts.forecast import forecast
from bot.clock import TAIPEI, minute_words
from bot.console import broadcast_shown as shown
from bot.console.audience_views import add_audiences
from bot.console.clerks import shift_of
from bot.console.compose_views import add_composing
from bot.console.door import Backstage, Colleague, Door, to
from bot.console.link_views import add_linking
from bot.errors import AskAgain
from bot.model.broadcast_counts import Forecast
from bot.model.broadcasts import BEFORE_START, Broadcast, BroadcastState
from bot.model.staff_roles import MAY, Right
from bot.store import account_links, accounts, broadcast_report, broadcasts

MOST = 200  # that are listed
DONE = {
    "gone": "找不到這則公告，可能已經不在了。",
    "saved": "已儲存。",
    "when": "時間已設定。",
    "test": "已排進您的 LINE，通常一分鐘內會到。",
    "send": "已排定，照時間傳送。",
    "asked": "已送請核可：另一位同事核可之後才會傳。",
    "approve": "已核可。",
    "back": "已退回給撰寫的人。",
    "pause": "已暫停：還沒傳的都先留著。",
    "resume": "已繼續傳送。",
    "cancel": "已取消，沒有傳的不會再傳。",
    "audience": "對象已更改。",
}
_NO_TIME = "時間看不懂，請從日期欄位選，例如 2026-06-15 09:00。"


class BroadcastViews:
    """The list of broadcasts, and each of them."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def listed(self, colleague: Colleague) -> ResponseReturnValue:
        """All of them, the newest first."""
        with self._backstage.reading() as db:
            found = broadcasts.in_states(db, colleague.channel_id, tuple(BroadcastState), MOST)
            above = work.approval_above(db, colleague.channel_id)
        return render_template(
            "console/broadcasts.html",
            rows=shown.listed(found, colleague.reader),
            may_send=colleague.role in MAY[Right.SEND],
            may_manage=colleague.role in MAY[Right.MANAGE],
            above=above,
            done=DONE.get(request.args.get("done", ""), ""),
        )

    def one(self, colleague: Colleague, broadcast_id: str) -> ResponseReturnValue:
        """One of them: before it starts with its cost, then with its report."""
        return self._page(colleague, broadcast_id)

    def do(self, colleague: Colleague, broadcast_id: str) -> ResponseReturnValue:
        """What a button of its page says."""
        what = request.form.get("do", "")
        revision = request.form.get("revision", 0, type=int) or 0
        try:
            with self._backstage.engine.begin() as db:
                shift = shift_of(db, self._backstage, colleague)
                _do(shift, what, broadcast_id, revision)
                stands = broadcasts.find(db, colleague.channel_id, broadcast_id)
        except AskAgain as err:
            return self._page(colleague, broadcast_id, err.say)
        if what == "send" and stands and stands.state is BroadcastState.APPROVAL:
            what = "asked"
        return to("broadcast", broadcast_id=broadcast_id, done=what)

    def when(self, colleague: Colleague, broadcast_id: str) -> ResponseReturnValue:
        """Set when it is to start."""
        try:
            starts_at = _instant(request.form.get("starts_at", ""))
            if starts_at and starts_at < colleague.now:
                raise AskAgain("這個時間已經過了，請改一個時間；要馬上傳就留空白。")
            with self._backstage.engine.begin() as db:
                shift = shift_of(db, self._backstage, colleague)
                found = broadcasts.find(db, colleague.channel_id, broadcast_id)
                if found is None:
                    raise AskAgain(work.GONE)
                work.edit(shift, found.id, replace(found.draft, starts_at=starts_at))
        except AskAgain as err:
            return self._page(colleague, broadcast_id, err.say)
        return to("broadcast", broadcast_id=broadcast_id, done="when")

    def _page(
        self, colleague: Colleague, broadcast_id: str, fault: str = ""
    ) -> ResponseReturnValue:
        with self._backstage.reading() as db:
            found = broadcasts.find(db, colleague.channel_id, broadcast_id)
            if found is None:
                return to("broadcasts", done="gone")
            numbers = _numbers(shift_of(db, self._backstage, colleague), found)
        starts_at = found.draft.starts_at
        page = render_template(
            "console/broadcast.html",
            one=found,
            name=named(found.draft.pieces),
            state=state_words(found),
            look=shown.LOOKS[found.state],
            audience=audience_words(found.draft.audience, colleague.reader),
            parts=answer_of(found.id, found.draft.pieces).parts,
            address=self._backstage.address,
            before_start=found.state in BEFORE_START,
            may_send=colleague.role in MAY[Right.SEND],
            starts_at=f"{starts_at.astimezone(TAIPEI):%Y-%m-%dT%H:%M}" if starts_at else "",
            done=DONE.get(request.args.get("done", ""), ""),
            **{**numbers, "fault": fault or numbers["fault"]},
        )
        return page, 400 if fault else 200


def add_broadcasts(door: Door, backstage: Backstage) -> None:
    """All pages of broadcasts."""
    views, see, send = BroadcastViews(backstage), MAY[Right.SEE], MAY[Right.SEND]
    add_composing(door, backstage)
    add_audiences(door, backstage)
    add_linking(door, backstage)
    one = "/broadcasts/<broadcast_id>"
    door.add("/broadcasts", "broadcasts", views.listed, roles=see)
    door.add(one, "broadcast", views.one, roles=see)
    door.add(f"{one}/do", "broadcast_deed", views.do, roles=send, post=True)
    door.add(f"{one}/when", "broadcast_when", views.when, roles=send, post=True)


def _do(shift: Shift, what: str, broadcast_id: str, revision: int) -> None:
    match what:
        case "send":
            work.hand_in(shift, broadcast_id, revision)
        case "approve":
            work.approve(shift, broadcast_id, revision)
        case "back":
            work.send_back(shift, broadcast_id, request.form.get("why", "")[:200])
        case "pause":
            work.pause(shift, broadcast_id)
        case "resume":
            work.resume(shift, broadcast_id)
        case "cancel":
            work.cancel(shift, broadcast_id)
        case "test":
            _test(shift, broadcast_id)
        case _:
            abort(400)


def _test(shift: Shift, broadcast_id: str) -> None:
    user_id = account_links.user_of(shift.db, shift.clerk.channel_id, shift.clerk.id)
    if not user_id:
        raise AskAgain("這個帳號還沒有連結 LINE，請先到「我的 LINE」連結。")
    work.send_to_oneself(shift, broadcast_id, user_id)


def _numbers(shift: Shift, found: Broadcast) -> dict[str, Any]:
    """What the database says of it: its cost or its report, who wrote it, who is asking."""
    db, channel_id = shift.db, found.channel_id
    cost, fault = _cost(shift, found) if found.state in BEFORE_START else (None, "")
    report = None if found.began_at is None else broadcast_report.report(db, found)
    everybody = accounts.every(db, channel_id)
    return {
        "cost": cost,
        "fault": fault,
        "cost_lines": forecast_lines(cost) if cost else (),
        "warnings": _warnings(found, cost, work.approval_above(db, channel_id), shift.now),
        "report": report,
        "counts": shown.counts(report) if report else (),
        "responses": shown.responses(report, found) if report else (),
        "author": shown.who(found.changed_by or found.author, everybody),
        "approver": shown.who(found.approved_by, everybody),
        "is_own": shift.clerk.is_one_of(found.author, found.changed_by),
        "user_id": account_links.user_of(db, channel_id, shift.clerk.id),
    }


def _cost(shift: Shift, found: Broadcast) -> tuple[Forecast | None, str]:
    """What it will cost, or why that cannot be told."""
    try:
        where = (shift.db, found.channel_id, found.draft.audience, shift.sources, shift.now)
        return forecast(*where), ""
    except AskAgain as err:
        return None, err.say


def _warnings(found: Broadcast, cost: Forecast | None, above: int, now: datetime) -> list[str]:
    if found.state is not BroadcastState.DRAFT:
        return []
    said = []
    if cost and cost.people > above:
        many = f"超過 {above:,} 人，" if above else ""
        said.append(f"{many}送出後還要另一位同事核可。")
    until = work.quiet_until(found.draft.starts_at or now)
    if until:
        said.append(f"這是不打擾的時間，建議改在 {minute_words(until)} 之後。")
    return said


def _instant(text: str) -> datetime | None:
    """The instant that a field of day and time says; None where it is empty."""
    if not text.strip():
        return None
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=TAIPEI)
    except ValueError:
        raise AskAgain(_NO_TIME) from None
