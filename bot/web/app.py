"""The HTTP side of the bot: the webhook, whether it is alive and ready, and a front door."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from flask import Blueprint, Flask, Response, jsonify, redirect, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from bot.counting.meter import Meter
from bot.errors import BadWebhook
from bot.line.inbound import destination_of, read_webhook
from bot.line.replies import Replies
from bot.log_lines import about
from bot.messages import Incoming, Outcome
from bot.model.channels import Channel
from bot.store.events import Owed
from bot.web.headers import hardener
from bot.web.metrics import MetricsPage, metrics

log = logging.getLogger(__name__)

# What the other rooms call them, which do not know Flask.
App = Flask
Room = Blueprint

LARGEST_BODY = 1_000_000
FRONT_DOOR = "師鐘：回答教師與學校計畫問題的 LINE 機器人。請在 LINE 裡問我。"


class Answerer(Protocol):
    """Whoever handles events (`Office`, `Rounds`)."""

    def respond(self, incoming: Incoming, received_at: datetime) -> Owed | None:
        """What must now be sent; None where nothing is to be said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """What the web needs of the rest of the house."""

    channel_to: Callable[[str], Channel]  # whom a call is for that names this account
    answerer: Answerer
    replies: Replies
    problems: Callable[[], list[str]]  # what keeps us from answering; empty: ready
    warnings: Callable[[], list[str]] = list  # what else is wrong
    meter: Meter = field(default_factory=Meter)
    counts: MetricsPage | None = None  # None: there is no /metrics
    now: Callable[[], datetime]  # the real clock: how long a reply token lives
    is_https: bool = False  # whether people reach us encrypted


def create_app(entrance: Entrance, rooms: Sequence[Room] = ()) -> App:
    """The app.

    Args:
        rooms: further pages; where a simulator is among them, the front door leads to it.
    """
    app = Flask("bot.web")
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    # Before the rooms' own: of those for the whole app the first one runs last.
    app.after_request(hardener(entrance.is_https))
    for room in rooms:
        app.register_blueprint(room)

    @app.post("/callback")
    def callback() -> AnyResponse:
        response = _take_webhook(entrance)
        # LINE keeps no logs for us, and asks for these.
        log.info("webhook from %s: %d", request.remote_addr, response.status_code)
        return response

    @app.get("/healthz")
    def healthz() -> AnyResponse:
        return _plain("ok")

    @app.get("/readyz")
    def readyz() -> AnyResponse:
        problems = entrance.problems()
        # A database that cannot be read is the problem; its warnings cannot be had.
        warnings = [] if problems else entrance.warnings()
        response = jsonify(ready=not problems, problems=problems, warnings=warnings)
        response.status_code = 503 if problems else 200
        return response

    if counts := entrance.counts:
        app.add_url_rule("/metrics", "metrics", lambda: metrics(counts))

    @app.get("/")
    def front_door() -> AnyResponse:
        if any(room.name == "simulator" for room in rooms):
            return redirect("/simulator", 302)
        return _plain(FRONT_DOOR)

    return app


def _take_webhook(entrance: Entrance) -> AnyResponse:
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        return _plain("too large", 413)
    received_at, since = entrance.now(), time.monotonic()
    signature = request.headers.get("x-line-signature")
    channel = entrance.channel_to(destination_of(body))
    try:
        incoming = read_webhook(body, signature, channel, received_at)
    except BadWebhook as err:
        log.warning("a webhook was refused: %s", err)
        entrance.meter.error("webhook", type(err).__name__)
        return _plain("bad request", 400)
    unkept = [event for event in incoming if not _answer(event, entrance, received_at, since)]
    # Only what could not even be written down may come again; LINE repeats on anything but 2xx.
    return _plain("try again", 503) if unkept else _plain("OK")


def _answer(event: Incoming, entrance: Entrance, received_at: datetime, since: float) -> bool:
    with about(event.event_id, event.channel_id):
        try:
            owed = entrance.answerer.respond(event, received_at)
        except Exception as err:  # the database is gone: the neighbours may still find it back
            log.exception("event could not be kept")
            entrance.meter.error("event", type(err).__name__)
            return False
        outcome = owed.answer.outcome if owed else Outcome.SILENT
        entrance.meter.event(event.kind.value, outcome.value, time.monotonic() - since)
        if owed is not None:
            entrance.replies.put(owed, since)
        return True


def _plain(text: str, status: int = 200) -> Response:
    return Response(text, status, mimetype="text/plain")
