"""One's own page: how far each track has come, reporting, taking back, choosing sessions."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot import ledger, own_work
from bot.answers.form_lines import papers_of
from bot.answers.own_progress import VOUCHED, deed_title
from bot.errors import AskAgain
from bot.model.deeds import Pick
from bot.own_work import Owner
from bot.pages.door import Backstage, Guest, let_guest_in
from bot.pages.own_forms import field, is_id, new_visit, read_report
from bot.pages.own_shown import sessions_ahead, shown_track
from bot.store import deeds
from bot.store.deeds import Entered

DONE = {
    "reported": "已記下。",
    "known": "這一項先前已經記過了，沒有重複記。",
    "undone": "已收回，不再計入進度。",
    "gone": "這一筆先前已經收回了。",
    "picked": "已選好場次。",
    "unpicked": "已取消這個場次。",
    "missed": "已記下沒有上到。還有場次的話，請在下面改選。",
    "settled": "已記下。",
    "stopped": "已取消這則提醒。",
    "muted": "這個日期不再提醒。",
    "not_there": "這個日期已經不在計畫裡了，沒有更動。",
    "preferred": "提醒方式已更新。",
    "calendar": "行事曆網址已建立，在下面。",
    "renewed": "已換成新的行事曆網址；先前的不能再用。",
    "erased": "已刪除您在師鐘的所有資料。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One thing of the history."""

    entered: Entered
    title: str
    vouched: str


class OwnViews:
    """The pages of progress and of history, and what is done on them."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def progress(self, token: str) -> ResponseReturnValue:
        """Every track that somebody follows."""
        return self._progress(let_guest_in(self._backstage, token))

    def history(self, token: str) -> ResponseReturnValue:
        """All that was ever reported on them, what was taken back too."""
        guest = let_guest_in(self._backstage, token)
        with self._backstage.engine.connect().execution_options(only_reads=True) as db:
            accounts = ledger.accounts_of(db, guest.channel_id, guest.user_id)
            found = ledger.standings_of(accounts, guest.reader.edition)
            rows = [(s, deeds.history(db, s.account.enrolment.id)) for s in found]
        tracks = [
            (s, [Past(entered=e, title=deed_title(s, e.deed), vouched=VOUCHED[e.deed.vouched])
                 for e in entered])
            for s, entered in rows
        ]  # fmt: skip
        return render_template(
            "pages/own_history.html", guest=guest, tracks=tracks, done=done_words()
        )

    def report(self, token: str) -> ResponseReturnValue:
        """Write down what was done; a form that is sent twice counts once."""

        def act(guest: Guest, owner: Owner) -> str:
            written = own_work.report(
                self._backstage.engine, owner, read_report(request.form), guest.now
            )
            return "known" if written.known and not written.new else "reported"

        return self._act(token, act)

    def undo(self, token: str) -> ResponseReturnValue:
        """Take one thing back; twice does no harm."""

        def act(guest: Guest, owner: Owner) -> str:
            deed_id = field(request.form, "deed")
            if not is_id(deed_id):
                abort(404)
            where = (self._backstage.engine, owner, _enrolment())
            return "undone" if own_work.undo(*where, deed_id, guest.now) else "gone"

        return self._act(token, act, "pages.own_history")

    def pick(self, token: str) -> ResponseReturnValue:
        """Choose a session, none after all, or note that it was missed."""

        def act(guest: Guest, owner: Owner) -> str:
            engine, form = self._backstage.engine, request.form
            wanted = Pick(
                requirement=field(form, "requirement"),
                part=field(form, "part"),
                session=field(form, "session"),
                missed=bool(form.get("missed")),
            )
            if not wanted.session and not form.get("none"):
                raise AskAgain("還沒有選場次，沒有更動。請先選一個場次再送出。")
            if form.get("none"):
                of = (wanted.requirement, wanted.part)
                own_work.unpick(engine, owner, _enrolment(), of, guest.now)
                return "unpicked"
            own_work.pick(engine, owner, _enrolment(), wanted, guest.now)
            return "missed" if wanted.missed else "picked"

        return self._act(token, act)

    def settle(self, token: str) -> ResponseReturnValue:
        """Keep which case somebody is."""

        def act(guest: Guest, owner: Owner) -> str:
            said = {
                name.removeprefix("facet-"): field(request.form, name)
                for name in request.form
                if name.startswith("facet-")
            }
            own_work.settle(self._backstage.engine, owner, _enrolment(), said, guest.now)
            return "settled"

        return self._act(token, act)

    def _act(
        self, token: str, act: Callable[[Guest, Owner], str], to: str = "pages.own"
    ) -> ResponseReturnValue:
        """What a form does, then the page; what is wrong is said on top of it."""
        guest = let_guest_in(self._backstage, token)
        try:
            done = act(guest, owner_of(self._backstage, guest))
        except AskAgain as err:
            return self._progress(guest, err.say), 400
        return redirect(url_for(to, token=token, done=done), 303)

    def _progress(self, guest: Guest, fault: str = "") -> str:
        reader = guest.reader
        with self._backstage.engine.connect().execution_options(only_reads=True) as db:
            accounts = ledger.accounts_of(db, guest.channel_id, guest.user_id)
        found = ledger.standings_of(accounts, reader.edition)
        editions = {s.edition.key: s.edition for s in found}
        with_forms = [one for one in editions.values() if papers_of(one)]
        return render_template(
            "pages/own.html",
            guest=guest,
            tracks=[shown_track(s, guest.now) for s in found],
            ahead=[line for s in found for line in sessions_ahead(s, guest.now)],
            with_forms=[(one, papers_of(one)) for one in with_forms],
            has_checks=any(one.checks for one in editions.values()),
            lost=len(accounts) - len(found),
            visit_id=new_visit,
            fault=fault,
            done=done_words(),
        )


def owner_of(backstage: Backstage, guest: Guest) -> Owner:
    """Whose page it is, for what is done on it."""
    return Owner(
        channel_id=guest.channel_id, user_id=guest.user_id, edition_of=guest.reader.edition
    )


def _enrolment() -> str:
    return field(request.form, "enrolment")


def done_words() -> str:
    """What was just done, by the address that led here; empty: nothing."""
    return DONE.get(request.args.get("done", ""), "")
