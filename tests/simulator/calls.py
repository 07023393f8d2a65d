"""Calls of a bot's to a platform, without HTTP between them."""

import json
from typing import Any

from bot.simulator.people import Persona
from bot.simulator.platform import Platform
from bot.simulator.wire import Request, Response
from tests.simulator.stand_in import text

WANG, LIN = Persona("王老師", "國中教師"), Persona("林組長", "國小承辦")
STRANGER = "U" + "0" * 32


class Seconds:
    """Time that passes when the test says so."""

    def __init__(self) -> None:
        self.passed = 1000.0

    def __call__(self) -> float:
        return self.passed


def ask(
    platform: Platform, path: str, body: Any = None, *, method: str = "POST", **headers: str
) -> Response:
    """The platform's answer to one call of the bot's."""
    given = {
        "authorization": f"Bearer {platform.account.token}",
        "content-type": "application/json; charset=utf-8",
    }
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    raw = b"" if body is None else json.dumps(body).encode()
    return platform.answer(Request.of(method, path, given, raw))


def get(platform: Platform, path: str) -> Any:
    """The body of a GET."""
    return ask(platform, path, method="GET").body


def reply(platform: Platform, token: str, **headers: str) -> Response:
    """Answers an event with a text."""
    body = {"replyToken": token, "messages": [text("好的")]}
    return ask(platform, "/v2/bot/message/reply", body, **headers)


def push(platform: Platform, to: str, **headers: str) -> Response:
    """Pushes a text to one chat."""
    return ask(platform, "/v2/bot/message/push", {"to": to, "messages": [text("提醒")]}, **headers)


def body_of(response: Response) -> dict[str, Any]:
    """The JSON of the answer."""
    assert isinstance(response.body, dict)
    return response.body


def said(response: Response) -> tuple[int, str]:
    """Status and message."""
    return response.status, body_of(response).get("message", "")
