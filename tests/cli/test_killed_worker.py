"""A worker that is killed while it pushes: nothing is lost and nothing sent twice."""

import threading
from datetime import timedelta

from sqlalchemy import Engine, select, update

from bot import clock
from bot.messages import Answer, Text
from bot.simulator.platform import Platform
from bot.simulator.server import LineServer
from bot.simulator.wire import Request, Response
from bot.store import outbox
from bot.store.batches import LEASE
from bot.store.outbox import Notice
from bot.store.sending_tables import BatchRow
from bot.store.tables import OutboxRow, OutboxState
from tests.cli.process import started
from tests.personas import TEACHER

PATIENCE_S = 60


class Slow(Platform):
    """A LINE that takes a push and lets its sender wait to hear of it."""

    def __init__(self) -> None:
        super().__init__(people=[TEACHER])
        self.chats.people[TEACHER.user_id].friend = True
        self.arrived = threading.Semaphore(0)
        self.let_go = threading.Event()

    def answer(self, request: Request) -> Response:
        response = super().answer(request)
        if not request.path.endswith("/push"):
            return response
        self.arrived.release()
        assert self.let_go.wait(PATIENCE_S)
        return response


def put(engine: Engine) -> None:
    now = clock.now()
    with engine.begin() as db:
        outbox.put(
            db,
            Notice(
                channel_id="default",
                user_id=TEACHER.user_id,
                key="fact",
                answer=Answer((Text("承辦人員答覆了"),)),
                made_at=now,
                not_before=now,
                expires_at=now + timedelta(days=1),
            ),
        )


def test_a_killed_workers_message_goes_out_once(engine: Engine, database_url: str) -> None:
    put(engine)
    line = Slow()
    with LineServer(line) as url:
        channel = {
            "database_url": database_url,
            "line_api_base": url,
            "line_channel_secret": line.account.secret,
            "line_channel_access_token": line.account.token,
        }
        with started("worker", **channel) as first:
            assert line.arrived.acquire(timeout=PATIENCE_S)
            first.kill()
            first.wait(PATIENCE_S)
        with engine.begin() as db:
            left = db.scalar(select(OutboxRow.state))
            # As if the lease had ended: no test waits for it.
            db.execute(update(BatchRow).values(claimed_at=clock.now() - 2 * LEASE))
        line.let_go.set()
        with started("worker", **channel) as second:
            assert line.arrived.acquire(timeout=PATIENCE_S)
            second.terminate()
            code = second.wait(PATIENCE_S)

    with engine.connect() as db:
        row = db.execute(select(BatchRow.state, BatchRow.retry_key, BatchRow.tries)).one()
    pushes = [call for call in line.calls if call.request.path.endswith("/push")]
    keys = [call.request.headers["x-line-retry-key"] for call in pushes]
    assert left is OutboxState.SENDING
    assert [call.response.status for call in pushes] == [200, 409]
    assert keys == [row.retry_key, row.retry_key]
    assert [message["text"] for message in line.inbox(TEACHER.user_id)] == ["承辦人員答覆了"]
    assert (row.state, row.tries, code) == (OutboxState.SENT, 2, 0)
