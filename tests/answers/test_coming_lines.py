"""我的提醒: thirty instants stay one readable list, by day, within what LINE takes."""

from datetime import datetime, timedelta

from bot.answers.coming_lines import MOST_ON_CARD, by_day, coming
from bot.clock import TAIPEI
from bot.line.render.answer import render
from bot.messages import from_plain, to_plain
from bot.model.reminders import Because, Preferences
from bot.rules.notices import stretches_of
from bot.simulator.strict import body_problems
from tests.understand.plans import real_library

NOW = datetime(2022, 6, 1, 9, tzinfo=TAIPEI)


def told(count: int, a_day: int) -> list:
    stretches = [s for e in real_library().editions for d in e.dates for s in stretches_of(e, d)]
    reasons = list(Because)
    return [
        (stretches[n], NOW + timedelta(days=n // a_day, minutes=n), reasons[n % len(reasons)])
        for n in range(count)
    ]


def test_thirty_instants_are_grouped_by_day_and_none_is_lost() -> None:
    answer = coming(told(30, 3), Preferences(), NOW, ())

    sections = [section for card in answer.cards for section in card.sections]
    assert len(sections) == len({section.heading for section in sections}) == 10
    assert sum(len(section.lines) for section in sections) == 30
    assert all(line.button and line.more for section in sections for line in section.lines)
    assert max(sum(len(s.lines) for s in c.sections) for c in answer.cards) <= MOST_ON_CARD


def test_a_day_is_not_torn_apart() -> None:
    answer = coming(told(24, 6), Preferences(), NOW, ())

    assert [len(card.sections) for card in answer.cards] == [1, 1, 1, 1]
    assert [len(day.told) for day in by_day(told(24, 6), NOW)] == [6, 6, 6, 6]


def test_today_and_tomorrow_are_called_so() -> None:
    assert [day.words for day in by_day(told(3, 1), NOW)] == [
        "今天，111年6月1日(三)", "明天，111年6月2日(四)", "111年6月3日(五)",
    ]  # fmt: skip


def test_one_date_alone_has_its_buttons_on_the_card() -> None:
    (one,) = told(1, 1)
    answer = coming([one, (one[0], one[1] + timedelta(days=3), one[2])], Preferences(), NOW, ())

    (card,) = answer.cards
    assert [b.label for b in card.buttons] == ["完成了", "晚點提醒", "不再提醒這項"]
    assert [line.button for section in card.sections for line in section.lines] == [None, None]


def test_line_takes_it_and_it_is_kept_as_it_is() -> None:
    answer = coming(told(30, 1), Preferences(), NOW, ())

    body = {"replyToken": "t", "messages": render(answer)}
    assert body_problems("POST", "/v2/bot/message/reply", body) == []
    assert from_plain(to_plain(answer)) == answer
