"""The machine's own PgBouncer, where it has one: `pytest --pgbouncer …` runs tests behind it."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from bot.store.engine import open_engine
from tests.cli.process import free_port
from tests.migrated import migrated

# In transaction mode, and with few enough connections that clients do share them.
CONFIG = """
[databases]
* = host={folder}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 4
max_client_conn = 500
server_round_robin = 1
logfile =
"""
PATIENCE_S = 10.0


@contextmanager
def running_pgbouncer(socket_folder: str) -> Iterator[int]:
    """Yields the port of a PgBouncer before the PostgreSQL with this socket."""
    program = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="pgbouncer-") as folder:
        Path(folder).chmod(0o755)
        config = Path(folder) / "pgbouncer.ini"
        # It knows who asks from the URL; `any` lets everybody in as one user of the server.
        text = CONFIG.format(folder=socket_folder, port=port).replace(
            "\n* = ", "\n* = user=postgres "
        )
        config.write_text(text, encoding="utf-8")
        # It does not run as root; the server's own user may use its socket.
        as_user = {"user": Path(socket_folder).stat().st_uid} if os.geteuid() == 0 else {}
        process = subprocess.Popen([program, "-q", str(config)], **as_user)
        try:
            _wait_for(port)
            yield port
        finally:
            process.terminate()
            process.wait(PATIENCE_S)


def behind(url: str, port: int) -> str:
    """The way to the same database through PgBouncer; migrated, as no template is copied there."""
    engine = open_engine(url)
    migrated(engine).dispose()
    through = make_url(url).set(host="127.0.0.1", port=port, query={})
    return through.render_as_string(hide_password=False)


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
