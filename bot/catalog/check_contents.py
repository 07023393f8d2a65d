"""Entries that say nothing, name no clause, or are too long for a phone."""

from collections.abc import Iterator
from typing import Any

from bot.catalog.sheet import Sheet
from bot.catalog.walk import parts
from bot.catalog.yaml_lines import Fault
from bot.model.edition import Example
from bot.model.entries import (
    Amount,
    Conflict,
    Contact,
    Deliverable,
    Eligibility,
    Entry,
    Form,
    Link,
    PlanDate,
    Requirement,
    RoleMatrix,
    Setting,
    Stated,
    Track,
)
from bot.model.rule import Is

LONGEST_SHORT = 20
LONGEST_TITLE = 24
YEAR_KINDS = ("年度", "學年度", "不分年度")
_YEARS = range(80, 200)  # of the Republic: 1991 to 2110
# What an entry of each section says by its own fields; the others need a text.
_SAYS_BY: dict[type[Entry], tuple[str, ...]] = {
    PlanDate: ("when", "before"),
    Amount: ("amount",),
    Requirement: ("amount", "options", "evidence"),
    Track: ("items",),
    Deliverable: ("amount", "by", "due", "to", "form", "items"),
    Form: ("number", "fields", "signatures", "copies", "send"),
    Contact: ("unit",),
    Link: ("url",),
    Setting: ("amount", "range", "blank"),
    RoleMatrix: ("roles",),
    Eligibility: ("rule",),
}


def content_faults(sheet: Sheet) -> Iterator[Fault]:
    """What an entry lacks or has too much of."""
    yield from _about(sheet)
    for entry in sheet.edition.entries():
        yield from _entry(sheet, entry)
        for part in parts(entry):
            if isinstance(part, Is | Stated):
                yield from _source(sheet, part)
    for example in sheet.edition.examples:
        yield from _example(sheet, example)


def _about(sheet: Sheet) -> Iterator[Fault]:
    about = sheet.edition.about
    if len(about.short) > LONGEST_SHORT:
        what = f"short 有 {len(about.short)} 個字"
        yield Fault(sheet.line(about, "short"), what, f"縮短到 {LONGEST_SHORT} 個字以內")
    if about.year not in _YEARS:
        what = f"year 是 {about.year}"
        yield Fault(sheet.line(about, "year"), what, "寫民國年，例如 111")
    if about.year_kind not in YEAR_KINDS:
        what = f"year_kind 是「{about.year_kind}」"
        yield Fault(sheet.line(about, "year_kind"), what, f"寫 {'、'.join(YEAR_KINDS)} 其中一個")
    if not about.names:
        yield Fault(sheet.line(about, "names"), "沒有別名", "寫上老師會用的名稱和簡稱")


def _entry(sheet: Sheet, entry: Entry) -> Iterator[Fault]:
    if len(entry.title) > LONGEST_TITLE:
        what = f"title 有 {len(entry.title)} 個字"
        yield Fault(sheet.line(entry, "title"), what, f"縮短到 {LONGEST_TITLE} 個字以內")
    yield from _source(sheet, entry)
    keys = _SAYS_BY.get(type(entry), ())
    if not entry.text and not any(getattr(entry, key) for key in keys):
        what = "沒有可以回答的內容"
        yield Fault(sheet.line(entry), what, f"補上 {'、'.join(('text', *keys))} 其中之一")
    if isinstance(entry, Conflict) and len(entry.values) < 2:
        yield Fault(sheet.line(entry, "values"), "矛盾要有兩種以上的說法", "每種說法各寫一項")


def _source(sheet: Sheet, noun: Any) -> Iterator[Fault]:
    if not noun.source:
        yield Fault(sheet.line(noun, "source"), "沒有出處", "補上條文，例如 source: 柒、一（三）")


def _example(sheet: Sheet, example: Example) -> Iterator[Fault]:
    if not any(turn.all or turn.none or turn.unknown for turn in example.turns):
        what = "例子沒有說答案要有什麼"
        yield Fault(sheet.line(example, "turns"), what, "補上 all、none 或 unknown: true")
