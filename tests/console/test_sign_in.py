"""Coming in by password: what is right, what is wrong, what is tried too often."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from bot.console.door import COOKIE, PREFIX
from bot.model.staff_roles import StaffRole
from bot.sign_in import staff_accounts
from bot.store import accounts
from tests.console.office import ADMIN, GOOD, OfficeOfTests, words


def test_whoever_knows_the_password_is_in(admin: OfficeOfTests) -> None:
    browser = admin.browser()

    answer = browser.enter(mail="  Admin@Example.TW ")

    assert answer.status_code == 303
    assert answer.location == PREFIX
    assert "今日" in words(browser.get())
    assert [(n.what, n.actor) for n in admin.audit()] == [("session.begin", ADMIN)]


def test_the_cookie_is_for_us_alone(admin: OfficeOfTests) -> None:
    cookie = admin.browser().enter().headers["Set-Cookie"]

    assert cookie.startswith(f"{COOKIE}=")
    for wanted in ("HttpOnly", "Secure", "SameSite=Lax", f"Path={PREFIX}"):
        assert wanted in cookie


def test_an_id_that_was_planted_is_worth_nothing(admin: OfficeOfTests) -> None:
    victim, thief = admin.browser(), admin.browser()
    for browser in (victim, thief):
        browser.adopt("planted-by-somebody")

    victim.enter()

    assert victim.session_id != "planted-by-somebody"
    assert victim.get().status_code == 200
    assert thief.get().status_code == 302


def test_nobody_learns_whether_an_account_exists(admin: OfficeOfTests) -> None:
    staff_accounts.add(admin.by(), "off@example.tw", StaffRole.VIEWER)
    staff_accounts.disable(admin.by(), admin.find("off@example.tw").id)
    mails = (ADMIN, "nobody@example.tw", "off@example.tw")

    said = [
        tuple(words(admin.browser().enter(mail, "wrong wrong wrong")) for _ in range(7))
        for mail in mails
    ]

    assert len(set(said)) == 1
    assert len(set(said[0])) == 2  # wrong, and at last: too often


def test_five_wrong_ones_and_the_right_one_waits_too(admin: OfficeOfTests) -> None:
    for _ in range(5):
        admin.browser().enter(password="wrong wrong wrong")

    at_once = admin.browser().enter()
    admin.later(minutes=15)
    later = admin.browser().enter()

    assert at_once.status_code == 400
    assert "錯太多次" in words(at_once)
    assert "09:15" in words(at_once)
    assert later.status_code == 303


def test_each_rest_is_longer_than_the_one_before(admin_of_each: OfficeOfTests) -> None:
    for _ in range(5):
        admin_of_each.browser().enter(password="wrong wrong wrong")
    admin_of_each.later(minutes=15)
    for _ in range(5):
        admin_of_each.browser().enter(password="wrong wrong wrong")
    admin_of_each.later(minutes=29)

    still = admin_of_each.browser().enter()
    admin_of_each.later(minutes=1)

    assert still.status_code == 400
    assert admin_of_each.browser().enter().status_code == 303


def test_a_right_one_forgives_the_wrong_ones(admin: OfficeOfTests) -> None:
    for _ in range(4):
        admin.browser().enter(password="wrong wrong wrong")
    admin.browser().enter()
    for _ in range(4):
        admin.browser().enter(password="wrong wrong wrong")

    assert admin.browser().enter().status_code == 303


def test_one_network_address_tries_only_so_many_accounts(lite: OfficeOfTests) -> None:
    lite.account(StaffRole.ADMIN, ADMIN, GOOD)
    lite.proxies = 1
    lite.rebuild()
    browser = lite.browser()
    token = browser.token()

    def tried(mail: str, came_from: str) -> int:
        form = {"mail": mail, "password": GOOD, "csrf_token": token}
        sent = browser.send("/sign-in", form, **{"X-Forwarded-For": f"9.9.9.9, {came_from}"})
        return sent.status_code

    for number in range(30):
        tried(f"{number}@example.tw", "10.0.0.1")

    assert tried(ADMIN, "10.0.0.1") == 400
    assert tried(ADMIN, "10.0.0.2") == 303


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/console/audit?who=a&day=2022-06-15", "/console/audit?who=a&day=2022-06-15"),
        ("/console", "/console"),
        ("https://evil.example/console", PREFIX),
        ("//evil.example/console", PREFIX),
        ("/\\evil.example", PREFIX),
        ("/console\\@evil.example", PREFIX),
        ("/console/../simulator", PREFIX),
        ("/console//evil.example", PREFIX),
        ("/consoles", PREFIX),
        ("javascript:alert(1)", PREFIX),
        ("/console/\r\nSet-Cookie: a=b", PREFIX),
        ("", PREFIX),
    ],
)
def test_nobody_is_led_out_of_the_house(lite: OfficeOfTests, wanted: str, led_to: str) -> None:
    lite.account(StaffRole.ADMIN, ADMIN, GOOD)

    assert lite.browser().enter(next=wanted).location == led_to


def test_who_wanted_a_page_gets_it_after_the_sign_in(lite: OfficeOfTests) -> None:
    lite.account(StaffRole.ADMIN, ADMIN, GOOD)
    browser = lite.browser()
    asked = browser.get("/audit?day=2022-06-15")

    form = browser.get(asked.location.removeprefix(PREFIX)).get_data(as_text=True)

    assert 'value="/console/audit?day=2022-06-15"' in form


def test_a_first_password_opens_nothing_but_its_own_replacement(office: OfficeOfTests) -> None:
    first = office.first("new@example.tw")
    browser = office.browser()
    browser.enter("new@example.tw", first)
    before = browser.session_id
    closed = browser.get()

    same = browser.post("/first-password", new=first, again=first)
    unlike = browser.post("/first-password", new=GOOD, again="another plain one")
    done = browser.post("/first-password", new=GOOD, again=GOOD)

    assert closed.location == "/console/first-password"
    assert (same.status_code, unlike.status_code, done.status_code) == (400, 400, 303)
    assert browser.session_id != before
    assert browser.get().status_code == 200
    assert office.browser().enter("new@example.tw", first).status_code == 400


def test_a_first_password_is_good_for_three_days(lite: OfficeOfTests) -> None:
    first = lite.first("new@example.tw")
    lite.later(hours=72)

    assert lite.browser().enter("new@example.tw", first).status_code == 400


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ("short", "太短"),
        ("a" * 201, "太長"),
        ("admin@example.tw", "電子郵件"),
        ("admin2022!!!!", "電子郵件"),
        ("password1234", "太常見"),
        ("PassWord1234", "太常見"),
        ("aaaabbbbaaaabbbb", "太常見"),
        (GOOD, "和原來的一樣"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused(
    lite: OfficeOfTests, new: str, says: str
) -> None:
    lite.account(StaffRole.ADMIN, ADMIN, GOOD)
    browser = lite.browser()
    browser.enter()

    page = browser.post("/own/password", old=GOOD, new=new, again=new)

    assert page.status_code == 400
    assert says in words(page)


def test_a_new_password_ends_all_other_sessions(admin_of_each: OfficeOfTests) -> None:
    browser, other = admin_of_each.browser(), admin_of_each.browser()
    browser.enter()
    other.enter()
    before = browser.session_id

    wrong = browser.post(
        "/own/password", old="wrong", new="another plain one", again="another plain one"
    )
    browser.post("/own/password", old=GOOD, new="another plain one", again="another plain one")

    assert wrong.status_code == 400
    assert browser.session_id != before
    assert browser.get().status_code == 200
    assert other.get().status_code == 302
    assert admin_of_each.browser().enter(password="another plain one").status_code == 303


def test_a_hash_of_other_parameters_is_made_anew(admin: OfficeOfTests) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(GOOD)
    account = admin.find(ADMIN)
    with admin.engine.begin() as db:
        accounts.change(db, account, password_hash=old)

    admin.browser().enter()

    kept = admin.find(ADMIN).password_hash
    assert kept is not None
    assert "m=19456,t=2,p=1" in kept
    assert admin.browser().enter().status_code == 303


def test_no_password_is_kept_or_noted(admin: OfficeOfTests) -> None:
    first = admin.first("new@example.tw")
    admin.browser().enter("new@example.tw", first)

    with admin.engine.connect() as db:
        kept = repr(accounts.every(db, "default"))

    assert first not in kept + repr(admin.audit())
    assert GOOD not in kept


def test_a_rest_is_never_longer_than_four_hours(lite: OfficeOfTests) -> None:
    lite.account(StaffRole.ADMIN, ADMIN, GOOD)
    for _ in range(7):
        for _ in range(5):
            lite.browser().enter(password="wrong wrong wrong")
        lite.now += timedelta(hours=4)

    assert lite.browser().enter().status_code == 303
