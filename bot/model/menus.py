"""Menus under the chat: which pages each role has, and where on the picture a tap does what."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

CELLS = 6  # of a page, three side by side
LONGEST_LABEL = 7  # characters: they are drawn large
LONGEST_HINT = 9
LONGEST_TAB = 4
LONGEST_BAR = 14  # LINE's limit of the bar that opens a menu
MOST_PAGES = 4  # tabs that can still be hit with a thumb
WIDTH = 2500
FOLD = 430  # the tab at the right that changes the size
COLUMNS = ((0, 833), (833, 834), (1667, 833))


class MenuRole(StrEnum):
    """Whose menu it is."""

    TEACHER = "teacher"
    CONTACT = "contact"
    STAFF = "staff"


class MenuSize(StrEnum):
    """How much of the screen a menu takes."""

    FULL = "full"
    COMPACT = "compact"

    @property
    def height(self) -> int:
        """Of the whole picture."""
        return 1686 if self is MenuSize.FULL else 843

    @property
    def tabs_height(self) -> int:
        """Of the row of tabs at its top; the two rows of cells share the rest."""
        return 246 if self is MenuSize.FULL else 219

    @property
    def other(self) -> "MenuSize":
        """What the tab at the right changes to."""
        return MenuSize.COMPACT if self is MenuSize.FULL else MenuSize.FULL


def menu_for(roles: Collection[MenuRole]) -> MenuRole:
    """Whose menu somebody with these roles gets: staff before contact before teacher."""
    ordered = (MenuRole.STAFF, MenuRole.CONTACT)
    return next((role for role in ordered if role in roles), MenuRole.TEACHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuCell:
    """One thing to tap: what it is called, and the words that it says for the person."""

    label: str
    icon: str  # name of a drawing
    hint: str = ""
    say: str = ""  # empty: the label

    def __post_init__(self) -> None:
        if len(self.label) > LONGEST_LABEL:
            raise ValueError(f"「{self.label}」超過{LONGEST_LABEL}個字，圖上放不下")
        if len(self.hint) > LONGEST_HINT:
            raise ValueError(f"「{self.hint}」超過{LONGEST_HINT}個字，圖上放不下")

    @property
    def words(self) -> str:
        """What is said when it is tapped."""
        return self.say or self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuPage:
    """One tab with its cells."""

    id: str
    tab: str
    cells: tuple[MenuCell, ...]

    def __post_init__(self) -> None:
        if len(self.cells) != CELLS:
            raise ValueError(f"一頁要有{CELLS}格，這裡有{len(self.cells)}格")
        if len(self.tab) > LONGEST_TAB:
            raise ValueError(f"分頁名稱「{self.tab}」超過{LONGEST_TAB}個字")
        if not self.id.isascii() or not self.id.isalpha() or not self.id.islower():
            raise ValueError(f"分頁代號「{self.id}」只能用小寫英文字母")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleMenus:
    """Which pages a role has, the first of them shown first, and what opens them."""

    role: MenuRole
    bar: str
    pages: tuple[str, ...]  # ids

    def __post_init__(self) -> None:
        if len(self.bar) > LONGEST_BAR:
            raise ValueError(f"「{self.bar}」超過{LONGEST_BAR}個字")
        if not 1 <= len(self.pages) <= MOST_PAGES:
            raise ValueError(f"一種身分要有1到{MOST_PAGES}個分頁")


@dataclass(frozen=True, slots=True)
class Bounds:
    """A rectangle on the picture, in its pixels from the top left."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class MenuArea:
    """Where a tap says words, or turns to another menu: one of the two."""

    bounds: Bounds
    label: str
    say: str = ""
    turn_to: str = ""  # id of a menu


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """One menu as LINE knows it: one page of one role in one size."""

    role: MenuRole
    bar: str
    page: MenuPage
    pages: tuple[MenuPage, ...]  # all tabs of the role
    size: MenuSize

    @property
    def id(self) -> str:
        """As in `teacher-common-full`; also its alias at LINE."""
        return self.id_of(self.page, self.size)

    def id_of(self, page: MenuPage, size: MenuSize) -> str:
        """The id of the same role's menu with this page and size."""
        return f"{self.role}-{page.id}-{size}"

    @property
    def tabs(self) -> tuple[tuple[MenuPage, Bounds], ...]:
        """Each tab with its place, from the left."""
        width = (WIDTH - FOLD) // len(self.pages)
        high = self.size.tabs_height
        return tuple((page, Bounds(i * width, 0, width, high)) for i, page in enumerate(self.pages))

    @property
    def fold(self) -> Bounds:
        """The place of the tab that changes the size."""
        return Bounds(WIDTH - FOLD, 0, FOLD, self.size.tabs_height)

    @property
    def cells(self) -> tuple[tuple[MenuCell, Bounds], ...]:
        """Each cell with its place, row by row."""
        top = self.size.tabs_height
        high = (self.size.height - top) // 2
        places = [Bounds(x, top + row * high, w, high) for row in (0, 1) for x, w in COLUMNS]
        return tuple(zip(self.page.cells, places, strict=True))

    @property
    def areas(self) -> tuple[MenuArea, ...]:
        """Everything that can be tapped: other tabs, the other size, the cells."""
        return (*self._turns(), *(MenuArea(at, c.label, say=c.words) for c, at in self.cells))

    def _turns(self) -> Iterator[MenuArea]:
        for page, at in self.tabs:
            if page is not self.page:
                yield MenuArea(at, page.tab, turn_to=self.id_of(page, self.size))
        other = self.size.other
        label = "收合" if self.size is MenuSize.FULL else "展開"
        yield MenuArea(self.fold, label, turn_to=self.id_of(self.page, other))

    def drawn(self) -> str:
        """A mark of all that its picture shows: another one, and the picture is of yesterday."""
        shown = {
            "id": self.id,
            "tabs": [page.tab for page in self.pages],
            "cells": [[c.label, c.hint, c.icon] for c in self.page.cells],
            "places": [
                [a.bounds.x, a.bounds.y, a.bounds.width, a.bounds.height] for a in self.areas
            ],
        }
        return _mark(json.dumps(shown, ensure_ascii=False).encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuBook:
    """What the file of menus says."""

    pages: tuple[MenuPage, ...]
    roles: tuple[RoleMenus, ...]

    def __post_init__(self) -> None:
        ids, roles = [p.id for p in self.pages], [r.role for r in self.roles]
        if len(set(ids)) < len(ids) or len(set(roles)) < len(roles):
            raise ValueError("同一個分頁代號或身分寫了兩次")
        for role in self.roles:
            unknown = [page for page in role.pages if page not in ids]
            if unknown or len(set(role.pages)) < len(role.pages):
                raise ValueError(f"{role.role} 的分頁寫了兩次，或不存在：{'、'.join(unknown)}")
        if roles and MenuRole.TEACHER not in roles:
            raise ValueError("少了 teacher：沒有其他身分的人都用這一份")

    @property
    def menus(self) -> tuple[Menu, ...]:
        """Every menu, by role, page and size."""
        known = {page.id: page for page in self.pages}
        return tuple(
            Menu(role=r.role, bar=r.bar, page=known[page], pages=_of(known, r.pages), size=size)
            for r in self.roles
            for page in r.pages
            for size in MenuSize
        )


@dataclass(frozen=True, slots=True)
class MenuRack:
    """All menus with their pictures, ready to be hung up."""

    menus: tuple[Menu, ...] = ()
    pictures: Mapping[str, bytes] | None = None  # PNG, by id of the menu

    def picture(self, menu: Menu) -> bytes:
        """The picture of this menu."""
        return (self.pictures or {})[menu.id]

    def version(self, menu: Menu) -> str:
        """A mark of everything that LINE keeps of this menu."""
        kept = [(a.label, a.say, a.turn_to) for a in menu.areas]
        whole = json.dumps([menu.bar, menu.drawn(), kept], ensure_ascii=False).encode()
        return _mark(whole + self.picture(menu))

    def first(self, role: MenuRole) -> Menu | None:
        """What somebody of this role sees first; None where the role has no menu."""
        return next((m for m in self.menus if m.role is role), None)


def _of(known: Mapping[str, MenuPage], ids: Collection[str]) -> tuple[MenuPage, ...]:
    return tuple(known[page] for page in ids)


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
