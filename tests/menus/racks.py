"""Menus made up for tests: few, with pictures of one colour."""

import struct
import zlib

from bot.model.menus import WIDTH, Menu, MenuBook, MenuCell, MenuPage, MenuRack, MenuRole, RoleMenus


def png(width: int, height: int, shade: int = 255) -> bytes:
    """A grey picture of this size."""
    rows = (b"\0" + bytes([shade]) * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


FULL, COMPACT = png(WIDTH, 1686), png(WIDTH, 843)


def page(name: str, label: str = "我的進度") -> MenuPage:
    """A page of six equal cells."""
    return MenuPage(id=name, tab=name[:4], cells=(MenuCell(label=label, icon="bell"),) * 6)


def rack(*roles: MenuRole, label: str = "我的進度", pages: tuple[str, ...] = ("one",)) -> MenuRack:
    """The menus of these roles, each with these pages in both sizes."""
    book = MenuBook(
        pages=tuple(page(name, label) for name in pages),
        roles=tuple(RoleMenus(role=role, bar="選單", pages=pages) for role in roles),
    )
    return MenuRack(book.menus, {menu.id: _picture(menu) for menu in book.menus})


def _picture(menu: Menu) -> bytes:
    return FULL if menu.size.height == 1686 else COMPACT


def no_pause(seconds: float) -> None:
    """Nothing to wait for: this LINE is done as soon as it is asked twice."""
