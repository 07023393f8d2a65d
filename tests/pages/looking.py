"""What a real browser tells of a page: its complaints, and whether it fits; without script."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Locator, Page

PHONE = {"width": 390, "height": 844}
# A browser as on a phone: sharp, touched, in Taipei and in 中文.
ON_A_PHONE: dict[str, Any] = {
    "viewport": PHONE,
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
    "locale": "zh-TW",
    "timezone_id": "Asia/Taipei",
}
WAIT_MS = 10_000


@contextmanager
def scriptless(browser: Browser) -> Iterator[Page]:
    """A phone whose browser runs no script."""
    with browser.new_context(**ON_A_PHONE, java_script_enabled=False) as context:
        context.set_default_timeout(WAIT_MS)
        yield context.new_page()


def complaints_of(page: Page) -> list[str]:
    """What the browser complains of from now on: such as something that the policy forbids."""
    found: list[str] = []
    page.on("console", lambda m: found.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def follow(link: Locator) -> None:
    """Click on what leads to another page, and wait until that page is there to be looked at."""
    with link.page.expect_navigation():
        link.click()


def is_within_its_width(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
