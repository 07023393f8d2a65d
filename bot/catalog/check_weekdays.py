"""Weekdays written in texts: 7月8日(五) must be a Friday."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from bot.catalog.confirmation import open_entries
from bot.catalog.sheet import Sheet
from bot.catalog.yaml_lines import Fault, Fields, Items, Node, Scalar

_WEEKDAYS = "一二三四五六日"
_SAID = re.compile(
    r"(?:(?P<y>[0-9]{2,4})[年/.])?(?P<m>[0-9]{1,2})[月/.](?P<d>[0-9]{1,2})日?"
    r"\s*[(（](?:星期|週|周)?(?P<w>[一二三四五六日天])[)）]"
)


def weekday_faults(sheet: Sheet) -> Iterator[Fault]:
    """Weekdays that match in no year that may be meant.

    What is still to be confirmed has last year's weekdays; it is judged once it is confirmed.
    """
    years = _years(sheet)
    tree: Any = sheet.nodes[id(sheet.edition)][1]
    if open_entries(sheet.edition):
        settled = {k: v for k, v in tree.values.items() if k not in ("facets", "examples")}
        tree = replace(tree, values=settled)
    for scalar in _scalars(tree):
        for said in _SAID.finditer(scalar.text):
            yield from _fault(scalar.line, said, years)


def _fault(line: int, said: re.Match[str], years: list[int]) -> Iterator[Fault]:
    meant = [_western(int(said["y"]))] if said["y"] else years
    days = [day for year in meant if (day := _day(year, int(said["m"]), int(said["d"])))]
    if not days:
        yield Fault(line, f"沒有「{said[0]}」這一天", "檢查年月日")
        return
    wanted = "日" if said["w"] == "天" else said["w"]
    if not any(_WEEKDAYS[day.weekday()] == wanted for day in days):
        right = "、".join(f"{d.year - 1911}年是({_WEEKDAYS[d.weekday()]})" for d in days)
        yield Fault(line, f"「{said[0]}」的星期不對", f"{right}；文件本身寫錯時，寫進 conflicts")


def _years(sheet: Sheet) -> list[int]:
    """The years that a date without one may be of: those of the plan's own dates, and its year."""
    points = [
        point
        for entry in sheet.edition.dates
        for case in entry.when
        for span in case.at.spans
        for point in (span.start, span.end)
        if point
    ]
    year = sheet.edition.about.year + 1911
    return sorted({year, year + 1, *(point.year for point in points)})


def _western(year: int) -> int:
    return year if year > 1900 else year + 1911


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    for inner in node.items if isinstance(node, Items) else ():
        yield from _scalars(inner)
    if not isinstance(node, Fields) or "to_confirm" in node.values:
        return
    for inner in node.values.values():
        yield from _scalars(inner)
