"""我的提醒 in words: what somebody is told next, by day: what, when, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from bot.answers.reminder_lines import DONE, HOW_TO_CHANGE, LATER, MUTE, NOTHING_COMING, manner
from bot.answers.wish_lines import MINE, days_of, title_of
from bot.clock import TAIPEI, taipei_day
from bot.messages import Answer, Button, Card, Listed, Outcome, Row, Section, Text
from bot.model.reminders import Because, Preferences
from bot.model.when import Point
from bot.rules.notices import Stretch

ABOUT = "coming"  # of buttons: …=<key of the stretch>
MOST_ON_CARD = 10  # instants; the others are on the next card, from a new day on
Told = tuple[Stretch, datetime, Because]
_REASONS = {
    Because.WISH: "您要我提醒的",
    Because.PICK: "您選的場次",
    Because.TRACK: "您的進度還沒完成這一項",
    Because.SCHOOL: "您追蹤的計畫要辦的事",
    Because.OWED: "貴校還沒交的",
    Because.OWN: "您告訴我的學校日期",
}


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which somebody is told something, and what."""

    words: str
    told: tuple[Told, ...]


def by_day(told: Sequence[Told], now: datetime) -> list[Day]:
    """What is told, day by day; the earliest first."""
    ordered = sorted(told, key=lambda one: one[1])
    days = groupby(ordered, lambda one: taipei_day(one[1]))
    return [Day(_day_words(day, taipei_day(now)), tuple(its)) for day, its in days]


def what_words(told: Told) -> str:
    """What it is about, with its day: 成果函報截止：111年7月31日(日)."""
    return f"{title_of(told[0])}：{days_of(told[0])}"


def why_words(told: Told) -> str:
    """When, of which plan, and why: 08:00提醒，臺中111校園菜園，您選的場次."""
    stretch, at, why = told
    return f"{at.astimezone(TAIPEI):%H:%M}提醒，{stretch.edition.about.short}，{_REASONS[why]}"


def coming(
    told: Sequence[Told], wanted: Preferences, now: datetime, quick: Sequence[Button]
) -> Answer:
    """What somebody is told next and why, with what can be done about it, and how they are told."""
    groups = list(_groups(by_day(told, now)))
    keys = {stretch.key for stretch, _, _ in told}
    cards = tuple(
        Card(
            title=MINE if len(groups) == 1 else f"{MINE}（{number}／{len(groups)}）",
            lead=f"接下來{len(told)}次提醒" if number == 1 else f"{days[0].words}起",
            sections=tuple(_section(day, len(keys) > 1) for day in days),
            buttons=buttons_of(told[0][0]) if len(keys) == 1 and number == 1 else (),
        )
        for number, days in enumerate(groups, start=1)
    )
    said = Text("\n".join((*manner(wanted), HOW_TO_CHANGE)))
    first = (Row(cards) if len(cards) > 1 else cards[0]) if cards else Text(NOTHING_COMING)
    return Answer((first, said), quick=tuple(quick), outcome=Outcome.CHAT)


def about(stretch: Stretch) -> Answer:
    """One date of the list, with what can be done about it."""
    card = Card(
        title=f"{MINE}｜{stretch.edition.about.short}",
        lead=f"{title_of(stretch)}：{days_of(stretch)}",
        sources=stretch.entry.source,
        document=stretch.edition.about.title,
        buttons=buttons_of(stretch),
    )
    return Answer((card,), outcome=Outcome.CHAT)


def buttons_of(stretch: Stretch) -> tuple[Button, ...]:
    """What can be done about a reminder."""
    return (
        Button("完成了", data=f"{DONE}={stretch.key}"),
        Button("晚點提醒", data=f"{LATER}={stretch.key}"),
        Button("不再提醒這項", data=f"{MUTE}={stretch.key}"),
    )


def _groups(days: Sequence[Day]) -> Iterator[list[Day]]:
    """The days of each card."""
    found: list[Day] = []
    for day in days:
        if found and sum(len(d.told) for d in (*found, day)) > MOST_ON_CARD:
            yield found
            found = []
        found.append(day)
    if found:
        yield found


def _section(day: Day, has_buttons: bool) -> Section:
    return Section(
        heading=day.words,
        lines=tuple(
            Listed(
                text=what_words(one),
                more=why_words(one),
                button=Button("處理", data=f"{ABOUT}={one[0].key}") if has_buttons else None,
            )
            for one in day.told
        ),
    )


def _day_words(day: date, today: date) -> str:
    near = {today: "今天，", today + timedelta(days=1): "明天，"}.get(day, "")
    return near + Point.parse(day.isoformat()).words()
