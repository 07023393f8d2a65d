"""What staff do most, on a phone whose browser runs no script at all."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.model.broadcasts import BroadcastState
from bot.store import account_links
from tests.console.announcing import SENDER, TEACHERS, LineOfTests, all_of, announcing, work
from tests.console.furnished import LIST, furnished
from tests.console.looking import enter
from tests.console.office import ADMIN, CHANNEL, GOOD, OfficeOfTests
from tests.console.submissions.pieces import receive_one_and_word_the_other
from tests.console.submissions.schools import SCHOOL
from tests.pages.looking import scriptless
from tests.pictured import JPEG


def linked(office: OfficeOfTests, mail: str, user_id: str) -> None:
    """The account's holder in LINE."""
    account = office.find(mail)
    with office.engine.begin() as db:
        code = account_links.offer(db, CHANNEL, account.id, office.now)
        assert account_links.take(db, CHANNEL, user_id, code, office.now)


@pytest.fixture
def announcer(sqlite_url: str) -> Iterator[OfficeOfTests]:
    office = announcing(sqlite_url, "http://127.0.0.1")
    linked(office, SENDER, TEACHERS[0])
    office.signed_in().post("/settings", people="1")
    yield office
    office.engine.dispose()


def test_a_broadcast_is_written_tried_approved_sent_and_read_of_without_script(
    announcer: OfficeOfTests, browser: Browser, tmp_path: Path
) -> None:
    picture, line = tmp_path / "poster.jpg", LineOfTests()
    picture.write_bytes(JPEG)
    with announcer.served() as address, scriptless(browser) as page:
        url = f"{address}/console"
        enter(page, url, SENDER, GOOD)
        _write(page, url, picture)
        page.get_by_label("例如").fill("學校承辦人")
        page.get_by_role("button", name="加入").first.click()
        page.get_by_role("button", name="用這個對象").click()
        page.get_by_role("button", name="先傳給我自己看").click()
        expect(page.get_by_role("status")).to_contain_text("LINE")
        page.get_by_role("button", name="確認送出給 2 人").click()
        expect(page.get_by_text("請另一位同事核可")).to_be_visible()
        with scriptless(browser) as other:
            _approve(other, url)
        work(announcer, line)
        page.goto(page.url)
        expect(page.locator("#report")).to_contain_text("已送達 LINE 2")

    (made,) = all_of(announcer)
    assert made.state in (BroadcastState.RUNNING, BroadcastState.DONE)
    assert sorted(line.told) == ["U-contact-1", "U-contact-2", TEACHERS[0]]


def _write(page: Page, url: str, picture: Path) -> None:
    page.goto(f"{url}/broadcasts/new")
    page.get_by_label("要說的話").fill("6月20日系統停機一天。")
    page.locator("summary", has_text="圖片").click()
    page.get_by_label("上傳圖片").set_input_files(picture)
    page.get_by_label("圖片說明").fill("停機公告的海報")
    page.get_by_role("button", name="上傳並看預覽").click()
    kept = page.get_by_label("或圖片的網址")
    expect(kept).to_have_value(re.compile(r"/pictures/[0-9a-f]{32}\.jpg"))
    kept.clear()  # LINE takes pictures by https alone, and this is none
    page.get_by_label("圖片說明").clear()
    page.locator("summary", has_text="卡片").click()
    page.get_by_label("主旨").fill("提早上傳期末資料")
    page.get_by_label("按了會").first.select_option(label="看這一條規定")
    page.get_by_label("計畫裡的哪一項").first.fill("沒有這一條")
    page.get_by_role("button", name="儲存，接著選對象").click()
    expect(page.locator("#preview-said")).to_contain_text("沒有「沒有這一條」這一條")
    page.get_by_label("計畫裡的哪一項").first.fill("臺北111酷課師認證｜課程報名截止")
    page.get_by_role("button", name="儲存，接著選對象").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("傳給誰")


def _approve(page: Page, url: str) -> None:
    enter(page, url, ADMIN, GOOD)
    page.get_by_role("link", name="公告", exact=True).click()
    page.get_by_role("link", name="6月20日系統停機").click()
    page.get_by_role("button", name="核可，照時間送出").click()
    expect(page.get_by_role("status")).to_contain_text("已核可")


def test_a_list_a_question_a_submission_and_a_completion_are_dealt_with_without_script(
    sqlite_url: str, browser: Browser, tmp_path: Path
) -> None:
    office, pages = furnished(sqlite_url)
    file = tmp_path / "schools.csv"
    file.write_text(LIST, encoding="utf-8")
    with office.served() as address, scriptless(browser) as page:
        url = f"{address}/console"
        enter(page, url, ADMIN, GOOD)
        page.goto(f"{url}/imports")
        page.get_by_label("檔案").set_input_files(file)
        page.get_by_role("button", name="上傳並試跑").click()
        expect(page.get_by_text("這是試跑的結果")).to_be_visible()
        page.get_by_label("有問題的 1 列不匯入").check()
        page.get_by_role("button", name="匯入", exact=True).click()
        expect(page.get_by_role("status")).to_have_text("已匯入。")

        page.goto(url + pages["question"].path)
        page.get_by_label("答覆（必填").fill("午餐請自理，交通費不補助。")
        page.get_by_role("button", name="送出答覆").click()
        expect(page.get_by_role("status")).to_contain_text("已答覆")

        _deal_with_submissions(page, url)
        _correct(page, url + pages["member"].path)
    noted = {note.what for note in office.audit()}
    office.engine.dispose()

    assert {
        "import.apply",
        "question.answer",
        "submission.confirm",
        "submission.send_back",
        "completion.correct",
    } <= noted


def _deal_with_submissions(page: Page, url: str) -> None:
    page.goto(url + SCHOOL)
    receive_one_and_word_the_other(page)
    page.get_by_role("button", name="退件", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("已退件")


def _correct(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("summary", has_text="更正").first.click()
    page.get_by_label("完成日期").fill("2022-06-09")
    page.get_by_role("button", name="更正", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("已更正。")
