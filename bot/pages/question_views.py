"""The log: what people asked, what was said, and why."""

import re
from datetime import UTC, datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot.messages import Outcome
from bot.pages.door import Backstage, let_in
from bot.shown_questions import OUTCOMES, shown
from bot.store import questions
from bot.store.questions import Mark

FILTERS = (Outcome.UNKNOWN, Outcome.ASKED, Outcome.ANSWERED)
_EVENT = re.compile(r"[\w-]{1,64}")


class QuestionViews:
    """The page of logged questions."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def listed(self, token: str) -> ResponseReturnValue:
        """The newest questions, or those before a mark; all, or those of one outcome."""
        visit = let_in(self._backstage, token)
        outcome = _outcome(request.args.get("outcome", ""))
        before = _mark(request.args.get("before", ""))
        channel = visit.member.channel_id
        with self._backstage.engine.connect().execution_options(only_reads=True) as db:
            page = questions.recent(db, channel, outcome, before)
            counts = questions.count_by_outcome(db, channel)
            rows = shown(db, channel, visit.reader, page.questions)
        return render_template(
            "pages/questions.html",
            visit=visit,
            rows=rows,
            outcome=outcome,
            filters=[(o, OUTCOMES[o], counts.get(o, 0)) for o in FILTERS],
            total=sum(counts.values()),
            older=_written(page.older) if page.older else "",
            is_first=before is None,
        )


def _outcome(name: str) -> Outcome | None:
    return next((o for o in FILTERS if o.value == name), None)


def _mark(written: str) -> Mark | None:
    """The mark that an address holds; a broken one shows the newest."""
    at, _, event_id = written.partition("~")
    try:
        instant = datetime.fromisoformat(at)
        if not instant.tzinfo or not _EVENT.fullmatch(event_id):
            return None
        return Mark(instant.astimezone(UTC), event_id)
    except (ValueError, OverflowError):  # no such day, or none in UTC: before the year 1
        return None


def _written(mark: Mark) -> str:
    return f"{mark.asked_at.isoformat()}~{mark.event_id}"
