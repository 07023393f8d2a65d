"""One's own page: progress, reporting, taking back, choosing sessions; nobody else's."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.links import Purpose
from bot.store import people
from bot.store.tables import Person
from bot.understand.reader import Reader
from tests.pages.owner import ASYNC, PRACTICE, Owner, owner_on
from tests.pages.stage import STAFF, words
from tests.understand.plans import real_library, real_reader

PAGES = ["me", "me/history", "me/dates", "me/data", "me/data.json", "me/erase"]


@pytest.fixture
def owner(database_url: str) -> Iterator[Owner]:
    yield from owner_on(database_url, real_reader())


@pytest.fixture
def lite(sqlite_url: str) -> Iterator[Owner]:
    yield from owner_on(sqlite_url, real_reader())


def test_the_page_says_what_is_left_and_until_when(lite: Owner) -> None:
    said = words(lite.get())

    assert "還差2門" in said
    assert "0／2門" in said
    assert "學校函報截止：111年7月31日(日)，還有46天截止" in said
    assert "要先完成：線上同步課程、線上非同步課程" in said
    assert "臺北市酷課雲認證教師證書" in said


def test_what_is_reported_is_counted_and_said_to_be_self_reported(owner: Owner) -> None:
    answered = owner.report(ASYNC, part="groups", on="2022-06-10")

    said = words(owner.get())
    assert answered.status_code == 303
    assert "1／2門" in said
    assert "自行回報" in said


def test_two_parts_ticked_at_once_complete_an_item(lite: Owner) -> None:
    lite.report(ASYNC, part=["groups", "homework"])

    said = words(lite.get())

    assert "✓ 已完成" in said
    assert "1／3項" in said


def test_a_form_that_is_sent_twice_counts_once(owner: Owner) -> None:
    visit = owner.visit()

    first = owner.report(PRACTICE, visit=visit)
    second = owner.report(PRACTICE, visit=visit)

    assert (first.status_code, second.status_code) == (303, 303)
    assert len(owner.deeds()) == 1


def test_a_form_that_is_sent_again_after_it_was_taken_back_stays_taken_back(lite: Owner) -> None:
    visit = lite.visit()
    lite.report(PRACTICE, visit=visit)
    lite.send("undo", deed=lite.deeds()[0].id)

    lite.report(PRACTICE, visit=visit)

    assert lite.deeds() == []


def test_the_same_on_the_same_day_is_asked_about_and_counts_where_it_is_another(
    lite: Owner,
) -> None:
    lite.report(PRACTICE)

    asked = lite.report(PRACTICE)
    assert asked.status_code == 400
    assert "111年6月15日已經記了1次" in words(asked)
    assert len(lite.deeds()) == 1

    lite.report(PRACTICE, another="1")
    assert len(lite.deeds()) == 2


def test_the_same_part_again_is_said_to_be_known(lite: Owner) -> None:
    lite.report(ASYNC, part="groups")

    again = lite.report(ASYNC, part="groups")

    assert "已經記過了" in words(lite.stage.client().get(again.location))
    assert len(lite.deeds()) == 1


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"on": "2022-06-16"}, "還沒到"),
        ({"on": "昨天"}, "看不懂日期「昨天」"),
        ({"on": ""}, "看不懂日期空白"),
        ({"count": "0"}, "「0」不是可以記的數量"),
        ({"count": "-1"}, "不是可以記的數量"),
        ({"count": "1.5"}, "要是整數"),
        ({"count": "很多"}, "「很多」不是數字"),
        ({"count": "9" * 50}, "不是數字"),
        ({"visit": "old"}, "這張表單已經過時"),
        ({"requirement": "nothing"}, "不在您的進度裡"),
        ({"enrolment": "nothing"}, "不在您的清單裡"),
    ],
)
def test_bad_input_names_the_remedy_and_writes_nothing(
    lite: Owner, form: dict[str, str], says: str
) -> None:
    answered = lite.report(PRACTICE, **form)

    assert answered.status_code == 400
    assert says in words(answered)
    assert lite.deeds() == []


def test_a_part_must_be_one_that_there_is(lite: Owner) -> None:
    unknown = lite.report(ASYNC, part="made-up")
    none = lite.report(ASYNC)

    assert "只有這幾項" in words(unknown)
    assert "請告訴我完成的是哪一項" in words(none)
    assert lite.deeds() == []


def test_what_was_taken_back_stays_in_the_history(owner: Owner) -> None:
    owner.report(PRACTICE)
    deed = owner.deeds()[0]

    answered = owner.send("undo", deed=deed.id)
    again = owner.send("undo", deed=deed.id)

    said = words(owner.stage.client().get(answered.location))
    assert "已收回，不再計入進度" in said
    assert "111年6月15日 09:00收回" in said
    assert "done=gone" in again.location
    assert owner.deeds() == []


def test_nobody_reports_or_takes_back_on_anothers_track(owner: Owner) -> None:
    owner.report(PRACTICE)
    other = Owner(owner.stage, "Uteacher-2")
    theirs = {"enrolment": owner.enrolment.id}

    reported = other.report(ASYNC, part="groups", **theirs)
    undone = other.send("undo", deed=owner.deeds()[0].id, **theirs)
    mixed = other.send("undo", deed=owner.deeds()[0].id)
    picked = other.pick(**theirs)

    assert [r.status_code for r in (reported, undone, picked)] == [400, 400, 400]
    assert "done=gone" in mixed.location
    assert len(owner.deeds()) == 1
    assert owner.picks() == []


@pytest.mark.parametrize("path", PAGES)
def test_only_a_link_to_ones_own_pages_lets_in_and_only_for_an_hour(lite: Owner, path: str) -> None:
    token = lite.token()
    staffs = lite.stage.links.token("default", STAFF, Purpose.STAFF, lite.stage.now)
    client = lite.stage.client()

    assert client.get(f"/p/{token}/{path}").status_code == 200
    assert client.get(f"/p/{token[:-1]}/{path}").status_code == 403
    assert client.get(f"/p/{staffs}/{path}").status_code == 403
    assert client.get(f"/p/{token}/questions").status_code == 403
    lite.stage.later(hours=1)
    late = client.get(f"/p/{token}/{path}")
    assert late.status_code == 403
    assert "請回到 LINE 輸入「我的頁面」" in words(late)


def test_a_form_of_a_link_that_is_over_writes_nothing(lite: Owner) -> None:
    token, visit = lite.token(), lite.visit()
    lite.stage.later(hours=1)
    form = {"enrolment": lite.enrolment.id, "requirement": PRACTICE, "visit": visit}

    late = lite.stage.client().post(f"/p/{token}/me/report", data={**form, "on": "2022-06-15"})

    assert late.status_code == 403
    assert lite.deeds() == []


def test_somebody_without_a_track_is_told_how_to_join(lite: Owner) -> None:
    token = lite.stage.links.token("default", "Unobody", Purpose.OWN, lite.stage.now)

    said = words(lite.stage.client().get(f"/p/{token}/me"))

    assert "還沒有加入任何進度" in said


def test_what_is_done_on_a_page_does_not_make_somebody_unblock_us(owner: Owner) -> None:
    with owner.stage.engine.begin() as db:
        people.mark_blocked(db, "default", owner.user, owner.stage.now)

    owner.report(PRACTICE)

    with owner.stage.engine.connect() as db:
        assert db.scalar(select(Person.blocked_at)) is not None
    assert len(owner.deeds()) == 1


def test_forms_of_the_joined_edition_are_linked(lite: Owner) -> None:
    token = lite.token()

    page = lite.stage.client().get(f"/p/{token}/me").get_data(as_text=True)

    assert f"/p/{token}/forms/cooc-teacher/111" in page


def test_a_form_sent_from_two_devices_at_once_counts_once(owner: Owner) -> None:
    visit = owner.visit()
    start = threading.Barrier(2)

    def send() -> int:
        start.wait()
        return owner.send("report", requirement=PRACTICE, on="2022-06-15", visit=visit).status_code

    with ThreadPoolExecutor(2) as pool:
        codes = [f.result() for f in [pool.submit(send), pool.submit(send)]]

    assert codes == [303, 303]
    assert len(owner.deeds()) == 1


def test_a_track_that_asks_for_a_group_asks_for_it_first(sqlite_url: str) -> None:
    edition = real_reader().edition("cooc-teacher/111")
    assert edition
    tracks = tuple(replace(t, asks=("round",)) for t in edition.tracks)
    library = replace(real_library(), editions=(replace(edition, tracks=tracks),))
    for owner in owner_on(sqlite_url, Reader(library)):
        assert "要先知道下面的資料" in words(owner.get())
        refused = owner.send("settle", **{"facet-round": "9"})
        assert refused.status_code == 400

        owner.send("settle", **{"facet-round": "2"})

        assert "還差2門" in words(owner.get())


def test_a_third_optional_course_is_said_to_add_no_hours(lite: Owner) -> None:
    for part in ("groups", "interaction", "homework"):
        lite.report(ASYNC, part=part)

    said = words(lite.get())

    assert "2／2門" in said
    assert "只採計2門，另外1門不加時數" in said


def test_what_cannot_be_read_is_quoted_in_short(lite: Owner) -> None:
    said = words(lite.report(PRACTICE, on="x" * 150))

    assert f"看不懂日期「{'x' * 20}」" in said


def test_what_is_done_already_is_not_said_to_wait(lite: Owner) -> None:
    assert "要先完成" in words(lite.get())

    lite.report(PRACTICE)

    assert "要先完成" not in words(lite.get())
