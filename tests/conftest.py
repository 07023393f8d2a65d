"""What tests share: a database of each kind, empty or with its tables, and a browser."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import Engine

from bot.store.engine import open_engine
from scripts.browser import system_browser
from tests.cluster import running_postgres
from tests.handed_on import lent_database
from tests.machines.pgbouncer import behind, running_pgbouncer
from tests.migrated import migrated
from tests.pages.looking import ON_A_PHONE, WAIT_MS
from tests.written_once import share

# How long an example takes says more of the machine than of the code.
settings.register_profile("house", deadline=None, max_examples=30)
settings.load_profile("house")

share()

BROWSER_ARGS = [
    "--headless",
    "--no-sandbox",  # containers' root cannot make one
    "--disable-gpu",
    "--disable-dev-shm-usage",
    # Nothing but the test's own pages is fetched.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def postgres_folder() -> Iterator[str]:
    """Folder of the socket of this session's PostgreSQL; one for each xdist worker."""
    with running_postgres() as folder:
        yield folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--pgbouncer", action="store_true", help="PostgreSQL's tests through PgBouncer"
    )


@pytest.fixture(scope="session")
def pgbouncer_port(request: pytest.FixtureRequest, postgres_folder: str) -> Iterator[int]:
    """Where the machine's own PgBouncer stands before this session's PostgreSQL; 0: nowhere."""
    if not request.config.getoption("--pgbouncer"):
        yield 0
        return
    with running_pgbouncer(postgres_folder) as port:
        yield port


@pytest.fixture
def postgres_url(postgres_folder: str, pgbouncer_port: int) -> Iterator[str]:
    """URL of an empty PostgreSQL database, wiped or dropped after the test."""
    with lent_database(postgres_folder, f"t_{uuid4().hex}") as url:
        yield behind(url, pgbouncer_port) if pgbouncer_port else url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """URL of a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'bot.db'}"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """URL of a new, empty database: the test runs once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A database of each kind with every table, and nothing in them."""
    engine = open_engine(database_url)
    migrated(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window: the system's, else the one that Playwright downloaded."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=system_browser(), args=BROWSER_ARGS, timeout=60_000
        )
        yield chromium
        chromium.close()


@pytest.fixture
def phone_page(browser: Browser) -> Iterator[Page]:
    """A page as a phone shows it (390×844, sharp, touch), in Taipei and in 中文."""
    with browser.new_context(**ON_A_PHONE) as context:
        context.set_default_timeout(WAIT_MS)
        yield context.new_page()


@pytest.fixture
def desktop_page(browser: Browser) -> Iterator[Page]:
    """A page as a desk's screen shows it (1280×800), in Taipei and in 中文."""
    with browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="zh-TW", timezone_id="Asia/Taipei"
    ) as context:
        context.set_default_timeout(WAIT_MS)
        yield context.new_page()
