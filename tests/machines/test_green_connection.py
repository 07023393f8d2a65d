"""A green process that waits for PostgreSQL lets its other greenlets go on."""

import subprocess
import sys

from tests.source import ROOT

GREEN = """
from gevent import monkey; monkey.patch_all()
import sys
import gevent
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from bot.store import by_driver
from bot.store.engine import open_engine
from bot.store.passing import is_passing

engine = open_engine(sys.argv[1])

def asked(words):
    with engine.connect().execution_options(only_reads=True) as db:
        return by_driver.run(db, words, None).fetchone()[0]
"""


def green(code: str, url: str) -> str:
    """What a process that waits green says of itself."""
    command = [sys.executable, "-c", GREEN + code, url]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_several_wait_for_the_server_at_once(postgres_url: str) -> None:
    said = green(
        """
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
with engine.connect() as db:
    kind = type(db.connection.dbapi_connection).__name__
    db.execute(text("SELECT pg_advisory_xact_lock(77)"))
    held_up = "SELECT {} FROM pg_advisory_lock_shared(77)"
    waiting = [gevent.spawn(asked, held_up.format(n)) for n in range(4)]
    while asked(WAITING) < 4:
        gevent.sleep(0.01)
    db.rollback()
gevent.joinall(waiting)
print([one.value for one in waiting], kind)
""",
        postgres_url,
    )

    assert said == "[0, 1, 2, 3] GreenConnection"


def test_a_server_that_ends_the_connection_is_noticed_while_it_is_waited_for(
    postgres_url: str,
) -> None:
    said = green(
        """
def cut_off():
    try:
        asked("SELECT 1 FROM pg_sleep(20)")
    except DBAPIError as err:
        return is_passing(err), err.connection_invalidated

ENDED = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
    " WHERE query LIKE '%sleep(20)%' AND pid <> pg_backend_pid() AND datname = current_database()"
)
waiting = gevent.spawn(cut_off)
while not asked(ENDED):
    gevent.sleep(0.01)
print(waiting.get(timeout=10), asked("SELECT 7"))
""",
        postgres_url,
    )

    assert said == "(True, True) 7"


def test_a_greenlet_that_is_ended_while_it_waits_leaves_no_half_used_connection(
    postgres_url: str,
) -> None:
    said = green(
        """
waiting = gevent.spawn(asked, "SELECT 1 FROM pg_sleep(20)")
gevent.sleep(0.3)
waiting.kill()
print(waiting.dead, asked("SELECT 7"), engine.pool.checkedout())
""",
        postgres_url,
    )

    assert said == "True 7 0"


def test_words_that_the_server_does_not_know_are_refused(postgres_url: str) -> None:
    said = green(
        """
try:
    asked("SELECT nothing FROM nowhere")
except DBAPIError as err:
    print(type(err).__name__, is_passing(err), asked("SELECT 7"))
""",
        postgres_url,
    )

    assert said == "ProgrammingError False 7"
