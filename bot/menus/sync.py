"""LINE's menus become ours, call by call; broken off anywhere, the next run goes on from there.

Whatever is made can be found again by its name, and what is replaced goes last: nobody sees a gap,
and nothing of ours is left behind.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Protocol

from bot.errors import TryLater
from bot.menus.decide import Hung, Todo, decide, name_of
from bot.model.menus import Menu, MenuRack

ASKS = 30  # whether LINE has given everybody their new menu
BETWEEN_S = 2.0
STEPS = 1_000  # replacements of one call


class Wall(Protocol):
    """Where the menus hang: LINE. Every call raises DeliveryError."""

    def menus(self) -> dict[str, str]: ...
    def aliases(self) -> dict[str, str]: ...
    def default(self) -> str: ...
    def create(self, menu: Menu, name: str) -> str: ...
    def has_picture(self, menu_id: str) -> bool: ...
    def put_picture(self, menu_id: str, png: bytes) -> None: ...
    def delete(self, menu_id: str) -> None: ...
    def point(self, alias: str, menu_id: str, *, is_new: bool) -> None: ...
    def drop_alias(self, alias: str) -> None: ...
    def set_default(self, menu_id: str) -> None: ...
    def clear_default(self) -> None: ...
    def replace(self, new_of: Mapping[str, str]) -> str: ...
    def is_replaced(self, number: str) -> bool: ...


def look(wall: Wall, rack: MenuRack) -> tuple[Hung, Todo]:
    """What LINE has, and what is to be done about it. Changes nothing."""
    hung = Hung(wall.menus(), wall.aliases(), wall.default())
    return hung, decide(rack, hung)


def hang(wall: Wall, rack: MenuRack, pause: Callable[[float], None]) -> Todo:
    """Bring LINE's menus up to date; gives what was done.

    Args:
        pause: waits so many seconds.

    Raises:
        DeliveryError: LINE did not take something; what was done stays, and the next run goes on.
    """
    hung, todo = look(wall, rack)
    ids = dict(todo.kept)
    for menu in todo.unsure:
        if not wall.has_picture(ids[menu.id]):
            wall.put_picture(ids[menu.id], rack.picture(menu))
    for menu in todo.make:
        ids[menu.id] = wall.create(menu, name_of(rack, menu))
        wall.put_picture(ids[menu.id], rack.picture(menu))
    for alias, menu_id in todo.point.items():
        wall.point(alias, ids[menu_id], is_new=alias not in hung.aliases)
    if todo.sets_default and todo.default:
        wall.set_default(ids[todo.default])
    elif todo.sets_default:
        wall.clear_default()
    for alias in todo.drop:
        wall.drop_alias(alias)
    _take_down(wall, {old: ids.get(new, "") for old, new in todo.old.items()}, pause)
    return todo


def _take_down(wall: Wall, old: Mapping[str, str], pause: Callable[[float], None]) -> None:
    """Give those who have an old menu its new one, and only then take the old ones away."""
    moved = [(gone, new) for gone, new in old.items() if new]
    for some in _parts(moved):
        number = wall.replace(dict(some))
        for _ in range(ASKS):
            if wall.is_replaced(number):
                break
            pause(BETWEEN_S)
        else:
            raise TryLater("LINE is still giving people their new menus")
    for gone in old:
        wall.delete(gone)


def _parts(pairs: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    left = iter(pairs)
    while some := list(islice(left, STEPS)):
        yield some
