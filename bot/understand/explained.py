"""Why an answer was chosen, with the names that people know in place of keys."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.messages import Why
from bot.model.entries import Entry
from bot.understand.reader import Reader

# What stands for an entry where none answered.
_WITHOUT_ENTRY = {"by-day": "依日期查詢", "secret": "個資提醒", "pasted": "貼上的公告"}

# `Why.because` in the words of staff.
WAYS = {
    "best": "最符合的項目",
    "nearest": "沒有把握，只當最接近的項目",
    "gap": "計畫沒有寫的事",
    "lacks": "項目沒有寫出所問的細節",
    "button": "按了這一項的按鈕",
    "picked": "從選項裡選的",
    "verdict": "資格判定",
    "remedy": "資格不符時的補救",
    "by day": "依日期查詢",
    "which plan": "好幾個計畫都可能，反問",
    "which eligibility": "要檢查資格，反問是哪一項",
    "other year": "沒有收錄的年度",
    "other place": "沒有收錄的縣市",
    "nothing fits": "找不到符合的項目",
    "another language": "不是中文",
    "secret": "個人資料",
    "pasted": "貼上的公告",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One reason, ready to be shown to staff."""

    way: str  # which way it was found; empty: not noted
    plan: str  # as cards call it
    key: str  # plan/edition#entry, as far as there is one
    title: str  # of the entry; empty: none answered
    clauses: tuple[str, ...]
    score: float
    words: tuple[str, ...]
    rivals: tuple[tuple[str, float], ...]  # plan and title, score


def explain(reader: Reader, why: Why, more: Mapping[str, Entry] | None = None) -> Explained:
    """The reason in words.

    Args:
        more: entries that the reader no longer knows, such as expired supplements, by id.
    """
    edition = reader.edition(f"{why.plan}/{why.edition}")
    editions = reader.editions(why.plan)
    short = edition or (editions[-1] if editions else None)
    title, clauses = _entry(reader, why, more or {})
    return Explained(
        way=WAYS.get(why.because, why.because),
        plan=short.about.short if short else why.plan,
        key=key_of(why),
        title=title,
        clauses=clauses,
        score=why.score,
        words=why.words,
        rivals=tuple((_rival(reader, key, more or {}), score) for key, score in why.rivals),
    )


def key_of(why: Why) -> str:
    """The key of the entry that answered, or of the edition; empty where no plan was meant."""
    if not why.plan:
        return ""
    edition = f"{why.plan}/{why.edition}" if why.edition else why.plan
    return f"{edition}#{why.entry}" if why.entry else edition


def lines(explained: Explained) -> list[str]:
    """The reason line by line, for a terminal; what is not known is left out."""
    clauses = f"（{'、'.join(explained.clauses)}）" if explained.clauses else ""
    rows = (
        ("方式", explained.way),
        ("計畫", explained.plan),
        ("條目", " ".join(filter(None, (explained.key, explained.title + clauses)))),
        ("分數", f"{explained.score:.3f}" if explained.score else ""),
        ("關鍵詞", "、".join(explained.words)),
        ("其他候選", "；".join(f"{name} {score:.3f}" for name, score in explained.rivals)),
    )
    return [f"{name}：{value}" for name, value in rows if value] or ["沒有查任何計畫"]


def _entry(reader: Reader, why: Why, more: Mapping[str, Entry]) -> tuple[str, tuple[str, ...]]:
    if not why.entry or why.entry in _WITHOUT_ENTRY:
        return _WITHOUT_ENTRY.get(why.entry, ""), ()
    item = reader.index.by_key.get(key_of(why))
    entry = item.entry if item else more.get(why.entry)
    if entry is None:
        return f"{why.entry}（已不在收錄中）", ()
    return entry.title, entry.source


def _rival(reader: Reader, key: str, more: Mapping[str, Entry]) -> str:
    item = reader.index.by_key.get(key)
    if item is not None:
        return f"{item.edition.about.short}　{item.entry.title}"
    known = more.get(key.partition("#")[2])
    return known.title if known else key
