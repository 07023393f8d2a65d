"""The pages in a real browser, on a phone and on a desk."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from bot.cli.plain import plain
from tests.pages.looking import complaints_of, is_within_its_width
from tests.pages.stage import FILLED, PARKING, Stage


@pytest.fixture
def address(lite: Stage) -> Iterator[str]:
    """Where the pages are, for a member of staff."""
    with lite.served() as url:
        yield f"{url}/p/{lite.token()}"


def test_on_a_phone_a_question_is_answered_and_kept(
    lite: Stage, address: str, phone_page: Page
) -> None:
    lite.passed()
    complaints = complaints_of(phone_page)
    phone_page.goto(f"{address}/referrals")
    phone_page.get_by_text(PARKING).click()

    expect(phone_page.get_by_label("有效期限")).to_be_hidden()
    phone_page.get_by_label("答覆", exact=False).first.fill(FILLED["answer"])
    phone_page.get_by_label("留作常用答案").check()
    phone_page.get_by_label("標題", exact=False).fill(FILLED["title"])
    phone_page.get_by_label("依據", exact=False).fill(FILLED["source"])
    phone_page.get_by_label("有效期限").fill(FILLED["until"])
    phone_page.get_by_role("button", name="送出答覆").click()

    expect(phone_page.get_by_role("status")).to_contain_text("答覆已送出")
    assert is_within_its_width(phone_page)
    assert complaints == []
    assert FILLED["answer"] in plain(lite.ask(PARKING))


def test_what_is_missing_stands_beside_its_field(
    lite: Stage, address: str, phone_page: Page
) -> None:
    passed = lite.passed()
    phone_page.goto(f"{address}/referrals/{passed.id}")
    phone_page.get_by_label("留作常用答案").check()
    phone_page.get_by_label("標題", exact=False).fill("我打的字")

    phone_page.get_by_role("button", name="送出答覆").click()

    answer = phone_page.get_by_label("答覆", exact=False).first
    expect(answer).to_have_accessible_description("請填寫答覆。")
    expect(phone_page.get_by_label("標題", exact=False)).to_have_value("我打的字")
    expect(phone_page.get_by_label("有效期限")).to_be_visible()
    assert is_within_its_width(phone_page)


@pytest.mark.parametrize("page_name", ["phone_page", "desktop_page"])
def test_the_log_opens_to_the_reason(
    lite: Stage, address: str, page_name: str, request: pytest.FixtureRequest
) -> None:
    page: Page = request.getfixturevalue(page_name)
    complaints = complaints_of(page)
    lite.ask("說書工作坊什麼時候上課" + "很長" * 60)
    page.goto(f"{address}/questions")
    expect(page.get_by_text("為什麼這樣回")).to_be_hidden()

    page.locator("summary").first.click()

    expect(page.get_by_text("為什麼這樣回")).to_be_visible()
    assert is_within_its_width(page)
    assert complaints == []


def test_nothing_in_a_question_is_run(lite: Stage, address: str, desktop_page: Page) -> None:
    passed = lite.passed("<img src=x onerror=\"document.title='broken'\">工作坊可以停車嗎")

    desktop_page.goto(f"{address}/referrals/{passed.id}")

    expect(desktop_page.get_by_text("<img src=x")).to_be_visible()
    assert "broken" not in desktop_page.title()


def test_taking_one_back_is_two_presses_and_is_said(
    lite: Stage, address: str, phone_page: Page
) -> None:
    lite.answer(lite.passed())
    phone_page.goto(f"{address}/entries")

    phone_page.get_by_text("問法與撤回").click()
    phone_page.get_by_role("button", name="撤回").click()

    expect(phone_page.get_by_role("status")).to_contain_text("已撤回")
    lite.ask("謝謝")  # the asker is told what was answered, once
    assert FILLED["answer"] not in plain(lite.ask(PARKING))
