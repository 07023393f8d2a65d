"""The console over each kind of database."""

from collections.abc import Iterator

import pytest

from bot.model.staff_roles import StaffRole
from tests.console.announcing import announcing
from tests.console.office import ADMIN, GOOD, Browser, OfficeOfTests


@pytest.fixture
def office(database_url: str) -> Iterator[OfficeOfTests]:
    made = OfficeOfTests(database_url)
    yield made
    made.engine.dispose()


@pytest.fixture
def lite(sqlite_url: str) -> Iterator[OfficeOfTests]:
    """The same on SQLite alone, for what does not touch the database."""
    made = OfficeOfTests(sqlite_url)
    yield made
    made.engine.dispose()


@pytest.fixture
def admin(lite: OfficeOfTests) -> OfficeOfTests:
    lite.account(StaffRole.ADMIN, ADMIN, GOOD)
    return lite


@pytest.fixture
def admin_of_each(office: OfficeOfTests) -> OfficeOfTests:
    """The same on each kind of database."""
    office.account(StaffRole.ADMIN, ADMIN, GOOD)
    return office


@pytest.fixture
def announcing_office(sqlite_url: str) -> Iterator[OfficeOfTests]:
    """One with plans, schools and people, in which staff announce."""
    made = announcing(sqlite_url)
    yield made
    made.engine.dispose()


@pytest.fixture
def sender(announcing_office: OfficeOfTests) -> Browser:
    """Somebody there who may write to people."""
    return announcing_office.signed_in(StaffRole.SENDER)
