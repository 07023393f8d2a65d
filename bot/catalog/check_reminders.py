"""How an edition reminds: every day that schools set for themselves rests on a setting."""

import difflib
from collections.abc import Iterator

from bot.catalog.sheet import Sheet
from bot.catalog.yaml_lines import Fault


def reminder_faults(sheet: Sheet) -> Iterator[Fault]:
    """Ids that are used twice, and settings that the edition does not have."""
    reminders = sheet.edition.reminders
    seen: set[str] = set()
    known = [setting.id for setting in sheet.edition.settings]
    for kind in reminders.own if reminders else ():
        if kind.id in seen:
            yield Fault(sheet.line(kind, "id"), f"「{kind.id}」寫了兩次", "換一個沒用過的 id")
        seen.add(kind.id)
        if kind.setting not in known and kind.setting not in sheet.formless:
            near = difflib.get_close_matches(kind.setting, known, n=3) or known[:8]
            cure = f"可以指：{'、'.join(near)}" if near else "在 settings 寫出那一項"
            yield Fault(sheet.line(kind, "setting"), f"沒有「{kind.setting}」這個系統參數", cure)
