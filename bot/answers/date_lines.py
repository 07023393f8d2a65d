"""Dates in lines: the cases that fit, each with where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.answers.amount_lines import given_words
from bot.answers.in_time import in_time
from bot.answers.standing import is_over, standing
from bot.answers.unconfirmed import open_words
from bot.answers.wanted import Wanted
from bot.model.edition import Edition
from bot.model.entries import HELD, DateCase, DateKind, PlanDate
from bot.model.facet import Given
from bot.model.unconfirmed import Unconfirmed
from bot.model.when import Span
from bot.rules.dates import Standing, cases_of, counted_from, fitting
from bot.rules.dates import state as state_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DateLines:
    """A date in words."""

    lead: str
    facts: tuple[str, ...] = ()
    state: str = ""
    is_over: bool = False


def date_lines(
    edition: Edition,
    entry: PlanDate,
    wanted: Wanted,
) -> DateLines:
    """The cases that fit what is known; where it is asked whether it is too late, that first."""
    now = wanted.now
    cases = fitting(cases_of(entry, edition), wanted.known)
    if not cases:
        cases = list(cases_of(entry, edition))
    over = bool(cases) and all(is_over(s, now) for c in cases for s in c.at.spans)
    ends = {is_over(s, now) for c in cases for s in c.at.spans}
    prefix = ""
    if wanted.then and not over:
        prefix = in_time(entry, cases, wanted.then)
    elif "open" in wanted.wants:
        prefix = "還沒開始。" if _is_all_ahead(entry, cases, now) else _verdict(entry, ends)
    if len(cases) == 1:
        said = _single(edition, entry, cases[0], prefix, now)
        left = _left(edition, entry, cases[0], now) if said.is_over else ()
        held = _held(edition, entry, cases[0]) if prefix and not said.is_over else ""
        return replace(said, facts=(*said.facts, *left, *([held] if held else [])))
    # Whoever asks whether it is too late: of all that is over, or of what is left.
    named = [bool(prefix) and (over or bool(c.at.next(now))) for c in cases]
    lines = tuple(_line(edition, entry, *each, now) for each in zip(cases, named, strict=True))
    label = given_words(edition, _shared(cases))
    title = f"{entry.title}（{label}）" if label else entry.title
    state = "都已結束" if over and entry.kind is not DateKind.MILESTONE else ""
    return DateLines(lead=f"{prefix}{title}：", facts=lines, state=state, is_over=over)


def due_lines(
    edition: Edition, ids: Sequence[str], known: Mapping[str, str], now: datetime
) -> tuple[str, ...]:
    """One line a date that something is due on."""
    lines = []
    for entry in edition.dates:
        if entry.id in ids:
            for case in fitting(cases_of(entry, edition), known):
                lines.append(f"時間：{case_words(edition, entry, case)}")
    waiting = (e for e in edition.unsaid if isinstance(e, Unconfirmed) and e.id in ids)
    lines += [f"時間：{open_words(edition, entry)}" for entry in waiting]
    return tuple(lines)


def _is_all_ahead(entry: PlanDate, cases: Sequence[DateCase], now: datetime) -> bool:
    """Whether it is a time in which something can be done, and that has not come yet."""
    spans = [s for c in cases for s in c.at.spans]
    ahead = all(state_of(s, entry.kind, now).standing is Standing.AHEAD for s in spans)
    return entry.kind in (DateKind.WINDOW, DateKind.PERIOD) and ahead


def _verdict(entry: PlanDate, ends: set[bool]) -> str:
    """Whether it is too late, said first; `ends` tells of every span whether it is over."""
    if entry.kind is DateKind.MILESTONE:
        return ""
    if ends == {True, False}:
        return "有的已經過了，有的還來得及，請看各項。"
    if entry.kind in (DateKind.DEADLINE, DateKind.WINDOW):
        too_late = "預定的時間已經過了。" if entry.tentative else "已經截止，來不及了。"
        return too_late if True in ends else "還來得及。"
    return "已經結束了。" if True in ends else "還沒結束。"


def _single(
    edition: Edition, entry: PlanDate, case: DateCase, prefix: str, now: datetime
) -> DateLines:
    label = case.title or given_words(edition, case.given)
    title = f"{entry.title}（{label}）" if label else entry.title
    tentative = "（暫訂）" if entry.tentative else ""
    lead = f"{prefix}{title}：{case.at.words()}{tentative}"
    upcoming = case.at.next(now)
    span = upcoming or case.at.spans[-1]
    state = standing(span, entry.kind, now)
    if upcoming and len(case.at.spans) > 1:
        state = f"下一次：{span.words()}，{state}"
    facts = (case.note,) if case.note else ()
    return DateLines(lead=lead, facts=facts, state=state, is_over=upcoming is None)


def _left(edition: Edition, entry: PlanDate, past: DateCase, now: datetime) -> tuple[str, ...]:
    """Whoever missed one session, or its deadline, is told of those that are not over."""
    counted_from = entry.before.date if entry.before else entry.id
    is_of_sessions = any(d.id == counted_from and d.kind in HELD for d in edition.dates)
    if not is_of_sessions:
        return ()
    others = [c for c in cases_of(entry, edition) if c != past and c.at.next(now)]
    return tuple(f"還沒過的：{_case_line(edition, entry, c, now)}" for c in others)


def _line(edition: Edition, entry: PlanDate, case: DateCase, with_day: bool, now: datetime) -> str:
    """As `_case_line`, where it is wanted with the day of what it is the deadline of."""
    line = _case_line(edition, entry, case, now)
    held = _held(edition, entry, case) if with_day else ""
    return f"{line}（{held}）" if held else line


def _held(edition: Edition, entry: PlanDate, case: DateCase) -> str:
    """When that is held which the deadline is counted back from: 還趕得上哪一場 asks it, too."""
    other = counted_from(entry, edition)
    if other is None or other.kind not in HELD:
        return ""
    days = [
        c.at for c in cases_of(other, edition) if (c.title, c.given) == (case.title, case.given)
    ]
    first = days[0].spans[0] if days else None
    return f"那場是{(first.start or first.end).words(year=False)}" if first else ""


def _case_line(edition: Edition, entry: PlanDate, case: DateCase, now: datetime) -> str:
    said = case_words(edition, entry, case)
    state = standing(case.at.next(now) or case.at.spans[-1], entry.kind, now)
    return f"{said}｜{'已結束' if state.startswith('已於') else state}" if state else said


def case_words(edition: Edition, entry: PlanDate, case: DateCase, span: Span | None = None) -> str:
    """One case in words, or one span of it: 第2梯次：111年7月8日(五) 13:30–16:30（備註）."""
    label = case.title or given_words(edition, case.given)
    tentative = "（暫訂）" if entry.tentative else ""
    note = f"（{case.note}）" if case.note else ""
    said = span.words() if span else case.at.words()
    return f"{label + '：' if label else ''}{said}{tentative}{note}"


def _shared(cases: Sequence[DateCase]) -> Given:
    first = cases[0].given.needs
    same = {f: v for f, v in first.items() if all(c.given.needs.get(f) == v for c in cases)}
    return Given(same)
