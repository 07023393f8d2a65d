"""What LINE's reference says of Flex messages and its description leaves out."""

import re

from bot.simulator.action_limits import (
    FLEX_AREA,
    FLEX_BUTTON,
    action_problems,
    image_url_problems,
)
from bot.simulator.counting import json_bytes
from bot.simulator.problem import Node, Problem, Problems, as_node, as_nodes, at

BUBBLE_BYTES, CAROUSEL_BYTES, BUBBLES = 30_000, 50_000, 12
BLOCKS = ("header", "hero", "body", "footer")

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?")
_PX = r"\d+(\.\d+)?px"
_STEP = "none|xs|sm|md|lg|xl|xxl"
_SIZE = "xxs|xs|sm|md|lg|xl|xxl|3xl|4xl|5xl"
_MAY_HOLD = {
    "horizontal": {"box", "button", "image", "text", "separator", "filler"},
    "vertical": {"box", "button", "image", "text", "separator", "filler"},
    "baseline": {"icon", "text", "filler"},
}
_STEP_OR_PX = f"{_STEP}|{_PX}"
_PADDING = rf"{_STEP}|{_PX}|\d+(\.\d+)?%"
_OFFSET = rf"{_STEP}|-?{_PX}|-?\d+(\.\d+)?%"
_SIDE = rf"{_PX}|\d+(\.\d+)?%"
_LENGTHS = {
    **dict.fromkeys(("margin", "spacing", "cornerRadius"), _STEP_OR_PX),
    **dict.fromkeys((f"padding{s}" for s in ("All", "Top", "Bottom", "Start", "End")), _PADDING),
    **dict.fromkeys((f"offset{s}" for s in ("Top", "Bottom", "Start", "End")), _OFFSET),
    **dict.fromkeys(("width", "maxWidth", "height", "maxHeight"), _SIDE),
    "borderWidth": f"none|light|normal|medium|semi-bold|bold|{_PX}",
    "lineSpacing": _PX,
}
_SIZES = {
    "text": f"{_SIZE}|{_PX}",
    "span": f"{_SIZE}|{_PX}",
    "icon": f"{_SIZE}|{_PX}",
    "image": rf"{_SIZE}|full|{_PX}|\d+(\.\d+)?%",
}
_COLOURS = ("color", "backgroundColor", "borderColor", "startColor", "endColor", "centerColor")


def container_problems(container: Node, path: str) -> Problems:
    """Everything that LINE would refuse about a bubble or a carousel."""
    if container.get("type") == "bubble":
        yield from _bubble_problems(container, path)
        return
    bubbles = as_nodes(container.get("contents"))
    if not 1 <= len(bubbles) <= BUBBLES:
        yield Problem(at(path, "contents"), f"Size must be between 1 and {BUBBLES}")
    if json_bytes(container) > CAROUSEL_BYTES:
        yield Problem(path, f"carousel of {json_bytes(container)} bytes, at most 50 KB")
    if len({bubble.get("size", "mega") for bubble in bubbles}) > 1:
        yield Problem(at(path, "contents"), "all bubbles of a carousel must have the same size")
    for number, bubble in enumerate(bubbles):
        where = at(at(path, "contents"), number)
        if as_node(bubble.get("hero")).get("type") == "video":
            yield Problem(at(where, "hero"), "video cannot be used in a carousel")
        yield from _bubble_problems(bubble, where)


def _bubble_problems(bubble: Node, path: str) -> Problems:
    if json_bytes(bubble) > BUBBLE_BYTES:
        yield Problem(path, f"bubble of {json_bytes(bubble)} bytes, at most 30 KB")
    if not any(block in bubble for block in BLOCKS):
        yield Problem(path, "at least one block must be specified")
    yield from _area_action(bubble, path)
    for block, style in as_node(bubble.get("styles")).items():
        where = at(at(path, "styles"), block)
        colours = ("backgroundColor", "separatorColor")
        yield from _colour_problems(as_node(style), where, colours)
    for block in BLOCKS:
        component = as_node(bubble.get(block))
        if not component:
            continue
        if block == "hero" and component.get("type") not in ("box", "image", "video"):
            yield Problem(at(path, block), "hero must be a box, an image or a video")
        yield from _component_problems(component, at(path, block))


def _component_problems(component: Node, path: str) -> Problems:
    yield from _length_problems(component, path)
    yield from _colour_problems(component, path, _COLOURS)
    for key in ("flex", "maxLines"):
        value = component.get(key)
        if isinstance(value, int) and value < 0:
            yield Problem(at(path, key), "must be 0 or more")
    match component.get("type"):
        case "box":
            yield from _box_problems(component, path)
        case "text":
            yield from _text_problems(component, path)
        case "button":
            action = as_node(component.get("action"))
            yield from action_problems(action, at(path, "action"), FLEX_BUTTON)
        case "image" | "icon" | "video":
            yield from _picture_problems(component, path)


def _box_problems(box: Node, path: str) -> Problems:
    layout = box.get("layout")
    allowed = _MAY_HOLD.get(layout) if isinstance(layout, str) else None
    yield from _area_action(box, path)
    background = as_node(box.get("background"))
    if background:
        yield from _gradient_problems(background, at(path, "background"))
    for number, child in enumerate(as_nodes(box.get("contents"))):
        where = at(at(path, "contents"), number)
        kind = child.get("type")
        if allowed is not None and isinstance(kind, str) and kind not in allowed:
            yield Problem(at(where, "type"), f"{kind} cannot be placed in a {layout} box")
        yield from _component_problems(child, where)


def _gradient_problems(background: Node, path: str) -> Problems:
    for key in ("angle", "startColor", "endColor"):
        if key not in background:
            yield Problem(at(path, key), "May not be empty")
    angle = background.get("angle")
    if isinstance(angle, str) and not re.fullmatch(r"\d+(\.\d+)?deg", angle):
        yield Problem(at(path, "angle"), "invalid property")
    yield from _colour_problems(background, path, _COLOURS)


def _text_problems(text: Node, path: str) -> Problems:
    spans = as_nodes(text.get("contents"))
    if not text.get("text") and not spans:
        yield Problem(at(path, "text"), "May not be empty")
    yield from _area_action(text, path)
    for number, span in enumerate(spans):
        where = at(at(path, "contents"), number)
        if not span.get("text"):
            yield Problem(at(where, "text"), "May not be empty")
        yield from _component_problems(span, where)


def _picture_problems(picture: Node, path: str) -> Problems:
    yield from image_url_problems(picture.get("url"), at(path, "url"))
    yield from _area_action(picture, path)
    ratio = picture.get("aspectRatio")
    if not isinstance(ratio, str):
        return
    sides = re.fullmatch(r"(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)", ratio)
    if not sides:
        yield Problem(at(path, "aspectRatio"), "invalid property")
        return
    width, height = float(sides[1]), float(sides[2])
    if not (1 <= width <= 100_000 and 1 <= height <= 100_000 and height <= 3 * width):
        yield Problem(at(path, "aspectRatio"), "invalid property")


def _area_action(component: Node, path: str) -> Problems:
    action = as_node(component.get("action"))
    if action:
        yield from action_problems(action, at(path, "action"), FLEX_AREA)


def _length_problems(component: Node, path: str) -> Problems:
    patterns = dict(_LENGTHS)
    kind = component.get("type")
    if isinstance(kind, str) and kind in _SIZES:
        patterns["size"] = _SIZES[kind]
    if kind == "button":
        del patterns["height"]  # a button's height is a word, which the schema checks
    for key, pattern in patterns.items():
        value = component.get(key)
        if isinstance(value, str) and not re.fullmatch(pattern, value):
            yield Problem(at(path, key), "invalid property")


def _colour_problems(component: Node, path: str, keys: tuple[str, ...]) -> Problems:
    for key in keys:
        value = component.get(key)
        if isinstance(value, str) and not _COLOUR.fullmatch(value):
            yield Problem(at(path, key), "invalid property: a colour is #RRGGBB or #RRGGBBAA")
