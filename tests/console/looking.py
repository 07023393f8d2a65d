"""What a real browser shows of the console: signing in there, and what is wrong with a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.pages.looking import follow, is_within_its_width


def faults_of(page: Page) -> list[str]:
    """What axe-core finds serious or critical, and whether the page is wider than its screen."""
    found = Axe().run(page).response["violations"]
    grave = [
        f"{page.url}: {one['id']} {[node['target'] for node in one['nodes']]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    return [*grave, *width_faults_of(page)]


def width_faults_of(page: Page) -> list[str]:
    """Whether the page is wider than its screen: for a page that axe has seen at another width."""
    return [] if is_within_its_width(page) else [f"{page.url} is too wide"]


# Work is looked at by axe at a desk: on a phone axe sees every page by itself.
AT_WIDTH = {"desktop_page": faults_of, "phone_page": width_faults_of}


def enter(page: Page, url: str, mail: str, password: str) -> None:
    page.goto(f"{url}/sign-in")
    page.get_by_label("電子郵件").fill(mail)
    page.get_by_label("密碼").fill(password)
    follow(page.get_by_role("button", name="登入"))
