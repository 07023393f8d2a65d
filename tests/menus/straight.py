"""The client of menus without HTTP between it and the platform: for tests of many runs."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from bot.line.menus import JSON, MenuClient
from bot.line.refused import message_of, refusal
from bot.simulator.platform import Platform
from bot.simulator.server import payload
from bot.simulator.wire import Request


class Straight(MenuClient):
    """Hands each call to this platform."""

    def __init__(self, account: Platform) -> None:
        super().__init__("", "", account.account.token)
        self.account = account

    def _request(self, method: str, url: str, data: bytes | None = None, kind: str = JSON) -> Any:
        headers = self._headers | {"Content-Type": kind}
        path = urlsplit(url)._replace(scheme="", netloc="").geturl()
        answer = self.account.answer(Request.of(method, path, headers, data or b""))
        content, _ = payload(answer)
        if answer.status not in (200, 202):
            raise refusal(answer.status, message_of(content))
        lower = {name.lower(): value for name, value in answer.headers.items()}
        return SimpleNamespace(data=content, headers=lower)
