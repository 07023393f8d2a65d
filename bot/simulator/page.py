"""The simulator's web page, and the address at which the bot finds LINE. Flask ends here."""

import json
from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from bot.simulator.api import Api, Unfit
from bot.simulator.people import SAMPLE_PEOPLE, Persona
from bot.simulator.phone import Phone
from bot.simulator.platform import Platform
from bot.simulator.server import payload
from bot.simulator.wire import Request

LINE_PATH = "/line"  # below the blueprint: LINE_API_BASE is …/simulator/line
GROUP_NAME = "校內教師群組"

# Nothing but our own files runs here; a card's pictures may come from anywhere over HTTPS.
CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' https: data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    )
)


def blueprint(
    platform: Platform,
    people: Sequence[Persona] = SAMPLE_PEOPLE,
    *,
    webhook_url: str,
    days: Sequence[tuple[str, datetime]] = (),
) -> Blueprint:
    """The page under /simulator; gives Flask everything that it needs to serve it.

    Args:
        people: whom one can speak as; they are added to the platform.
        webhook_url: the bot's /callback, called with the platform's channel secret.
        days: buttons for days worth trying: label, aware instant.
    """
    for persona in people:
        platform.chats.add(persona)
    platform.chats.add_group(GROUP_NAME)
    phone = Phone(platform, webhook_url)
    platform.lookups.webhook_url = webhook_url
    platform.lookups.test_webhook = phone.test
    views = _Views(platform, Api(platform, phone, days))
    made = Blueprint(
        "simulator",
        __name__,
        url_prefix="/simulator",
        static_folder="static",
        template_folder="templates",
    )
    made.add_url_rule("", "page", views.page, strict_slashes=False)
    made.add_url_rule("/api/feed", "feed", views.feed)
    made.add_url_rule("/api/menu/<menu_id>", "menu", views.menu)
    made.add_url_rule("/menu/<menu_id>", "menu_picture", views.menu_picture)
    made.add_url_rule("/api/do", "do", views.do, methods=["POST"])
    made.add_url_rule(
        f"{LINE_PATH}/<path:path>", "line", views.line, methods=["GET", "POST", "PUT", "DELETE"]
    )
    made.after_request(_harden)
    return made


class _Views:
    def __init__(self, platform: Platform, api: Api) -> None:
        self.platform = platform
        self.api = api

    def page(self) -> ResponseReturnValue:
        return render_template("simulator.html", account=self.platform.account)

    def feed(self) -> ResponseReturnValue:
        after = request.args.get("after", 0, type=int)
        found = self.api.feed(after, request.args.get("wait", 0.0, type=float))
        # Not jsonify: it sorts keys, and the record shows bodies as they were written.
        return Response(json.dumps(found, ensure_ascii=False), content_type="application/json")

    def do(self) -> ResponseReturnValue:
        # Only JSON is taken: a form on a foreign page cannot send that without being asked first.
        asked = request.get_json(silent=True) if request.is_json else None
        if not isinstance(asked, dict):
            return jsonify(message="模擬器只收 JSON。"), 415
        try:
            self.api.do(asked)
        except Unfit as reason:
            return jsonify(message=str(reason)), 400
        return jsonify(ok=True)

    def menu(self, menu_id: str) -> ResponseReturnValue:
        found = self.platform.menus.made.get(menu_id)
        return jsonify(found) if found else (jsonify(message="這份選單已經換掉了。"), 404)

    def menu_picture(self, menu_id: str) -> ResponseReturnValue:
        found = self.platform.menus.pictures.get(menu_id)
        return Response(found[0], content_type=found[1]) if found else ("", 404)

    def line(self, path: str) -> ResponseReturnValue:
        whole = f"/{path}?{request.query_string.decode(errors='replace')}"
        asked = Request.of(request.method, whole, dict(request.headers), request.get_data())
        answer = self.platform.answer(asked)
        data, content_type = payload(answer)
        return Response(data, answer.status, answer.headers, content_type=content_type)


def _harden(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = CSP
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
