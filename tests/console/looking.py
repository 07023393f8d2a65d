"""What a real browser shows of the console: signing in there, and what is wrong with a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.pages.looking import is_within_its_width


def faults_of(page: Page) -> list[str]:
    """What axe-core finds serious or critical, and whether the page is wider than its screen."""
    found = Axe().run(page).response["violations"]
    grave = [
        f"{page.url}: {one['id']} {[node['target'] for node in one['nodes']]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    return grave if is_within_its_width(page) else [*grave, f"{page.url} is too wide"]


def enter(page: Page, url: str, mail: str, password: str) -> None:
    page.goto(f"{url}/sign-in")
    page.get_by_label("電子郵件").fill(mail)
    page.get_by_label("密碼").fill(password)
    page.get_by_role("button", name="登入").click()
