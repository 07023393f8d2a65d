"""What a real browser tells of a page: its complaints, and whether it fits."""

from playwright.sync_api import Page


def complaints_of(page: Page) -> list[str]:
    """What the browser complains of from now on: such as something that the policy forbids."""
    found: list[str] = []
    page.on("console", lambda m: found.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def is_within_its_width(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
