"""Processes are killed between commit and settle: everybody is told exactly once all the same."""

from pathlib import Path

import pytest

from tests.delivery.kills import Rounds

KILLS, TRIES = 12, 4


@pytest.mark.parametrize(("database", "workers"), [("sqlite_url", 2), ("postgres_url", 3)])
def test_whoever_is_killed_everybody_is_told_exactly_once(
    request: pytest.FixtureRequest, database: str, workers: int
) -> None:
    tally = Rounds(request.getfixturevalue(database), workers).run(KILLS)

    assert tally.kills.total() >= KILLS
    assert tally.exactly_once, str(tally)


@pytest.mark.parametrize("without", ["key", "lease"])
def test_without_its_retry_key_or_its_lease_it_would_not_be_so(
    tmp_path: Path, without: str
) -> None:
    """Where each is killed decides it; so often nobody is killed in the wrong place only."""
    tallies = []
    for n in range(TRIES):
        tallies.append(Rounds(f"sqlite:///{tmp_path}/{n}.db", 2, without).run(KILLS // 2))
        if not tallies[-1].exactly_once:
            return

    pytest.fail("\n".join(map(str, tallies)))
