"""A web process waits for many at once, with one thread; told to stop, it waits for nobody idle."""

import signal
import socket
from contextlib import ExitStack

import psutil

from bot.simulator.server import LineServer
from bot.web.server import KEEP_ALIVE_S
from tests.cli.process import free_port, started, wait_for
from tests.machines.stage import QUESTION, ids, line_of, wait_until

PEOPLE = ids(24)  # few enough to have asked before the first one is no longer waited for
OF_ITS_OWN = 11  # one moves SQLite's log, and gevent keeps up to ten to look addresses up


def test_while_line_keeps_two_dozen_replies_waiting_others_are_served_by_the_same_thread(
    sqlite_url: str,
) -> None:
    line, port = line_of(*PEOPLE, slow=True), free_port()
    here = f"http://127.0.0.1:{port}"
    with (
        LineServer(line) as line_url,
        started("web", **line.settings(line_url, sqlite_url, port=port)) as web,
    ):
        wait_for(f"{here}/readyz")
        asked = [line.ask(here, f"E{user}", user, QUESTION) for user in PEOPLE]
        line.wait_for(len(PEOPLE))  # none of them is answered yet
        alive = wait_for(f"{here}/healthz").status
        threads = [p.num_threads() for p in psutil.Process(web.pid).children()]
        line.let_go.set()
        wait_until(lambda: all(line.inbox(user) for user in PEOPLE))

    assert set(asked) == {200}
    assert alive == 200
    assert len(threads) == 2
    assert max(threads) <= 1 + OF_ITS_OWN
    assert [len(line.inbox(user)) for user in PEOPLE] == [1] * len(PEOPLE)


def test_connections_that_only_stand_open_do_not_hold_a_process_that_is_to_stop(
    sqlite_url: str,
) -> None:
    line, port = line_of(), free_port()
    with (
        LineServer(line) as line_url,
        started("web", **line.settings(line_url, sqlite_url, port=port)) as web,
        ExitStack() as open_ones,
    ):
        wait_for(f"http://127.0.0.1:{port}/readyz")
        for _ in range(6):  # both processes take some
            one = open_ones.enter_context(socket.create_connection(("127.0.0.1", port)))
            one.sendall(b"GET /healthz HTTP/1.1\r\nHost: bot\r\n\r\n")
            assert one.recv(4096).startswith(b"HTTP/1.1 200")
        web.send_signal(signal.SIGTERM)
        code = web.wait(KEEP_ALIVE_S - 3)

    assert code == 0
