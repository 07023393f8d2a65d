"""The HTTP side of the bot: the webhook, whether it is alive and ready, the rooms, a front door."""

from collections.abc import Sequence

from flask import Blueprint, Flask, jsonify, redirect
from werkzeug.wrappers import Response as AnyResponse

from bot.web.entrance import Entrance
from bot.web.headers import hardener
from bot.web.metrics import metrics
from bot.web.webhook import LARGEST_BODY, Webhook, plain

# What the other rooms call them, which do not know Flask.
App = Flask
Room = Blueprint

FRONT_DOOR = "師鐘：回答教師與學校計畫問題的 LINE 機器人。請在 LINE 裡問我。"


def create_app(entrance: Entrance, rooms: Sequence[Room] = ()) -> App:
    """The app.

    Args:
        rooms: further pages; where a simulator is among them, the front door leads to it.
    """
    app = Flask("bot.web")
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    # Before the rooms' own: of those for the whole app the first one runs last.
    harden = hardener(entrance.is_https)
    app.after_request(harden)
    for room in rooms:
        app.register_blueprint(room)

    @app.get("/healthz")
    def healthz() -> AnyResponse:
        return plain("ok")

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
        return plain(FRONT_DOOR)

    app.wsgi_app = Webhook(entrance, app.wsgi_app, harden)  # type: ignore[method-assign, assignment]
    return app
