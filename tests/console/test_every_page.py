"""Every page of the console, with real things on it, at a desk and on a phone."""

import os
from collections.abc import Callable, Iterator, Mapping

import pytest
from playwright.sync_api import BrowserContext, Page

from bot.console.door import COOKIE, NAME, PREFIX
from bot.store.account_tables import WayIn
from tests.console.furnished import Sample, furnished
from tests.console.looking import faults_of, width_faults_of
from tests.console.office import OfficeOfTests
from tests.pages.looking import complaints_of

NO_PAGES = {
    "static": "files of the pages",
    "home": "leads to the first page",
    "nowhere": "the answer to addresses that lead nowhere",
    "provider": "leads to an identity provider",
    "provider_back": "comes back from one",
    "submissions_file": "an Excel file",
    "submissions_paper": "a file to be printed",
    "question_case": "a file for tests",
}
MORE = {"draft"}  # another state of a page


@pytest.fixture
def furnished_office(sqlite_url: str) -> Iterator[tuple[OfficeOfTests, Mapping[str, Sample]]]:
    office, pages = furnished(sqlite_url)
    yield office, pages
    office.engine.dispose()


# What axe finds at a desk, the tests find that work there page by page.
@pytest.mark.parametrize(
    ("page_name", "found_in"), [("phone_page", faults_of), ("desktop_page", width_faults_of)]
)
def test_every_page_shows_itself_whole_to_everybody_without_a_complaint(
    furnished_office: tuple[OfficeOfTests, Mapping[str, Sample]],
    page_name: str,
    found_in: Callable[[Page], list[str]],
    request: pytest.FixtureRequest,
) -> None:
    office, pages = furnished_office
    page: Page = request.getfixturevalue(page_name)
    complaints, faults = complaints_of(page), list[str]()
    asked_for = {
        rule.endpoint.removeprefix(f"{NAME}.")
        for rule in office.app.url_map.iter_rules()
        if rule.endpoint.startswith(f"{NAME}.") and "GET" in (rule.methods or ())
    }

    with office.served() as address:
        for name, sample in pages.items():
            _come_as(office, page.context, sample.stage)
            answer = page.goto(f"{address}{PREFIX}{sample.path}")
            if answer is None or answer.status != 200 or not page.url.endswith(sample.path):
                faults.append(f"{name} is not there: {page.url}")
            page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
            if kept := os.environ.get("CONSOLE_PICTURES"):  # a folder, to look at them
                page.screenshot(path=f"{kept}/{page_name}-{name}.png", full_page=True)
            faults += found_in(page)

    assert set(pages) - MORE == asked_for - set(NO_PAGES)
    assert faults == []
    assert complaints == []


def _come_as(office: OfficeOfTests, context: BrowserContext, stage: WayIn | None) -> None:
    """In a browser whose session is that far."""
    context.clear_cookies()
    if stage is not None:
        session = office.signed_in(stage=stage).session_id
        cookie = {"name": COOKIE, "value": session, "domain": "127.0.0.1", "path": PREFIX}
        context.add_cookies([cookie])  # type: ignore[list-item]
