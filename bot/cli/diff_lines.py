"""The difference between two editions as lines for the terminal."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from bot.catalog.field_words import label_of
from bot.cli.both_answers import Answers
from bot.comparing.edition_changes import Audiences, Change, changes, only_lightly
from bot.model.edition import Edition
from bot.model.entries import DateKind
from bot.rules.dates import cases_of
from bot.store.asked import Asked

DAYS = 180  # how far back questions are counted
_UNTOLD = (DateKind.MILESTONE, DateKind.PERIOD)  # kinds of which nobody is reminded
_COUNTED = (("改", "改了"), ("刪", "刪去"), ("增", "新增"))


def report_lines(
    old: Edition,
    new: Edition,
    now: datetime,
    asked: Mapping[str, Asked],
    called: Audiences,
) -> Iterator[str]:
    """What changed, the most weighty first, with how many people asked for it lately.

    Args:
        called: the names of those whom entries are for.
    """
    found = changes(old, new, called)
    counts = "、".join(
        f"{name} {n} 項" for how, name in _COUNTED if (n := sum(c.how == how for c in found))
    )
    yield f"{old.key} → {new.key}：{counts or '回答的內容沒有差別'}。"
    if waiting := sum(entry.to_confirm for entry in new.entries()):
        yield f"新的還有 {waiting} 項待確認，機器人先不拿來回答。"
    yield from _beside(old, new)
    yield from _terms(old, new)
    section = ""
    for change in found:
        if change.section != section:
            section = change.section
            yield f"\n── {label_of(Edition, section)}（{section}）──"
        yield from _change_lines(change, asked)
    light = only_lightly(old, new)
    if light:
        yield f"\n只改了條文或問法 {len(light)} 項：{'、'.join(light)}"
    yield from _reminders(new, found, now)


def _beside(old: Edition, new: Edition) -> Iterator[str]:
    """The plan itself and its facets."""
    for key in ("title", "short", "names", "issuer", "area", "number", "ask"):
        was, now = getattr(old.about, key), getattr(new.about, key)
        if was != now:
            yield f"計畫{label_of(type(new.about), key)}  舊：{_said(was)}  新：{_said(now)}"
    for name in dict.fromkeys((*old.facets, *new.facets)):
        facets = [e.facets.get(name) for e in (old, new)]
        if facets[0] != facets[1]:
            said = [
                "、".join(v.title for v in f.values.values()) or f.unit if f else "（沒有）"
                for f in facets
            ]
            same = "（改了問句或說法）" if said[0] == said[1] else f"  舊：{said[0]}  新：{said[1]}"
            yield f"面向 {name}{same}"


def _terms(old: Edition, new: Edition) -> Iterator[str]:
    """The school terms that progress is counted in."""
    said = [
        "、".join(f"{t.title}（{t.at.words()}）" if t.at else t.title for t in e.school_terms)
        for e in (old, new)
    ]
    if said[0] != said[1]:
        yield f"學期  舊：{said[0] or '（沒有）'}  新：{said[1] or '（沒有）'}"


def _said(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "、".join(value)


def _change_lines(change: Change, asked: Mapping[str, Asked]) -> Iterator[str]:
    waits = "（待確認）" if change.waits else ""
    yield f"{change.how} {change.entry.title} [{change.entry.id}]{waits}"
    for label, was, now in change.parts:
        if was:
            yield f"    {label}  舊：{'；'.join(was)}"
        if now:
            yield f"    {label}  新：{'；'.join(now)}"
    if count := asked.get(change.entry.id):
        yield f"    近{DAYS}天有 {count.people} 人問過，共 {count.questions} 次"


def _reminders(new: Edition, found: list[Change], now: datetime) -> Iterator[str]:
    """Dates that changed and still lie ahead: what reminders go by from now on."""
    dates = {e.id: e for e in new.dates if e.kind not in _UNTOLD and not e.to_confirm}
    ahead = [
        f"{entry.title}（{span.words()}）"
        for change in found
        if (entry := dates.get(change.entry.id))
        for case in cases_of(entry, new)
        if (span := case.at.next(now))
    ]
    if ahead:
        yield f"\n還沒到的日期有 {len(ahead)} 個改了，提醒要照新的：{'、'.join(ahead)}"


def answer_lines(found: Sequence[Answers]) -> Iterator[str]:
    """The questions that the two editions answer otherwise, with the first lines that differ."""
    waiting = sum(answers.waits for answers in found)
    if waiting:
        yield f"\n{waiting} 題例子的回答在新的還待確認，只會說還未確認。"
    told = [answers for answers in found if not answers.waits]
    yield f"\n── 回答會變的例子：{len(told)} 題 ──" if told else "\n其他例子的回答都一樣。"
    for answers in told:
        yield f"問 {answers.say}"
        yield f"    舊：{answers.old}"
        yield f"    新：{answers.new}"
