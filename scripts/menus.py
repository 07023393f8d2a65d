"""Draws the pictures of the menus under the chat: knowledge/menus/images.

    python -m scripts.menus

One page of HTML a menu, from `menus.yaml`, the drawings in `icons/` and `scripts/menu.html`;
Chromium makes a PNG of it. What was drawn is noted in `drawn.json`. Needs the browser that
`make test` brings, and a font with Chinese.
"""

import hashlib
import json
import sys
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from playwright.sync_api import Page, sync_playwright

from bot.catalog import menus
from bot.model.menus import WIDTH, Menu
from scripts.browser import system_browser

HERE = Path(__file__).parent
KNOWLEDGE = HERE.parent / "knowledge"
TEMPLATE = "menu.html"
LOOKS = "looks"  # the key in drawn.json that says by which template all was drawn
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def looks(folder: Path = KNOWLEDGE) -> str:
    """A mark of everything beside the words that a picture shows: the template, the drawings."""
    found = hashlib.sha256((HERE / TEMPLATE).read_bytes())
    for icon in sorted((folder / menus.FOLDER / menus.ICONS).glob("*.svg")):
        found.update(icon.name.encode() + icon.read_bytes())
    return found.hexdigest()[:16]


def html(menu: Menu, folder: Path = KNOWLEDGE) -> str:
    """The page that becomes the picture of this menu."""
    rendering = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined
    )
    icons = {
        cell.icon: Markup(menus.icon_path(folder, cell.icon).read_text(encoding="utf-8"))
        for cell in menu.page.cells
    }
    return rendering.get_template(TEMPLATE).render(menu=menu, icons=icons, width=WIDTH)


def draw(page: Page, menu: Menu, folder: Path = KNOWLEDGE) -> bytes:
    """The picture of this menu."""
    page.set_viewport_size({"width": WIDTH, "height": menu.size.height})
    page.set_content(html(menu, folder))
    return page.screenshot()


def main() -> int:
    """Draw all; what no menu shows any more goes."""
    book, findings = menus.read_book(KNOWLEDGE)
    if book is None:
        print("\n".join(map(str, findings)) or f"no {menus.FILE}", file=sys.stderr)
        return 1
    drawn = {LOOKS: looks()}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=system_browser(), args=FLAGS)
        page = chromium.new_page()
        for menu in book.menus:
            path = menus.picture_path(KNOWLEDGE, menu)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(draw(page, menu))
            drawn[menu.id] = menu.drawn()
            print(f"{path.name}: {path.stat().st_size:,} bytes")
        chromium.close()
    folder = KNOWLEDGE / menus.FOLDER
    for path in (folder / menus.IMAGES).glob("*.png"):
        if path.stem not in drawn:
            path.unlink()
    text = json.dumps(drawn, indent=1, sort_keys=True) + "\n"
    (folder / menus.DRAWN).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
