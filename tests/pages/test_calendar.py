"""The calendar: its key, what is in it, and that an event stays the same event."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar, Event

from bot.clock import TAIPEI
from bot.links import Purpose
from bot.messages import Kind
from bot.model.calendar import SaidEvent
from bot.model.when import When
from bot.papers.calendar import event_of, make_calendar, uid_of
from bot.rules.calendar_changes import say_anew
from bot.rules.notices import Stretch, stretches_of
from tests.pages.owner import Owner, owner_on
from tests.pages.stage import ADDRESS, path_of, words
from tests.understand.plans import real_library, real_reader

NOW = datetime(2022, 6, 15, 9, 0, tzinfo=TAIPEI)


@pytest.fixture
def owner(database_url: str) -> Iterator[Owner]:
    yield from owner_on(database_url, real_reader())


def address(owner: Owner) -> str:
    """The path of the calendar, made or renewed on the page."""
    owner.send("dates/calendar")
    page = owner.get("me/dates").get_data(as_text=True)
    return path_of(
        f"{ADDRESS}/calendar/" + page.split(f'value="{ADDRESS}/calendar/')[1].split('"')[0]
    )


def events(owner: Owner, path: str) -> dict[str, Event]:
    """The events of the calendar at a path, by their titles."""
    sent = owner.stage.client().get(path)
    assert sent.status_code == 200
    assert sent.headers["Content-Type"] == "text/calendar; charset=utf-8"
    found = Calendar.from_ical(sent.get_data())
    return {str(event["summary"]): event for event in found.walk("VEVENT")}


def stretch(edition_key: str, date_id: str, number: int = 0) -> Stretch:
    edition = real_reader().edition(edition_key)
    assert edition
    entry = next(d for d in edition.dates if d.id == date_id)
    return stretches_of(edition, entry)[number]


def said(*stretches: Stretch) -> list[SaidEvent]:
    """As they are said for the first time."""
    return list(say_anew({}, map(event_of, stretches), NOW).said)


def one_event(of: Stretch) -> Event:
    (event,) = Calendar.from_ical(make_calendar(said(of))).walk("VEVENT")
    return event


def test_it_has_what_was_chosen_what_is_due_and_what_was_wished(owner: Owner) -> None:
    owner.pick()
    owner.stage.send(owner.user, kind=Kind.POSTBACK, data="remind=mobile-learning/107#launch")
    wish = "digital-community/112#signup"
    owner.stage.send(owner.user, kind=Kind.POSTBACK, data=f"remind={wish}")

    found = events(owner, address(owner))

    session = found["同步課程上課時間（酷課OnO線上教室II、第2梯次）"]
    assert session["dtstart"].dt == datetime(2022, 7, 8, 13, 30, tzinfo=TAIPEI)
    assert session["dtend"].dt == datetime(2022, 7, 8, 16, 30, tzinfo=TAIPEI)
    assert session["dtstart"].params["TZID"] == "Asia/Taipei"
    register = found["課程報名截止（酷課OnO線上教室II、第2梯次）"]
    assert register["dtstart"].dt == date(2022, 7, 6)
    assert found["學校函報截止"]["dtend"].dt == date(2022, 8, 1)
    assert any("報名" in title and "112" in str(e["description"]) for title, e in found.items())
    assert not any("第1梯次" in title for title in found)
    assert not any("啟動會議" in title for title in found)  # over: nothing was wished


def test_events_keep_their_uid_and_bear_alarms(owner: Owner) -> None:
    path = address(owner)
    before = events(owner, path)
    owner.stage.later(days=3)
    owner.pick()

    after = events(owner, path)

    assert {t: e["uid"] for t, e in before.items()}.items() <= {
        t: e["uid"] for t, e in after.items()
    }.items()
    assert len({str(e["uid"]) for e in after.values()}) == len(after)
    alarms = after["同步課程上課時間（酷課OnO線上教室II、第2梯次）"].walk("VALARM")
    assert [a["trigger"].dt for a in alarms] == [-timedelta(days=2, hours=5.5), -timedelta(hours=1)]


def test_an_event_whose_day_moves_keeps_its_uid() -> None:
    before = stretch("cooc-teacher/111", "sync-session")
    moved = When.parse("2022-06-09T13:30/16:30")
    later = replace(before, case=replace(before.case, at=moved), span=moved.spans[0])

    assert one_event(later)["dtstart"].dt != one_event(before)["dtstart"].dt
    assert uid_of(later) == uid_of(before)


def test_every_date_of_the_real_plans_makes_an_event_that_ends_after_it_begins() -> None:
    found = [s for e in real_library().editions for d in e.dates for s in stretches_of(e, d)]

    calendar = Calendar.from_ical(make_calendar(said(*found)))

    made = calendar.walk("VEVENT")
    assert len(made) == len(found)
    assert len({str(e["uid"]) for e in made}) == len(found)
    for event in made:
        if "dtend" in event:
            assert event["dtend"].dt > event["dtstart"].dt


def test_what_has_no_day_is_all_day_and_called_unsettled() -> None:
    vague = [
        s
        for e in real_library().editions
        for d in e.dates
        for s in stretches_of(e, d)
        if s.span.end.day is None
    ]

    assert len(vague) > 5
    for one in vague:
        event = one_event(one)
        assert type(event["dtstart"].dt) is date
        assert "（暫訂）" in event["summary"]
        assert event["dtend"].dt == one.span.end.last + timedelta(days=1)


def test_nothing_in_it_names_its_person(owner: Owner) -> None:
    owner.pick()
    path = address(owner)

    sent = owner.stage.client().get(path).get_data(as_text=True)

    assert owner.user not in sent
    assert owner.enrolment.id not in sent


def test_a_renewed_key_ends_the_old_one_and_a_link_that_is_over_does_not(owner: Owner) -> None:
    old = address(owner)
    owner.stage.later(days=400)
    assert owner.stage.client().get(old).status_code == 200

    new = address(owner)

    assert new != old
    assert owner.stage.client().get(old).status_code == 404
    assert owner.stage.client().get(new).status_code == 200


@pytest.mark.parametrize("key", ["x", "A" * 32, "%00" * 20, "../p", "A" * 200])
def test_a_key_that_nobody_has_opens_nothing(owner: Owner, key: str) -> None:
    assert owner.stage.client().get(f"/calendar/{key}.ics").status_code == 404


def test_two_people_have_calendars_of_their_own(owner: Owner) -> None:
    other = Owner(owner.stage, "Uteacher-2")
    owner.pick()

    mine, theirs = address(owner), address(other)

    assert mine != theirs
    assert len(events(owner, mine)) == len(events(other, theirs)) + 3


def test_before_it_is_made_there_is_no_address(owner: Owner) -> None:
    said = words(owner.get("me/dates"))

    assert "建立行事曆網址" in said
    assert "/calendar/" not in owner.get("me/dates").get_data(as_text=True)


def test_a_reminder_is_stopped_on_the_page(owner: Owner) -> None:
    data = "remind=cooc-teacher/111#report-deadline"
    owner.stage.send(owner.user, kind=Kind.POSTBACK, data=data)
    assert "111年7月28日 08:00、111年7月30日 08:00" in words(owner.get("me/dates"))
    wish = {"plan": "cooc-teacher", "edition": "111", "date": "report-deadline", "case_key": ""}

    theirs = owner.stage.links.token("default", "Uteacher-2", Purpose.OWN, owner.stage.now)
    owner.stage.client().post(f"/p/{theirs}/me/dates/stop", data=wish)
    assert "學校函報截止" in words(owner.get("me/dates"))
    owner.send("dates/stop", **wish)

    left = words(owner.get("me/dates"))
    assert "取消這則提醒" not in left
    assert "您的進度還沒完成這一項" in left  # what their track waits for is told all the same


def test_what_is_coming_is_listed_by_day_and_one_of_it_is_stopped(owner: Owner) -> None:
    data = "remind=cooc-teacher/111#report-deadline"
    owner.stage.send(owner.user, kind=Kind.POSTBACK, data=data)
    shown = words(owner.get("me/dates"))
    key = "cooc-teacher/111#report-deadline##0"

    assert "111年7月28日(四)" in shown
    assert "08:00提醒，" in shown
    theirs = owner.stage.links.token("default", "Uteacher-2", Purpose.OWN, owner.stage.now)
    owner.stage.client().post(f"/p/{theirs}/me/dates/mute", data={"stretch": key})
    assert "111年7月28日(四)" in words(owner.get("me/dates"))
    owner.send("dates/mute", stretch=key)
    owner.send("dates/mute", stretch=key)

    assert "學校函報截止" not in words(owner.get("me/dates"))
    owner.send("dates/mute", stretch="nothing/1#of##0")
