"""Renewal and year's end: certified teachers, too few nominations, consequences that are near."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot.collecting.standing import editions_taken
from bot.collecting.year_end import year_of
from bot.console.door import Backstage, Colleague, Door
from bot.model.staff_roles import MAY, Right

SIZE = 50


class YearEndViews:
    """The page of year's end."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def shown(self, colleague: Colleague) -> ResponseReturnValue:
        """The schools of one edition; what bites first stands in front."""
        with self._backstage.reading() as db:
            editions = editions_taken(db, colleague.channel_id, colleague.reader.edition)
            wanted = request.args.get("plan", "")
            edition = next((e for e in editions if e.key == wanted), None)
            edition = edition or next(iter(editions), None)
            rows = year_of(db, colleague.channel_id, edition, colleague.now) if edition else []
        page = max(0, request.args.get("page", 0, type=int))
        return render_template(
            "console/submissions/year_end.html",
            editions=editions,
            edition=edition,
            rows=rows[page * SIZE : (page + 1) * SIZE],
            near=sum(bool(one.threats) for one in rows),
            short=sum(bool(one.shortfalls) for one in rows),
            page=page,
            has_more=len(rows) > (page + 1) * SIZE,
            colleague=colleague,
        )


def add_year_end(door: Door, backstage: Backstage) -> None:
    """The page of year's end."""
    views = YearEndViews(backstage)
    door.add("/year-end", "year_end", views.shown, roles=MAY[Right.SEE])
