"""What staff do about pieces: done once, noted in the audit, told to the school's contacts."""

import pytest
from sqlalchemy import update

from bot.model.staff_roles import StaffRole
from bot.store import affiliations, people, traces
from bot.store.tables import Person
from tests.console.office import CHANNEL, Browser, OfficeOfTests, words
from tests.console.submissions.schools import (
    CONTACT,
    EDITION,
    SCHOOL,
    SLOT,
    sent,
    told,
    visit_of,
    with_contact,
    with_schools,
)

ONE = f"{SCHOOL}/slot?slot=progress-sheet%7C%7C1%7C1"


@pytest.fixture
def editor(admin_of_each: OfficeOfTests) -> Browser:
    """An editor's browser; one school has a contact, who reported one piece."""
    with_contact(with_schools(admin_of_each))
    sent(admin_of_each)
    return admin_of_each.signed_in(StaffRole.EDITOR)


def act(browser: Browser, **form: str) -> str:
    """Send a deed from the page of the slot; what the page then says."""
    visit = visit_of(browser.get(ONE).get_data(as_text=True))
    page = browser.post(SCHOOL, **{"visit": visit, "slot": SLOT, "back": "slot", **form})
    if page.status_code == 303:
        page = browser.get(page.location.partition("/console")[2])
    return words(page)


def test_confirming_is_noted_and_told(admin_of_each: OfficeOfTests, editor: Browser) -> None:
    page = act(editor, deed="confirm", count="1")

    assert "已確認收件" in page
    [note] = [n for n in admin_of_each.audit() if n.what == "submission.confirm"]
    assert note.subject.startswith("353301 mobile-learning/107 第1班")
    assert (note.before["現況"], note.after["現況"]) == ("已送出1次", "已收件1次")
    assert note.actor == "editor@example.tw"
    [(who, kind, said)] = told(admin_of_each)
    assert (who, kind) == (CONTACT, "nudge")
    assert "1次已收件" in said


def test_a_form_that_is_sent_twice_does_it_once(
    admin_of_each: OfficeOfTests, editor: Browser
) -> None:
    visit = visit_of(editor.get(ONE).get_data(as_text=True))
    form = {"visit": visit, "slot": SLOT, "deed": "confirm", "count": "1"}

    first, second = editor.post(SCHOOL, **form), editor.post(SCHOOL, **form)

    assert (first.status_code, second.status_code) == (303, 303)
    assert len(told(admin_of_each)) == 1
    assert [n.what for n in admin_of_each.audit()].count("submission.confirm") == 1


def test_sending_back_needs_a_reason_and_tells_it_masked(
    admin_of_each: OfficeOfTests, editor: Browser
) -> None:
    without = act(editor, deed="send_back", count="1")
    page = act(editor, deed="send_back", count="1", why="第2頁缺核章，電話0912345678")

    assert "請寫原因" in without
    assert "退件待補" in page
    [(_, kind, said)] = told(admin_of_each)
    assert kind == "deadline"
    assert "缺核章" in said
    assert "0912345678" not in said + str(admin_of_each.audit())


def test_a_later_date_is_for_this_school_alone(
    admin_of_each: OfficeOfTests, editor: Browser
) -> None:
    page = act(editor, deed="extend", until="2022-07-01", why="停課")

    assert "111年7月1日 23:59（這所學校延後" in page
    assert "期限延到111年7月1日" in told(admin_of_each)[0][2]
    other = words(editor.get(f"{EDITION}/schools/353302"))
    assert "這所學校延後" not in other


def test_excusing_owing_again_and_recording_on_behalf(
    admin_of_each: OfficeOfTests, editor: Browser
) -> None:
    other = "progress-sheet||2|1"

    assert "已設為免繳" in act(editor, deed="excuse", slot=other, count="1", why="減班")
    assert "已取消免繳" in act(editor, deed="owe_again", slot=other, count="1")
    number = "北市中教字第1110001234號"
    page = act(editor, deed="report", slot=other, count="1", number=number)
    assert "已代為回報" in page
    assert "editor@example.tw：回報送出 1次" in page
    assert number in page
    assert "已收回" in act(editor, deed="take_back", slot=other, count="1")
    assert len(told(admin_of_each)) == 2  # of what changes for the school, not of its own report


def test_several_are_confirmed_at_once_or_none(
    admin_of_each: OfficeOfTests, editor: Browser
) -> None:
    sent(admin_of_each, "progress-sheet||2|1")
    visit = visit_of(editor.get(SCHOOL).get_data(as_text=True))
    token, path = editor.token(), f"/console{SCHOOL}"
    both = {"csrf_token": token, "deed": "confirm", "visit": visit}

    broken = editor.client.post(
        path, data={**both, "slot": [SLOT, "gone||0|"]}, base_url=editor.address
    )
    nothing_told = told(admin_of_each)
    done = editor.client.post(
        path, data={**both, "slot": [SLOT, "progress-sheet||2|1"]}, base_url=editor.address
    )

    assert (broken.status_code, nothing_told) == (400, [])
    assert done.status_code == 303
    assert [n.what for n in admin_of_each.audit()].count("submission.confirm") == 2
    [(_, _, said)] = told(admin_of_each)
    assert "第1次" in said
    assert "第2次" in said


@pytest.mark.parametrize(
    "form",
    [
        {"deed": "confirm", "count": "2"},
        {"deed": "confirm", "count": "-1"},
        {"deed": "confirm", "count": "一"},
        {"deed": "extend", "until": "2022-06-01", "why": "太晚"},
        {"deed": "extend", "why": "沒有日期"},
        {"deed": "explode", "count": "1"},
        {"deed": "confirm", "count": "1", "visit": "x"},
        {"deed": "confirm", "count": "1", "slot": "no"},
    ],
)
def test_what_cannot_be_done_says_so_and_changes_nothing(
    lite: OfficeOfTests, form: dict[str, str]
) -> None:
    with_contact(with_schools(lite))
    sent(lite)
    before = lite.audit()

    page = act(lite.signed_in(StaffRole.EDITOR), **form)

    assert "沒有更動" in page
    assert (told(lite), lite.audit()) == ([], before)


def test_who_may_only_look_sees_no_deed_and_may_not_send_one(lite: OfficeOfTests) -> None:
    with_schools(lite)
    sent(lite)
    viewer = lite.signed_in(StaffRole.VIEWER)

    assert 'name="visit" value' not in viewer.get(ONE).get_data(as_text=True)
    assert viewer.post(SCHOOL, deed="confirm", slot=SLOT, count="1").status_code == 403


def test_nobody_is_told_who_blocked_us_and_an_erased_contact_leaves_no_name(
    lite: OfficeOfTests,
) -> None:
    with_contact(with_schools(lite))
    sent(lite)
    with lite.engine.begin() as db:
        db.execute(update(Person).values(blocked_at=lite.now))
    editor = lite.signed_in(StaffRole.EDITOR)

    act(editor, deed="confirm", count="1")
    with lite.engine.begin() as db:
        traces.erase(db, CHANNEL, CONTACT, lite.now)
        assert affiliations.contacts_of(db, CHANNEL, "353301") == []
    page = words(editor.get(ONE))

    assert told(lite) == []
    assert "資料已刪除" in page
    assert people.alias(CONTACT) not in page
    assert CONTACT not in str(lite.audit())
