"""The form of how one is reminded: shown as it is kept, read into preferences."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from bot.errors import AskAgain
from bot.model.reminders import LEADS, MOST_DAYS, Digest, Preferences
from bot.pages.own_forms import field

DIGESTS = (
    (Digest.NONE, "到期就傳"),
    (Digest.DAILY, "每天一次"),
    (Digest.WEEKLY, "每週一次（星期一）"),
)
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What stands in the form."""

    hour: str
    leads: str
    quiet_from: str
    quiet_to: str
    digest: Digest
    digests: tuple[tuple[Digest, str], ...]
    paused_until: str
    is_stopped: bool
    usual_leads: str


def shown_preferences(wanted: Preferences) -> Shown:
    """The preferences as the form shows them; what is not set is empty."""
    begin, end = wanted.quiet
    return Shown(
        hour=f"{wanted.hour:%H:%M}" if wanted.hour else "",
        leads="、".join(map(str, wanted.leads or ())),
        quiet_from=f"{begin:%H:%M}",
        quiet_to=f"{end:%H:%M}",
        digest=wanted.digest,
        digests=DIGESTS,
        paused_until=wanted.paused_until.isoformat() if wanted.paused_until else "",
        is_stopped=wanted.is_stopped,
        usual_leads="、".join(map(str, LEADS)),
    )


def read_preferences(typed: Mapping[str, str]) -> Preferences:
    """What was filled in.

    Raises:
        AskAgain: something of it cannot be read; nothing is changed then.
    """
    try:
        digest = Digest(field(typed, "digest") or Digest.NONE.value)
    except ValueError:
        raise AskAgain("請選擇多久提醒一次，沒有更動。") from None
    return Preferences(
        hour=_hour(field(typed, "hour")),
        leads=_leads(field(typed, "leads")),
        quiet_from=_hour(field(typed, "quiet_from")),
        quiet_to=_hour(field(typed, "quiet_to")),
        digest=digest,
        paused_until=_day(field(typed, "paused_until")),
        is_stopped=bool(typed.get("stopped")),
    )


def _hour(said: str) -> time | None:
    if not said:
        return None
    if not _HOUR.fullmatch(said[:5]):
        raise AskAgain(f"看不懂時間「{said}」，沒有更動。請填成 08:00 的樣子。")
    return time.fromisoformat(said[:5])


def _leads(said: str) -> tuple[int, ...] | None:
    numbers = [int(n) for n in re.findall(r"[0-9]+", said)]
    if not said:
        return None
    if not numbers or max(numbers) > MOST_DAYS or len(numbers) > len(LEADS) * 2:
        raise AskAgain(
            f"看不懂提前的天數「{said}」，沒有更動。請填0到{MOST_DAYS}之間的數字，例如 7、3、1。"
        )
    return tuple(sorted(set(numbers), reverse=True))


def _day(said: str) -> date | None:
    if not said:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise AskAgain(f"看不懂日期「{said}」，沒有更動。請用日期選單選擇。") from None
