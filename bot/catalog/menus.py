"""The menus under the chat with their drawn pictures, and everything that is wrong with them.

Apart from the plans: a picture of yesterday must stop nobody from answering. `knowledge check` and
`richmenu sync` read them.
"""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.catalog.shape import BAD, Shaper
from bot.catalog.sheet import Marks
from bot.catalog.yaml_lines import Fault, YamlFault, read_tree
from bot.errors import Finding, KnowledgeError
from bot.model.menus import WIDTH, Menu, MenuBook, MenuRack

FOLDER = "menus"
FILE = f"{FOLDER}/menus.yaml"
DRAWN = "drawn.json"  # which state of the data each picture shows
ICONS, IMAGES = "icons", "images"
MOST_BYTES = 1_000_000
REDRAW = "重畫一次：.venv/bin/python -m scripts.menus"
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class MenuReading:
    """What was read: the menus, and all that is wrong with them."""

    rack: MenuRack
    findings: tuple[Finding, ...] = ()


def load_menus(folder: Path) -> MenuRack:
    """The menus below this knowledge folder; none where it has no file of them.

    Raises:
        KnowledgeError: with everything that is wrong.
    """
    reading = read_menus(folder)
    if reading.findings:
        raise KnowledgeError(reading.findings)
    return reading.rack


def read_menus(folder: Path) -> MenuReading:
    """The menus below this knowledge folder, as far as they are whole."""
    book, findings = read_book(folder)
    if book is None:
        return MenuReading(MenuRack(), tuple(findings))
    pictures, drawn = {}, read_drawn(folder)
    for menu in book.menus:
        path = picture_path(folder, menu)
        pictures[menu.id] = path.read_bytes() if path.is_file() else b""
        stale = drawn.get(menu.id) != menu.drawn()
        faults = _picture_faults(menu, pictures[menu.id], stale=stale)
        name = path.relative_to(folder).as_posix()
        findings += [Finding(name, 0, menu.id, what, REDRAW) for what in faults]
    return MenuReading(MenuRack(book.menus, pictures), tuple(findings))


def read_book(folder: Path) -> tuple[MenuBook | None, list[Finding]]:
    """The file of menus alone, without pictures; None where there is none, or it is not whole."""
    path = folder / FILE
    if not path.is_file():
        return None, []
    try:
        tree, faults = read_tree(path.read_bytes())
    except YamlFault as err:
        return None, [Finding(FILE, err.fault.line, "", err.fault.what, err.fault.cure)]
    shaper, marks = Shaper(), Marks.of(tree)
    book = shaper.noun(MenuBook, tree)
    found: list[Fault] = [*faults, *shaper.faults]
    if book is not BAD:
        found += _icon_faults(book, folder, shaper)
    findings = [marks.finding(FILE, fault) for fault in found]
    return (None if findings else book), findings


def read_drawn(folder: Path) -> dict[str, str]:
    """Which state of the data each picture shows, by id of the menu."""
    path = folder / FOLDER / DRAWN
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def picture_path(folder: Path, menu: Menu) -> Path:
    """Where the picture of this menu is kept."""
    return folder / FOLDER / IMAGES / f"{menu.id}.png"


def icon_path(folder: Path, name: str) -> Path:
    """Where the drawing of this name is kept."""
    return folder / FOLDER / ICONS / f"{name}.svg"


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG; nothing where it is none."""
    if len(png) < 24 or not png.startswith(_PNG):
        return 0, 0
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def _icon_faults(book: MenuBook, folder: Path, shaper: Shaper) -> Iterator[Fault]:
    known = sorted(path.stem for path in (folder / FOLDER / ICONS).glob("*.svg"))
    for page in book.pages:
        for cell in page.cells:
            if cell.icon not in known:
                line = shaper.nodes[id(cell)][1].line
                what = f"沒有「{cell.icon}」這個圖示"
                yield Fault(line, what, f"用 icons/ 裡有的：{'、'.join(known)}")


def _picture_faults(menu: Menu, png: bytes, *, stale: bool) -> Iterator[str]:
    if not png:
        yield "選單還沒有圖"
    elif size_of(png) != (WIDTH, menu.size.height):
        yield f"圖不是{WIDTH}×{menu.size.height}的PNG"
    elif len(png) > MOST_BYTES:
        yield f"圖有{len(png):,}位元組，LINE最多收{MOST_BYTES:,}"
    elif stale:
        yield "選單改過了，圖還是舊的"
