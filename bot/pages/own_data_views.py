"""One's own reminders, calendar and data: shown, stopped, renewed, taken along, erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot import own_work
from bot.answers.data_words import row_words, table_title
from bot.answers.own_lines import WHAT_GOES
from bot.answers.wish_lines import title_of, wish_facts
from bot.clock import minute_words
from bot.errors import AskAgain
from bot.pages.door import Backstage, Guest, let_guest_in
from bot.pages.own_coming import shown_days
from bot.pages.own_forms import field
from bot.pages.own_mail_views import SAID, shown_mail
from bot.pages.own_views import done_words, owner_of
from bot.pages.reminder_form import read_preferences, shown_preferences
from bot.reminders.follows import wished_stretches
from bot.rules.notices import Stretch
from bot.store import calendar_keys, export, follows, preferences, traces, wishes
from bot.store.follows import Follow
from bot.store.wishes import Wish
from bot.understand.reader import Reader

MOST_ROWS = 50  # of a table, on the page; the file has all
FILE = "shizhong-my-data.json"
GONE = "計畫裡已經沒有這個日期了。"

MOST_LISTED = 60
MOST_AHEAD = 200  # instants that are looked at: more than anybody reads


@dataclass(frozen=True, slots=True, kw_only=True)
class Wished:
    """One reminder."""

    wish: Wish
    title: str
    plan: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The rows of one table."""

    title: str
    count: int
    rows: list[list[tuple[str, str]]]


class OwnDataViews:
    """The pages of reminders, calendar and data."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def dates(self, token: str) -> ResponseReturnValue:
        """What somebody is to be reminded of, how, and their calendar."""
        return self._dates(let_guest_in(self._backstage, token))

    def prefer(self, token: str) -> ResponseReturnValue:
        """Be reminded as the form says; what cannot be is said on top of the page."""
        guest = let_guest_in(self._backstage, token)
        owner = owner_of(self._backstage, guest)
        try:
            wanted = read_preferences(request.form)
            own_work.prefer(self._backstage.engine, owner, wanted, guest.now)
        except AskAgain as err:
            return self._dates(guest, err.say), 400
        return redirect(url_for("pages.own_dates", token=token, done="preferred"), 303)

    def _dates(self, guest: Guest, fault: str = "") -> str:
        with self._reading() as db:
            kept = wishes.of_person(db, guest.channel_id, guest.user_id)
            key = calendar_keys.find(db, guest.channel_id, guest.user_id)
            wanted = preferences.of_person(db, guest.channel_id, guest.user_id)
            ahead = follows.coming(db, guest.channel_id, guest.user_id, guest.now, MOST_AHEAD)
        return render_template(
            "pages/own_dates.html",
            guest=guest,
            fault=fault,
            form=shown_preferences(wanted),
            days=shown_days(guest.reader, ahead[:MOST_LISTED], guest.now),
            wished=[_wished(guest.reader, wish, ahead, guest.now) for wish in kept],
            calendar=self._backstage.links.calendar(key) if key else "",
            mail=shown_mail(self._backstage, guest),
            done=done_words() or SAID.get(request.args.get("done", ""), ""),
        )

    def stop(self, token: str) -> ResponseReturnValue:
        """Be reminded of a date no longer; twice does no harm."""
        guest = let_guest_in(self._backstage, token)
        named = {name: field(request.form, name) for name in Wish.__dataclass_fields__}
        owner = owner_of(self._backstage, guest)
        own_work.stop_wish(self._backstage.engine, owner, Wish(**named), guest.now)
        return redirect(url_for("pages.own_dates", token=token, done="stopped"), 303)

    def mute(self, token: str) -> ResponseReturnValue:
        """Be reminded of one date of the list no longer; twice does no harm."""
        guest = let_guest_in(self._backstage, token)
        owner, key = owner_of(self._backstage, guest), field(request.form, "stretch")
        done = (
            "muted" if own_work.mute(self._backstage.engine, owner, key, guest.now) else "not_there"
        )
        return redirect(url_for("pages.own_dates", token=token, done=done), 303)

    def calendar(self, token: str) -> ResponseReturnValue:
        """Make the address of one's calendar, or a new one."""
        guest = let_guest_in(self._backstage, token)
        owner = owner_of(self._backstage, guest)
        with self._reading() as db:
            is_new = not calendar_keys.find(db, guest.channel_id, guest.user_id)
        own_work.renew_calendar(self._backstage.engine, owner, guest.now)
        done = "calendar" if is_new else "renewed"
        return redirect(url_for("pages.own_dates", token=token, done=done), 303)

    def data(self, token: str) -> ResponseReturnValue:
        """All that is kept about somebody, the newest of each first."""
        guest = let_guest_in(self._backstage, token)
        parts = [
            Part(
                title=table_title(name),
                count=len(rows),
                rows=[row_words(r) for r in rows[:MOST_ROWS]],
            )
            for name, rows in self._all(guest).items()
        ]
        said = {"guest": guest, "parts": parts, "done": done_words()}
        return render_template("pages/own_data.html", **said)

    def export(self, token: str) -> ResponseReturnValue:
        """The same as a file."""
        guest = let_guest_in(self._backstage, token)
        with self._reading() as db:
            text = export.written(db, guest.channel_id, guest.user_id, guest.now)
        sent = {"Content-Disposition": f'attachment; filename="{FILE}"'}
        return Response(text, mimetype="application/json", headers=sent)

    def erase(self, token: str) -> ResponseReturnValue:
        """Asks whether all is really to be erased; where that is ticked, erases it."""
        guest = let_guest_in(self._backstage, token)
        if request.method == "GET":
            return render_template("pages/own_erase.html", guest=guest, goes=WHAT_GOES)
        if not request.form.get("sure"):
            fault = "還沒有刪除任何資料。請先勾選「我知道刪除之後無法復原」。"
            page = render_template("pages/own_erase.html", guest=guest, goes=WHAT_GOES, fault=fault)
            return page, 400
        own_work.erase(self._backstage.engine, owner_of(self._backstage, guest), guest.now)
        return redirect(url_for("pages.own_data", token=token, done="erased"), 303)

    def _all(self, guest: Guest) -> dict[str, list[dict[str, Any]]]:
        with self._reading() as db:
            return traces.all_of(db, guest.channel_id, guest.user_id)

    def _reading(self) -> Connection:
        return self._backstage.engine.connect().execution_options(only_reads=True)


def stretches_wished(reader: Reader, wish: Wish) -> list[Stretch]:
    """What of the plans a wish is about; nothing where they have it no more."""
    return wished_stretches(reader.edition, wish)


def _wished(reader: Reader, wish: Wish, ahead: Sequence[Follow], now: datetime) -> Wished:
    found = stretches_wished(reader, wish)
    keys = {stretch.key for stretch in found}
    told = [minute_words(f.at) for f in ahead if f.stretch in keys]
    when = (f"{'、'.join(told)}提醒",) if told else ()
    return Wished(
        wish=wish,
        title=title_of(found[0]) if found else GONE,
        plan=found[0].edition.about.short if found else "",
        facts=(*wish_facts(found, now), *when),
    )
