"""Processes are killed between commit and settle: everybody is told exactly once all the same."""

import pytest

from tests.delivery.kills import Rounds

KILLS = 12


@pytest.mark.parametrize(("database", "workers"), [("sqlite_url", 2), ("postgres_url", 3)])
def test_whoever_is_killed_everybody_is_told_exactly_once(
    request: pytest.FixtureRequest, database: str, workers: int
) -> None:
    tally = Rounds(request.getfixturevalue(database), workers).run(KILLS)

    assert tally.kills.total() >= KILLS
    assert tally.exactly_once, str(tally)


@pytest.mark.parametrize("without", ["key", "lease"])
def test_without_its_retry_key_or_its_lease_it_would_not_be_so(
    sqlite_url: str, without: str
) -> None:
    tally = Rounds(sqlite_url, 2, without).run(KILLS // 2)

    assert not tally.exactly_once, str(tally)
