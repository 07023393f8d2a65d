"""What staff added to the plans: what is said now, what has expired, and taking one back."""

import re

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot import staff_work
from bot.pages.door import Backstage, Visit, let_in
from bot.readers import edition_of
from bot.store import staff_entries
from bot.store.staff_entries import Kept

ID = re.compile(r"[0-9a-f]{32}")


class EntryViews:
    """The page of supplements."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def listed(self, token: str) -> ResponseReturnValue:
        """Live ones, the next to expire first; then those that have expired."""
        visit = let_in(self._backstage, token)
        with self._backstage.engine.connect().execution_options(only_reads=True) as db:
            kept = staff_entries.not_withdrawn(db, visit.member.channel_id)
        kept.sort(key=lambda k: (k.expires_on, k.made_at, k.id))
        return render_template(
            "pages/entries.html",
            visit=visit,
            live=[(k, _plan(visit, k)) for k in kept if k.expires_on >= visit.today],
            over=[(k, _plan(visit, k)) for k in reversed(kept) if k.expires_on < visit.today],
            done=request.args.get("done", ""),
        )

    def withdraw(self, token: str, entry_id: str) -> ResponseReturnValue:
        """Take one back; doing it twice does no harm."""
        visit = let_in(self._backstage, token)
        if not ID.fullmatch(entry_id):
            abort(404)
        engine = self._backstage.engine
        done = staff_work.withdraw(engine, visit.member, entry_id, visit.now)
        said = "withdrawn" if done else "gone"
        return redirect(url_for("pages.entries", token=token, done=said), 303)


def _plan(visit: Visit, kept: Kept) -> str:
    found = edition_of(visit.reader, kept)
    return found.about.short if found else f"{kept.plan}（計畫未載入，暫不回答）"
