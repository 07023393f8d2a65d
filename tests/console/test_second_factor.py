"""The second factor: set up, asked for, lost, and taken away."""

import re
from dataclasses import replace

import pyotp
import pytest

from bot.model.staff_roles import StaffRole
from bot.sign_in import app_secret, staff_accounts
from bot.store import accounts
from tests.console.office import ADMIN, GOOD, KEY, Browser, OfficeOfTests, words


def code_of(office: OfficeOfTests, steps: int = 0) -> str:
    """What the app on the phone shows now, or so many steps later."""
    secret = app_secret.secret_of(office.gate.key, office.find(ADMIN))
    assert secret is not None
    return str(pyotp.TOTP(secret).at(int(office.now.timestamp()) + 30 * steps))


def set_up(office: OfficeOfTests) -> list[str]:
    """The admin's factor, set up on the pages; gives the recovery codes."""
    office.account(StaffRole.ADMIN, ADMIN, GOOD)
    browser = office.browser()
    browser.enter()
    browser.post("/own/factor/begin")
    shown = browser.post("/own/factor", code=code_of(office)).get_data(as_text=True)
    office.later(seconds=60)
    return re.findall(r"<code>([a-z0-9-]+)</code>", shown)


def at_the_factor(office: OfficeOfTests) -> Browser:
    """A browser whose password was right."""
    browser = office.browser()
    assert browser.enter().location.startswith("/console/factor")
    return browser


def test_the_code_of_the_app_lets_in(lite: OfficeOfTests) -> None:
    codes = set_up(lite)
    browser = at_the_factor(lite)
    before, closed = browser.session_id, browser.get()

    wrong = browser.post("/factor", code="000000")
    right = browser.post("/factor", code=code_of(lite))

    assert len(codes) == 8
    assert closed.location == "/console/factor"
    assert (wrong.status_code, right.status_code) == (400, 303)
    assert browser.session_id != before
    assert browser.get().status_code == 200


def test_a_code_is_good_once_also_within_its_time(office: OfficeOfTests) -> None:
    set_up(office)
    code = code_of(office)
    at_the_factor(office).post("/factor", code=code)
    office.later(seconds=20)

    seen = at_the_factor(office).post("/factor", code=code)
    earlier = at_the_factor(office).post("/factor", code=code_of(office, -1))
    fresh = at_the_factor(office).post("/factor", code=code_of(office, 1))

    assert (seen.status_code, earlier.status_code) == (400, 400)
    assert fresh.status_code == 303


def test_the_code_that_set_it_up_does_not_let_in(lite: OfficeOfTests) -> None:
    lite.account(StaffRole.ADMIN, ADMIN, GOOD)
    browser = lite.browser()
    browser.enter()
    browser.post("/own/factor/begin")
    code = code_of(lite)
    browser.post("/own/factor", code=code)

    assert at_the_factor(lite).post("/factor", code=code).status_code == 400


def test_a_recovery_code_is_good_once(office: OfficeOfTests) -> None:
    codes = set_up(office)

    first = at_the_factor(office).post("/factor", code=f" {codes[0].upper()} ")
    again = at_the_factor(office).post("/factor", code=codes[0])

    assert (first.status_code, again.status_code) == (303, 400)
    assert len(office.find(ADMIN).recovery) == 7
    assert "factor.recovery" in [note.what for note in office.audit()]
    assert codes[0] not in repr(office.find(ADMIN))


def test_codes_cannot_be_tried_out(lite: OfficeOfTests) -> None:
    set_up(lite)
    browser = at_the_factor(lite)
    for _ in range(5):
        browser.post("/factor", code="000000")

    rests = browser.post("/factor", code=code_of(lite))
    elsewhere = at_the_factor(lite).post("/factor", code=code_of(lite))

    assert "錯太多次" in words(rests)
    assert elsewhere.status_code == 400


@pytest.mark.parametrize("minutes", [15, 600])
def test_the_password_s_step_is_not_open_for_long(lite: OfficeOfTests, minutes: int) -> None:
    set_up(lite)
    browser = at_the_factor(lite)
    lite.later(minutes=minutes)

    assert browser.post("/factor", code=code_of(lite)).status_code == 403


def test_it_is_taken_away_by_a_code_and_by_nothing_else(office: OfficeOfTests) -> None:
    codes = set_up(office)
    browser = at_the_factor(office)
    browser.post("/factor", code=code_of(office))
    office.later(seconds=60)

    wrong = browser.post("/own/factor/drop", code="123456")
    dropped = browser.post("/own/factor/drop", code=codes[1])

    assert (wrong.status_code, dropped.status_code) == (400, 303)
    assert office.browser().enter().location == "/console"


def test_another_secret_is_not_put_over_one_that_counts(lite: OfficeOfTests) -> None:
    set_up(lite)
    browser = at_the_factor(lite)
    browser.post("/factor", code=code_of(lite))

    answer = browser.post("/own/factor/begin")

    assert answer.status_code == 400
    assert "先移除原來的" in words(answer)
    assert lite.find(ADMIN).has_factor


def test_an_admin_takes_it_away_from_whoever_lost_their_phone(lite: OfficeOfTests) -> None:
    set_up(lite)

    first = staff_accounts.renew(lite.by(), lite.find(ADMIN).id, drops_factor=True)

    assert lite.browser().enter(password=first.password).location == "/console/first-password"


def test_a_first_password_asks_for_the_factor_before_its_replacement(lite: OfficeOfTests) -> None:
    set_up(lite)
    first = staff_accounts.renew(lite.by(), lite.find(ADMIN).id)
    browser = lite.browser()

    answer = browser.enter(password=first.password)
    then = browser.post("/factor", code=code_of(lite))

    assert answer.location == "/console/factor"
    assert then.location == "/console/first-password"


def test_where_it_is_demanded_nothing_opens_before_it_is_set_up(sqlite_url: str) -> None:
    strict = OfficeOfTests(sqlite_url, wants_factor=True)
    strict.account(StaffRole.ADMIN, ADMIN, GOOD)
    browser = strict.browser()

    entered, closed = browser.enter(), browser.get("/accounts")
    browser.post("/own/factor/begin")
    browser.post("/own/factor", code=code_of(strict))
    opened = browser.get("/accounts")
    strict.engine.dispose()

    assert entered.location == "/console/own/factor"
    assert closed.location == "/console/own/factor"
    assert opened.status_code == 200


def test_the_qr_code_is_shown_until_it_is_confirmed(lite: OfficeOfTests) -> None:
    browser = lite.signed_in()
    browser.post("/own/factor/begin")

    before = browser.get("/own/factor").get_data(as_text=True)
    wrong = browser.post("/own/factor", code="000000")

    assert 'src="data:image/svg+xml' in before
    assert wrong.status_code == 400
    assert not lite.find("admin@example.tw").has_factor


def test_the_database_alone_does_not_tell_what_the_app_shares(office: OfficeOfTests) -> None:
    set_up(office)
    found = office.find(ADMIN)

    secret = app_secret.secret_of(KEY, found)

    assert secret
    assert secret not in repr(found)


def test_a_secret_of_before_is_sealed_when_its_code_is_taken(office: OfficeOfTests) -> None:
    set_up(office)
    found = office.find(ADMIN)
    secret = app_secret.secret_of(KEY, found)
    with office.engine.begin() as db:
        accounts.change(db, found, factor_secret=secret, factor_sealed=None)

    entered = at_the_factor(office).post("/factor", code=code_of(office))
    kept = office.find(ADMIN)

    assert entered.status_code == 303
    assert kept.factor_secret is None
    assert app_secret.secret_of(KEY, kept) == secret


def test_after_another_key_only_a_recovery_code_lets_in_and_the_page_says_so(
    lite: OfficeOfTests,
) -> None:
    codes = set_up(lite)
    code = code_of(lite)
    lite.gate = replace(lite.gate, key="another key, after an accident")
    lite.rebuild()

    by_app = at_the_factor(lite).post("/factor", code=code)
    by_recovery = at_the_factor(lite).post("/factor", code=codes[0])

    assert by_app.status_code == 400
    assert "金鑰換過了" in words(by_app)
    assert by_recovery.status_code == 303


def test_without_a_key_that_lasts_the_secret_is_not_sealed_by_one_that_will_be_lost(
    lite: OfficeOfTests,
) -> None:
    lite.gate = replace(lite.gate, key="")
    lite.rebuild()

    set_up(lite)

    assert lite.find(ADMIN).factor_secret
    assert at_the_factor(lite).post("/factor", code=code_of(lite)).status_code == 303
