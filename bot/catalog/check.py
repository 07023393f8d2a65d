"""Everything that is checked in plan files beyond their form, in one list."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from bot.catalog.check_checks import check_faults
from bot.catalog.check_contents import content_faults
from bot.catalog.check_dates import date_faults
from bot.catalog.check_forms import form_faults
from bot.catalog.check_owed import owed_faults
from bot.catalog.check_phrases import phrase_faults, shared_names
from bot.catalog.check_references import reference_faults
from bot.catalog.check_reminders import reminder_faults
from bot.catalog.check_rules import rule_faults
from bot.catalog.check_tracks import track_faults
from bot.catalog.check_weekdays import weekday_faults
from bot.catalog.sheet import Sheet
from bot.catalog.yaml_lines import Fault, Fields, Items
from bot.errors import Finding
from bot.model.edition import Lexicon

_CHECKS: tuple[Callable[[Sheet], Iterator[Fault]], ...] = (
    reference_faults,
    rule_faults,
    content_faults,
    date_faults,
    weekday_faults,
    phrase_faults,
    check_faults,
    reminder_faults,
    form_faults,
    track_faults,
    owed_faults,
)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def edition_faults(sheet: Sheet, ids: Sequence[tuple[str, int]]) -> Iterator[Fault]:
    """What is wrong in one edition; `ids` are all that are written in it, with their lines."""
    yield from _id_faults(ids)
    for check in _CHECKS:
        yield from check(sheet)


def library_findings(sheets: Sequence[Sheet], lexicon: Lexicon) -> Iterator[Finding]:
    """What is wrong between the files."""
    yield from shared_names(sheets)
    yield from _years(sheets)
    for sheet in sheets:
        yield from map(sheet.finding, _audiences(sheet, lexicon))


def lexicon_faults(lexicon: Lexicon, tree: Fields) -> Iterator[Fault]:
    """Patterns of the lexicon that are no regular expressions."""
    section = tree.values.get("asks")
    for ask, patterns in lexicon.asks.items():
        yield from _pattern_faults(ask, patterns, _item_lines(section, ask), tree.key_lines)
    for name in ("asides", "curses", "intros"):
        yield from _pattern_faults(
            name, getattr(lexicon, name), _item_lines(tree, name), tree.key_lines
        )


def _pattern_faults(
    name: str, patterns: Sequence[str], lines: Sequence[int], key_lines: Mapping[str, int]
) -> Iterator[Fault]:
    for at, pattern in enumerate(patterns):
        try:
            re.compile(pattern)
        except re.error as err:
            line = lines[at] if at < len(lines) else key_lines.get(name, key_lines.get("asks", 0))
            yield Fault(line, f"「{name}」的樣式看不懂（{err}）", "檢查括號、| 和 ? 的寫法")


def _item_lines(section: object, key: str) -> list[int]:
    node = section.values.get(key) if isinstance(section, Fields) else None
    if isinstance(node, Items):
        return [item.line for item in node.items]
    return [node.line] if node else []


def _id_faults(ids: Iterable[tuple[str, int]]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for written, line in ids:
        if not _ID.fullmatch(written):
            yield Fault(line, f"id「{written}」的寫法不對", "只用小寫英文、數字和 -")
        if written in first:
            what = f"id「{written}」用了兩次"
            yield Fault(line, what, f"換一個；第 {first[written]} 行已經用了")
        first.setdefault(written, line)


def _years(sheets: Sequence[Sheet]) -> Iterator[Finding]:
    taken: dict[tuple[str, int], str] = {}
    for sheet in sheets:
        about = sheet.edition.about
        key = (sheet.edition.plan, about.year)
        if key in taken:
            what = f"{about.year}年和 {taken[key]} 重複"
            line = sheet.line(about, "year")
            yield sheet.finding(Fault(line, what, "同一個計畫每年只能有一個檔案，改 year 或合併"))
        taken.setdefault(key, sheet.file)


def _audiences(sheet: Sheet, lexicon: Lexicon) -> Iterator[Fault]:
    if not lexicon.audiences:
        return
    for entry in sheet.edition.entries():
        for at, name in enumerate(entry.audience):
            if name not in lexicon.audiences:
                cure = f"可以寫：{'、'.join(lexicon.audiences)}"
                yield Fault(sheet.line(entry, "for", at), f"沒有「{name}」這種對象", cure)
