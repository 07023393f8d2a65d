"""The next year's file from this year's: years moved, every entry marked to be confirmed."""

import calendar
import re
from collections.abc import Iterator

import yaml

from bot.catalog.text_edits import (
    Edit,
    added_after,
    applied,
    child,
    mappings,
    pairs,
    parse,
    scalars,
)

MARK = "to_confirm: true"
# Sections that hold no entries; checks name entries, and what is open is not checked.
_BESIDE = ("checked_on", "about", "facets", "examples", "checks", "duties", "reminders")
_DAY = re.compile(r"(?<!\d)(\d{4})-(\d\d)(-\d\d)?(?=\D|$)")
_SCHOOL_YEAR = re.compile(r"(?<!\d)\d{2,3}(?=學年|[上下])")
_SCHEMA = "# yaml-language-server: $schema=../../schema.json\n"
_HEAD = """\
# 由 {old} 的檔案開出，還沒有和 {new} 的文件核對。
# 每一項都有 to_confirm: true（待確認）：機器人只會說「還未確認」，不會拿舊年度的規定來回答。
# 核對一項、改好一項，就刪掉那一項的 to_confirm 這一行；新文件沒有的項目整項刪掉。
# about、facets 和 examples 沒有標記，也請看過。全部核對完，這幾行註解就可以刪掉。
"""


def next_edition(text: str, years: tuple[int, int], checked_on: str) -> str:
    """The file of the later year, from the text of the earlier one that has nothing wrong in it.

    Comments, order and line breaks stay. Days in `when` and of examples move by the years, but
    history (kind: milestone) stays where it was; the year is changed in the names and in what the
    examples say; the number of the old document is left out.

    Args:
        years: ROC year of the text, and of the file wanted.
        checked_on: the day that is written as the last check, 2026-01-05.
    """
    tree = parse(text)
    edits = [*_about_edits(text, tree, years), *_checked(tree, checked_on)]
    for entry in _entries(tree):
        if child(entry, "to_confirm") is None:
            edits.append(added_after(text, entry, "id", MARK))
    by = years[1] - years[0]
    for entry in mappings(child(tree, "dates")):
        if _text(child(entry, "kind")) != "milestone":
            edits += _moved_days(text, [child(c, "at") for c in mappings(child(entry, "when"))], by)
    for term in mappings(child(tree, "school_terms")):
        edits += _moved_days(text, [child(term, "at")], by)
        edits += _moved_terms(text, [child(term, "title"), child(term, "words")], by)
    spans_two = _text(child(child(tree, "about"), "year_kind")) == "學年度"
    for example in mappings(child(tree, "examples")):
        edits += _moved_days(text, [child(example, "at")], by)
        edits += _renamed(text, child(example, "turns"), years, spans_two)
    head = _HEAD.format(old=years[0], new=years[1])
    body = applied(text, edits)
    if _SCHEMA.strip() in body:
        return body.replace(_SCHEMA, _SCHEMA + head, 1) if _SCHEMA in body else head + body
    return _SCHEMA + head + body


def _entries(tree: yaml.MappingNode) -> Iterator[yaml.MappingNode]:
    """Every entry but the items of tracks, which are confirmed with their track."""
    for section, node in pairs(tree):
        if section.value not in _BESIDE:
            yield from (e for e in mappings(node) if child(e, "id") is not None)


def _about_edits(text: str, tree: yaml.MappingNode, years: tuple[int, int]) -> Iterator[Edit]:
    about = child(tree, "about")
    for key, value in pairs(about):
        if key.value == "year":
            yield Edit(value.start_mark.index, value.end_mark.index, str(years[1]))
        elif key.value == "number":
            yield _without_number(about, key, value)
        elif key.value in ("title", "short", "names"):
            yield from _renamed(text, value, years)


def _without_number(about: yaml.Node | None, key: yaml.Node, value: yaml.Node) -> Edit:
    """The number is another document's: it stays only as a place to write the new one in."""
    if isinstance(about, yaml.MappingNode) and not about.flow_style:
        start, end = key.start_mark.index, value.end_mark.index
        return Edit(start, end, "# number: 新文件的文號")
    return Edit(value.start_mark.index, value.end_mark.index, "待確認")


def _checked(tree: yaml.MappingNode, day: str) -> Iterator[Edit]:
    if (node := child(tree, "checked_on")) is not None:
        yield Edit(node.start_mark.index, node.end_mark.index, day)


def _renamed(
    text: str, node: yaml.Node | None, years: tuple[int, int], spans_two: bool = False
) -> Iterator[Edit]:
    """Edits that put the new year where the old one is named, as a ROC or a Western year.

    With `spans_two` the year after is the plan's too: its school year ends in it.
    """
    own = (years[0], years[0] + 1) if spans_two else (years[0],)
    names = {str(y): str(y + years[1] - years[0]) for n in own for y in (n, n + 1911)}
    said = re.compile(rf"(?<![\d.,])({'|'.join(names)})(?!\d|[.,]\d|\s*[萬元人份次場名%])")
    for scalar in scalars(node):
        start, end = scalar.start_mark.index, scalar.end_mark.index
        old = text[start:end]
        new = said.sub(lambda m: names[m[1]], old)
        if new != old:
            yield Edit(start, end, new)


def _moved_terms(text: str, nodes: list[yaml.Node | None], by: int) -> Iterator[Edit]:
    """School years in the names of terms, so many years later."""
    for scalar in (s for node in nodes for s in scalars(node)):
        start, end = scalar.start_mark.index, scalar.end_mark.index
        new = _SCHOOL_YEAR.sub(lambda m: str(int(m[0]) + by), text[start:end])
        if new != text[start:end]:
            yield Edit(start, end, new)


def _moved_days(text: str, nodes: list[yaml.Node | None], by: int) -> Iterator[Edit]:
    for node in nodes:
        if node is None:
            continue
        start, end = node.start_mark.index, node.end_mark.index
        moved = _DAY.sub(lambda m: _moved(m, by), text[start:end])
        if moved != text[start:end]:
            yield Edit(start, end, moved)


def _moved(day: re.Match[str], by: int) -> str:
    year, month = int(day[1]) + by, int(day[2])
    last = calendar.monthrange(year, month)[1]
    tail = f"-{min(int(day[3][1:]), last):02}" if day[3] else ""
    return f"{year:04}-{month:02}{tail}"


def _text(node: yaml.Node | None) -> str:
    return node.value if isinstance(node, yaml.ScalarNode) else ""
