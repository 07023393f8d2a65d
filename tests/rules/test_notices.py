"""When somebody is reminded of a date, and what of it still lies ahead."""

from datetime import datetime, timedelta

import pytest

from bot.clock import TAIPEI
from bot.model.entries import DateKind
from bot.model.when import Span
from bot.rules.notices import Ahead, is_vague, moments, still_ahead, stretches_of
from tests.understand.plans import real_library, real_reader

LONG_BEFORE = datetime(2000, 1, 1, tzinfo=TAIPEI)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


@pytest.mark.parametrize(
    ("span", "kind", "told"),
    [
        ("2022-07-31", DateKind.DEADLINE, ["2022-07-28T08:00", "2022-07-30T08:00"]),
        ("2017-09-29T12:00", DateKind.DEADLINE, ["2017-09-26T08:00", "2017-09-28T08:00"]),
        ("2022-07-01/2022-07-31", DateKind.WINDOW, ["2022-07-28T08:00", "2022-07-30T08:00"]),
        ("2022-07-08T13:30/16:30", DateKind.SESSION, ["2022-07-06T08:00", "2022-07-08T12:30"]),
        ("2018-01-19", DateKind.MEETING, ["2018-01-17T08:00", "2018-01-19T08:00"]),
        ("2018-05", DateKind.DEADLINE, ["2018-04-28T08:00"]),
        ("2018-11:late", DateKind.MEETING, ["2018-11-18T08:00"]),
        ("../2022-12-31", DateKind.DEADLINE, ["2022-12-28T08:00", "2022-12-30T08:00"]),
    ],
)
def test_each_kind_of_date_has_its_instants(span: str, kind: DateKind, told: list[str]) -> None:
    found = moments(Span.parse(span), kind, LONG_BEFORE)

    assert [m.at for m in found] == [at(t) for t in told]


def test_an_instant_that_has_passed_is_left_out_to_the_second() -> None:
    span = Span.parse("2022-07-31")
    before = at("2022-07-28T08:00") - timedelta(seconds=1)

    assert [m.ahead for m in moments(span, DateKind.DEADLINE, before)] == ["3d", "1d"]
    assert [m.ahead for m in moments(span, DateKind.DEADLINE, at("2022-07-28T08:00"))] == ["1d"]
    assert moments(span, DateKind.DEADLINE, at("2022-07-30T08:00")) == []


def test_a_session_lies_ahead_until_it_begins_a_deadline_until_it_ends() -> None:
    edition = real_reader().edition("cooc-teacher/111")
    assert edition
    dates = {d.id: stretches_of(edition, d) for d in edition.dates}
    first = dates["sync-session"][0]
    due = dates["report-deadline"][0]

    assert still_ahead([first], at("2022-06-08T13:30")) == [first]
    assert still_ahead([first], at("2022-06-08T13:31")) == []
    assert still_ahead([due], at("2022-07-31T23:59")) == [due]
    assert still_ahead([due], at("2022-08-01T00:00")) == []


def test_every_stretch_of_the_real_plans_has_its_own_key_and_is_told_before_it_ends() -> None:
    found = [s for e in real_library().editions for d in e.dates for s in stretches_of(e, d)]

    assert len(found) > 90
    assert len({s.key for s in found}) == len(found)
    for one in found:
        told = moments(one.span, one.entry.kind, LONG_BEFORE)
        assert told
        assert all(m.at < one.span.closes for m in told)
        assert len({m.ahead for m in told}) == len(told)
        assert not is_vague(one.span) or [m.ahead for m in told] == [Ahead.THREE_DAYS]
