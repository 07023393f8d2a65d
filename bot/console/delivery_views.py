"""Messages on their way: what waits, is held back, failed or is uncertain; again, or voided."""

from datetime import datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot.console.delivery_words import KINDS, STATES, reason_words, steps_of
from bot.console.doing import doer_of, page_of
from bot.console.door import Backstage, Colleague, Door, to
from bot.console_work import deliveries as deeds
from bot.model.staff_roles import MAY, Right
from bot.shown_questions import said_lines
from bot.store import deliveries
from bot.store.deliveries import Wanted
from bot.store.people import alias
from bot.store.tables import OutboxState

PAGE = 50
LONGEST = 500
STUCK = (OutboxState.DEAD, OutboxState.UNCERTAIN, OutboxState.HELD)
DONE = {
    "again": "已排入重送，下一輪就會送出。",
    "void": "已作廢，不會送出。",
    "none": "沒有可以更動的訊息：可能狀態剛剛變了，或已經過了有用的時間。",
    "gone": "找不到這則訊息，可能收件人已刪除自己的資料。",
}


class DeliveryViews:
    """The pages of messages on their way."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def listed(self, colleague: Colleague) -> ResponseReturnValue:
        """Messages in one state, with the reasons why."""
        state = _state(request.args.get("state", "")) or OutboxState.DEAD
        error = request.args.get("error", "")[:LONGEST]
        page = page_of(request.args.get("page"))
        with self._backstage.reading() as db:
            counts = deliveries.counts(db, colleague.channel_id)
            reasons = deliveries.reasons(db, colleague.channel_id, state)
            wanted = Wanted(state=state, error=error, page=page, size=PAGE)
            found = deliveries.listed(db, colleague.channel_id, wanted)
        return render_template(
            "console/delivery.html",
            state=state,
            states=[(one, STATES[one], counts[one], one in STUCK) for one in STATES],
            reasons=[(one, reason_words(one.error)) for one in reasons],
            rows=[(one, alias(one.user_id), first_line(one)) for one in found[:PAGE]],
            kinds=KINDS,
            error=error,
            page=page,
            has_more=len(found) > PAGE,
            may_deliver=colleague.role in MAY[Right.DELIVER],
            may_send_again=deliveries.may_send_again(state),
            may_void=deliveries.may_void(state),
            now=colleague.now,
            done=_done(),
        )

    def one(self, colleague: Colleague, row_id: str) -> ResponseReturnValue:
        """One message with its history."""
        with self._backstage.reading() as db:
            found = deliveries.find(db, colleague.channel_id, row_id)
        if found is None:
            return to("delivery", done="gone")
        return render_template(
            "console/message.html",
            message=found,
            who=alias(found.user_id),
            state=STATES[found.state],
            kind=KINDS[found.kind],
            why=reason_words(found.error) if found.error else "",
            said=said_lines(found.answer),
            steps=[(datetime.fromisoformat(step.at), step) for step in steps_of(found.history)],
            is_over=found.expires_at <= colleague.now,
            may_deliver=colleague.role in MAY[Right.DELIVER],
            may_send_again=deliveries.may_send_again(found.state),
            may_void=deliveries.may_void(found.state),
            done=_done(),
        )

    def again(self, colleague: Colleague, row_id: str) -> ResponseReturnValue:
        """Send one once more."""
        deeds.send_again(doer_of(self._backstage, colleague), row_id)
        return to("message", row_id=row_id, done="again")

    def void(self, colleague: Colleague, row_id: str) -> ResponseReturnValue:
        """Never send one."""
        why = request.form.get("why", "")
        deeds.void(doer_of(self._backstage, colleague), row_id, why)
        return to("message", row_id=row_id, done="void")

    def again_all(self, colleague: Colleague) -> ResponseReturnValue:
        """Send all of one reason once more."""
        state, error = _of_form()
        count = deeds.send_all_again(doer_of(self._backstage, colleague), state, error)
        return to("delivery", state=state.value, done="again" if count else "none")

    def void_all(self, colleague: Colleague) -> ResponseReturnValue:
        """Never send any of one reason."""
        state, error = _of_form()
        why = request.form.get("why", "")
        count = deeds.void_all(doer_of(self._backstage, colleague), state, error, why)
        return to("delivery", state=state.value, done="void" if count else "none")


def first_line(message: deliveries.Delivery) -> str:
    """What a message begins with, cut for a list."""
    said = next(iter(said_lines(message.answer)), "")
    return said if len(said) <= 60 else f"{said[:60]}…"


def add_delivery(door: Door, backstage: Backstage) -> None:
    """The pages of messages on their way."""
    views, may = DeliveryViews(backstage), MAY[Right.DELIVER]
    one = "/delivery/<row_id>"
    door.add("/delivery", "delivery", views.listed, roles=MAY[Right.SEE])
    door.add(one, "message", views.one, roles=MAY[Right.SEE])
    door.add(f"{one}/again", "message_again", views.again, roles=may, post=True)
    door.add(f"{one}/void", "message_void", views.void, roles=may, post=True)
    door.add("/delivery/again", "messages_again", views.again_all, roles=may, post=True)
    door.add("/delivery/void", "messages_void", views.void_all, roles=may, post=True)


def _state(text: str) -> OutboxState | None:
    return next((one for one in STATES if one.value == text), None)


def _of_form() -> tuple[OutboxState, str]:
    state = _state(request.form.get("state", ""))
    return state or OutboxState.DEAD, request.form.get("error", "")


def _done() -> str:
    return DONE.get(request.args.get("done", ""), "")
