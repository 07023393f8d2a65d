"""What the bot may ask LINE, besides sending: profiles, quota, its own account, loading, checks."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot.simulator.people import Chats
from bot.simulator.sending import SENDS, Sending
from bot.simulator.wire import Request, Response, accept, refuse


class Official(Protocol):
    """What is asked about the official account itself."""

    @property
    def user_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def basic_id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Route:
    """One path, which verbs it takes, and who answers with the path's own part."""

    pattern: re.Pattern[str]
    methods: tuple[str, ...]
    answer: Callable[..., Response]
    takes_body: bool = False


class Lookups:
    """The paths that exist on this platform, and the answers of those that send nothing."""

    def __init__(self, official: Official, chats: Chats, sending: Sending) -> None:
        self.official = official
        self.chats = chats
        self.sending = sending
        self.webhook_url = ""
        self.test_webhook: Callable[[], dict[str, object]] | None = None
        self.contents: dict[str, bytes] = {}  # of messages that people sent, by message id
        user, group = "(U[0-9a-f]{32})", "(C[0-9a-f]{32})"
        self._routes = [
            _route(r"/v2/bot/message/validate/\w+", "POST", self._nothing, takes_body=True),
            _route("/v2/bot/chat/loading/start", "POST", self._loading, takes_body=True),
            _route("/v2/bot/chat/markAsRead", "POST", self._nothing, takes_body=True),
            _route("/v2/bot/message/quota", "GET", self._quota),
            _route("/v2/bot/message/quota/consumption", "GET", self._consumption),
            _route("/v2/bot/info", "GET", self._info),
            _route("/v2/bot/channel/webhook/endpoint", "GET", self._endpoint),
            _route("/v2/bot/channel/webhook/test", "POST", self._test),
            _route(rf"/v2/bot/profile/{user}", "GET", self._profile),
            _route(rf"/v2/bot/group/{group}/summary", "GET", self._group_summary),
            _route(rf"/v2/bot/group/{group}/members/count", "GET", self._group_count),
            _route(rf"/v2/bot/group/{group}/member/{user}", "GET", self._group_member),
            _route(rf"/v2/bot/group/{group}/leave", "POST", self._leave),
            _route(r"/v2/bot/message/(\d+)/content", "GET", self._content),
        ]

    def knows(self, path: str) -> bool:
        """Is there anything at this path?"""
        return bool(SENDS.fullmatch(path)) or self._find(path) is not None

    def methods(self, path: str) -> tuple[str, ...]:
        """The verbs that this path takes."""
        found = self._find(path)
        return found[0].methods if found else ("POST",)

    def takes_body(self, path: str) -> bool:
        """Does a call to this path carry JSON?"""
        found = self._find(path)
        return found[0].takes_body if found else True

    def answer(self, request: Request) -> Response:
        """The answer to a call that sends no message; the path is one that exists."""
        found = self._find(request.path)
        if found is None:
            return refuse(404, "Not found")
        route, parts = found
        return route.answer(*parts)

    def _find(self, path: str) -> tuple[Route, tuple[str, ...]] | None:
        for route in self._routes:
            match = route.pattern.fullmatch(path)
            if match:
                return route, match.groups()
        return None

    def _nothing(self) -> Response:
        return accept()

    def _loading(self) -> Response:
        return accept(status=202)

    def _quota(self) -> Response:
        quota = self.sending.quota
        return accept({"type": "none"} if quota is None else {"type": "limited", "value": quota})

    def _consumption(self) -> Response:
        return accept({"totalUsage": self.sending.used})

    def _info(self) -> Response:
        official = self.official
        return accept(
            {
                "userId": official.user_id,
                "basicId": official.basic_id,
                "displayName": official.name,
                "chatMode": "bot",
                "markAsReadMode": "auto",
            }
        )

    def _endpoint(self) -> Response:
        if not self.webhook_url:
            return refuse(404, "Webhook endpoint not found")
        return accept({"endpoint": self.webhook_url, "active": True})

    def _test(self) -> Response:
        if self.test_webhook is None:
            return refuse(404, "Webhook endpoint not found")
        return accept(self.test_webhook())

    def _profile(self, user_id: str) -> Response:
        person = self.chats.people.get(user_id)
        if person is None or person.blocked or not person.friend:
            return refuse(404, "Not found")  # so it is for people who are not friends
        return accept(self._shown(user_id) | {"language": "zh-TW"})

    def _group_summary(self, group_id: str) -> Response:
        group = self.chats.groups.get(group_id)
        if group is None or not group.joined:
            return refuse(404, "Not found")
        return accept({"groupId": group_id, "groupName": group.name})

    def _group_count(self, group_id: str) -> Response:
        group = self.chats.groups.get(group_id)
        if group is None or not group.joined:
            return refuse(404, "Not found")
        return accept({"count": len(group.member_ids)})

    def _group_member(self, group_id: str, user_id: str) -> Response:
        group = self.chats.groups.get(group_id)
        if group is None or not group.joined or user_id not in group.member_ids:
            return refuse(404, "Not found")
        return accept(self._shown(user_id))

    def _leave(self, group_id: str) -> Response:
        group = self.chats.groups.get(group_id)
        if group is None or not group.joined:
            return refuse(404, "Not found")
        group.joined = False
        return accept()

    def _content(self, message_id: str) -> Response:
        content = self.contents.get(message_id)
        return refuse(404, "Not found") if content is None else accept(content)

    def _shown(self, user_id: str) -> dict[str, object]:
        return {"userId": user_id, "displayName": self.chats.people[user_id].persona.name}


def _route(
    path: str, method: str, answer: Callable[..., Response], *, takes_body: bool = False
) -> Route:
    return Route(re.compile(path), (method,), answer, takes_body)
