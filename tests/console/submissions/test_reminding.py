"""「提醒未繳的學校」: whom it reaches, what it costs, once a day, and just those."""

import pytest
from sqlalchemy import update

from bot.model.reminders import Preferences
from bot.model.staff_roles import StaffRole
from bot.store import preferences, quotas
from bot.store.tables import Person
from tests.console.office import CHANNEL, Browser, OfficeOfTests, words
from tests.console.submissions.schools import (
    CONTACT,
    DAZHI,
    EDITION,
    SECOND,
    SHILIN,
    sent,
    told,
    with_contact,
    with_schools,
)

PAGE = f"{EDITION}/reminding"
ONLY = {"owed": "progress-sheet"}


@pytest.fixture
def editor(admin_of_each: OfficeOfTests) -> Browser:
    """An editor's browser; one of two schools has a contact."""
    with_contact(with_schools(admin_of_each))
    return admin_of_each.signed_in(StaffRole.EDITOR)


def send(browser: Browser, *schools: str, **form: str) -> str:
    """Send the form with these schools ticked; what the page then says."""
    data = {"csrf_token": browser.token(), "school": list(schools), **form}
    page = browser.client.post(f"/console{PAGE}", data=data, base_url=browser.address)
    if page.status_code == 303:
        page = browser.get(page.location.partition("/console")[2])
    return words(page)


def test_it_is_said_before_whom_it_reaches_and_what_it_costs(
    admin_of_each: OfficeOfTests, editor: Browser
) -> None:
    with admin_of_each.engine.begin() as db:
        quotas.keep_reading(db, CHANNEL, (200, 150), admin_of_each.now, admin_of_each.now)

    page = words(editor.get(f"{PAGE}?owed=progress-sheet"))

    assert "還沒交齊的學校 2 所" in page
    assert "通知不到 1 所" in page
    assert "最多 1 則" in page
    assert "本月還可用 50 則" in page
    assert "…0001" in page
    assert "進度表3次" in page
    assert told(admin_of_each) == []


def test_just_those_are_reminded_once_a_day(admin_of_each: OfficeOfTests, editor: Browser) -> None:
    with_contact(admin_of_each, SECOND, SHILIN)

    first = send(editor, DAZHI.code, **ONLY)
    again = send(editor, DAZHI.code, **ONLY)
    admin_of_each.later(days=1)
    next_day = send(admin_of_each.signed_in(StaffRole.EDITOR), DAZHI.code, **ONLY)

    assert "已排定 1 則" in first
    assert "今天都提醒過了" in again
    assert "已排定 1 則" in next_day
    assert [who for who, _, _ in told(admin_of_each)] == [CONTACT, CONTACT]
    _, kind, said = told(admin_of_each)[0]
    assert kind == "deadline"
    assert "還有3次沒有收到" in said
    assert said.count("期限107年") == 3
    notes = [n for n in admin_of_each.audit() if n.what == "submission.remind"]
    assert [(n.after["學校"], n.after["人數"]) for n in notes] == [("353301", 1), ("353301", 1)]
    assert CONTACT not in str(notes)


def test_what_was_handed_in_is_not_asked_for(lite: OfficeOfTests) -> None:
    with_contact(with_schools(lite))
    for turn in (1, 2, 3):
        sent(lite, f"progress-sheet||{turn}|1")

    page = words(lite.signed_in(StaffRole.EDITOR).get(f"{PAGE}?owed=progress-sheet"))

    assert "士林國中" in page
    assert "大直高中" not in page


def test_who_wants_no_reminders_or_blocked_us_is_left_alone(lite: OfficeOfTests) -> None:
    with_contact(with_schools(lite))
    with_contact(lite, SECOND, SHILIN)
    with lite.engine.begin() as db:
        preferences.put(db, CHANNEL, CONTACT, Preferences(is_stopped=True), lite.now)
        blocked = update(Person).where(Person.user_id == SECOND).values(blocked_at=lite.now)
        db.execute(blocked)
    editor = lite.signed_in(StaffRole.EDITOR)

    page = words(editor.get(PAGE))
    sent_page = send(editor, DAZHI.code, SHILIN.code)

    assert "1 位設定不接收提醒" in page
    assert "最多 0 則" in page
    assert "沒有新的提醒" in sent_page
    assert told(lite) == []


def test_nothing_ticked_sends_nothing_and_a_viewer_may_not(lite: OfficeOfTests) -> None:
    with_contact(with_schools(lite))

    assert "沒有勾選任何學校" in send(lite.signed_in(StaffRole.EDITOR))
    viewer = lite.signed_in(StaffRole.VIEWER)
    assert viewer.post(PAGE, school=DAZHI.code).status_code == 403
    assert "送出提醒" not in viewer.get(PAGE).get_data(as_text=True)
    assert told(lite) == []
