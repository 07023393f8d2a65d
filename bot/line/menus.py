"""The menus under the chat, as LINE keeps them: made, pictured, aliased, linked to people."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import urllib3

from bot.errors import NeverWill, TryLater
from bot.line.refused import message_of, refusal
from bot.model.menus import WIDTH, Menu, MenuArea

CONNECT_S = 3.0
READ_S = 20.0  # a picture may go out over a slow line
TURN = "menu:"  # a turned page brings this back, and nobody answers it
AT_ONCE = 500  # people of one call
JSON = "application/json"
MENUS = "/v2/bot/richmenu"
ALIASES = f"{MENUS}/alias"
DEFAULT = "/v2/bot/user/all/richmenu"


class MenuClient:
    """Calls about menus; raises DeliveryError as `LineClient` does."""

    def __init__(self, api_base: str, data_api_base: str, token: str) -> None:
        self._base = api_base
        self._data_base = data_api_base  # pictures go to a host of their own
        self._headers = {"Authorization": f"Bearer {token}"}
        self._pool = urllib3.PoolManager(
            retries=False, timeout=urllib3.Timeout(connect=CONNECT_S, read=READ_S)
        )

    def menus(self) -> dict[str, str]:
        """Every menu that was made through the API: id → name."""
        found = self._call("GET", f"{MENUS}/list").get("richmenus", ())
        return {str(one["richMenuId"]): str(one["name"]) for one in found}

    def aliases(self) -> dict[str, str]:
        """Alias → id of the menu that it stands for."""
        found = self._call("GET", f"{ALIASES}/list").get("aliases", ())
        return {str(one["richMenuAliasId"]): str(one["richMenuId"]) for one in found}

    def default(self) -> str:
        """The id of what everybody sees who has no menu of their own; empty: none."""
        return self._id_or_none(DEFAULT)

    def check(self, menu: Menu, name: str) -> None:
        """Let LINE look at this menu without making it."""
        self._call("POST", f"{MENUS}/validate", menu_body(menu, name))

    def create(self, menu: Menu, name: str) -> str:
        """Make this menu, still without a picture; gives its id."""
        return str(self._call("POST", MENUS, menu_body(menu, name))["richMenuId"])

    def has_picture(self, menu_id: str) -> bool:
        """Whether this menu has its picture already: a second one is refused."""
        try:
            self._request("GET", self._picture(menu_id))
        except NeverWill:
            return False
        return True

    def put_picture(self, menu_id: str, png: bytes) -> None:
        """Give this menu its picture."""
        self._request("POST", self._picture(menu_id), png, "image/png")

    def delete(self, menu_id: str) -> None:
        """Take this menu away; one that is gone already is no fault."""
        self._unless_gone("DELETE", f"{MENUS}/{menu_id}")

    def point(self, alias: str, menu_id: str, *, is_new: bool) -> None:
        """Let this alias stand for this menu."""
        if is_new:
            body = {"richMenuAliasId": alias, "richMenuId": menu_id}
            self._call("POST", ALIASES, body)
        else:
            self._call("POST", f"{ALIASES}/{alias}", {"richMenuId": menu_id})

    def drop_alias(self, alias: str) -> None:
        """Take this alias away; one that is gone already is no fault."""
        self._unless_gone("DELETE", f"{ALIASES}/{alias}")

    def set_default(self, menu_id: str) -> None:
        """Show this menu to everybody who has none of their own."""
        self._call("POST", f"{DEFAULT}/{menu_id}")

    def clear_default(self) -> None:
        """Show nothing to those who have no menu of their own."""
        self._call("DELETE", DEFAULT)

    def replace(self, new_of: Mapping[str, str]) -> str:
        """Begin to give everybody who has an old menu its new one; gives a number to ask about.

        LINE takes its time for it, and takes it three times an hour.
        """
        steps = [{"type": "link", "from": old, "to": new} for old, new in new_of.items()]
        data = json.dumps({"operations": steps}).encode()
        answer = self._request("POST", f"{self._base}{MENUS}/batch", data)
        return str(answer.headers.get("x-line-request-id", ""))

    def is_replaced(self, number: str) -> bool:
        """Whether that is over; a person of whom LINE did not manage it sees everybody's menu."""
        found = self._call("GET", f"{MENUS}/progress/batch?{urlencode({'requestId': number})}")
        return bool(found.get("phase") != "ongoing")

    def id_of(self, alias: str) -> str:
        """The id of the menu that this alias stands for; empty: there is no such alias."""
        return self._id_or_none(f"{ALIASES}/{alias}")

    def link(self, user_ids: Sequence[str], menu_id: str) -> None:
        """Give these people, at most 500, this menu of their own. Doing it twice is harmless."""
        if len(user_ids) == 1:  # at once; many are done by LINE a little later
            self._call("POST", f"/v2/bot/user/{user_ids[0]}/richmenu/{menu_id}")
        else:
            body = {"richMenuId": menu_id, "userIds": list(user_ids)}
            self._call("POST", f"{MENUS}/bulk/link", body)

    def unlink(self, user_ids: Sequence[str]) -> None:
        """Take their own menu from these people, at most 500: they see everybody's."""
        if len(user_ids) == 1:
            self._unless_gone("DELETE", f"/v2/bot/user/{user_ids[0]}/richmenu")
        else:
            self._call("POST", f"{MENUS}/bulk/unlink", {"userIds": list(user_ids)})

    def close(self) -> None:
        """Close all connections."""
        self._pool.clear()

    def _id_or_none(self, path: str) -> str:
        try:
            return str(self._call("GET", path)["richMenuId"])
        except NeverWill as err:
            if str(err).startswith("404"):
                return ""
            raise

    def _unless_gone(self, method: str, path: str) -> None:
        try:
            self._call(method, path)
        except NeverWill as err:
            if not str(err).startswith("404"):
                raise

    def _picture(self, menu_id: str) -> str:
        return f"{self._data_base}{MENUS}/{menu_id}/content"

    def _call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        answer = self._request(method, self._base + path, data)
        try:
            found = json.loads(answer.data or b"{}")
        except ValueError as err:
            raise TryLater(type(err).__name__) from err
        if not isinstance(found, dict):
            raise TryLater("no object")
        return found

    def _request(
        self, method: str, url: str, data: bytes | None = None, kind: str = JSON
    ) -> urllib3.BaseHTTPResponse:
        headers = self._headers | ({"Content-Type": kind} if data is not None else {})
        try:
            response = self._pool.request(method, url, body=data, headers=headers)
        except urllib3.exceptions.HTTPError as err:
            raise TryLater(type(err).__name__) from err
        if response.status not in (200, 202):
            raise refusal(response.status, message_of(response.data))
        return response


def menu_body(menu: Menu, name: str) -> dict[str, Any]:
    """This menu in LINE's shape."""
    return {
        "size": {"width": WIDTH, "height": menu.size.height},
        "selected": True,  # opened as soon as the chat is
        "name": name,
        "chatBarText": menu.bar,
        "areas": [{"bounds": _bounds(area), "action": _action(area)} for area in menu.areas],
    }


def _bounds(area: MenuArea) -> dict[str, int]:
    at = area.bounds
    return {"x": at.x, "y": at.y, "width": at.width, "height": at.height}


def _action(area: MenuArea) -> dict[str, str]:
    if area.turn_to:
        return {
            "type": "richmenuswitch",
            "label": area.label,
            "richMenuAliasId": area.turn_to,
            "data": f"{TURN}{area.turn_to}",
        }
    return {"type": "message", "label": area.label, "text": area.say}
