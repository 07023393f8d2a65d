"""A web process waits for many at once, with one thread."""

import psutil

from bot.simulator.server import LineServer
from tests.cli.process import free_port, started, wait_for
from tests.machines.stage import QUESTION, ids, line_of, wait_until

PEOPLE = ids(60)
OF_ITS_OWN = 2  # gevent keeps one or two to look addresses up


def test_while_line_keeps_sixty_replies_waiting_others_are_served_by_the_same_thread(
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
