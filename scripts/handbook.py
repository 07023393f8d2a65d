"""Draws docs/images/handbook anew: the console at a desk, the chat on a phone, with sample people.

    python -m scripts.handbook

Starts `bot run --sample` on a free port with an empty database, fills it with made-up schools, and
goes through the deeds of docs/handbook.zh-TW.md one after the other. Needs the browser that
`make test` brings.
"""

import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from sqlalchemy import update

from bot.cli.run import SAMPLE_ADMIN
from bot.simulator.people import SAMPLE_PEOPLE, STAFF, Persona
from bot.store.engine import open_engine
from bot.store.sending_tables import QuotaRow
from scripts.browser import system_browser
from scripts.handbook_sample import NAMES, Running, do, furnish, running_bot
from scripts.screenshots import FLAGS, say

OUT = Path(__file__).parent.parent / "docs" / "images" / "handbook"
SECOND = "lin@example.edu.tw"
EDGE = 8  # pixels around what is shown; the next card begins further down
PLAN = "/submissions/mobile-learning/107"
TEACHER, NEWCOMER = SAMPLE_PEOPLE[0], Persona("周老師", "高中教師")
ODD = "酷課師實體研習可以帶孩子去嗎"
LIST = (
    "學校代碼,學校名稱,縣市,行政區,學制\n"
    "353020,市立朝露國小,臺北市,中山區,國小\n"
    "353021,市立遠山國中,臺北市,士林區,國中\n"
    "35302,市立南風高中,臺北市,大安區,高中\n"
)
WORDS = "期末成果報告開始收件，請各校承辦人在6月30日前上傳。\n已經交的學校不用再交，謝謝。"


def press(page: Page, label: str) -> None:
    """The newest button of this name in the chat, until it has an answer."""
    found = page.locator("#chat button, #quick button", has_text=label)
    bubbles = page.locator("#chat > *")
    before = bubbles.count()
    found.last.click()
    expect(bubbles.nth(before)).to_be_visible()
    page.wait_for_timeout(800)


def picture(
    page: Page, name: str, upto: Locator | None = None, since: Locator | None = None
) -> None:
    """The page from `since` (or its top) to the end of `upto`; without it what the screen shows."""
    path = OUT / f"{name}.png"
    page.evaluate("document.activeElement?.blur()")
    if upto is None:
        page.screenshot(path=path)
        return
    page.evaluate("window.scrollTo(0, 0)")
    box, first = upto.bounding_box(), since.bounding_box() if since else None
    if box is None or page.viewport_size is None:
        raise RuntimeError(f"nothing to be seen for {name}")
    top = first["y"] - EDGE if first else 0
    height = box["y"] + box["height"] + EDGE - top
    page.screenshot(
        path=path,
        full_page=True,
        clip={"x": 0, "y": top, "width": page.viewport_size["width"], "height": height},
    )


def enter(page: Page, url: str, mail: str, password: str) -> None:
    """Sign in to the console."""
    page.goto(f"{url}/sign-in")
    page.get_by_label("電子郵件").fill(mail)
    page.get_by_label("密碼").fill(password)
    page.get_by_role("button", name="登入").click()


def accounts(page: Page, url: str) -> None:
    """A second factor, and a colleague's account."""
    page.goto(f"{url}/own/factor")
    page.get_by_role("button", name="產生 QR code").click()
    picture(page, "factor", page.get_by_role("button", name="完成設定").locator("xpath=../.."))
    page.goto(f"{url}/accounts")
    page.get_by_label("電子郵件").fill(SECOND)
    page.locator("#role").select_option("sender")
    page.get_by_role("button", name="建立帳號").click()
    picture(page, "accounts", page.locator("#h-invite").locator(".."))


def lists(page: Page, url: str) -> str:
    """A list with a wrong row is tried; codes for schools; gives the line to send in the chat."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "schools.csv"
        file.write_text(LIST, encoding="utf-8")
        page.goto(f"{url}/imports")
        page.get_by_label("檔案").set_input_files(file)
        page.get_by_role("button", name="上傳並試跑").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("schools.csv")
    picture(page, "import", page.locator("table"))
    page.goto(f"{url}/invitations")
    page.get_by_label("指定學校").check()
    page.get_by_label("學校代碼").fill("353002 353003 353004")
    page.get_by_role("button", name="產生並列印").click()
    picture(page, "codes", page.locator(".slips"))
    return page.locator(".slips code").first.inner_text()


def submissions(page: Page, url: str) -> None:
    """From the table of all schools to one piece, and a reminder."""
    page.goto(f"{url}{PLAN}")
    picture(page, "matrix", page.locator("tbody tr").nth(3))
    page.locator("a", has_text=NAMES[1]).first.click()
    page.locator(".slots li", has_text="成果簡報").first.get_by_role("link").click()
    page.locator("summary", has_text="退件").first.click()
    page.locator("#why-send_back").fill("第2頁缺核章，請補蓋後重新上傳。")
    picture(page, "slot", page.locator(".deeds"))
    page.goto(f"{url}{PLAN}/reminding")
    picture(page, "remind", page.locator(".slots li").nth(2), page.locator("dl.counts"))


def compose(page: Page, url: str) -> None:
    """A broadcast to all contacts, ready to be sent."""
    page.goto(f"{url}/broadcasts")
    page.get_by_role("link", name="寫新的公告").click()
    page.get_by_label("要說的話").fill(WORDS)
    page.get_by_role("heading", name="卡片").click()
    page.get_by_label("主旨").fill("期末成果報告開始收件")
    page.get_by_label("醒目的日期").fill("6月30日(四)前")
    page.get_by_label("說明（一行").fill("計畫網站上傳\n紙本寄到承辦單位")
    page.get_by_label("上面的字").first.fill("我們學校交了嗎")
    expect(page.locator(".flex-button")).to_have_text("我們學校交了嗎")
    picture(page, "compose", page.get_by_label("上面的字").first)
    page.get_by_role("button", name="儲存，接著選對象").click()
    page.get_by_label("例如").fill("學校承辦人")
    page.get_by_role("button", name="加入").first.click()
    page.get_by_role("button", name="用這個對象").click()
    picture(page, "send", page.locator("#h-send").locator(".."))


def send(page: Page) -> None:
    """Send it, and watch the report."""
    page.get_by_role("button", name=re.compile("確認送出給")).click()
    arrived = page.locator("#report .bars", has_text=re.compile(r"已送達 LINE\s*[1-9]"))
    for _ in range(60):
        if arrived.count():
            break
        page.wait_for_timeout(1_000)
        page.reload()
    picture(page, "report", page.locator("#report"))


def questions(page: Page, url: str) -> None:
    """A question that was passed on, answered, with the boxes for keeping it."""
    page.goto(f"{url}/questions")
    page.get_by_role("link", name=ODD).click()
    page.get_by_label("答覆（必填").fill("可以，請事先來電，會場備有親子休息區。")
    page.get_by_label("留作常用答案", exact=False).first.check()
    page.get_by_label("標題").fill("實體研習帶孩子")
    page.get_by_label("依據").fill("111年6月14日局內會議")
    page.get_by_label("有效期限").fill("2022-12-31")
    picture(page, "question", page.get_by_role("button", name="送出答覆"))


def knowledge(page: Page, url: str) -> None:
    """What the bot knows of a plan, at its dates."""
    page.goto(f"{url}/knowledge/plans/cooc-teacher/111")
    dates = page.locator("section", has=page.get_by_role("heading", name="日期", exact=True))
    picture(page, "knowledge", dates.locator("article").nth(2), dates)


@dataclass(frozen=True)
class Phones:
    """The simulator's phones: 390 pixels wide, a person each."""

    browser: Browser
    address: str

    def of(self, who: Persona) -> Page:
        """The chat of this person, with nothing said on this page yet."""
        page = self.browser.new_page(viewport={"width": 390, "height": 780}, locale="zh-TW")
        page.set_default_timeout(10_000)
        page.goto(f"{self.address}/simulator")
        page.locator("button.bar-button[data-open=controls]").click()
        page.locator("#people button", has_text=who.name).click()
        expect(page.locator("#who")).to_contain_text(who.name)
        if page.locator("#controls").is_visible():
            page.locator("#shade").click(position={"x": 5, "y": 5}, force=True)
        if page.locator("#menu").is_visible():
            page.locator("#menu-bar").click()
        return page


def main() -> int:
    """Draws every picture; exit code 0."""
    OUT.mkdir(parents=True, exist_ok=True)
    with running_bot() as bot, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=system_browser(), args=FLAGS)
        desk = browser.new_page(viewport={"width": 1100, "height": 900}, locale="zh-TW")
        desk.set_default_timeout(10_000)
        draw(browser, desk, bot)
        browser.close()
    return 0


def draw(browser: Browser, desk: Page, bot: Running) -> None:
    """One deed after the other."""
    url, phones = f"{bot.address}/console", Phones(browser, bot.address)
    do(desk, bot.address, what="quota", most=200)
    do(desk, bot.address, what="clock", at="2022-06-15T09:00")
    do(desk, bot.address, what="person", name=NEWCOMER.name, role=NEWCOMER.role)
    for persona in (*SAMPLE_PEOPLE, NEWCOMER):
        do(desk, bot.address, what="follow", person=persona.user_id)
    engine = open_engine(bot.database_url)
    furnish(engine)
    teacher = phones.of(TEACHER)
    say(teacher, ODD)
    press(teacher, "轉給承辦人員")
    press(teacher, "有答覆時通知我")
    enter(desk, url, SAMPLE_ADMIN, bot.password)
    accounts(desk, url)
    line = lists(desk, url)
    newcomer = phones.of(NEWCOMER)
    say(newcomer, line)
    picture(newcomer, "invited")
    submissions(desk, url)
    compose(desk, url)
    send(desk)
    questions(desk, url)
    knowledge(desk, url)
    staff = phones.of(STAFF)
    say(staff, "待答問題")
    picture(staff, "staff")
    staff.locator("#menu-bar").click()
    staff.wait_for_timeout(500)  # it slides
    picture(staff, "menu")
    with engine.begin() as db:  # as late in a month
        db.execute(update(QuotaRow).values(used=186))
    desk.goto(url)
    picture(desk, "today", desk.locator(".tiles"))


if __name__ == "__main__":
    sys.exit(main())
