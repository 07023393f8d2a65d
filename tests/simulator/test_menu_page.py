"""The menu under the chat in the simulator: tabs, sizes, and the bar that folds it away."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.catalog.menus import load_menus
from bot.cli.simulation import hang_menus
from tests.simulator.screen import Screen, opened
from tests.source import ROOT


@pytest.fixture
def phone(phone_page: Page) -> Iterator[Screen]:
    for screen in opened(phone_page):
        hang_menus(screen.platform, load_menus(ROOT / "knowledge"))
        screen.page.reload()
        expect(menu(screen)).to_be_visible()
        yield screen


def menu(phone: Screen) -> Locator:
    """The menu under the chat."""
    return phone.page.get_by_role("group", name="選單", exact=True)


def cell(phone: Screen, name: str) -> Locator:
    """One place to tap."""
    return menu(phone).get_by_role("button", name=name, exact=True)


def test_the_menu_is_tapped_turned_made_small_and_folded_away(phone: Screen) -> None:
    cell(phone, "我的進度").click()
    expect(phone.chat().get_by_text("您說：我的進度")).to_be_visible()

    cell(phone, "更多").click()
    expect(cell(phone, "我的行事曆")).to_be_visible()
    expect(phone.chat().get_by_text("收到 postback")).to_be_visible()  # the page turns before
    turned = phone.bot.events[-1]["postback"]
    assert turned["params"] == {"newRichMenuAliasId": "teacher-more-full", "status": "SUCCESS"}

    tall = menu(phone).bounding_box()
    cell(phone, "收合").click()
    expect(cell(phone, "展開")).to_be_visible()
    small = menu(phone).bounding_box()
    assert tall
    assert small
    assert small["height"] < 0.6 * tall["height"]

    phone.page.get_by_role("button", name="師鐘選單").click()
    expect(menu(phone)).to_be_hidden()
    phone.page.get_by_role("button", name="師鐘選單").press("Enter")
    expect(cell(phone, "使用說明")).to_be_visible()
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 390


def test_every_place_is_large_enough_for_a_thumb_and_the_picture_is_there(phone: Screen) -> None:
    cell(phone, "收合").click()
    expect(cell(phone, "展開")).to_be_visible()

    sizes = [box.bounding_box() for box in menu(phone).get_by_role("button").all()]
    loaded = (
        menu(phone)
        .get_by_role("presentation")
        .evaluate("async image => { await image.decode(); return image.naturalWidth; }")
    )

    assert len(sizes) == 8  # another tab, the other size, six cells
    assert min(box["height"] for box in sizes if box) >= 32
    assert min(box["width"] for box in sizes if box) >= 60
    assert loaded == 2500


def test_somebody_with_another_role_sees_another_menu(phone: Screen) -> None:
    people, menus = phone.platform.chats.people.values(), phone.platform.menus
    staff = next(p.persona.user_id for p in people if p.persona.name == "林組長")
    menus.of_people[staff] = menus.aliases["first-staff"]

    phone.page.get_by_role("button", name="模擬設定").click()
    phone.page.get_by_role("button", name="林組長").click()
    phone.page.reload()

    expect(cell(phone, "待答問題")).to_be_visible()
