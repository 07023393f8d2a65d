"""What of the plans a broadcast's button may lead to: a clause, a reminder of a date, a report."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.errors import AskAgain
from bot.model.edition import Edition
from bot.model.entries import Entry, PlanDate
from bot.model.unconfirmed import Unconfirmed
from bot.rules.notices import still_ahead, stretches_of
from bot.rules.owed import all_owed

ENTRY, REMIND, REPORT = "entry", "remind", "report"  # names of the buttons: report=plan/edition#id
KIND_WORDS = {ENTRY: "看這一條規定", REMIND: "設這個日期的提醒", REPORT: "回報這一項繳交"}
LABELS = {ENTRY: "看規定", REMIND: "提醒我", REPORT: "回報繳交"}  # where nothing else is written
_NOT_THERE = {
    ENTRY: "計畫裡沒有「{}」這一條：請在欄位裡打幾個字，從跳出的清單選。",
    REMIND: "計畫裡沒有「{}」這個還沒過的日期：請在欄位裡打幾個字，從跳出的清單選。",
    REPORT: "各校應繳的東西裡沒有「{}」：請在欄位裡打幾個字，從跳出的清單選。",
}


@dataclass(frozen=True, slots=True)
class KeyTargets:
    """What buttons may lead to, by what it is called: 計畫簡稱｜期末成果繳交."""

    keys: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # kind → words → key

    def data(self, kind: str, words: str) -> str:
        """What a button of this kind to what is called so brings.

        Raises:
            AskAgain: nothing is called so.
        """
        key = self.keys.get(kind, {}).get(words)
        if key is None:
            raise AskAgain(_NOT_THERE[kind].format(words))
        return f"{kind}={key}"

    def read(self, data: str) -> tuple[str, str]:
        """Kind and words of what a button brings; what is not offered any more has no words."""
        kind, _, key = data.partition("=")
        named = (words for words, one in self.keys.get(kind, {}).items() if one == key)
        return kind, next(named, "")

    @property
    def offered(self) -> list[tuple[str, str]]:
        """Everything by its words, in the order of the plans, with what may be done with it."""
        found: dict[str, list[str]] = {}
        for kind, keys in self.keys.items():
            for words in keys:
                found.setdefault(words, []).append(LABELS[kind])
        return [(words, "、".join(labels)) for words, labels in found.items()]


def key_targets(editions: Iterable[Edition], now: datetime) -> KeyTargets:
    """All that buttons may lead to on this day: dates that are over remind nobody."""
    keys: dict[str, dict[str, str]] = {ENTRY: {}, REMIND: {}, REPORT: {}}
    for edition in editions:
        for entry in edition.entries():
            words = _words(edition, entry)
            if not words or isinstance(entry, Unconfirmed):
                continue
            keys[ENTRY].setdefault(words, f"{edition.key}#{entry.id}")
            if isinstance(entry, PlanDate) and still_ahead(stretches_of(edition, entry), now):
                keys[REMIND].setdefault(words, f"{edition.key}#{entry.id}")
        for entry, owed in all_owed(edition):
            words = f"{edition.about.short}｜{owed.title or entry.title}"
            keys[REPORT].setdefault(words, f"{edition.key}#{owed.id}")
    return KeyTargets(keys)


def _words(edition: Edition, entry: Entry) -> str:
    return f"{edition.about.short}｜{entry.title}" if entry.title else ""
