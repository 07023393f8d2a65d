"""`bot tick`: what it says that it did, in numbers that can be checked."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from bot.cli.main import run
from bot.simulator.platform import Platform
from bot.simulator.server import LineServer
from bot.store import schema
from bot.store.engine import open_engine
from tests.cli.process import KNOWLEDGE
from tests.delivery.notices import notice, put
from tests.delivery.pushes import somebody

MORNING = datetime.fromisoformat("2022-06-15T08:00+08:00")
NIGHT = "2022-06-15T22:30+08:00"


@pytest.fixture
def platform() -> Platform:
    return Platform(people=[])


@pytest.fixture
def outbox(
    platform: Platform, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """Two notices for one person, one for another, and LINE on loopback."""
    engine = open_engine(sqlite_url)
    schema.migrate(engine)
    due = {"made_at": MORNING, "not_before": MORNING, "expires_at": MORNING + timedelta(days=2)}
    first, second = somebody(platform, "甲"), somebody(platform, "乙")
    put(engine, notice(first, "報名", **due), notice(first, "函報", **due))
    put(engine, notice(second, "報名", **due))
    with LineServer(platform) as url:
        for name, value in {
            "DATABASE_URL": sqlite_url,
            "KNOWLEDGE_DIR": str(KNOWLEDGE),
            "LINE_API_BASE": url,
            "LINE_DATA_API_BASE": url,
            "LINE_CHANNEL_SECRET": platform.account.secret,
            "LINE_CHANNEL_ACCESS_TOKEN": platform.account.token,
        }.items():
            monkeypatch.setenv(name, value)
        yield engine
    engine.dispose()


def test_it_says_how_many_messages_merging_saved(
    outbox: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["tick", "--at", MORNING.isoformat()])
    first = capsys.readouterr().out
    run(["tick", "--at", MORNING.isoformat()])
    again = capsys.readouterr().out

    assert "送出：2則訊息，共3件提醒；同一人的合成一則，省下1則" in first
    assert "還等著：0件" in first
    assert "送出：0則訊息，共0件提醒" in again


def test_a_rehearsal_says_the_same_and_sends_nothing(
    outbox: Engine, platform: Platform, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        run(["tick", "--at", MORNING.isoformat(), "--dry-run"])
        said = capsys.readouterr().out
        assert "到期要送：2則訊息，共3件提醒；同一人的合成一則，省下1則" in said
        assert "這是試跑" in said

    assert list(platform.calls) == []


def test_at_night_it_says_who_sleeps(outbox: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    run(["tick", "--at", NIGHT])

    said = capsys.readouterr().out
    assert "送出：0則訊息" in said
    assert "等不打擾的時間過後：3件" in said
