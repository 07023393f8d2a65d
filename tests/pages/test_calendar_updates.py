"""The feed over time: what moves, what is dropped, and phones that ask again and again."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from icalendar import Calendar, Event
from sqlalchemy import select, update

from bot.messages import Kind
from bot.pages.calendar_views import MOST_TURNS
from bot.store import calendar_keys, wishes
from bot.store.channel_tables import CalendarSaid
from bot.turns import MOST_KEPT, Turns
from tests.handlers.whole_bot import button
from tests.pages.owner import Owner, owner_on
from tests.pages.stage import ADDRESS, path_of, words
from tests.understand.plans import real_reader

DUE = "cooc-teacher/111#report-deadline"
SESSION = "同步課程上課時間（酷課OnO線上教室II、第2梯次）"


@pytest.fixture
def owner(database_url: str) -> Iterator[Owner]:
    yield from owner_on(database_url, real_reader())


def path(owner: Owner) -> str:
    """The path of the calendar, asked for in the chat."""
    opened = button(owner.stage.ask("我的行事曆", owner.user), "開啟訂閱頁")
    return path_of(opened.url).split("?")[0] + ".ics"


def events(owner: Owner, at: str) -> dict[str, Event]:
    found = Calendar.from_ical(owner.stage.client().get(at).get_data())
    return {str(event["uid"]): event for event in found.walk("VEVENT")}


def titled(found: dict[str, Event], title: str) -> Event:
    (event,) = (e for e in found.values() if str(e["summary"]).endswith(title))
    return event


def wish(owner: Owner, data: str) -> None:
    owner.stage.send(owner.user, kind=Kind.POSTBACK, data=data)


def test_a_session_that_is_not_chosen_any_more_is_cancelled_and_forgotten_after_a_month(
    owner: Owner,
) -> None:
    owner.pick()
    at = path(owner)
    before = titled(events(owner, at), SESSION)
    owner.stage.later(days=1)
    owner.send("pick", requirement="item-sync", part="ono2", none="1")

    gone = titled(events(owner, at), SESSION)
    owner.stage.later(days=29)
    still = titled(events(owner, at), SESSION)
    owner.stage.later(days=1)

    assert gone["uid"] == before["uid"]
    assert gone["status"] == still["status"] == "CANCELLED"
    assert str(gone["summary"]).startswith("已取消：")
    assert (before["sequence"], gone["sequence"]) == (0, 1)
    assert gone["last-modified"].dt == before["last-modified"].dt + timedelta(days=1)
    assert gone.walk("VALARM") == []
    assert before["uid"] not in events(owner, at)


def test_a_reminder_that_is_stopped_is_cancelled_and_wished_again_it_is_back(owner: Owner) -> None:
    wish(owner, "remind=digital-community/112#signup")
    at = path(owner)
    found = events(owner, at)
    uids = {u for u, e in found.items() if "112" in str(e["description"]).split()[0]}
    assert uids

    with owner.stage.engine.connect() as db:
        wished = wishes.of_person(db, "default", owner.user)
    for one in wished:
        wish(owner, f"unremind={one.edition_key}#{one.date}#{one.case_key}")
    stopped = {str(events(owner, at)[u]["status"]) for u in uids}
    wish(owner, "remind=digital-community/112#signup")
    again = [events(owner, at)[u] for u in uids]

    assert stopped == {"CANCELLED"}
    assert {e["sequence"] for e in again} == {2}
    assert "CANCELLED" not in {str(e["status"]) for e in again}


def test_what_was_said_to_be_on_another_day_is_said_to_have_moved(owner: Owner) -> None:
    owner.pick()
    at = path(owner)
    before = titled(events(owner, at), SESSION)
    with owner.stage.engine.begin() as db:  # as if the edition had said the 1st when it was fetched
        row = db.execute(select(CalendarSaid).where(CalendarSaid.uid == str(before["uid"]))).one()
        earlier = {**row.event, "starts": "2022-07-01T13:30:00+08:00"}
        these = CalendarSaid.uid == row.uid
        db.execute(update(CalendarSaid).where(these).values(event=earlier))
    owner.stage.later(hours=1)

    moved = titled(events(owner, at), SESSION)

    assert moved["uid"] == before["uid"]
    assert moved["sequence"] == before["sequence"] + 1
    assert moved["last-modified"].dt > before["last-modified"].dt
    assert moved["dtstart"].dt == before["dtstart"].dt


def test_a_phone_that_has_the_newest_is_told_so_and_nothing_is_written(owner: Owner) -> None:
    owner.pick()
    at = path(owner)
    client = owner.stage.client()
    first = client.get(at)
    owner.stage.later(days=2)

    same = client.get(at, headers={"If-None-Match": first.headers["ETag"]})
    head = client.head(at)
    wish(owner, f"remind={DUE}")
    wish(owner, "remind=digital-community/112#signup")
    other = client.get(at, headers={"If-None-Match": first.headers["ETag"]})

    assert (same.status_code, same.get_data()) == (304, b"")
    assert same.headers["ETag"] == head.headers["ETag"] == first.headers["ETag"]
    assert (head.status_code, head.get_data()) == (200, b"")
    assert int(head.headers["Content-Length"]) == len(first.get_data())
    assert other.status_code == 200
    assert "private" in first.headers["Cache-Control"]
    assert "no-store" not in first.headers["Cache-Control"]


def test_lines_are_folded_at_seventy_five_bytes_and_the_zone_is_in_it(owner: Owner) -> None:
    owner.pick()
    raw = owner.stage.client().get(path(owner)).get_data()

    lines = raw.split(b"\r\n")

    assert max(map(len, lines)) <= 75
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert any(line.startswith(b" ") for line in lines)
    for line in lines:
        line.decode()  # never cut within a character
    (zone,) = Calendar.from_ical(raw).walk("VTIMEZONE")
    assert str(zone["tzid"]) == "Asia/Taipei"
    assert zone.to_tz().utcoffset(owner.stage.now.replace(tzinfo=None)) == timedelta(hours=8)


def test_the_chat_gives_one_address_that_stays_and_says_how(owner: Owner) -> None:
    first = owner.stage.ask("我的行事曆", owner.user)
    second = owner.stage.ask("訂閱行事曆", owner.user)
    in_group = owner.stage.ask(
        "我的行事曆", owner.user, chat_id="Cgroup", in_group=True, mentioned=True
    )

    opened = button(first, "開啟訂閱頁").url
    assert opened == button(second, "開啟訂閱頁").url
    assert opened.endswith("?openExternalBrowser=1")
    facts = first.cards[0].facts
    assert sum(f.startswith("iPhone：") for f in facts) == 2
    assert sum(f.startswith("Android：") for f in facts) == 2
    assert "一對一" in str(in_group.parts[0])
    assert "calendar" not in str(in_group)


def test_the_page_has_the_address_for_every_phone(owner: Owner) -> None:
    at = path(owner)
    page = owner.stage.client().get(at.removesuffix(".ics"))

    text = page.get_data(as_text=True)
    host = ADDRESS.split("//")[1]
    assert f'href="webcal://{host}{at}"' in text
    assert f"cid=webcal%3A%2F%2F{host}%2Fcalendar%2F" in text
    assert f'value="{ADDRESS}{at}"' in text
    assert "設定" in words(page)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert owner.stage.client().get("/calendar/" + "A" * 32).status_code == 404


def test_a_phone_gone_astray_is_told_when_to_return(owner: Owner) -> None:
    at = path(owner)
    client = owner.stage.client()

    answers = [client.get(at) for _ in range(MOST_TURNS + 1)]

    assert {a.status_code for a in answers[:-1]} == {200}
    assert answers[-1].status_code == 429
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 301


def test_turns_are_each_callers_own_and_come_back() -> None:
    now = [0.0]
    turns = Turns(2, 60.0, lambda: now[0])
    first = [turns.wait_s("a") for _ in range(3)]
    other = turns.wait_s("b")
    now[0] = 60.5

    assert (first, other, turns.wait_s("a")) == ([0, 0, 61], 0, 0)
    for n in range(2 * MOST_KEPT):
        turns.wait_s(str(n))
    assert len(turns._seen) == MOST_KEPT


def test_a_fetch_that_ends_after_all_was_erased_leaves_nothing_behind(owner: Owner) -> None:
    at = path(owner)
    owner.pick()
    owner.stage.client().get(at)

    owner.send("erase", sure="1")

    assert owner.stage.client().get(at).status_code == 404
    with owner.stage.engine.connect() as db:
        assert db.execute(select(CalendarSaid)).all() == []
        assert calendar_keys.find(db, "default", owner.user) == ""
