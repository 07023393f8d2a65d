"""The bots that are put side by side: how each is started, watched and stopped."""

import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import psutil

SECRET = "benchmark-channel-secret"
EXPRESS = Path(__file__).parent / "express"
UP_WITHIN_S = 60.0
DOWN_WITHIN_S = 40.0


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot: its name in the table, and the command that serves it on PORT."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]


@dataclass(slots=True)
class Running:
    """One that was started."""

    bot: Bot
    port: int
    process: psutil.Process

    def processes(self) -> list[psutil.Process]:
        """All its living processes."""
        return [self.process, *self.process.children(recursive=True)]

    def processor_s(self) -> float:
        """Seconds of the processor that its living processes have used."""
        times = [p.cpu_times() for p in self.processes()]
        return float(sum(t.user + t.system for t in times))

    def largest_mb(self) -> float:
        """Memory of its largest process that no other shares (MB of proportional set size)."""
        return float(max(p.memory_full_info().pss for p in self.processes()) / 2**20)

    def all_mb(self) -> float:
        """Memory of all its processes together (MB), what they share counted once."""
        return float(sum(p.memory_full_info().pss for p in self.processes()) / 2**20)


def ours(database: str, name: str = "師鐘") -> Bot:
    """This bot, with its two processes, on this database."""
    command = (sys.executable, "-m", "bot", "web")
    return Bot(name, command, {"DATABASE_URL": database, "SECRET_KEY": "benchmark-secret-key"})


def flask_echo() -> Bot:
    """The official SDK's way in Python."""
    server = (sys.executable, "-m", "gunicorn", "--workers", "2", "--threads", "8")
    command = (*server, "--log-level", "warning", "benchmarks.load.echo_sample:app")
    return Bot("SDK echo, Flask", command, {})


def express_echo(folder: Path) -> Bot | None:
    """The official SDK's way in Node.js; None where Node.js or its packages cannot be had."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    shutil.copytree(EXPRESS, folder, dirs_exist_ok=True)
    install = [npm, "install", "--no-audit", "--no-fund", "--no-package-lock", "--silent"]
    if subprocess.run(install, cwd=folder, check=False).returncode:
        return None
    return Bot("SDK echo, express", (node, str(folder / "echo.js")), {})


@contextmanager
def running(bot: Bot, line: str) -> Iterator[Running]:
    """The bot, serving; stopped at the end.

    Raises:
        RuntimeError: it does not answer.
    """
    port = free_port()
    given = {
        "PORT": str(port),
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": "token",
        "LINE_API_BASE": line,
        "LOG_LEVEL": "WARNING",
    }
    process = subprocess.Popen(
        bot.command,
        env={**os.environ, **given, **bot.environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        await_up(bot.name, port, process)
        yield Running(bot, port, psutil.Process(process.pid))
    finally:
        process.terminate()
        try:
            process.wait(DOWN_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def await_up(name: str, port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when it answers.

    Raises:
        RuntimeError: it does not.
    """
    end = monotonic() + UP_WITHIN_S
    while monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2)
        except urllib.error.HTTPError:
            return  # it answers, if only that there is no such page
        except OSError:
            sleep(0.05)
        else:
            return
    raise RuntimeError(f"{name} does not answer")


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port
