"""The calendar that phones subscribe to: whoever has its key reads it, and nothing else."""

import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from bot import ledger, own_work
from bot.answers.calendar_lines import HOW_TO
from bot.later import later
from bot.model.calendar import CalendarEvent
from bot.own_work import Owner
from bot.pages.door import Backstage, harden
from bot.pages.own_data_views import stretches_wished
from bot.rules.own_dates import calendar_of, unique
from bot.store import calendar_keys, wishes
from bot.turns import Turns
from bot.understand.reader import Reader

if TYPE_CHECKING:
    from bot.papers import calendar
else:
    calendar = later("bot.papers.calendar")

_KEY = re.compile(r"[\w-]{16,64}", re.ASCII)
FILE = "shizhong.ics"
# Phones look every few hours; this is for one that has gone astray.
MOST_TURNS, WITHIN_S = 30, 300.0
SHORTEST_S = 300  # a phone may show what it fetched that long without asking
GOOGLE = "https://calendar.google.com/calendar/r?cid="


def calendar_room(backstage: Backstage) -> Blueprint:
    """The address of calendars; it stands beside the pages, because its key does not expire."""
    made = Blueprint("calendar", __name__, url_prefix="/calendar", template_folder="templates")
    turns = Turns(MOST_TURNS, WITHIN_S)

    @made.get("/<key>.ics")
    def one(key: str) -> ResponseReturnValue:
        reader, owner = _owner(backstage, key)
        wait_s = turns.wait_s(key)
        if wait_s:
            return Response("try later", 429, {"Retry-After": str(wait_s)}, mimetype="text/plain")
        return _calendar(backstage, reader, owner)

    @made.get("/<key>")
    def page(key: str) -> ResponseReturnValue:
        _owner(backstage, key)
        return _page(backstage.links.calendar(key))

    made.after_request(_hardened)
    return made


def _hardened(response: Response) -> Response:
    hardened = harden(response)
    if hardened.headers.get("ETag"):
        # Not no-store: what a phone has of it, it need not fetch once more.
        hardened.headers["Cache-Control"] = f"private, max-age={SHORTEST_S}, must-revalidate"
    return hardened


def _owner(backstage: Backstage, key: str) -> tuple[Reader, Owner]:
    """Whose calendar it is, and the plans of their channel; 404 where it is nobody's."""
    if not _KEY.fullmatch(key):
        abort(404)
    with backstage.engine.connect().execution_options(only_reads=True) as db:
        channel_id, user_id = calendar_keys.whose(db, key) or abort(404)
    reader = backstage.reader_of(channel_id) or abort(404)
    return reader, Owner(channel_id=channel_id, user_id=user_id, edition_of=reader.edition)


def _calendar(backstage: Backstage, reader: Reader, owner: Owner) -> Response:
    events = _events(backstage, reader, owner)
    said = own_work.say_calendar(backstage.engine, owner, events, backstage.now())
    content = calendar.make_calendar(said)
    sent = {"Content-Disposition": f'inline; filename="{FILE}"'}
    response = Response(content, content_type=f"{calendar.MEDIA_TYPE}; charset=utf-8", headers=sent)
    response.set_etag(hashlib.sha256(content).hexdigest()[:32])
    response.make_conditional(request)
    return response


def _events(backstage: Backstage, reader: Reader, owner: Owner) -> list[CalendarEvent]:
    """What is in this person's calendar as of now."""
    with backstage.engine.connect().execution_options(only_reads=True) as db:
        accounts = ledger.accounts_of(db, owner.channel_id, owner.user_id)
        wished = wishes.of_person(db, owner.channel_id, owner.user_id)
    found = ledger.standings_of(accounts, reader.edition)
    stretches = [s for one in found for s in calendar_of(one)]
    stretches += [s for wish in wished for s in stretches_wished(reader, wish)]
    return [calendar.event_of(stretch) for stretch in unique(stretches)]


def _page(address: str) -> str:
    parts = urlsplit(address)
    subscribed = parts._replace(scheme="webcal").geturl()
    return render_template(
        "pages/calendar.html",
        address=address,
        apple=subscribed,
        google=GOOGLE + quote(subscribed, safe=""),
        how_to=HOW_TO,
        hours=int(calendar.FRESH_FOR.total_seconds()) // 3600,
    )
