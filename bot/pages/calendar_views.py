"""The calendar that phones subscribe to: whoever has its key reads it, and nothing else."""

import re

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from bot import ledger
from bot.pages.door import Backstage, harden
from bot.pages.own_data_views import stretches_wished
from bot.papers.calendar import MEDIA_TYPE, make_calendar
from bot.rules.own_dates import calendar_of, unique
from bot.store import calendar_keys, wishes

_KEY = re.compile(r"[\w-]{16,64}")
FILE = "shizhong.ics"


def calendar_room(backstage: Backstage) -> Blueprint:
    """The address of calendars; it stands beside the pages, because its key does not expire."""
    made = Blueprint("calendar", __name__, url_prefix="/calendar")

    @made.get("/<key>.ics")
    def one(key: str) -> ResponseReturnValue:
        return _calendar(backstage, key)

    made.after_request(harden)
    return made


def _calendar(backstage: Backstage, key: str) -> ResponseReturnValue:
    if not _KEY.fullmatch(key):
        abort(404)
    reader = backstage.reader
    with backstage.engine.connect().execution_options(only_reads=True) as db:
        whose = calendar_keys.whose(db, key) or abort(404)
        accounts = ledger.accounts_of(db, *whose)
        wished = wishes.of_person(db, *whose)
    found = ledger.standings_of(accounts, reader.edition)
    stretches = [s for one in found for s in calendar_of(one)]
    stretches += [s for wish in wished for s in stretches_wished(reader, wish)]
    content = make_calendar(unique(stretches), backstage.now())
    sent = {"Content-Disposition": f'inline; filename="{FILE}"'}
    return Response(content, content_type=f"{MEDIA_TYPE}; charset=utf-8", headers=sent)
