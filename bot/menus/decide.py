"""What is to be done so that LINE's menus become ours: pure, from what LINE says there is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.model.menus import Menu, MenuRack, MenuRole, MenuSize

OURS = "shizhong"  # our menus are named shizhong/<menu>/<version>; all others are left alone
FIRST = "first"  # alias first-staff: what staff see first
_NAME = re.compile(rf"{OURS}/(?P<menu>[a-z-]+)/(?P<version>[0-9a-f]+)")
_ROLES, _SIZES = "|".join(MenuRole), "|".join(MenuSize)
_ALIAS = re.compile(rf"(?P<role>{_ROLES})-[a-z]+-(?:{_SIZES})|{FIRST}-(?:{_ROLES})")


@dataclass(frozen=True, slots=True)
class Hung:
    """What LINE has: menus by id with their names, aliases with the ids, everybody's menu."""

    menus: Mapping[str, str]
    aliases: Mapping[str, str]
    default: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """What is to be done, in this order; ids are LINE's."""

    make: tuple[Menu, ...]
    kept: Mapping[str, str]  # menu's id → LINE's id
    unsure: tuple[Menu, ...]  # kept, but perhaps without a picture: nothing points at them yet
    point: Mapping[str, str]  # aliases that do not stand for what they should → menu's id
    default: str  # the menu's id; empty: there is none of ours
    sets_default: bool
    drop: tuple[str, ...]  # aliases that nothing needs any more
    old: Mapping[str, str]  # LINE's id of what goes → id of the menu in its place, or empty

    @property
    def is_nothing(self) -> bool:
        """Whether all is as it should be."""
        return not (self.make or self.point or self.sets_default or self.drop or self.old)

    def lines(self) -> list[str]:
        """What is to be done, in words."""
        replaced = [menu.id for menu in self.make if menu.id in self.old.values()]
        new = [menu.id for menu in self.make if menu.id not in replaced]
        gone = len(self.old) - len(replaced)
        said = [
            f"新增{len(new)}份：{'、'.join(new)}" if new else "",
            f"更換{len(replaced)}份：{'、'.join(replaced)}" if replaced else "",
            f"設定{len(self.point)}個別名" if self.point else "",
            f"預設選單改為 {self.default}" if self.sets_default and self.default else "",
            "取消預設選單" if self.sets_default and not self.default else "",
            f"刪除{len(self.drop)}個不用的別名：{'、'.join(self.drop)}" if self.drop else "",
            f"刪除{gone}份不用的選單" if gone > 0 else "",
        ]
        return [line for line in said if line] or ["選單都是最新的，沒有要改的。"]


def name_of(rack: MenuRack, menu: Menu) -> str:
    """The name under which this menu is kept at LINE: another content, another name."""
    return f"{OURS}/{menu.id}/{rack.version(menu)}"


def decide(rack: MenuRack, hung: Hung) -> Todo:
    """What is to be done. Of two menus with one name, that which an alias stands for is kept."""
    aliased = set(hung.aliases.values())
    kept: dict[str, str] = {}
    for menu in rack.menus:
        name = name_of(rack, menu)
        found = sorted((i not in aliased, i) for i, called in hung.menus.items() if called == name)
        if found:
            kept[menu.id] = found[0][1]
    wanted = _aliases(rack)
    ours = {i: m["menu"] for i, name in hung.menus.items() if (m := _NAME.fullmatch(name))}
    first = rack.first(MenuRole.TEACHER)
    default = first.id if first else ""
    holds_ours = hung.default in ours
    return Todo(
        make=tuple(menu for menu in rack.menus if menu.id not in kept),
        kept=kept,
        unsure=tuple(m for m in rack.menus if m.id in kept and kept[m.id] not in aliased),
        point={
            alias: menu_id
            for alias, menu_id in wanted.items()
            if menu_id not in kept or hung.aliases.get(alias) != kept[menu_id]
        },
        default=default,
        sets_default=hung.default != kept.get(default) if default else holds_ours,
        drop=tuple(sorted(a for a in hung.aliases if a not in wanted and _is_ours(a, hung, ours))),
        old={
            i: _instead(menu, rack, wanted)
            for i, menu in sorted(ours.items())
            if i not in kept.values()
        },
    )


def alias_of_first(role: MenuRole) -> str:
    """The alias of what somebody of this role sees first."""
    return f"{FIRST}-{role}"


def _aliases(rack: MenuRack) -> dict[str, str]:
    """Every alias, with the id of the menu that it is to stand for."""
    firsts = {alias_of_first(r): first.id for r in MenuRole if (first := rack.first(r))}
    return {menu.id: menu.id for menu in rack.menus} | firsts


def _is_ours(alias: str, hung: Hung, ours: Mapping[str, str]) -> bool:
    target = hung.aliases[alias]
    leads_nowhere = target not in hung.menus and _ALIAS.fullmatch(alias) is not None
    return target in ours or leads_nowhere


def _instead(menu_id: str, rack: MenuRack, wanted: Mapping[str, str]) -> str:
    """What those get who had this menu; empty: everybody's."""
    if menu_id in wanted:
        return menu_id
    match = _ALIAS.fullmatch(menu_id)
    first = rack.first(MenuRole(match["role"])) if match and match["role"] else None
    return first.id if first else ""
