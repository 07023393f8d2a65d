"""A mail server for each test of this room."""

from collections.abc import Iterator

import pytest

from tests.mail.server import MailServer, mail_server


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as found:
        yield found
