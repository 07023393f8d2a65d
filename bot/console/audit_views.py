"""The audit: who changed what, and how it was before and after."""

from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot.console.audit_shown import shown
from bot.console.door import Backstage, Colleague, Door
from bot.model.staff_roles import MAY, Right
from bot.store import audit
from bot.store.audit import Wanted

PAGE = 50
MOST_PAGES = 10_000
LONGEST = 254


class AuditViews:
    """The page of the audit."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def listed(self, colleague: Colleague) -> ResponseReturnValue:
        """The changes, newest first; of one person or one day where that is asked for."""
        page = max(0, min(request.args.get("page", 0, type=int) or 0, MOST_PAGES))
        day, fault = _day(request.args.get("day", ""))
        who = request.args.get("who", "")[:LONGEST]
        with self._backstage.reading() as db:
            wanted = Wanted(actor=who, day=day, page=page, size=PAGE)
            found = audit.listed(db, colleague.channel_id, wanted)
            rows = shown(db, colleague.channel_id, found[:PAGE], colleague.reader)
            everybody = audit.actors(db, colleague.channel_id)
        return render_template(
            "console/audit.html",
            rows=rows,
            everybody=everybody,
            who=who,
            day=day.isoformat() if day else "",
            fault=fault,
            page=page,
            has_more=len(found) > PAGE,
        )


def add_audit(door: Door, backstage: Backstage) -> None:
    """The page of the audit."""
    door.add("/audit", "audit", AuditViews(backstage).listed, roles=MAY[Right.MANAGE])


def _day(text: str) -> tuple[date | None, str]:
    """The day that an address names, and what is wrong with it."""
    if not text:
        return None, ""
    try:
        return date.fromisoformat(text), ""
    except ValueError:
        return None, "日期看不懂，已列出所有日期：請用像 2026-06-15 的寫法。"
