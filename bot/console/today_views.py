"""The first page: what waits, what is stuck, how far the quota reaches, when the clock ticked."""

from datetime import datetime, timedelta

from flask import render_template
from flask.typing import ResponseReturnValue

from bot.answers.quota_words import outlook_words
from bot.console.delivery_words import STATES
from bot.console.door import Backstage, Colleague, Door, to
from bot.console.question_views import LOOKS
from bot.console.quota_chart import chart_of
from bot.model.edition import Edition
from bot.model.staff_roles import ANYONE
from bot.rules.dates import Found, falling_on
from bot.store.overview import overview
from bot.store.tables import OutboxState

WEEK = timedelta(days=6)
LATE = timedelta(minutes=10)  # without a tick: the worker is not running
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
            week=self._week(colleague),
            looks=[(look, LOOKS[look], n) for look, n in found.to_look_at.items()],
            chart=chart_of(outlook.used, outlook.most, found.needed, colleague.today),
            is_late=_is_late(found.planned_at, colleague.now),
        )

    def _week(self, colleague: Colleague) -> list[tuple[Edition, list[Found]]]:
        """What falls on the next seven days, by plan."""
        last = colleague.today + WEEK
        editions = colleague.reader.library.editions
        found = falling_on(editions, colleague.today, last)
        keys = dict.fromkeys(one.edition.key for one in found)
        plans = [[one for one in found if one.edition.key == key] for key in keys]
        return [(those[0].edition, those) for those in plans]

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
