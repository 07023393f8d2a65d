"""Calls the whole bot with bodies, rightly signed, and counts what came of them."""

import json
import logging
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from bot import clock, wiring
from bot.line.replies import Replies, Result
from bot.line.signature import sign
from bot.replied import settle_replies
from bot.settings import Settings
from bot.simulator.strict import body_problems
from bot.store import schema
from bot.store.events import Settled
from bot.store.every_table import EVERY
from bot.understand.reader import Reader

SECRET, KEY = "secret of the fuzzer", "key of the fuzzer's own"
REPLY = "/v2/bot/message/reply"
SLOWEST = 5  # bodies that are remembered


class Judge:
    """Stands where LINE takes replies: notes what LINE would refuse of them."""

    def __init__(self) -> None:
        self.problems: Counter[str] = Counter()

    def reply(self, reply_token: str, drawn: bytes) -> None:
        """Look at one reply."""
        body = {"replyToken": reply_token, "messages": json.loads(drawn)}
        for problem in body_problems("POST", REPLY, body):
            self.problems[f"{problem.property}: {problem.message}"] += 1


class Faults(logging.Handler):
    """Keeps what is logged as an error, by its first line and what was raised."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        """Count one."""
        said = record.getMessage()
        raised = record.exc_info[1] if record.exc_info else None
        self.found[f"{_without_id(said)} {raised!r}"[:1500]] += 1


def _without_id(said: str) -> str:
    words = said.split(" ")
    return " ".join(["event …", *words[2:]]) if words[0] == "event" else said


@dataclass
class Came:
    """What came of all bodies so far."""

    statuses: Counter[int] = field(default_factory=Counter)
    raised: Counter[str] = field(default_factory=Counter)
    slowest: list[tuple[float, int, bytes]] = field(default_factory=list)

    def note(self, status: int, seconds: float, body: bytes) -> None:
        """One call, the time that it took, and its beginning."""
        self.statuses[status] += 1
        number = self.statuses.total()
        self.slowest = sorted([*self.slowest, (seconds, number, body[:200])])[-SLOWEST:]


@dataclass(frozen=True, kw_only=True)
class Bot:
    """A whole bot behind its web app, in this process."""

    client: FlaskClient
    engine: Engine
    judge: Judge
    faults: Faults
    came: Came = field(default_factory=Came)

    def call(self, body: bytes) -> int:
        """LINE's call with this body; gives the status."""
        begin = time.perf_counter()
        try:
            status = self._post(body)
        except Exception as err:  # noqa: BLE001  the very thing that is looked for
            status = 0
            self.came.raised[repr(err)[:300]] += 1
        self.came.note(status, time.perf_counter() - begin, body)
        return status

    def _post(self, body: bytes) -> int:
        headers = {"x-line-signature": sign(body, SECRET)}
        with self.client.post("/callback", data=body, headers=headers) as response:
            return response.status_code

    def rows(self) -> dict[str, int]:
        """How many rows each table has that has any."""
        with self.engine.connect() as db:
            counted = {
                name: db.scalar(select(func.count()).select_from(table)) or 0
                for name, table in EVERY.tables.items()
            }
        return {name: count for name, count in sorted(counted.items()) if count}


@contextmanager
def running(database_url: str, reader: Reader) -> Iterator[Bot]:
    """The bot over this database, brought up to date; its replies go to a judge."""
    settings = Settings(
        line_channel_secret=SECRET,
        line_channel_access_token="token",
        secret_key=KEY,
        base_url="https://bell.example.tw",
        database_url=database_url,
    )
    house, judge, faults = wiring.open_house(settings), Judge(), Faults()
    schema.migrate(house.engine)
    house.replies.close()

    def settle(results: Sequence[Result]) -> None:
        ended = [
            Settled(
                channel_id=one.channel_id,
                event_id=one.event_id,
                state=wiring.STATE_OF_END[one.end],
                error=one.error,
            )
            for one in results
        ]
        settle_replies(house.engine, ended, clock.now())

    house = replace(house, replies=Replies(lambda _channel: judge, settle))
    app = wiring.build_app(settings, house, reader)
    logging.getLogger().addHandler(faults)
    try:
        yield Bot(client=app.test_client(), engine=house.engine, judge=judge, faults=faults)
    finally:
        house.close()
        logging.getLogger().removeHandler(faults)
