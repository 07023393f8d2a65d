"""Several channels at one console: who comes in where, and what is told of the channels."""

import pytest

from bot.model.staff_roles import StaffRole
from bot.sealing import seal
from bot.sign_in import passwords
from bot.store import accounts, channels, console_sessions
from bot.store.account_tables import WayIn
from bot.store.channels import KeptChannel
from bot.store.console_sessions import Opening
from tests.console.office import ADMIN, GOOD, Browser, OfficeOfTests, words

SOUTH = "south"
OTHER = "three other words"
SECRETS = {"secret": "a secret of LINE's", "token": "a token of LINE's"}


def keep(office: OfficeOfTests, channel_id: str, title: str) -> None:
    """A channel with one plan."""
    kept = KeptChannel(
        channel_id=channel_id,
        title=title,
        destination=f"U{channel_id}",
        plans=["cooc-teacher"],
        made_at=office.now,
        changed_at=office.now,
        retired_at=None,
        **{name: seal("a key", value) for name, value in SECRETS.items()},
    )
    with office.engine.begin() as db:
        channels.put(db, kept)


def admin_of(office: OfficeOfTests, channel_id: str, password: str = GOOD) -> str:
    """An admin with the same address in each channel; gives the account's id."""
    with office.engine.begin() as db:
        made = accounts.add(db, channel_id, ADMIN, StaffRole.ADMIN, office.now)
        assert made is not None
        accounts.change(db, made, password_hash=passwords.hash_of(password))
    return made.id


def signed_in_to(office: OfficeOfTests, channel_id: str) -> Browser:
    account_id = admin_of(office, channel_id)
    with office.engine.begin() as db:
        account = accounts.find(db, channel_id, account_id)
        opening = Opening(stage=WayIn.FULL, account=account, browser="Firefox")
        session_id = console_sessions.begin(db, channel_id, opening, office.now)
    browser = office.browser()
    browser.adopt(session_id)
    return browser


def channel_of(office: OfficeOfTests, browser: Browser) -> str:
    """Of which channel a browser's session is; empty: it has none."""
    with office.engine.connect() as db:
        found = console_sessions.find(db, browser.session_id, office.now)
    return found.channel_id if found and found.account_id else ""


def test_an_account_leads_into_its_own_channel(office: OfficeOfTests) -> None:
    admin_of(office, SOUTH)
    browser = office.browser()

    assert browser.enter().status_code == 303

    assert channel_of(office, browser) == SOUTH
    assert browser.get("/settings").status_code == 200
    assert "SECRET_KEY" not in words(browser.get("/settings"))  # the deployment's, not theirs


def test_one_address_in_two_channels_is_told_apart_by_the_password(office: OfficeOfTests) -> None:
    admin_of(office, "default", GOOD)
    admin_of(office, SOUTH, OTHER)
    here, there = office.browser(), office.browser()

    here.enter(password=GOOD)
    there.enter(password=OTHER)

    assert (channel_of(office, here), channel_of(office, there)) == ("default", SOUTH)


def test_where_the_password_is_the_same_the_address_of_the_page_decides(
    office: OfficeOfTests,
) -> None:
    admin_of(office, "default")
    admin_of(office, SOUTH)
    browser, lost = office.browser(), office.browser()

    told = lost.enter()
    page = browser.get(f"/sign-in?channel={SOUTH}").get_data(as_text=True)
    browser.enter(channel=SOUTH)

    assert told.status_code == 400
    assert "登入網址" in words(told)
    assert channel_of(office, lost) == ""
    assert f'name="channel" value="{SOUTH}"' in page
    assert channel_of(office, browser) == SOUTH


def test_wrong_tries_are_counted_together_whatever_channel_is_named(office: OfficeOfTests) -> None:
    admin_of(office, "default")
    admin_of(office, SOUTH)
    browser = office.browser()

    said = [
        words(browser.enter(password="wrong", channel=("default", SOUTH, "")[turn % 3]))
        for turn in range(6)
    ]

    assert "錯太多次" in said[-1]
    assert "錯太多次" in words(browser.enter(channel=SOUTH))


@pytest.mark.parametrize("named", ["../x", "south'--", "SOUTH", "x" * 60, "nowhere"])
def test_a_channel_that_is_none_lets_nobody_in(office: OfficeOfTests, named: str) -> None:
    admin_of(office, SOUTH)
    browser = office.browser()

    page = browser.get("/sign-in?channel=" + named)
    browser.enter(channel=named)

    assert page.status_code == 200
    assert channel_of(office, browser) == ("" if named == "nowhere" else SOUTH)


def test_who_looks_after_the_deployment_sees_all_channels_and_no_secret(
    office: OfficeOfTests,
) -> None:
    keep(office, SOUTH, "南方教師")
    keep(office, "west", "西方教師")

    page = signed_in_to(office, "default").get("/channels")

    assert [title in words(page) for title in ("預設頻道", "南方教師", "西方教師")] == [True] * 3
    assert "sealed1:" not in page.get_data(as_text=True)
    for value in SECRETS.values():
        assert value not in page.get_data(as_text=True)


def test_an_admin_of_one_channel_sees_no_other(office: OfficeOfTests) -> None:
    keep(office, SOUTH, "南方教師")
    keep(office, "west", "西方教師")

    page = words(signed_in_to(office, SOUTH).get("/channels"))

    assert "南方教師" in page
    assert "西方教師" not in page
    assert "預設頻道" not in page
