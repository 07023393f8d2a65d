"""A platform whose seconds pass when a test says so."""

import pytest

from bot.simulator.platform import Platform
from tests.simulator.calls import LIN, WANG, Seconds


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def platform(seconds: Seconds) -> Platform:
    """Two friends of the account, and nobody else."""
    made = Platform(people=(WANG, LIN), elapsed=seconds)
    for person in made.chats.people.values():
        person.friend = True
    return made
