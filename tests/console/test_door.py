"""Every address of the console, asked in every role, by strangers, and with forged forms."""

import pytest
from flask import Flask

from bot.console.door import NAME, OPEN, TOKEN_FIELD, Guarded
from bot.model.staff_roles import StaffRole
from bot.store.account_tables import WayIn
from tests.console.office import OfficeOfTests, words


def routes(app: Flask, method: str) -> list[tuple[str, str]]:
    """Endpoint and an address of each route of the console that takes this method."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith(f"{NAME}.") and method in (rule.methods or ()):
            given = {name: "0" * 32 for name in rule.arguments}
            with app.test_request_context():
                address = app.url_map.bind("x").build(rule.endpoint, given, method=method)
            found.append((rule.endpoint.removeprefix(f"{NAME}."), address))
    return found


def guarded(app: Flask, method: str) -> list[tuple[Guarded, str]]:
    """The routes behind the door."""
    views = [
        (app.view_functions[f"{NAME}.{name}"], address) for name, address in routes(app, method)
    ]
    return [(view, address) for view, address in views if isinstance(view, Guarded)]


def test_what_is_not_behind_the_door_is_named(lite: OfficeOfTests) -> None:
    named = {name for method in ("GET", "POST") for name, _ in routes(lite.app, method)}
    behind = {
        name for name in named if isinstance(lite.app.view_functions[f"{NAME}.{name}"], Guarded)
    }

    assert named - behind == OPEN | {"static"}
    assert len(behind) > 15


@pytest.mark.parametrize("role", StaffRole)
def test_every_page_refuses_every_role_that_it_is_not_for(
    lite: OfficeOfTests, role: StaffRole
) -> None:
    browser = lite.signed_in(role)
    gets = [(v, a) for v, a in guarded(lite.app, "GET") if WayIn.FULL in v.stages]
    posts = [(v, a) for v, a in guarded(lite.app, "POST") if WayIn.FULL in v.stages]
    token = browser.token()

    shown = {a: browser.get(a.removeprefix("/console")).status_code for _, a in gets}
    sent = {
        a: browser.send(a.removeprefix("/console"), {TOKEN_FIELD: token}).status_code
        for v, a in posts
        if role not in v.roles
    }

    assert {a for v, a in gets if role not in v.roles} == {a for a, c in shown.items() if c == 403}
    assert {c for c in shown.values()} <= {200, 303, 403}
    assert set(sent.values()) <= {403}


def test_every_page_leads_a_stranger_to_the_sign_in(lite: OfficeOfTests) -> None:
    browser = lite.browser()
    token = browser.token()

    gets = [browser.get(a.removeprefix("/console")) for _, a in guarded(lite.app, "GET")]
    posts = [
        browser.send(a.removeprefix("/console"), {TOKEN_FIELD: token})
        for _, a in guarded(lite.app, "POST")
    ]

    assert {page.status_code for page in gets} == {302}
    assert all("/console/sign-in" in page.location for page in gets)
    assert {page.status_code for page in posts} == {403}


@pytest.mark.parametrize("stage", [WayIn.FACTOR, WayIn.PASSWORD, WayIn.ENROL])
def test_who_is_only_on_the_way_in_opens_nothing(lite: OfficeOfTests, stage: WayIn) -> None:
    browser = lite.signed_in(StaffRole.ADMIN, stage)
    closed = [a for v, a in guarded(lite.app, "GET") if stage not in v.stages]
    changes = [a for v, a in guarded(lite.app, "POST") if stage not in v.stages]
    token = browser.token()

    seen = {browser.get(a.removeprefix("/console")).status_code for a in closed}
    sent = {
        browser.send(a.removeprefix("/console"), {TOKEN_FIELD: token}).status_code for a in changes
    }

    assert seen == {302}
    assert sent == {403}


def test_a_part_of_a_page_sends_the_whole_page_to_the_sign_in(lite: OfficeOfTests) -> None:
    page = lite.browser().get("/audit", headers={"HX-Request": "true"})

    assert page.status_code == 204
    assert page.headers["HX-Redirect"].startswith("/console/sign-in")


def forged(office: OfficeOfTests) -> dict[str, str]:
    return {
        "missing": "",
        "wrong": "0" * 64,
        "not ASCII": "名字",
        "of another session": office.signed_in(StaffRole.ADMIN).token(),
        "of a stranger": office.browser().token(),
    }


def test_no_change_is_made_without_the_session_s_own_token(lite: OfficeOfTests) -> None:
    browser = lite.signed_in(StaffRole.ADMIN)
    new = {"mail": "new@example.tw", "role": "viewer"}

    answers = {
        how: browser.send("/accounts", {**new, TOKEN_FIELD: token}).status_code
        for how, token in forged(lite).items()
    }
    foreign = browser.send(
        "/accounts", {**new, TOKEN_FIELD: browser.token()}, Origin="https://evil.example"
    )
    by_header = browser.send("/accounts", new, **{"X-CSRF-Token": browser.token()})

    assert set(answers.values()) == {403}
    assert foreign.status_code == 403
    assert by_header.status_code == 200


def test_every_form_that_can_be_sent_refuses_a_missing_token(lite: OfficeOfTests) -> None:
    browser = lite.signed_in(StaffRole.ADMIN)

    answers = {
        address: browser.send(address.removeprefix("/console"), {}).status_code
        for _, address in routes(lite.app, "POST")
    }

    assert len(answers) > 10
    assert set(answers.values()) == {403}


@pytest.mark.parametrize("path", ["", "/sign-in", "/nowhere", "/accounts", "/static/console.css"])
def test_what_goes_with_every_answer(lite: OfficeOfTests, path: str) -> None:
    page = lite.browser().get(path)

    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["X-Frame-Options"] == "DENY"
    assert "max-age" in page.headers["Strict-Transport-Security"]
    assert ("no-store" in page.headers["Cache-Control"]) is not path.startswith("/static")


def test_what_breaks_says_so_without_a_trace_and_with_every_header(
    lite: OfficeOfTests, monkeypatch
) -> None:
    monkeypatch.setattr("bot.console.today_views.overview", lambda *_: 1 / 0)

    page = lite.signed_in(StaffRole.VIEWER).get()

    assert page.status_code == 500
    assert "系統出了點問題" in words(page)
    assert "ZeroDivision" not in page.get_data(as_text=True)
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]


def test_what_cannot_be_done_to_an_address_is_refused(lite: OfficeOfTests) -> None:
    put = lite.browser().client.put("/console/accounts", base_url=lite.address)

    assert put.status_code == 405
    assert put.headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_too_large_is_refused_with_the_cure(lite: OfficeOfTests) -> None:
    browser = lite.signed_in(StaffRole.ADMIN)
    stranger = lite.browser()

    own = browser.post("/accounts", mail="x" * 60_000, role="viewer")
    sign_in = stranger.post("/sign-in", mail="x" * 60_000, password="y")

    assert (own.status_code, sign_in.status_code) == (413, 413)
    assert "太大" in words(own)


def test_an_address_that_leads_nowhere_says_so_to_everybody_alike(lite: OfficeOfTests) -> None:
    stranger, admin = lite.browser().get("/x/../y"), lite.signed_in().get("/nowhere")

    assert (stranger.status_code, admin.status_code) == (404, 404)
    assert "從選單重新進入" in words(admin)
