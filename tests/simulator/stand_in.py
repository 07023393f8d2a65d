"""A bot of a few lines that answers with fixed messages, so that the simulator is tested alone."""

import http.client
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, request
from werkzeug.serving import WSGIRequestHandler, make_server

from bot.clock import TAIPEI
from bot.simulator.page import blueprint
from bot.simulator.platform import Platform

DAYS = (
    ("甲計畫", datetime(2022, 6, 15, 9, 0, tzinfo=TAIPEI)),
    ("乙計畫", datetime(2017, 9, 20, 9, 0, tzinfo=TAIPEI)),
)

Message = dict[str, Any]
Answering = Callable[[dict[str, Any]], list[Message]]  # one event → what is said to it


def call(base: str, path: str, body: Any, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """POSTs JSON to LINE_API_BASE + path; gives status and answer."""
    parts = urlsplit(base + path)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    try:
        connection.request("POST", parts.path, raw, {"Content-Type": "application/json"} | headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read() or b"{}")
    finally:
        connection.close()


class Quiet(WSGIRequestHandler):
    """Keeps the tests' output free of a line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Says nothing."""


@contextmanager
def running(platform: Platform, answering: Answering) -> Iterator[str]:
    """The simulator with this bot behind it; gives the address of both."""
    app = Flask("stand_in")
    base = {"url": ""}

    @app.post("/callback")
    def callback() -> str:
        body = request.get_json()
        for event in body["events"]:
            messages = answering(event)
            if messages:
                bearer = {"Authorization": f"Bearer {platform.account.token}"}
                sent = {"replyToken": event["replyToken"], "messages": messages}
                call(f"{base['url']}/simulator/line", "/v2/bot/message/reply", sent, bearer)
        return "OK"

    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    base["url"] = f"http://127.0.0.1:{server.server_port}"
    app.register_blueprint(blueprint(platform, webhook_url=f"{base['url']}/callback", days=DAYS))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield base["url"]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def text(words: str, *quick: Message) -> Message:
    """A text message, with quick replies if there are any."""
    message: Message = {"type": "text", "text": words}
    if quick:
        message["quickReply"] = {"items": [{"type": "action", "action": one} for one in quick]}
    return message


def component(words: str, **look: Any) -> Message:
    """A text component."""
    return {"type": "text", "text": words, "wrap": True, **look}


def button(label: str, action: Message, **look: Any) -> Message:
    """A button component."""
    return {"type": "button", "height": "sm", "action": {"label": label, **action}, **look}


def bubble(lead: str, *buttons: Message, **more: Any) -> Message:
    """A bubble with a coloured header, a body and perhaps buttons."""
    made: Message = {
        "type": "bubble",
        "header": {
            "type": "box",
            "layout": "vertical",
            "backgroundColor": "#0B8F6A",
            "paddingAll": "12px",
            "contents": [component("測試計畫", size="sm", color="#FFFFFF", weight="bold")],
        },
        "body": {
            "type": "box",
            "layout": "vertical",
            "spacing": "md",
            "contents": [
                component(lead, size="lg", weight="bold"),
                {"type": "separator"},
                component("依據：壹、一", size="xs", color="#888888"),
            ],
        },
        **more,
    }
    if buttons:
        made["footer"] = {
            "type": "box", "layout": "vertical", "spacing": "sm", "contents": list(buttons),
        }  # fmt: skip
    return made


def flex(contents: Message, alt: str = "測試卡片") -> Message:
    """A Flex message of this bubble or carousel."""
    return {"type": "flex", "altText": alt, "contents": contents}
