"""What is logged: one line each, for machines or for people, and never what somebody wrote."""

import json
import logging
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
import urllib3
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import create_engine, text

from bot.line.signature import sign
from bot.log_lines import JsonLine
from bot.simulator.platform import Platform
from bot.simulator.server import LineServer
from tests.cli.process import PATIENCE_S, bot, bot_here, free_port, started, wait_for
from tests.line.bodies import body, event
from tests.line.bodies import text as text_message

NAME, PHONE, ID_NUMBER, MAIL = "斑馬小明", "0912345678", "A123456789", "zebra@school.edu.tw"
QUESTION = "條紋便當什麼時候報名截止"
MARKS = (NAME, PHONE, ID_NUMBER, MAIL, QUESTION, "條紋")
WORDS = f"我是{NAME}，電話{PHONE}，身分證{ID_NUMBER}，信箱{MAIL}，{QUESTION}"
KEYS = {"time", "level", "logger", "message", "event", "channel", "process"}


def posted(platform: Platform, port: int, *event_ids: str) -> list[int]:
    """Each event in a call of its own."""
    statuses = []
    for event_id in event_ids:
        said = event(event_id, replyToken=platform.tokens.issue("U1"), message=text_message(WORDS))
        raw = body(said)
        signed = {"x-line-signature": sign(raw, platform.account.secret)}
        url = f"http://127.0.0.1:{port}/callback"
        statuses.append(urllib3.request("POST", url, body=raw, headers=signed).status)
    return statuses


def broken(url: str) -> None:
    """The database loses a table beneath the running bot."""
    engine = create_engine(url)
    try:
        with engine.begin() as db:
            db.execute(text("ALTER TABLE question RENAME TO lost"))
            db.execute(text("ALTER TABLE event RENAME TO gone"))
    finally:
        engine.dispose()


def ended(process: "subprocess.Popen[str]") -> str:
    """What it said until its end."""
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=60)
    return said


def test_web_logs_json_without_words_and_counts_over_its_processes(database_url: str) -> None:
    platform, port = Platform(), free_port()
    bot("migrate", database_url=database_url)
    with (
        LineServer(platform) as line_url,
        started(
            "web",
            database_url=database_url,
            port=port,
            line_api_base=line_url,
            secret_key="k" * 32,
            line_channel_secret=platform.account.secret,
            line_channel_access_token=platform.account.token,
        ) as process,
    ):
        wait_for(f"http://127.0.0.1:{port}/readyz")
        assert posted(platform, port, *(f"E{n}" for n in range(20))) == [200] * 20
        told = urllib3.request("GET", f"http://127.0.0.1:{port}/metrics").data.decode()
        urllib3.request("GET", f"http://127.0.0.1:{port}/p/secret-token/me")
        broken(database_url)
        assert posted(platform, port, "E-broken") == [503]
        said = ended(process)

    lines = [json.loads(line) for line in said.splitlines()]
    assert all(set(line) >= KEYS for line in lines)
    assert {line["event"] for line in lines} >= {"E0", "E-broken"}
    assert any("error" in line for line in lines)
    assert any(line["logger"].startswith("gunicorn") for line in lines)
    for mark in (*MARKS, "secret-token"):
        assert mark not in said
    families = {f.name: f for f in text_string_to_metric_families(told)}
    events = sum(s.value for s in families["shizhong_events"].samples if s.name.endswith("_total"))
    assert events == 20
    assert len(families["shizhong_process_resident_memory_bytes"].samples) == 2


def test_counts_are_gone_with_the_server_that_made_them(sqlite_url: str, tmp_path: Path) -> None:
    left = tmp_path / "shizhong-counts-999999-x"
    left.mkdir()
    port = free_port()
    channel = {"line_channel_secret": "s", "line_channel_access_token": "t"}
    with started("web", database_url=sqlite_url, port=port, tmpdir=tmp_path, **channel) as process:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        during = {path.name.rpartition("-")[0] for path in tmp_path.glob("shizhong-counts-*")}
        ended(process)

    assert during == {f"shizhong-counts-{process.pid}"}
    assert list(tmp_path.glob("shizhong-counts-*")) == []


def test_run_logs_for_people_without_words(sqlite_url: str) -> None:
    port = free_port()
    here = f"http://127.0.0.1:{port}"
    with started("run", database_url=sqlite_url, port=port) as process:
        feed = wait_for(f"{here}/simulator/api/feed").json()
        person = feed["state"]["people"][0]["id"]
        for _ in range(2):
            said = {"what": "say", "person": person, "text": WORDS}
            urllib3.request("POST", f"{here}/simulator/api/do", json=said)
            broken_once(sqlite_url)
        with suppress(urllib3.exceptions.HTTPError):
            urllib3.request("GET", f"{here}/simulator/api/feed?after=0&wait=1")
        said = ended(process)

    assert "ERROR" in said
    for mark in MARKS:
        assert mark not in said
    assert not said.lstrip().startswith("{")


def broken_once(url: str) -> None:
    with suppress(Exception):
        broken(url)


@pytest.mark.parametrize(
    "argv",
    [
        ("ask", WORDS),
        ("tick", "--dry-run"),
        ("tick", "--at", "2022-06-06T08:00+08:00"),
        ("questions",),
        ("person", "export", "--user", NAME),
        ("person", "erase", "--user", NAME),
        ("account", "list"),
        ("invite", "staff"),
        ("knowledge", "check"),
    ],
    ids=lambda argv: " ".join(argv[:2]) if argv[0] != "ask" else "ask",
)
def test_no_command_logs_what_it_was_given(argv: tuple[str, ...], sqlite_url: str) -> None:
    told = bot_here(
        *argv, database_url=sqlite_url, line_channel_secret="s", line_channel_access_token="t",
        line_api_base="http://127.0.0.1:9",
    )  # fmt: skip

    assert "Traceback" not in told.stderr
    for mark in MARKS:
        assert mark not in told.stderr


@pytest.mark.parametrize(
    "said",
    ["一行\n兩行", 'a "b"', "半個 \ud800 字", "\x00\x1b"],
    ids=["lines", "quotes", "half", "control"],
)
def test_whatever_is_said_is_one_line_of_json(said: str) -> None:
    record = logging.makeLogRecord({"msg": "%s", "args": (said,), "levelname": "INFO"})

    line = JsonLine().format(record)

    assert line.splitlines() == [line]
    assert json.loads(line)["message"] == said


def test_the_form_is_a_setting(sqlite_url: str) -> None:
    channel = {"line_channel_secret": "s", "line_channel_access_token": "t"}
    for form, start in (("json", "{"), ("text", "2")):
        with started("worker", database_url=sqlite_url, log_format=form, **channel) as process:
            first = process.stdout.readline()
        assert first.startswith(start)
        assert "worker started" in first

    told = bot_here("worker", database_url=sqlite_url, log_format="xml", **channel)
    assert told.returncode == 1
    assert "要填 json 或 text" in told.stderr


def test_the_level_is_a_setting(sqlite_url: str) -> None:
    told, channel = {}, {"line_channel_secret": "s", "line_channel_access_token": "t"}
    bot("migrate", database_url=sqlite_url)
    for level in ("info", "Warning"):
        given, port = {**channel, "log_level": level}, free_port()
        with started("web", database_url=sqlite_url, port=port, **given) as process:
            assert wait_for(f"http://127.0.0.1:{port}/healthz").status == 200
            process.terminate()
            told[level] = process.communicate(timeout=PATIENCE_S)[0]

    assert all("SECRET_KEY is not set" in lines for lines in told.values())
    assert '"level":"INFO"' in told["info"]
    assert '"level":"INFO"' not in told["Warning"]

    refused = bot_here("worker", database_url=sqlite_url, log_level="loud")
    assert refused.returncode == 1
    assert "要填 info、warning 或 error" in refused.stderr
