"""What staff set for their channel in the console: its name there, and what schools may do."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.console_work.doer import Doer
from bot.errors import AskAgain
from bot.store import channel_settings
from bot.store.channel_settings import (
    CONSOLE_NAME,
    CONTACTS_HAND_OVER,
    CONTACTS_UPLOAD,
    OFF,
    ON,
)
from bot.understand.mask import mask

LONGEST_NAME = 20
# What schools may do by themselves, each as staff read it.
SWITCHES: Mapping[str, str] = {
    CONTACTS_HAND_OVER: "學校承辦人可以自己辦理交接（產生交接邀請碼）",
    CONTACTS_UPLOAD: "學校承辦人可以自己上傳名冊和研習名單",
}
_NAMES = {
    CONSOLE_NAME: "後台名稱",
    CONTACTS_HAND_OVER: "學校自己交接",
    CONTACTS_UPLOAD: "學校自己上傳名單",
}
_WORDS = {ON: "可以", OFF: "不可以"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelChoices:
    """What is set for a channel."""

    console_name: str = ""
    switched_on: frozenset[str] = frozenset(SWITCHES)

    def as_text(self) -> dict[str, str]:
        """Each setting by its name, as it is kept."""
        switches = {name: ON if name in self.switched_on else OFF for name in SWITCHES}
        return {CONSOLE_NAME: self.console_name, **switches}


def read(db: Connection, channel_id: str) -> ChannelChoices:
    """How it is set now."""
    found = channel_settings.everything(db, channel_id)
    on = frozenset(name for name in SWITCHES if found.get(name, ON) != OFF)
    return ChannelChoices(console_name=found.get(CONSOLE_NAME, ""), switched_on=on)


def keep(db: Connection, doer: Doer, wanted: ChannelChoices) -> None:
    """Set it so; what becomes other has its line in the audit.

    Raises:
        AskAgain: the name is too long.
    """
    name = mask("".join(c for c in wanted.console_name if c.isprintable()).strip())
    if len(name) > LONGEST_NAME:
        raise AskAgain(f"後台名稱最多 {LONGEST_NAME} 個字，沒有更動。請縮短後再儲存。")
    before = read(db, doer.channel_id).as_text()
    after = ChannelChoices(console_name=name, switched_on=wanted.switched_on).as_text()
    changed = [one for one in after if after[one] != before[one]]
    for one in changed:
        channel_settings.put_text(db, doer.channel_id, one, after[one])
    if changed:
        doer.note(db, "settings.change", "", _said(after, changed), _said(before, changed))


def _said(values: Mapping[str, str], names: list[str]) -> dict[str, str]:
    return {_NAMES[n]: _WORDS.get(values[n], values[n]) or "（無）" for n in names}
