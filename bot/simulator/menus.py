"""Rich menus: made, pictured, aliased, shown to everybody or to one person, turned by a tap."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from bot.simulator.menu_limits import menu_problems, picture_problem
from bot.simulator.people import Chats
from bot.simulator.wire import Request, Response, accept, refuse, refuse_body

MOST = 1000  # menus, aliases
NO_MENU = "richmenu not found"
NO_PICTURE = "must upload richmenu image before applying it to user"
Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Route:
    verb: str
    pattern: re.Pattern[str]
    answer: Callable[..., Response]
    takes_body: bool
    an_hour: int


class Menus:
    """The menus of one official account, and the paths at which the bot keeps them."""

    def __init__(self, chats: Chats) -> None:
        self.made: dict[str, dict[str, Any]] = {}
        self.pictures: dict[str, tuple[bytes, str]] = {}  # with their type
        self.aliases: dict[str, str] = {}
        self.default = ""
        self.of_people: dict[str, str] = {}
        self._chats = chats
        self._batches: dict[str, list[Node]] = {}  # by request; empty: done
        one, user, base = r"(richmenu-[0-9a-f]{32})", "(U[0-9a-f]{32})", "/v2/bot/richmenu"
        alias = r"([a-z0-9_-]{1,32})"
        self._routes = [
            _route("POST", base, self._create, body=True, an_hour=100),
            _route("POST", f"{base}/validate", self._validate, body=True),
            _route("GET", f"{base}/list", self._list),
            _route("POST", f"{base}/batch", self._batch, body=True, an_hour=3),
            _route("GET", f"{base}/progress/batch", self._progress, an_hour=100),
            _route("POST", f"{base}/bulk/link", self._bulk_link, body=True),
            _route("POST", f"{base}/bulk/unlink", self._bulk_unlink, body=True),
            _route("GET", f"{base}/alias/list", self._aliases),
            _route("POST", f"{base}/alias", self._add_alias, body=True),
            _route("GET", f"{base}/alias/{alias}", self._alias),
            _route("POST", f"{base}/alias/{alias}", self._turn_alias, body=True),
            _route("DELETE", f"{base}/alias/{alias}", self._drop_alias, an_hour=100),
            _route("GET", f"{base}/{one}", self._one),
            _route("DELETE", f"{base}/{one}", self._delete, an_hour=100),
            _route("GET", f"{base}/{one}/content", self._picture),
            _route("POST", f"{base}/{one}/content", self._put_picture),
            _route("POST", f"/v2/bot/user/all/richmenu/{one}", self._set_default),
            _route("GET", "/v2/bot/user/all/richmenu", self._default),
            _route("DELETE", "/v2/bot/user/all/richmenu", self._clear_default),
            _route("POST", f"/v2/bot/user/{user}/richmenu/{one}", self._link),
            _route("GET", f"/v2/bot/user/{user}/richmenu", self._menu_of),
            _route("DELETE", f"/v2/bot/user/{user}/richmenu", self._unlink),
        ]

    # What the phone does

    def shown_to(self, user_id: str) -> str:
        """The id of the menu under this person's chat; empty: none."""
        return self.of_people.get(user_id) or self.default

    def turn(self, user_id: str, alias: str) -> str:
        """Turn this person's menu; gives the status that the postback brings."""
        if alias not in self.aliases:
            return "RICHMENU_ALIAS_ID_NOTFOUND"
        if self.aliases[alias] not in self.made:
            return "RICHMENU_NOTFOUND"
        self.of_people[user_id] = self.aliases[alias]  # from now on it is their own
        return "SUCCESS"

    def make(self, body: Node, png: bytes) -> str:
        """A menu that is there from the start, with its picture; gives its id."""
        menu_id = f"richmenu-{uuid4().hex}"
        self.made[menu_id], self.pictures[menu_id] = dict(body), (png, "image/png")
        return menu_id

    # What the bot calls

    def knows(self, path: str) -> bool:
        """Is this path about menus?"""
        return any(route.pattern.fullmatch(path) for route in self._routes)

    def methods(self, path: str) -> tuple[str, ...]:
        """The verbs that this path takes."""
        return tuple(route.verb for route in self._routes if route.pattern.fullmatch(path))

    def takes_body(self, path: str) -> bool:
        """Does a POST to this path carry JSON?"""
        return any(r.takes_body for r in self._routes if r.pattern.fullmatch(path))

    def rate(self, request: Request) -> tuple[str, int]:
        """What this call is counted as, and how often it may be made an hour; 0: as usual."""
        for route in self._routes:
            if route.verb == request.method and route.pattern.fullmatch(request.path):
                return f"{route.verb} {route.pattern.pattern}", route.an_hour
        return request.path, 0

    def answer(self, request: Request, body: Any, request_id: str) -> Response:
        """LINE's answer to a call whose path, verb and shape are right."""
        for route in self._routes:
            match = route.pattern.fullmatch(request.path)
            if match and route.verb == request.method:
                own = {
                    self._put_picture: (request,),
                    self._progress: (request,),
                    self._batch: (body, request_id),
                }
                given = own.get(route.answer, (body,) if route.takes_body else ())
                return route.answer(*match.groups(), *given)
        return refuse(404, "Not found")

    def _validate(self, body: Node) -> Response:
        problems = list(menu_problems(body))
        return refuse_body(problems) if problems else accept()

    def _create(self, body: Node) -> Response:
        refused = self._validate(body)
        if refused.status != 200:
            return refused
        if len(self.made) >= MOST:
            return refuse(400, "The maximum number of rich menus has been reached")
        menu_id = f"richmenu-{uuid4().hex}"
        self.made[menu_id] = dict(body)
        return accept({"richMenuId": menu_id})

    def _list(self) -> Response:
        return accept({"richmenus": [{"richMenuId": i, **body} for i, body in self.made.items()]})

    def _one(self, menu_id: str) -> Response:
        body = self.made.get(menu_id)
        return accept({"richMenuId": menu_id, **body}) if body else refuse(404, NO_MENU)

    def _delete(self, menu_id: str) -> Response:
        if self.made.pop(menu_id, None) is None:
            return refuse(404, NO_MENU)
        self.pictures.pop(menu_id, None)
        self.default = "" if self.default == menu_id else self.default
        self.of_people = {u: m for u, m in self.of_people.items() if m != menu_id}
        return accept()  # an alias stays, and leads nowhere

    def _picture(self, menu_id: str) -> Response:
        found = self.pictures.get(menu_id)
        return accept(found[0]) if found else refuse(404, "Not found")

    def _put_picture(self, menu_id: str, request: Request) -> Response:
        kind = request.headers.get("content-type", "")
        if menu_id not in self.made:
            return refuse(404, NO_MENU)
        if kind not in ("image/png", "image/jpeg"):
            return refuse(415, "Unsupported Media Type")
        if menu_id in self.pictures:
            return refuse(400, "An image has already been uploaded to the richmenu")
        size = self.made[menu_id]["size"]
        problem = picture_problem(request.raw, kind, (size["width"], size["height"]))
        if problem:
            return refuse(400, problem)
        self.pictures[menu_id] = (request.raw, kind)
        return accept()

    def _unfit(self, menu_id: str, status: int = 404) -> Response | None:
        """Why this menu cannot be shown; None if it can."""
        if menu_id not in self.made:
            return refuse(status, NO_MENU)
        return None if menu_id in self.pictures else refuse(400, NO_PICTURE)

    def _aliases(self) -> Response:
        return accept({"aliases": [_alias(*pair) for pair in self.aliases.items()]})

    def _alias(self, alias: str) -> Response:
        if alias not in self.aliases:
            return refuse(404, "richmenu alias not found")
        return accept(_alias(alias, self.aliases[alias]))

    def _add_alias(self, body: Node) -> Response:
        if body["richMenuAliasId"] in self.aliases:
            return refuse(400, "conflict richmenu alias id")
        if len(self.aliases) >= MOST:
            return refuse(400, "The maximum number of rich menu aliases has been reached")
        unfit = self._unfit(body["richMenuId"], 400)
        if unfit:
            return unfit
        self.aliases[body["richMenuAliasId"]] = body["richMenuId"]
        return accept()

    def _turn_alias(self, alias: str, body: Node) -> Response:
        if alias not in self.aliases:
            return refuse(404, "richmenu alias not found")
        unfit = self._unfit(body["richMenuId"], 400)
        if unfit:
            return unfit
        self.aliases[alias] = body["richMenuId"]
        return accept()

    def _drop_alias(self, alias: str) -> Response:
        if self.aliases.pop(alias, None) is None:
            return refuse(404, "richmenu alias not found")
        return accept()

    def _set_default(self, menu_id: str) -> Response:
        unfit = self._unfit(menu_id)
        if unfit:
            return unfit
        self.default = menu_id
        return accept()

    def _default(self) -> Response:
        if not self.default:
            return refuse(404, "no default richmenu")
        return accept({"richMenuId": self.default})

    def _clear_default(self) -> Response:
        self.default = ""
        return accept()

    def _menu_of(self, user_id: str) -> Response:
        found = self.of_people.get(user_id)
        if not found:
            return refuse(404, "the user has no richmenu")
        return accept({"richMenuId": found})

    def _link(self, user_id: str, menu_id: str) -> Response:
        unfit = self._unfit(menu_id)
        if unfit:
            return unfit
        if user_id not in self._chats.people:
            return refuse(400, "Failed to link the user")
        self._hang([user_id], menu_id)
        return accept()

    def _unlink(self, user_id: str) -> Response:
        self.of_people.pop(user_id, None)
        return accept()

    def _bulk_link(self, body: Node) -> Response:
        unfit = self._unfit(body["richMenuId"], 400)
        if unfit or any(u not in self._chats.people for u in body["userIds"]):
            return unfit or refuse(400, "The property, 'userIds', in the request body is invalid")
        self._hang(body["userIds"], body["richMenuId"])
        return accept(status=202)

    def _bulk_unlink(self, body: Node) -> Response:
        for user_id in body["userIds"]:
            self.of_people.pop(user_id, None)
        return accept(status=202)

    def _hang(self, user_ids: list[str], menu_id: str) -> None:
        """Whoever blocked us, or is no friend, is passed over without a word."""
        for user_id in user_ids:
            person = self._chats.people[user_id]
            if person.friend and not person.blocked:
                self.of_people[user_id] = menu_id

    def _batch(self, body: Node, request_id: str) -> Response:
        for step in body["operations"]:
            unfit = self._unfit(step["to"], 400) if step["type"] == "link" else None
            if unfit:
                return unfit
        self._batches[request_id] = list(body["operations"])
        return accept(status=202)

    def _progress(self, request: Request) -> Response:
        """The first who asks hears that it goes on; it is done as soon as that is said."""
        request_id = request.query.removeprefix("requestId=")
        if request_id not in self._batches:
            return refuse(404, "Not found")
        steps, self._batches[request_id] = self._batches[request_id], []
        for step in steps:
            self._step(step)
        accepted = {"acceptedTime": "2026-01-01T00:00:00.000Z"}
        return accept({"phase": "ongoing" if steps else "succeeded", **accepted})

    def _step(self, step: Node) -> None:
        for user_id, menu_id in list(self.of_people.items()):
            if step["type"] == "unlinkAll" or step.get("from") == menu_id:
                del self.of_people[user_id]
                if step["type"] == "link":
                    self.of_people[user_id] = step["to"]


def _alias(alias: str, menu_id: str) -> dict[str, str]:
    return {"richMenuAliasId": alias, "richMenuId": menu_id}


def _route(
    verb: str, path: str, answer: Callable[..., Response], *, body: bool = False, an_hour: int = 0
) -> _Route:
    return _Route(verb, re.compile(path), answer, body, an_hour)
