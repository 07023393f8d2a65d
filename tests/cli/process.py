"""`python -m bot …` as a process of its own; or here, where only what comes of it counts."""

import json
import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import urllib3

from bot.__main__ import main

ROOT = Path(__file__).parents[2]
KNOWLEDGE = Path(__file__).with_name("knowledge")
PATIENCE_S = 60
# The machine's own settings must not reach a test.
KEPT = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")}


def environment(**settings: Any) -> dict[str, str]:
    given = {name.upper(): str(value) for name, value in settings.items()}
    return {**KEPT, "KNOWLEDGE_DIR": str(KNOWLEDGE), "PYTHONUTF8": "1", **given}


def bot(*argv: str, stdin: str = "", **settings: Any) -> subprocess.CompletedProcess[str]:
    """The finished process: its code and what it printed."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *argv],
        cwd=ROOT,
        env=environment(**settings),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )


def bot_here(*argv: str, stdin: str = "", **settings: Any) -> subprocess.CompletedProcess[str]:
    """The same in this process, for a command that ends by itself: a new one takes a second."""
    out, err = StringIO(), StringIO()
    with (
        chdir(ROOT),
        patch.dict(os.environ, environment(**settings), clear=True),
        patch.object(sys, "stdin", StringIO(stdin)),
        redirect_stdout(out),
        redirect_stderr(err),
        _logging_as_before(),
    ):
        try:
            code = main(argv)
        except SystemExit as ended:  # argparse
            code = int(ended.code or 0)
    return subprocess.CompletedProcess(argv, code, out.getvalue(), err.getvalue())


@contextmanager
def _logging_as_before() -> Iterator[None]:
    root, alembic = logging.getLogger(), logging.getLogger("alembic")
    before = root.handlers[:], root.level, alembic.level
    try:
        yield
    finally:
        root.handlers[:] = before[0]
        root.setLevel(before[1])
        alembic.setLevel(before[2])


@contextmanager
def started(*argv: str, **settings: Any) -> Iterator[subprocess.Popen[str]]:
    """A process that goes on; killed if the test does not end it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *argv],
        cwd=ROOT,
        env=environment(**settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def wait_for(url: str, headers: Mapping[str, str] | None = None) -> urllib3.BaseHTTPResponse:
    """The first answer with 200, or the last one that came while there was patience."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            answer = urllib3.request("GET", url, headers=headers, retries=False, timeout=5)
            if answer.status == 200 or time.monotonic() > until:
                return answer
        except urllib3.exceptions.HTTPError:
            if time.monotonic() > until:
                raise
        time.sleep(0.05)


def wait_until_said(feed: str, words: str) -> str:
    """Everything that happened, as soon as these words are in it."""
    shown, after = "", 0
    for _ in range(20):  # each waits for news by itself
        found = urllib3.request("GET", f"{feed}?after={after}&wait=3").json()
        shown += json.dumps(found["entries"], ensure_ascii=False)
        after = max([after, *(entry["number"] for entry in found["entries"])])
        if words in shown:
            break
    return shown
