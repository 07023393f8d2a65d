"""The first page: what waits, what is stuck, how far the quota reaches, when the clock ticked."""

from datetime import datetime, timedelta

from flask import render_template
from flask.typing import ResponseReturnValue

from bot.answers.quota_words import outlook_words
from bot.console.door import Backstage, Colleague, Door, to
from bot.model.staff_roles import ANYONE
from bot.store.overview import overview
from bot.store.tables import OutboxState

LATE = timedelta(minutes=10)  # without a tick: the worker is not running
STATES = {
    OutboxState.WAITING: "等候送出",
    OutboxState.SENDING: "送出中",
    OutboxState.HELD: "則數不足，先留著",
    OutboxState.DEAD: "送不出去",
    OutboxState.UNCERTAIN: "不確定是否送達",
}
STUCK = frozenset({OutboxState.HELD, OutboxState.DEAD, OutboxState.UNCERTAIN})


class TodayViews:
    """The first page."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def today(self, colleague: Colleague) -> ResponseReturnValue:
        """How everything stands."""
        with self._backstage.reading() as db:
            found = overview(db, colleague.channel_id, colleague.now)
        outlook = found.quota
        left = None if outlook.most is None else max(0, outlook.most - outlook.used)
        return render_template(
            "console/today.html",
            colleague=colleague,
            found=found,
            states=[(state, STATES[state], n, state in STUCK) for state, n in found.outbox.items()],
            left=left,
            outlook_lines=outlook_words(outlook.held, outlook.runs_out_on),
            is_late=_is_late(found.planned_at, colleague.now),
        )

    def home(self, colleague: Colleague) -> ResponseReturnValue:
        """The address with a slash at its end leads to the one without."""
        return to("today")


def add_today(door: Door, backstage: Backstage) -> None:
    """The first page."""
    views = TodayViews(backstage)
    door.add("", "today", views.today, roles=ANYONE)
    door.add("/", "home", views.home, roles=ANYONE)


def _is_late(planned_at: datetime | None, now: datetime) -> bool:
    return planned_at is None or now - planned_at > LATE
