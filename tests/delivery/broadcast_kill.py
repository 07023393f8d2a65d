"""A broadcast to many people, its worker killed again and again: everybody exactly once?

    python -m tests.delivery.broadcast_kill --people 50000 --kills 30 [--postgres]

LINE's part is played on loopback, and some of its answers get lost.
"""

import argparse
import multiprocessing
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import Engine, insert

from bot import broadcast_work
from bot.broadcast_work import Shift
from bot.broadcasts.recipients import Sources
from bot.model.broadcasts import Clerk, Draft, TextPiece
from bot.settings import Settings
from bot.simulator.faults import Fault
from bot.simulator.people import Persona
from bot.simulator.platform import Platform
from bot.simulator.server import LineServer
from bot.store import broadcast_report, broadcasts, schema
from bot.store.broadcast_report import BroadcastReport
from bot.store.engine import open_engine
from bot.store.tables import Person
from bot.store.upsert import parts_of
from tests.delivery import doomed, doomed_broadcast
from tests.delivery.doomed import Fate
from tests.delivery.doomed_broadcast import POINTS
from tests.delivery.kills import SIGKILLED, closing_pool, database
from tests.handlers_of_tests import EMPTY

SAID = "〈停電公告〉6月20日系統停機一天。"
EVERY_BLOCKED = 50  # one in so many has blocked the account
FAULTS = (Fault(lost=True, path="/multicast"), Fault(status=500, path="/multicast"))


@dataclass
class Outcome:
    """How often a worker was killed where, and whom the broadcast reached how often."""

    people: int
    kills: Counter[str] = field(default_factory=Counter)
    reached: Counter[int] = field(default_factory=Counter)  # times → people who may be reached
    to_blocked: int = 0
    report: BroadcastReport | None = None
    took_s: float = 0.0

    @property
    def exactly_once(self) -> bool:
        return set(self.reached) == {1} and not self.to_blocked

    def __str__(self) -> str:
        lines = [f"{point:12} {self.kills[point]:5} kills" for point in POINTS]
        lines += [f"reached {n} times: {people}" for n, people in sorted(self.reached.items())]
        lines += [f"to those who blocked: {self.to_blocked}", f"{self.report}"]
        return "\n".join([*lines, f"{self.took_s:.1f} s"])


class Run:
    """One broadcast over one database and one LINE."""

    def __init__(self, url: str, people: int, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        self.platform = Platform()
        self.engine: Engine = open_engine(url)
        self.url = url
        self.outcome = Outcome(people)
        self.part = max(20, min(500, people // 40))
        self._start = multiprocessing.get_context("forkserver")
        self._start.set_forkserver_preload(["tests.delivery.doomed_broadcast"])

    def run(self, kills: int, patience_s: float) -> Outcome:
        """Kill so many workers, one after another, then let one finish."""
        with closing_pool(self.engine):
            return self._run(kills, patience_s)

    def _run(self, kills: int, patience_s: float) -> Outcome:
        schema.migrate(self.engine)
        self._settle_people()
        broadcast_id = self._hand_in()
        began = time.monotonic()
        with LineServer(self.platform) as line:
            settings = Settings(
                database_url=self.url,
                line_api_base=line,
                line_channel_secret=self.platform.account.secret,
                line_channel_access_token=self.platform.account.token,
            )
            while self.outcome.kills.total() < kills and not self._is_over():
                self.platform.faults.add(self.chance.choice(FAULTS))
                self._work(settings, self._fate(), patience_s)
            self._work(settings, Fate(), patience_s)
        self.outcome.took_s = time.monotonic() - began
        self._count(broadcast_id)
        return self.outcome

    def _fate(self) -> Fate:
        """First where recipients are fixed, which happens once; then where it happened least."""
        kills = self.outcome.kills
        if not kills["fixed"]:
            return Fate("fixed")
        later = [point for point in POINTS if point != "fixed"]
        least = min(kills[point] for point in later)
        rarest = [point for point in later if kills[point] == least]
        return Fate(self.chance.choice(rarest), self.chance.choice((1, 1, 2)))

    def _work(self, settings: Settings, fate: Fate, patience_s: float) -> None:
        child = self._start.Process(
            target=doomed_broadcast.work, args=(settings, fate, self.part, patience_s)
        )
        child.start()
        child.join()
        if child.exitcode == SIGKILLED:
            self.outcome.kills[fate.point] += 1
        elif child.exitcode:
            raise AssertionError(f"a process ended with {child.exitcode}")

    def _is_over(self) -> bool:
        return doomed_broadcast.is_over(self.engine)

    def _settle_people(self) -> None:
        now, rows = doomed.noon(), []
        for number in range(self.outcome.people):
            person = self.platform.chats.add(Persona(f"{number}", "教師"))
            person.friend = True
            rows.append(
                {
                    "channel_id": "default",
                    "user_id": person.persona.user_id,
                    "first_seen_at": now,
                    "last_seen_at": now,
                    "blocked_at": now if number % EVERY_BLOCKED == 0 else None,
                }
            )
        with self.engine.begin() as db:
            for some in parts_of(rows, 5_000):
                db.execute(insert(Person), some)

    def _hand_in(self) -> str:
        """By one member of staff, approved by another."""
        with self.engine.begin() as db:
            author, other = (Clerk(channel_id="default", id=name) for name in ("A", "B"))
            draft = Draft(pieces=(TextPiece(SAID),))
            broadcast = broadcast_work.compose(_desk(db, author), draft)
            handed_in = broadcast_work.hand_in(_desk(db, author), broadcast.id, 1)
            broadcast_work.approve(_desk(db, other), handed_in.id, 1)
        return broadcast.id

    def _count(self, broadcast_id: str) -> None:
        with self.engine.connect() as db:
            broadcast = broadcasts.find(db, "default", broadcast_id)
            assert broadcast
            self.outcome.report = broadcast_report.report(db, broadcast)
        for number, user_id in enumerate(self.platform.chats.people):
            times = len(self.platform.inbox(user_id))
            if number % EVERY_BLOCKED == 0:
                self.outcome.to_blocked += times
            else:
                self.outcome.reached[times] += 1


def _desk(db: object, clerk: Clerk) -> Shift:
    return Shift(
        db=db,
        clerk=clerk,
        now=doomed.noon(),
        reader=EMPTY,
        sources=Sources(lambda key: None),
        note=lambda *_: None,
    )


def main() -> int:
    """Kill, count, print; 0 where everybody was told exactly once."""
    parser = argparse.ArgumentParser(prog="python -m tests.delivery.broadcast_kill")
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with database(asked.postgres) as url:
        outcome = Run(url, asked.people, asked.seed).run(asked.kills, patience_s=600)
    end = "everybody exactly once" if outcome.exactly_once else "NOT everybody exactly once"
    sys.stdout.write(f"{outcome}\n{end}\n")
    return 0 if outcome.exactly_once else 1


if __name__ == "__main__":
    sys.exit(main())
