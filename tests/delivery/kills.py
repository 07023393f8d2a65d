"""Kills web and worker processes at every named point, and counts what reached whom.

    python -m tests.delivery.kills --kills 200 [--postgres] [--without key|lease]

LINE's part is played on loopback and has a bad day: answers that get lost, 429, 500, time-outs.
Half of the people are told the same, by multicasts; some write to the bot meanwhile.
"""

import argparse
import json
import multiprocessing
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.process import BaseProcess
from uuid import uuid4

from sqlalchemy import Engine, select

from bot.messages import Answer, Card, Incoming, Kind, Outcome
from bot.model.reminders import NoticeKind
from bot.settings import Settings
from bot.simulator.faults import Fault
from bot.simulator.people import Persona
from bot.simulator.platform import Platform
from bot.simulator.server import LineServer
from bot.store import outbox, schema
from bot.store.engine import open_engine
from bot.store.outbox import Notice
from bot.store.tables import OutboxRow
from tests.cluster import new_database, running_postgres
from tests.delivery import doomed
from tests.delivery.doomed import OF_WEB, OF_WORKER, READ_S, Fate

PEOPLE = 12  # of a round; the first six are told the same, the last three write
PATIENCE_S = 20.0
SIGKILLED = -9
BAD_DAYS = (
    Fault(lost=True, path="/push"),
    Fault(lost=True, path="/multicast"),
    Fault(lost=True, path="/reply"),
    Fault(status=429, path="/push"),
    Fault(status=429, path="/multicast"),
    Fault(status=500, path="/push"),
    Fault(status=500, path="/multicast"),
    Fault(status=500, path="/reply"),
    Fault(delay_s=2 * READ_S, path="/push"),
    Fault(delay_s=2 * READ_S, path="/multicast"),
)


@dataclass
class Tally:
    """How often a process was killed where, and whom how many messages reached."""

    kills: Counter[str] = field(default_factory=Counter)
    told: int = 0
    reached: Counter[int] = field(default_factory=Counter)  # times told → how many
    answers: Counter[str] = field(default_factory=Counter)  # of LINE
    states: Counter[str] = field(default_factory=Counter)  # in the outbox, at the end

    @property
    def exactly_once(self) -> bool:
        return set(self.reached) == {1}

    def __str__(self) -> str:
        lines = [f"{point:12} {self.kills[point]:5} kills" for point in (*OF_WORKER, *OF_WEB)]
        lines.append(f"{'in all':12} {self.kills.total():5} kills, {self.told} to be told")
        lines += [f"reached {n} times: {count}" for n, count in sorted(self.reached.items())]
        for name, counts in (("LINE", self.answers), ("outbox", self.states)):
            lines.append(f"{name}: " + ", ".join(f"{k} ×{v}" for k, v in sorted(counts.items())))
        return "\n".join(lines)


class Rounds:
    """Processes that die over one database and one LINE."""

    def __init__(self, url: str, workers: int, without: str = "", seed: int = 1) -> None:
        self.workers = workers
        self.without = without
        self.chance = random.Random(seed)
        self.platform = Platform()
        self.engine: Engine = open_engine(url)
        self.url = url
        self.tally = Tally()
        self._round = 0
        self._told: list[tuple[str, str]] = []  # user id, words
        # Children that start in no time, and know nothing of this process's threads.
        self._start = multiprocessing.get_context("forkserver")
        self._start.set_forkserver_preload(["tests.delivery.doomed"])

    def run(self, kills: int) -> Tally:
        """Rounds until so many were killed, then a last one in which nobody dies."""
        with closing_pool(self.engine):
            return self._run(kills)

    def _run(self, kills: int) -> Tally:
        schema.migrate(self.engine)
        with LineServer(self.platform) as line:
            settings = Settings(
                database_url=self.url,
                line_api_base=line,
                line_channel_secret=self.platform.account.secret,
                line_channel_access_token=self.platform.account.token,
            )
            while self.tally.kills.total() < kills:
                self._one(settings, kills - self.tally.kills.total())
            self.platform.faults.clear()
            patience = 4 * doomed.LEASE.total_seconds() if self.without else PATIENCE_S
            self._wait([self._worker(settings, Fate(without=self.without), patience)])
        self._count()
        return self.tally

    def _one(self, settings: Settings, left: int) -> None:
        self._round += 1
        users = self._queue()
        for fault in self.chance.sample(BAD_DAYS, 4):
            self.platform.faults.add(fault)
        came = [self._message(user) for user in users[-3:]]
        web = self._fate(OF_WEB)
        answering = self._start.Process(target=doomed.answer, args=(settings, web, came))
        answering.start()
        self._wait([answering], [web])
        fates = [self._fate(OF_WORKER) for _ in range(min(self.workers, max(left - 1, 1)))]
        patience = 3 * doomed.LEASE.total_seconds()
        self._wait([self._worker(settings, fate, patience) for fate in fates], fates)

    def _fate(self, points: tuple[str, ...]) -> Fate:
        least = min(self.tally.kills[point] for point in points)
        rarest = [point for point in points if self.tally.kills[point] == least]
        return Fate(self.chance.choice(rarest), self.chance.choice((1, 1, 2)), self.without)

    def _worker(self, settings: Settings, fate: Fate, patience_s: float) -> BaseProcess:
        child = self._start.Process(target=doomed.work, args=(settings, fate, patience_s))
        child.start()
        return child

    def _wait(self, children: list[BaseProcess], fates: list[Fate] | None = None) -> None:
        for number, child in enumerate(children):
            child.join()
            if child.exitcode == SIGKILLED and fates:
                self.tally.kills[fates[number].point] += 1
            elif child.exitcode:
                raise AssertionError(f"a process ended with {child.exitcode}")

    def _queue(self) -> list[str]:
        now, users, notices = doomed.noon(), [], []
        for number in range(PEOPLE):
            person = self.platform.chats.add(Persona(f"{self._round}-{number}", "教師"))
            person.friend = True
            user_id = person.persona.user_id
            users.append(user_id)
            fact = f"r{self._round}" if number < PEOPLE // 2 else f"r{self._round}n{number}"
            words = f"〈{fact}〉快到了"
            self._told.append((user_id, words))
            notices.append(
                Notice(
                    channel_id="default",
                    user_id=user_id,
                    key=f"{fact}:{user_id}",
                    answer=Answer((Card(title="提醒", lead=words),), outcome=Outcome.CHAT),
                    made_at=now,
                    not_before=now,
                    expires_at=now + timedelta(days=1),
                    kind=NoticeKind.DEADLINE,
                    fact=fact,
                )
            )
        with self.engine.begin() as db:
            outbox.put_many(db, notices)
        return users

    def _message(self, user_id: str) -> Incoming:
        return Incoming(
            event_id=uuid4().hex,
            kind=Kind.TEXT,
            at=doomed.noon(),
            channel_id="default",
            chat_id=user_id,
            user_id=user_id,
            text="您好",
            reply_token=self.platform.tokens.issue(user_id),
        )

    def _count(self) -> None:
        self.tally.told = len(self._told)
        for user_id, words in self._told:
            heard = [json.dumps(m["contents"], ensure_ascii=False) for m in self._inbox(user_id)]
            self.tally.reached[sum(message.count(words) for message in heard)] += 1
        for call in self.platform.calls:
            name = call.request.path.rsplit("/", 1)[1]
            lost = " lost" if call.response.lost else ""
            self.tally.answers[f"{name} {call.response.status}{lost}"] += 1
        with self.engine.connect() as db:
            self.tally.states.update(state.value for state in db.scalars(select(OutboxRow.state)))

    def _inbox(self, user_id: str) -> list[dict[str, object]]:
        return [m for m in self.platform.inbox(user_id) if "contents" in m]


@contextmanager
def closing_pool(engine: Engine) -> Iterator[None]:
    """Its connections are closed at the end, also of a run that broke."""
    try:
        yield
    finally:
        engine.dispose()


@contextmanager
def database(postgres: bool) -> Iterator[str]:
    """The address of a new database, gone at the end."""
    if not postgres:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/bot.db"
        return
    with running_postgres() as folder, new_database(folder, f"k_{uuid4().hex}") as url:
        yield url


def main() -> int:
    """Kill, count, print; 0 where everybody was told exactly once."""
    parser = argparse.ArgumentParser(prog="python -m tests.delivery.kills")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--postgres", action="store_true", help="three workers on PostgreSQL")
    parser.add_argument("--without", choices=("key", "lease"), default="", help="it must fail then")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with database(asked.postgres) as url:
        rounds = Rounds(url, 3 if asked.postgres else 2, asked.without, asked.seed)
        tally = rounds.run(asked.kills)
    end = "everybody exactly once" if tally.exactly_once else "NOT everybody exactly once"
    sys.stdout.write(f"{tally}\n{end}\n")
    return 0 if tally.exactly_once else 1


if __name__ == "__main__":
    sys.exit(main())
