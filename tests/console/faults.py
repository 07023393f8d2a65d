"""What is wrong with a page for those who see little, or on a small screen."""

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
