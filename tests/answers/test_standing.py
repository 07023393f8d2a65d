"""Where a date stands, in words."""

from datetime import datetime

import pytest

from bot.answers.standing import is_over, standing
from bot.clock import TAIPEI
from bot.model.entries import DateKind
from bot.model.when import Span


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TAIPEI)


@pytest.mark.parametrize(
    ("when", "kind", "now", "words"),
    [
        ("2022-07-31", DateKind.DEADLINE, "2022-07-19T09:00", "還有12天截止"),
        ("2022-07-31", DateKind.DEADLINE, "2022-07-31T07:00", "今天截止"),
        ("2022-07-31", DateKind.DEADLINE, "2022-08-01T00:00", "已於111年7月31日(日)截止"),
        ("2022-07-08T13:30/16:30", DateKind.SESSION, "2022-07-06T09:00", "還有2天上課"),
        ("2022-07-08T13:30/16:30", DateKind.SESSION, "2022-07-08T09:00", "就是今天"),
        ("2022-07-01/2022-07-31", DateKind.WINDOW, "2022-07-30T09:00", "進行中，還有1天結束"),
        ("2022-07-08", DateKind.ANNOUNCEMENT, "2022-07-07T09:00", "還有1天公告"),
        ("2022-07-08", DateKind.MILESTONE, "2022-07-07T09:00", ""),
    ],
)
def test_a_date_stands_in_one_clause(when: str, kind: DateKind, now: str, words: str) -> None:
    assert standing(Span.parse(when), kind, at(now)) == words


@pytest.mark.parametrize("kind", [k for k in DateKind if k is not DateKind.MILESTONE])
@pytest.mark.parametrize("now", ["2022-06-01T09:00", "2022-07-05T09:00", "2022-09-01T09:00"])
def test_every_kind_of_date_has_words_before_within_and_after(kind: DateKind, now: str) -> None:
    assert standing(Span.parse("2022-07-01/2022-07-31"), kind, at(now))


def test_the_last_minute_is_not_over() -> None:
    span = Span.parse("2022-07-31T17:00")

    assert not is_over(span, at("2022-07-31T17:00"))
    assert is_over(span, at("2022-07-31T17:01"))
