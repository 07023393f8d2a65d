"""What LINE's reference says of actions and its description leaves out."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.simulator.counting import graphemes, utf16_units
from bot.simulator.problem import Node, Problem, Problems, at

URI = re.compile(r"(https?|line)://\S+|tel:\S+", re.IGNORECASE)
URI_MAX = 1000
_ALIAS = re.compile(r"[a-z0-9_-]{1,32}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}([Tt]\d{2}:\d{2})?|\d{2}:\d{2}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an action hangs: how long its label may be, and whether there must be one."""

    name: str
    label_max: int
    label_required: bool
    refused: frozenset[str] = frozenset()


_CHAT_ONLY = frozenset({"camera", "cameraRoll", "location"})
_MENU_ONLY = frozenset({"richmenuswitch"})
QUICK_REPLY = Place("quick reply", 20, True, _MENU_ONLY)
FLEX_BUTTON = Place("button", 40, True, _CHAT_ONLY | _MENU_ONLY)
FLEX_AREA = Place("flex", 40, False, _CHAT_ONLY | _MENU_ONLY)
TEMPLATE = Place("template", 20, True, _CHAT_ONLY | _MENU_ONLY)
TEMPLATE_AREA = Place("template", 20, False, _CHAT_ONLY | _MENU_ONLY)
RICH_MENU = Place("rich menu", 20, False, _CHAT_ONLY)
IMAGE_CAROUSEL = Place("image carousel", 12, False, _CHAT_ONLY | _MENU_ONLY)


def length(value: object, path: str, limit: int, count: Callable[[str], int]) -> Problems:
    """A complaint where a text is empty or longer than `limit`; other types are the schema's."""
    if not isinstance(value, str):
        return
    if not value:
        yield Problem(path, "May not be empty")
    elif count(value) > limit:
        yield Problem(path, f"Length must be between 0 and {limit}")


def action_problems(action: Node, path: str, place: Place) -> Problems:
    """Everything that LINE would refuse about this action in this place."""
    kind = action.get("type")
    if kind in place.refused:
        yield Problem(at(path, "type"), f"{kind} cannot be used in a {place.name}")
    yield from _label_problems(action, path, place)
    match kind:
        case "message":
            yield from _required(action, path, "text", 300)
        case "postback":
            yield from _postback_problems(action, path)
        case "uri":
            yield from uri_problems(action.get("uri"), at(path, "uri"))
            if place is QUICK_REPLY and "altUri" in action:
                yield Problem(at(path, "altUri"), "altUri is not supported in a quick reply")
        case "richmenuswitch":
            yield from _switch_problems(action, path)
        case "datetimepicker":
            yield from _picker_problems(action, path)


def _label_problems(action: Node, path: str, place: Place) -> Problems:
    if "label" in action:
        yield from length(action["label"], at(path, "label"), place.label_max, graphemes)
    elif place.label_required:
        yield Problem(at(path, "label"), "May not be empty")


def _required(action: Node, path: str, key: str, limit: int) -> Problems:
    if key not in action:
        yield Problem(at(path, key), "May not be empty")
    yield from length(action.get(key), at(path, key), limit, graphemes)


def _postback_problems(action: Node, path: str) -> Problems:
    data = action.get("data")
    if data is None:
        yield Problem(at(path, "data"), "May not be empty")
    yield from length(data, at(path, "data"), 300, utf16_units)
    for key in ("displayText", "text", "fillInText"):
        yield from length(action.get(key), at(path, key), 300, graphemes)
    if "displayText" in action and "text" in action:
        yield Problem(at(path, "text"), "text and displayText cannot be used together")
    if "fillInText" in action and action.get("inputOption") != "openKeyboard":
        yield Problem(at(path, "fillInText"), "fillInText needs inputOption openKeyboard")


def _switch_problems(action: Node, path: str) -> Problems:
    for key in ("data", "richMenuAliasId"):
        if key not in action:
            yield Problem(at(path, key), "May not be empty")
    yield from length(action.get("data"), at(path, "data"), 300, utf16_units)
    alias = action.get("richMenuAliasId")
    if isinstance(alias, str) and not _ALIAS.fullmatch(alias):
        yield Problem(at(path, "richMenuAliasId"), "invalid rich menu alias id")


def _picker_problems(action: Node, path: str) -> Problems:
    for key in ("data", "mode"):
        if key not in action:
            yield Problem(at(path, key), "May not be empty")
    yield from length(action.get("data"), at(path, "data"), 300, utf16_units)
    for key in ("initial", "min", "max"):
        value = action.get(key)
        if isinstance(value, str) and not _DATE.fullmatch(value):
            yield Problem(at(path, key), "Invalid date or time format")


def uri_problems(value: object, path: str, limit: int = URI_MAX) -> Problems:
    """Complaints about a link that a person may press."""
    if value is None:
        yield Problem(path, "May not be empty")
    elif isinstance(value, str):
        if not URI.fullmatch(value):
            yield Problem(path, "invalid uri scheme")
        elif not value.isascii():
            yield Problem(path, "invalid uri: percent-encode it as UTF-8")
        if len(value) > limit:
            yield Problem(path, f"Length must be between 0 and {limit}")


def image_url_problems(value: object, path: str) -> Problems:
    """Complaints about the address of a picture, sound or film: HTTPS, at most 2,000."""
    if isinstance(value, str):
        if not value.startswith("https://") or not value.isascii() or " " in value:
            yield Problem(path, "invalid uri: HTTPS is required")
        if len(value) > 2000:
            yield Problem(path, "Length must be between 0 and 2000")
