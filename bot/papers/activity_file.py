"""A filled-in activity plan as rows: columns found by their words, ticked boxes by their marks."""

import re
from collections.abc import Mapping

from bot.model.checks import ActivityCheck, LecturerKind, Way
from bot.papers.headings import Table, find_table, squeezed
from bot.papers.opened import open_grids, place
from bot.rules.check_activity import Activity
from bot.rules.check_reading import read_day, read_hours

_WORDS = {
    "number": ("次",),
    "day": ("日期",),
    "hours": ("時間",),
    "content": ("實施內容", "活動內容", "內容"),
    "ways": ("實施方式", "方式"),
    "lecturer": ("講座種類", "講座類別"),
    "name": ("主持人或講座", "主持人", "講師", "講座"),
    "note": ("備註",),
}
_MUSTS = ("day", "content", "ways")
_TICKED, _OPEN = "■▓☑☒✓✔█●V", "□☐○◯"
_BOX = re.compile(rf"([{_TICKED}{_OPEN}])\s*([^{_TICKED}{_OPEN}]+)")
_AFTER = ("備註", "說明", "註")


def read_activities(content: bytes, check: ActivityCheck) -> list[Activity]:
    """The activities that a file holds, in its order; rows in which nothing is filled are left out.

    Raises:
        AskAgain: the file cannot be read, or holds no such table.
    """
    table = find_table(open_grids(content), _WORDS, _MUSTS)
    found: list[Activity] = []
    for row in range(table.first, len(table.grid.rows) + 1):
        if squeezed(table.grid.at(row, 1)).startswith(_AFTER):
            break
        if _is_heading(table, row) or not _is_filled(table, row):
            continue
        found.append(_activity(table, row, check, len(found) + 1))
    return found


def _is_filled(table: Table, row: int) -> bool:
    """Whether anything is written beside the number and boxes that are not ticked."""
    written = any(table.text(row, c) for c in ("content", "name"))
    day = table.text(row, "day")
    return written or any(c.isdigit() for c in day) or bool(day and "年/月/日" not in squeezed(day))


def _is_heading(table: Table, row: int) -> bool:
    return squeezed(table.text(row, "content")) in _WORDS["content"]


def _activity(table: Table, row: int, check: ActivityCheck, number: int) -> Activity:
    day, hours = _day_and_hours(table, row)
    note, name = table.text(row, "note"), table.text(row, "name")
    told = table.text(row, "lecturer")
    return Activity(
        number=_number(table.text(row, "number")) or number,
        row=number,
        day=day,
        hours=hours,
        content=table.text(row, "content"),
        ways=_ways(table.text(row, "ways"), check.ways),
        lecturer=_lecturer((told, note, name), check.lecturers),
        name=name,
        note=note,
        places={c: place(row, at) for c, at in table.columns.items() if c != "number"},
    )


def _day_and_hours(table: Table, row: int) -> tuple[str, str]:
    """Both may stand in one cell, or in two below one heading."""
    day, hours = table.text(row, "day"), table.text(row, "hours")
    if not hours:
        rest = re.split(r"(?<=\d)\s+|\n|[)）]", day, maxsplit=1)
        if read_day(day) and len(rest) > 1 and read_hours(rest[1]):
            return rest[0], rest[1]
        beside = table.grid.at(row, table.columns["day"] + 1)
        if "hours" not in table.columns and len(read_hours(beside)) > 1:
            return day, beside
    return day, hours


def _number(text: str) -> int:
    found = re.search(r"\d{1,3}", text)
    return int(found[0]) if found else 0


def _ways(text: str, ways: Mapping[str, Way]) -> tuple[str, ...]:
    """The ways that are ticked; where there are no boxes, those that are written."""
    boxes = _BOX.findall(text)
    said = [words for box, words in boxes if box in _TICKED] if boxes else [text]
    found = []
    for name, way in ways.items():
        words = [squeezed(w) for w in (way.title, *way.says)]
        if any(word in squeezed(part) for part in said for word in words):
            found.append(name)
    return tuple(found)


def _lecturer(texts: tuple[str, ...], kinds: Mapping[str, LecturerKind]) -> str:
    """The first kind that a ticked box names; else that is written, the longest word first."""
    for text in texts:
        boxes = _BOX.findall(text)
        said = squeezed("".join(w for box, w in boxes if box in _TICKED) if boxes else text)
        words = [(squeezed(w), key) for key, k in kinds.items() for w in (k.title, *k.says)]
        for word, key in sorted(words, key=lambda pair: -len(pair[0])):
            if word in said:
                return key
    return ""
