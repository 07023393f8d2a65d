"""Coming in by an identity provider, with every way in which it may be played false."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
import urllib3
from joserfc.jwk import ECKey
from werkzeug.test import TestResponse

from bot.model.staff_roles import StaffRole
from bot.sign_in.provider import Provider
from tests.console.identity import CLIENT, SECRET, Identity
from tests.console.office import ADDRESS, ADMIN, JUNE, Browser, OfficeOfTests, words


@pytest.fixture
def identity() -> Iterator[Identity]:
    with Identity(JUNE).served() as made:
        yield made


@pytest.fixture
def office(sqlite_url: str, identity: Identity) -> Iterator[OfficeOfTests]:
    provider = Provider(
        issuer=identity.url,
        client_id=CLIENT,
        client_secret=SECRET,
        redirect_uri=f"{ADDRESS}/console/provider/back",
    )
    made = OfficeOfTests(sqlite_url, provider=provider)
    made.account(StaffRole.ADMIN, ADMIN)
    yield made
    made.engine.dispose()


def leave(browser: Browser, after: str = "") -> str:
    """Out to the provider, which knows its own; gives the path by which it sends them back."""
    out = browser.get(f"/provider?next={after}")
    assert out.status_code == 303, words(out)
    back = urllib3.request("GET", out.location, redirect=False).headers["Location"]
    return back.removeprefix(f"{ADDRESS}/console")


def come_by_provider(office: OfficeOfTests, browser: Browser | None = None) -> TestResponse:
    browser = browser or office.browser()
    return browser.get(leave(browser))


def test_whom_the_provider_knows_is_in_and_gets_the_page_that_was_wanted(
    office: OfficeOfTests,
) -> None:
    browser = office.browser()
    offered = browser.get("/sign-in").get_data(as_text=True)

    answer = browser.get(leave(browser, "/console/accounts"))

    assert "/console/provider" in offered
    assert (answer.status_code, answer.location) == (303, "/console/accounts")
    assert browser.get("/accounts").status_code == 200
    assert office.audit()[0].after == {"方式": "單一登入"}


def test_the_id_is_another_one_after_the_way_back(office: OfficeOfTests) -> None:
    browser = office.browser()
    back = leave(browser)
    waiting = browser.session_id

    browser.get(back)

    assert browser.session_id != waiting
    other = office.browser()
    other.adopt(waiting)
    assert other.get().status_code == 302


def test_another_browser_is_not_let_in_by_somebody_s_way_back(office: OfficeOfTests) -> None:
    back = leave(office.browser())
    victim = office.browser()
    leave(victim)

    answers = [victim.get(back), office.browser().get(back)]

    assert [a.status_code for a in answers] == [400, 400]
    assert victim.get().status_code == 302


def test_a_way_back_is_good_once_and_not_for_long(office: OfficeOfTests) -> None:
    browser, late = office.browser(), office.browser()
    back, late_back = leave(browser), leave(late)
    browser.get(back)
    again = browser.get(back)
    office.later(minutes=15)

    assert again.status_code == 400
    assert late.get(late_back).status_code == 400


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"aud": "another client"},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"nonce": "another"},
        {"exp": int(JUNE.timestamp()) - 120},
        {"email": None},
        {"email_verified": False},
        {"sub": ""},
    ],
    ids=str,
)
def test_a_token_that_says_something_else_lets_nobody_in(
    office: OfficeOfTests, identity: Identity, claims: dict[str, object]
) -> None:
    identity.claims = claims

    answer = come_by_provider(office)

    assert answer.status_code == 400
    assert "沒有登入" in words(answer)
    assert office.audit() == []


def test_a_token_that_another_key_signed_lets_nobody_in(
    office: OfficeOfTests, identity: Identity
) -> None:
    identity.signs_with = ECKey.generate_key("P-256", {"kid": "one"})

    assert come_by_provider(office).status_code == 400


def test_a_wrong_state_or_a_refusal_lets_nobody_in(office: OfficeOfTests) -> None:
    first, second, third = office.browser(), office.browser(), office.browser()
    code = parse_qs(urlsplit(leave(first)).query)["code"][0]
    leave(second)
    leave(third)

    answers = [
        first.get(f"/provider/back?code={code}&state=wrong"),
        second.get(f"/provider/back?code={code}"),
        third.get("/provider/back?error=access_denied"),
    ]

    assert [a.status_code for a in answers] == [400, 400, 400]


def test_a_wrong_secret_of_ours_lets_nobody_in(office: OfficeOfTests) -> None:
    assert office.provider is not None
    office.provider = replace(office.provider, client_secret="wrong")
    office.rebuild()

    assert come_by_provider(office).status_code == 400


def test_who_has_no_account_is_told_so(office: OfficeOfTests, identity: Identity) -> None:
    identity.mail = "new@example.tw"

    answer = come_by_provider(office)

    assert answer.status_code == 400
    assert "還沒有師鐘的帳號" in words(answer)


def test_where_it_is_set_who_has_no_account_may_look(
    office: OfficeOfTests, identity: Identity
) -> None:
    assert office.provider is not None
    office.provider = replace(office.provider, makes_viewers=True)
    office.rebuild()
    identity.mail = "New@example.tw"

    assert come_by_provider(office).status_code == 303
    assert office.find("new@example.tw").role is StaffRole.VIEWER


def test_an_address_that_passed_to_somebody_else_opens_nothing(
    office: OfficeOfTests, identity: Identity
) -> None:
    come_by_provider(office)
    identity.subject = "teacher-8"

    assert come_by_provider(office).status_code == 400


def test_a_provider_that_is_away_is_said_with_the_cure(office: OfficeOfTests) -> None:
    assert office.provider is not None
    office.provider = replace(office.provider, issuer="http://127.0.0.1:1")
    office.rebuild()

    answer = office.browser().get("/provider")

    assert answer.status_code == 400
    assert "改用密碼登入" in words(answer)


def test_without_a_provider_there_is_no_way_to_one(lite: OfficeOfTests) -> None:
    browser = lite.browser()

    assert browser.get("/provider").status_code == 404
    assert "單一登入" not in words(browser.get("/sign-in"))
