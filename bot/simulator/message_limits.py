"""What LINE's reference says of messages and its description leaves out."""

import re
from collections.abc import Callable

from bot.simulator.action_limits import (
    IMAGE_CAROUSEL,
    QUICK_REPLY,
    TEMPLATE,
    TEMPLATE_AREA,
    action_problems,
    image_url_problems,
    length,
)
from bot.simulator.counting import graphemes, utf16_units
from bot.simulator.flex_limits import container_problems
from bot.simulator.problem import Node, Problem, Problems, as_node, as_nodes, at

TEXT_MAX, ALT_TEXT_MAX, QUICK_REPLIES, EMOJIS = 5000, 1500, 13, 20


def message_problems(message: Node, path: str) -> Problems:
    """Everything that LINE would refuse about one message beyond its shape."""
    kind = message.get("type")
    check = _CHECKS.get(kind) if isinstance(kind, str) else None
    if check:
        yield from check(message, path)
    if "altText" in message:
        yield from length(message["altText"], at(path, "altText"), ALT_TEXT_MAX, utf16_units)
    if "sender" in message:
        yield from _sender_problems(as_node(message["sender"]), at(path, "sender"))
    if "quickReply" in message:
        yield from _quick_problems(as_node(message["quickReply"]), at(path, "quickReply"))


def _text_problems(message: Node, path: str) -> Problems:
    yield from length(message.get("text"), at(path, "text"), TEXT_MAX, utf16_units)
    text = str(message.get("text", "")).encode("utf-16-le", "surrogatepass")
    emojis = as_nodes(message.get("emojis"))
    if len(emojis) > EMOJIS:
        yield Problem(at(path, "emojis"), f"Size must be between 0 and {EMOJIS}")
    for number, emoji in enumerate(emojis):
        index = emoji.get("index")
        if not isinstance(index, int) or text[2 * index : 2 * index + 2] != b"$\0":
            where = at(at(path, "emojis"), number)
            yield Problem(at(where, "index"), "must be the place of a $ in the text")


def _text_v2_problems(message: Node, path: str) -> Problems:
    text = message.get("text")
    yield from length(text, at(path, "text"), TEXT_MAX, utf16_units)
    keys = as_node(message.get("substitution"))
    if len(keys) > 100:
        yield Problem(at(path, "substitution"), "Size must be between 0 and 100")
    for key in keys:
        if not re.fullmatch(r"[0-9A-Za-z_]{1,20}", key):
            yield Problem(at(at(path, "substitution"), key), "invalid key")
    bare = re.sub(r"\{\{|\}\}", "", text if isinstance(text, str) else "")
    for name in re.findall(r"\{([^{}]*)\}", bare):
        if name not in keys:
            yield Problem(at(path, "text"), f"{{{name}}} has no substitution")


def _media_problems(message: Node, path: str) -> Problems:
    for key in ("originalContentUrl", "previewImageUrl"):
        yield from image_url_problems(message.get(key), at(path, key))
    yield from length(message.get("trackingId"), at(path, "trackingId"), 100, utf16_units)


def _location_problems(message: Node, path: str) -> Problems:
    for key in ("title", "address"):
        yield from length(message.get(key), at(path, key), 100, utf16_units)


def _flex_problems(message: Node, path: str) -> Problems:
    yield from container_problems(as_node(message.get("contents")), at(path, "contents"))


def _template_problems(message: Node, path: str) -> Problems:
    template, where = as_node(message.get("template")), at(path, "template")
    match template.get("type"):
        case "buttons":
            yield from _column_problems(template, where, (160, 4))
        case "confirm":
            yield from length(template.get("text"), at(where, "text"), 240, graphemes)
            yield from _actions_problems(template, where, (2, 2))
        case "carousel":
            yield from _carousel_problems(template, where)
        case "image_carousel":
            yield from _image_carousel_problems(template, where)


def _carousel_problems(template: Node, path: str) -> Problems:
    columns = as_nodes(template.get("columns"))
    if not 1 <= len(columns) <= 10:
        yield Problem(at(path, "columns"), "Size must be between 1 and 10")
    if len({len(as_nodes(column.get("actions"))) for column in columns}) > 1:
        yield Problem(at(path, "columns"), "the number of actions must be the same in all columns")
    for number, column in enumerate(columns):
        yield from _column_problems(column, at(at(path, "columns"), number), (120, 3))


def _image_carousel_problems(template: Node, path: str) -> Problems:
    columns = as_nodes(template.get("columns"))
    if not 1 <= len(columns) <= 10:
        yield Problem(at(path, "columns"), "Size must be between 1 and 10")
    for number, column in enumerate(columns):
        where = at(at(path, "columns"), number)
        yield from image_url_problems(column.get("imageUrl"), at(where, "imageUrl"))
        action = as_node(column.get("action"))
        yield from action_problems(action, at(where, "action"), IMAGE_CAROUSEL)


def _column_problems(column: Node, path: str, most: tuple[int, int]) -> Problems:
    text_max, actions_max = most
    has_more = bool(column.get("title") or column.get("thumbnailImageUrl"))
    yield from length(column.get("title"), at(path, "title"), 40, graphemes)
    limit = 60 if has_more else text_max
    yield from length(column.get("text"), at(path, "text"), limit, graphemes)
    image = column.get("thumbnailImageUrl")
    yield from image_url_problems(image, at(path, "thumbnailImageUrl"))
    default = as_node(column.get("defaultAction"))
    if default:
        yield from action_problems(default, at(path, "defaultAction"), TEMPLATE_AREA)
    yield from _actions_problems(column, path, (1, actions_max))


def _actions_problems(holder: Node, path: str, bounds: tuple[int, int]) -> Problems:
    least, most = bounds
    actions = as_nodes(holder.get("actions"))
    if not least <= len(actions) <= most:
        yield Problem(at(path, "actions"), f"Size must be between {least} and {most}")
    for number, action in enumerate(actions):
        yield from action_problems(action, at(at(path, "actions"), number), TEMPLATE)


def _sender_problems(sender: Node, path: str) -> Problems:
    name = sender.get("name")
    yield from length(name, at(path, "name"), 20, utf16_units)
    if isinstance(name, str) and "line" in name.lower():
        yield Problem(at(path, "name"), "the name may not hold the word LINE")
    yield from image_url_problems(sender.get("iconUrl"), at(path, "iconUrl"))


def _quick_problems(quick: Node, path: str) -> Problems:
    items = as_nodes(quick.get("items"))
    if not 1 <= len(items) <= QUICK_REPLIES:
        yield Problem(at(path, "items"), f"Size must be between 1 and {QUICK_REPLIES}")
    for number, item in enumerate(items):
        where = at(at(path, "items"), number)
        if item.get("type") != "action":
            yield Problem(at(where, "type"), "Must be one of the following values: [action]")
        yield from image_url_problems(item.get("imageUrl"), at(where, "imageUrl"))
        yield from action_problems(as_node(item.get("action")), at(where, "action"), QUICK_REPLY)


_CHECKS: dict[str, Callable[[Node, str], Problems]] = {
    "text": _text_problems,
    "textV2": _text_v2_problems,
    "image": _media_problems,
    "video": _media_problems,
    "audio": _media_problems,
    "location": _location_problems,
    "flex": _flex_problems,
    "template": _template_problems,
}
