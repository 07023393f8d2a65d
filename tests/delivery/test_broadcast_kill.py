"""A worker is killed again and again while a broadcast runs: everybody gets it exactly once."""

import pytest

from tests.delivery.broadcast_kill import Run

KILLS = 4
PEOPLE = 600


@pytest.mark.parametrize("database", ["sqlite_url", "postgres_url"])
def test_a_broadcast_resumes_by_itself_nobody_is_skipped_and_nobody_told_twice(
    request: pytest.FixtureRequest, database: str
) -> None:
    outcome = Run(request.getfixturevalue(database), PEOPLE).run(KILLS, patience_s=20)

    report = outcome.report
    assert outcome.kills.total() >= KILLS, str(outcome)
    assert outcome.exactly_once, str(outcome)
    assert report
    assert (report.recipients, report.sent, report.skipped) == (588, 588, 12)
    assert report.counted == report.recipients
