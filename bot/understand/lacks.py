"""What a question wants that an entry cannot tell, though it is about the entry."""

import re

from bot.model.entries import HELD, PlanDate, Unsaid
from bot.understand.gives import alike
from bot.understand.index import Item
from bot.understand.question import Question

# Units of which a plan says something or not; for others (份, 次, 張) people mix the words.
TELLING = {
    "支",
    "題",
    "樓",
    "分鐘",
    "小時",
    "分",
    "頁",
    "字",
    "mb",
    "公分",
    "吋",
    "坪",
    "歲",
    "碼",
    "人",
    "位",
    "名",
}
# What is wanted → what an entry must give to tell it, and the word for it.
_TOLD_BY = {
    "name": ({"name", "phone"}, "人選"),
    "money": ({"money", "share"}, "金額"),
    "share": ({"share"}, "比例"),
}
# The same for a day and a place, where no word for them stands in the entry either.
_SPOKEN_OF = {
    "when": (
        re.compile(r"\d|日|月|時|期|天|年|週|前|後|起|隨|即"),
        re.compile("哪一?天|哪幾天|幾月|幾號|日期"),
        "日期",
    ),
    "where": (
        re.compile("地|處|至|到|於|在|網|校|站|平臺|平台|路|館|室|寄|傳|頁"),
        re.compile("地點|場地|地址"),
        "地點",
    ),
}


def lacks(question: Question, item: Item) -> tuple[str, ...]:
    """Names in 中文 of what is wanted and not told: 地點, 時間, 金額, 幾分; empty where all is."""
    if isinstance(item.entry, Unsaid) or item.role or item.permission:
        return ()
    wants, units = question.asked.wants, question.asked.units
    missing = [f"幾{u}" for u in sorted(units & TELLING) if not _tells(item, u)]
    if isinstance(item.entry, PlanDate):
        missing += _lacking_of_date(item, item.entry, wants, units)
    return (
        *missing,
        *(
            named
            for want, (told, named) in _TOLD_BY.items()
            if want in wants and not told & item.gives
        ),
        *(
            named
            for want, (spoken, asked, named) in _SPOKEN_OF.items()
            if want in wants - item.gives
            and asked.search(question.key)
            and not spoken.search(item.body + item.phrases[0])
        ),
    )


def _lacking_of_date(
    item: Item, entry: PlanDate, wants: frozenset[str], units: frozenset[str]
) -> list[str]:
    missing = []
    if entry.kind in HELD:
        if "where" in wants and not entry.place and "線上" not in entry.how:
            missing.append("地點")
        if "time" in wants and "time" not in item.gives:
            missing.append("時間")
    if "小時" in units and not _tells(item, "小時"):
        missing.append("幾小時")
    return missing


def _tells(item: Item, unit: str) -> bool:
    return any(f"count:{u}" in item.gives for u in alike(unit)) or unit in item.body
