"""What LINE's reference says of rich menus and their pictures, and its description leaves out."""

import struct

from bot.simulator.action_limits import RICH_MENU, action_problems, length
from bot.simulator.counting import graphemes
from bot.simulator.problem import Node, Problem, Problems, as_node, as_nodes, at

MOST_AREAS = 20
MOST_BYTES = 1_000_000
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # JPEG segments that say the size


def menu_problems(body: Node) -> Problems:
    """Everything that LINE would refuse about this menu beyond its shape."""
    for key in ("size", "selected", "name", "chatBarText", "areas"):
        if key not in body:
            yield Problem(key, "May not be empty")
    yield from length(body.get("name"), "name", 300, graphemes)
    yield from length(body.get("chatBarText"), "chatBarText", 14, graphemes)
    size = as_node(body.get("size"))
    width, height = _number(size.get("width")), _number(size.get("height"))
    if not 800 <= width <= 2500:
        yield Problem("size.width", "Must be between 800 and 2500")
    if height < 250 or width < 1.45 * height:
        yield Problem("size.height", "Must be 250 or more, and the aspect ratio 1.45 or more")
    areas = as_nodes(body.get("areas"))
    if len(areas) > MOST_AREAS:
        yield Problem("areas", f"Size must be between 0 and {MOST_AREAS}")
    for number, area in enumerate(areas):
        yield from _area_problems(area, at("areas", number), (width, height))


def _area_problems(area: Node, path: str, size: tuple[int, int]) -> Problems:
    for key in ("bounds", "action"):
        if key not in area:
            yield Problem(at(path, key), "May not be empty")
    bounds = as_node(area.get("bounds"))
    x, y, width, height = (_number(bounds.get(k)) for k in ("x", "y", "width", "height"))
    if min(x, y) < 0 or min(width, height) < 1 or x + width > size[0] or y + height > size[1]:
        yield Problem(at(path, "bounds"), "The area must be inside the image")
    yield from action_problems(as_node(area.get("action")), at(path, "action"), RICH_MENU)


def picture_problem(picture: bytes, kind: str, size: tuple[int, int]) -> str:
    """Why LINE does not take this picture for a menu of this size; empty: it does."""
    found = _png_size(picture) if kind == "image/png" else _jpeg_size(picture)
    if len(picture) > MOST_BYTES:
        return "The image is too large"
    return "" if found == size else "The image size does not match the rich menu"


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def _png_size(picture: bytes) -> tuple[int, int]:
    if not picture.startswith(_PNG) or len(picture) < 24:
        return 0, 0
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def _jpeg_size(picture: bytes) -> tuple[int, int]:
    at_byte = 2
    while picture.startswith(_JPEG) and at_byte + 9 <= len(picture):
        marker, long = struct.unpack(">HH", picture[at_byte : at_byte + 4])
        if marker & 0xFF in _FRAMES:
            height, width = struct.unpack(">HH", picture[at_byte + 5 : at_byte + 9])
            return width, height
        at_byte += 2 + long
    return 0, 0
