"""A contact's page of their school: how each plan stands, and a form that reports each thing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot import school_work
from bot.answers.owed_lines import count_words, how_words, name_of, total, until_words
from bot.errors import AskAgain, Refused
from bot.model.participation import Whose
from bot.model.submission import Deed, Moved, Standing
from bot.pages.door import Backstage
from bot.pages.own_forms import field, is_id, new_visit
from bot.pages.school_door import Caller, let_contact_in
from bot.rules.school_standing import SlotStanding, missing
from bot.school_reading import Stands, stands_of
from bot.school_work import Call
from bot.store import submissions

DONE = {
    "reported": "已記下。",
    "back": "已收回。",
    "known": "這張表單先前已經送出過了，沒有重複記。",
}
MOST_AT_ONCE = 999


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSlot:
    """One slot in words."""

    key: str
    name: str
    counts: str
    until: str
    how: str
    unit: str
    clause: str
    left: int
    sent: int
    why: str  # of what was returned last
    is_urgent: bool
    takes_number: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPlan:
    """One plan in words."""

    key: str
    title: str
    counts: str
    expected: int
    done: int
    open: list[ShownSlot]  # what is asked for by now, the most urgent first
    later: list[ShownSlot]
    closed: list[ShownSlot]


class SchoolViews:
    """The overview of a school, and what is done on it."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def overview(self, token: str, code: str) -> ResponseReturnValue:
        """Every plan that the school takes part in."""
        return self._page(let_contact_in(self._backstage, token, code))

    def report(self, token: str, code: str) -> ResponseReturnValue:
        """Write down what was handed in; a form that is sent twice counts once."""

        def act(caller: Caller, call: Call, count: int) -> str:
            number = field(request.form, "number")
            with self._backstage.engine.begin() as db:
                done = school_work.report(db, call, count, caller.guest.now, number)
            return "reported" if done.is_new else "known"

        return self._act(token, code, act)

    def take_back(self, token: str, code: str) -> ResponseReturnValue:
        """Take back what was reported and not received yet."""

        def act(caller: Caller, call: Call, count: int) -> str:
            with self._backstage.engine.begin() as db:
                done = school_work.take_back(db, call, count, caller.guest.now)
            return "back" if done.is_new else "known"

        return self._act(token, code, act)

    def _act(
        self, token: str, code: str, act: Callable[[Caller, Call, int], str]
    ) -> ResponseReturnValue:
        caller = let_contact_in(self._backstage, token, code)
        try:
            done = act(caller, self._call(caller), _count(field(request.form, "count")))
        except AskAgain as err:
            return self._page(caller, err.say), 400
        return redirect(url_for("pages.school", token=token, code=code, done=done), 303)

    def _call(self, caller: Caller) -> Call:
        plan, _, edition = field(request.form, "edition").partition("/")
        visit = field(request.form, "visit")
        if not is_id(visit):
            raise Refused("這張表單已經過時，沒有記錄。請重新整理這一頁再填一次。")
        return Call(
            actor=caller.actor,
            whose=Whose(school_code=caller.school.code, plan=plan, edition=edition),
            slot=field(request.form, "slot"),
            edition_of=caller.guest.reader.edition,
            event_id=f"page-{visit}",
        )

    def _page(self, caller: Caller, fault: str = "") -> str:
        guest = caller.guest
        where = (guest.channel_id, caller.school.code)
        with self._backstage.engine.connect().execution_options(only_reads=True) as db:
            stands = stands_of(db, *where, guest.reader.edition, guest.now)
            whys = {
                one.id: _whys(submissions.moves(db, guest.channel_id, one.id))
                for one in stands
                if total(one.slots)[Standing.RETURNED]
            }
        plans = [_plan(caller, one, whys.get(one.id, {})) for one in stands]
        return render_template(
            "pages/school.html",
            guest=guest,
            school=caller.school,
            plans=plans,
            visit_id=new_visit,
            fault=fault,
            done=DONE.get(request.args.get("done", ""), ""),
        )


def _whys(moves: Sequence[Moved]) -> Mapping[str, str]:
    """The last reason for which something of each slot was returned."""
    return {move.slot: move.why for move in moves if move.deed is Deed.SEND_BACK}


def _plan(caller: Caller, one: Stands, whys: Mapping[str, str]) -> ShownPlan:
    found = total(one.slots)
    shown = [_slot(caller, s, whys) for s in one.slots if not s.left]
    waiting = missing(one.slots)
    urgent = [s for s in waiting if s.left > s.counts[Standing.NOT_YET]]
    urgent.sort(key=lambda s: not s.counts[Standing.RETURNED])
    done = found[Standing.RECEIVED] + found[Standing.SENT] + found[Standing.EXCUSED]
    return ShownPlan(
        key=one.edition.key,
        title=one.edition.about.short,
        counts=count_words(found),
        expected=sum(found.values()),
        done=done,
        open=[_slot(caller, s, whys) for s in urgent],
        later=[_slot(caller, s, whys) for s in waiting if s not in urgent],
        closed=shown,
    )


def _slot(caller: Caller, one: SlotStanding, whys: Mapping[str, str]) -> ShownSlot:
    slot, counts = one.slot, one.counts
    return ShownSlot(
        key=slot.key,
        name=name_of(slot),
        counts=count_words(counts),
        until=until_words(one, caller.guest.now),
        how=how_words(slot),
        unit=slot.owed.unit,
        clause="；".join(slot.clause),
        left=one.left,
        sent=counts[Standing.SENT],
        why=whys.get(slot.key, "") if counts[Standing.RETURNED] else "",
        is_urgent=bool(counts[Standing.RETURNED] or counts[Standing.OVERDUE]),
        takes_number=slot.owed.takes.value == "letter",
    )


def _count(said: str) -> int:
    if not (said.isdecimal() and 0 < int(said) <= MOST_AT_ONCE):
        raise Refused("數量要是1以上的整數，沒有記錄。請重新填寫。")
    return int(said)
