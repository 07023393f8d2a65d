"""Rules that look at an activity plan row by row: what is missing, unreadable, or to be noted."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from bot.clock import day_words
from bot.model.checks import (
    DaysNoted,
    LecturerNamed,
    LecturerNoted,
    OncePerDay,
    RowsComplete,
    WordNoted,
)
from bot.rules.check_activity import Activity, Plan
from bot.rules.check_findings import CheckFinding
from bot.rules.check_reading import UNCALCULATED, plain_text, read_day, read_hours, read_spans

_BEFORE_A_DAY = "日期時間為是於在訂預暫定民國"
_TEXTS = ("day", "hours", "content", "name", "note")
_FORMULA = "這一格是公式，檔案裡沒有存下算好的內容。"
_SAVE = "用 Excel 打開這個檔案、存檔後再上傳，或直接填文字。"
_DAY_CURE = "寫成 112/10/5 或 2023/10/5 的樣子。"


def _complete(rule: RowsComplete, plan: Plan) -> Iterator[CheckFinding]:
    law, faults = plan.law, 0
    for row in plan.rows:
        for column, what, cure in _lacking(row):
            faults += 1
            yield law.fault(rule.complete, what, cure, row.cell(column))
    if not plan.rows:
        yield law.fault(rule.complete, "還沒有填任何一次活動。", "一次活動填一列。")
    elif not faults:
        yield law.right(rule.complete, "每次活動都有日期、時間、內容和方式")


def _lacking(row: Activity) -> Iterator[tuple[str, str, str]]:
    unknown = [c for c in _TEXTS if getattr(row, c) == UNCALCULATED]
    yield from ((column, _FORMULA, _SAVE) for column in unknown)
    yield from (found for found in _missing(row) if found[0] not in unknown)


def _missing(row: Activity) -> Iterator[tuple[str, str, str]]:
    if not row.day:
        yield "day", "沒有填日期。", _DAY_CURE
    elif read_day(row.day) is None:
        yield "day", f"看不懂日期「{row.day[:20]}」，或沒有這一天。", _DAY_CURE
    if not row.hours:
        yield "hours", "沒有填時間。", "寫成 13:30-15:30 的樣子。"
    elif len(read_hours(row.hours)) < 2 or not read_spans(row.hours):
        what = f"看不懂時間「{row.hours[:20]}」，或結束早於開始。"
        yield "hours", what, "寫成 13:30-15:30 的樣子。"
    if not row.content:
        yield "content", "沒有填實施內容。", "寫上這一次做什麼。"
    if not row.ways:
        # Of a file, what was written there may be none of the plan's words.
        other = "，或寫的不是這張表的方式" if row.places else ""
        yield "ways", f"沒有勾實施方式{other}。", "至少勾一種。"


def _named(rule: LecturerNamed, plan: Plan) -> Iterator[CheckFinding]:
    faults = 0
    for row in plan.rows:
        for column, text in (("name", row.name), ("note", row.note)):
            for word in rule.never:
                if word in text:
                    faults += 1
                    what = f"不可以寫「{word}」。"
                    cure = (
                        "填預估人選的姓名與單位；還沒想好就把姓名留空，只註明外聘或內聘(本市校外)。"
                    )
                    yield plan.law.fault(rule.named, what, cure, row.cell(column))
        if rule.way in row.ways and not row.lecturer and not row.name:
            what = f"{plan.check.ways[rule.way].title}沒有註明講座。"
            cure = "註明預估人選的姓名與單位，或註明外聘、內聘(本市校外)。"
            yield plan.law.remark(rule.named, what, cure, row.cell("lecturer"))
    if not faults and any(row.lecturer or row.name for row in plan.rows):
        yield plan.law.right(rule.named, f"講座沒有寫「{'、'.join(rule.never)}」")


def _days_noted(rule: DaysNoted, plan: Plan) -> Iterator[CheckFinding]:
    rows = [row for row in plan.rows if rule.way in row.ways]
    way, faults = plan.check.ways[rule.way].title, 0
    for row in rows:
        found = {day.title: day_after(row.note, day.says) for day in rule.days}
        missing = [title for title, day in found.items() if day is None]
        if missing:
            faults += 1
            cure = (
                "備註寫成「" + "、".join(f"{d.title}：112/10/5" for d in rule.days) + "」的樣子。"
            )
            what = f"{way}的備註沒有寫{'、'.join(missing)}的日期。"
            yield plan.law.fault(rule.days_noted, what, cure, row.cell("note"))
        for title, day in found.items():
            if day and plan.starts and plan.ends and not plan.starts <= day <= plan.ends:
                faults += 1
                what = f"{title}的{day_words(day)}不在實施期程裡。"
                yield plan.law.fault(rule.days_noted, what, "改成期程裡的日子。", row.cell("note"))
    if rows and not faults:
        titles = "、".join(d.title for d in rule.days)
        yield plan.law.right(rule.days_noted, f"{way}寫了{titles}的日期")


def day_after(note: str, words: tuple[str, ...]) -> date | None:
    """The day that stands after one of these words, before the next word: 觀課：112/10/5."""
    plain = plain_text(note)
    for word in map(plain_text, words):
        _, found, rest = plain.partition(word)
        if found and (day := read_day(rest[:24])) and not _has_letters(rest):
            return day
    return None


def _has_letters(rest: str) -> bool:
    """Whether words stand between a label and its first figure: the day is another label's."""
    head = rest[: next((i for i, c in enumerate(rest) if c.isdigit()), len(rest))]
    return any(c.isalpha() and c not in _BEFORE_A_DAY for c in head)


def _lecturer_noted(rule: LecturerNoted, plan: Plan) -> Iterator[CheckFinding]:
    for row in plan.rows:
        kind = plan.check.lecturers.get(row.lecturer)
        if kind and kind.to_note and not any(w in row.note for w in (kind.title, *kind.says)):
            what = f"講座是{kind.title}，備註沒有註明。"
            yield plan.law.remark(
                rule.lecturer_noted, what, f"在備註寫上「{kind.title}」。", row.cell("note")
            )


def _word_noted(rule: WordNoted, plan: Plan) -> Iterator[CheckFinding]:
    """A remark only: who writes 線上平台 may mean what is taught, not how it is held."""
    for row in plan.rows:
        said = f"{row.content}{row.name}{row.note}"
        if any(word in said for word in rule.if_said) and rule.must not in row.note:
            what = f"這一次提到「{rule.if_said[0]}」，備註沒有寫「{rule.must}」。"
            cure = f"如果是用這個方式辦理，在備註寫上「{rule.must}」。"
            yield plan.law.remark(rule.word_noted, what, cure, row.cell("note"))


def _once_a_day(rule: OncePerDay, plan: Plan) -> Iterator[CheckFinding]:
    rows: dict[date, list[Activity]] = defaultdict(list)
    for row in plan.rows:
        if day := read_day(row.day):
            rows[day].append(row)
    for day, same in rows.items():
        if len(same) < 2:
            continue
        numbers = "、".join(f"第{row.number}次" for row in same)
        what = f"{numbers}都在{day_words(day)}；計畫沒有說明同一天能不能算兩次。"
        cure = "確認不是重複填寫；要分開計算請先問承辦單位。"
        yield plan.law.remark(rule.once_a_day, what, cure, same[-1].cell("day"))


ROW_RULES: Mapping[type, Callable[..., Iterator[CheckFinding]]] = {
    RowsComplete: _complete,
    LecturerNamed: _named,
    DaysNoted: _days_noted,
    LecturerNoted: _lecturer_noted,
    WordNoted: _word_noted,
    OncePerDay: _once_a_day,
}
