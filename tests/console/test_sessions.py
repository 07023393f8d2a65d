"""Sessions of the console: how long they last, and how they are ended."""

from tests.console.office import OfficeOfTests


def test_a_session_ends_when_it_is_not_used_and_in_the_end_anyway(
    admin_of_each: OfficeOfTests,
) -> None:
    idle, busy = admin_of_each.browser(), admin_of_each.browser()
    idle.enter()
    busy.enter()
    for _ in range(14):
        admin_of_each.later(minutes=50)
        busy.get()
    still = busy.get().status_code
    admin_of_each.later(minutes=20)

    assert idle.get().status_code == 302
    assert still == 200
    assert busy.get().status_code == 302


def test_signing_out_ends_this_browser_s_session(admin: OfficeOfTests) -> None:
    browser, other = admin.browser(), admin.browser()
    browser.enter()
    other.enter()
    kept = browser.session_id

    out = browser.post("/sign-out")
    browser.adopt(kept)

    assert out.location == "/console/signed-out"
    assert browser.get().status_code == 302
    assert other.get().status_code == 200


def test_signing_out_everywhere_ends_all_of_them(admin: OfficeOfTests) -> None:
    browsers = [admin.browser() for _ in range(3)]
    for browser in browsers:
        browser.enter()

    browsers[0].post("/own/sign-out")

    assert {browser.get().status_code for browser in browsers} == {302}
