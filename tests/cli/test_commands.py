"""The commands, each as a process of its own."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import urllib3
from sqlalchemy import create_engine, inspect, select

from bot.cli.main import COMMANDS
from bot.line.signature import sign
from bot.model.invitation_code import find_code, hash_of
from bot.simulator.platform import Platform
from bot.simulator.server import LineServer
from bot.store.tables import Invitation
from tests.cli.process import (
    ROOT,
    bot,
    bot_here,
    environment,
    free_port,
    started,
    wait_for,
    wait_until_said,
)
from tests.line.bodies import body, event
from tests.line.bodies import text as text_message

QUESTION = "範例計畫什麼時候報名截止"


def test_without_a_command_all_are_listed() -> None:
    told = bot("--help")

    assert told.returncode == 0
    for name, what in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(what)}$", told.stdout, re.M)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    told = bot_here(command, "--help")

    assert told.returncode == 0, told.stderr
    assert f"usage: bot {command}" in told.stdout


def test_a_command_that_is_not_there_is_answered_with_those_that_are() -> None:
    told = bot_here("webb")

    assert told.returncode == 2
    assert "沒有「webb」" in told.stderr
    assert "worker" in told.stderr


def test_a_reader_that_has_heard_enough_is_no_failure_of_ours() -> None:
    argv = [sys.executable, "-m", "bot", "knowledge", "diff", "sample/111", "sample/111"]
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ended = subprocess.run(
            argv, cwd=ROOT, env=environment(), stdout=writing, stderr=subprocess.PIPE, timeout=60
        )
    finally:
        os.close(writing)

    assert ended.returncode == 1
    assert "BrokenPipe" not in ended.stderr.decode()


def test_a_question_is_answered_in_the_terminal() -> None:
    told = bot("ask", QUESTION, "--at", "2022-06-15T09:00")

    assert told.returncode == 0, told.stderr
    assert "111年7月31日" in told.stdout
    assert "依據：《111年度範例計畫》柒、一" in told.stdout


def test_a_talk_goes_on_line_by_line() -> None:
    told = bot_here("ask", "--talk", "--at", "2022-06-15T09:00", stdin=f"{QUESTION}\n{QUESTION}\n")

    assert told.returncode == 0, told.stderr
    assert told.stdout.count("依據：") == 2


def test_a_time_that_cannot_be_read_is_said_so() -> None:
    told = bot_here("ask", QUESTION, "--at", "明天")

    assert told.returncode == 2
    assert "看不懂的時間「明天」" in told.stderr


def test_migrate_makes_the_tables(database_url: str) -> None:
    told = bot("migrate", database_url=database_url)

    engine = create_engine(database_url)
    tables = inspect(engine).get_table_names()
    engine.dispose()
    assert told.returncode == 0, told.stderr
    assert "event" in tables


def test_an_invitation_is_printed_once_and_kept_as_its_hash(database_url: str) -> None:
    bot("migrate", database_url=database_url)

    told = bot("invite", "staff", "--days", "3", database_url=database_url)

    code = find_code(told.stdout.splitlines()[0])
    engine = create_engine(database_url)
    with engine.connect() as db:
        row = db.execute(select(Invitation.code_hash, Invitation.role)).one()
    engine.dispose()
    assert told.returncode == 0, told.stderr
    assert code
    assert tuple(row) == (hash_of(code), "staff")
    assert code not in told.stderr


@pytest.mark.parametrize("words", ["", "boss", "staff --days 0", "staff --days 七"])
def test_a_wrong_invitation_is_not_made(words: str, sqlite_url: str) -> None:
    told = bot_here("invite", *words.split(), database_url=sqlite_url)

    assert told.returncode == 2
    assert "usage: bot invite" in told.stderr
    assert "Traceback" not in told.stderr


def test_web_loads_nothing_that_it_does_not_use() -> None:
    unused = ("apscheduler", "bot.simulator", "jsonschema_rs", "linebot")
    code = f"import sys, bot.cli.web; print([m for m in {unused} if m in sys.modules])"

    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)

    assert told.stdout.strip() == "[]", told.stderr


@pytest.mark.parametrize("command", ["web", "worker"])
def test_without_a_channel_it_does_not_start(command: str, sqlite_url: str) -> None:
    told = bot(command, database_url=sqlite_url)

    assert told.returncode == 1
    assert "LINE_CHANNEL_SECRET" in told.stderr
    assert "Traceback" not in told.stderr


def test_on_a_postgresql_without_tables_it_does_not_start(postgres_url: str) -> None:
    told = bot_here(
        "web", database_url=postgres_url, line_channel_secret="s", line_channel_access_token="t"
    )

    assert told.returncode == 1
    assert "python -m bot migrate" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_wrong_plan_file_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "plans" / "x").mkdir(parents=True)
    (tmp_path / "lexicon.yaml").write_text("asks: {}\n")
    (tmp_path / "plans" / "x" / "111.yaml").write_text("abuot: {}\n")

    told = bot("run", knowledge_dir=tmp_path, database_url=f"sqlite:///{tmp_path}/x.db")

    assert told.returncode == 1
    assert "plans/x/111.yaml:1" in told.stderr
    assert "Traceback" not in told.stderr


def test_web_answers_and_ends_cleanly_with_its_replies_sent(database_url: str) -> None:
    platform, port = Platform(), free_port()
    bot_here("migrate", database_url=database_url)
    with (
        LineServer(platform) as line_url,
        started(
            "web",
            database_url=database_url,
            port=port,
            line_api_base=line_url,
            line_channel_secret=platform.account.secret,
            line_channel_access_token=platform.account.token,
        ) as process,
    ):
        wait_for(f"http://127.0.0.1:{port}/readyz")
        asked = [
            event(f"01{n}", replyToken=platform.tokens.issue("U1"), message=text_message(QUESTION))
            for n in range(30)
        ]
        raw = body(*asked)
        signed = {"x-line-signature": sign(raw, platform.account.secret)}
        url = f"http://127.0.0.1:{port}/callback"
        status = urllib3.request("POST", url, body=raw, headers=signed).status
        process.send_signal(signal.SIGTERM)
        code = process.wait(60)

    assert (status, code) == (200, 0)
    assert len(platform.inbox("U1")) == 30
    assert platform.problems() == []


def test_the_worker_ends_when_told_to(sqlite_url: str) -> None:
    channel = {"line_channel_secret": "s", "line_channel_access_token": "t"}
    with started("worker", database_url=sqlite_url, **channel) as process:
        first = process.stdout.readline()
        process.send_signal(signal.SIGTERM)

        assert "worker started" in first
        assert process.wait(30) == 0


def test_run_plays_line_itself_and_answers(sqlite_url: str) -> None:
    port = free_port()
    here = f"http://127.0.0.1:{port}"
    with started("run", "--sample", database_url=sqlite_url, port=port) as process:
        warning, greeting = process.stdout.readline(), process.stdout.readline()
        feed = f"{here}/simulator/api/feed"
        state = wait_for(feed).json()["state"]
        urllib3.request(
            "POST",
            f"{here}/simulator/api/do",
            json={"what": "say", "person": state["people"][0]["id"], "text": QUESTION},
        )
        shown = wait_until_said(feed, "111年7月31日")
        front = urllib3.request("GET", f"{here}/", redirect=False)
        process.send_signal(signal.SIGINT)
        code = process.wait(30)

    assert "SECRET_KEY is not set: links to pages stop working" in warning
    assert here in greeting
    assert "111年7月31日" in shown
    assert (front.status, front.headers["location"]) == (302, "/simulator")
    assert [day["label"] for day in state["days"]] == ["範例計畫"]
    assert code == 0


def test_a_port_that_is_taken_is_said_so(sqlite_url: str) -> None:
    with LineServer(Platform()) as taken:
        told = bot_here("run", port=taken.rpartition(":")[2], database_url=sqlite_url)

    assert told.returncode == 1
    assert "PORT" in told.stderr
    assert "Traceback" not in told.stderr


def test_the_channel_is_checked_by_asking_line() -> None:
    platform = Platform()
    platform.lookups.webhook_url = "https://bot.example.tw/callback"
    platform.lookups.test_webhook = lambda: {
        "success": True,
        "timestamp": "2022-06-15T09:00:00.000Z",
        "statusCode": 200,
        "reason": "OK",
        "detail": "200",
    }
    with LineServer(platform) as url:
        told = bot(
            "line",
            "check",
            line_api_base=url,
            line_channel_secret=platform.account.secret,
            line_channel_access_token=platform.account.token,
        )

    assert told.returncode == 0, told.stdout + told.stderr
    assert "✓ 帳號：師鐘（@shizhong）" in told.stdout
    assert "✓ LINE 打得到 webhook（200）" in told.stdout


def test_a_wrong_access_token_is_told() -> None:
    with LineServer(Platform()) as url:
        told = bot_here(
            "line",
            "check",
            line_api_base=url,
            line_channel_secret="s",
            line_channel_access_token="wrong",
        )

    assert told.returncode == 1
    assert "LINE_CHANNEL_ACCESS_TOKEN" in told.stdout
