"""What was kept long enough goes by itself, also where nobody opens the console."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Engine

from bot.model.retention import Retention
from bot.store import import_runs, retention, solo
from bot.store.retention import Find
from bot.store.solo import Solo

EVERY = timedelta(hours=1)
# What goes, by the word for it, in this order: a batch goes after the messages that it carried.
KINDS: Mapping[str, Find] = {
    "問題": retention.questions,
    "轉交承辦的問題": retention.referrals,
    "事件": retention.events,
    "對話": retention.talks,
    "訊息": retention.messages,
    "傳送批次": retention.batches,
    "電子郵件": retention.mails,
}
OF_QUESTIONS, OF_EVENTS = ("問題", "轉交承辦的問題"), ("事件", "對話")


@dataclass(slots=True)
class Tidier:
    """Lets go what is old: some rows of each kind a run, and where some were left the next one.

    Once an hour it begins anew, and forgets the rows of lists that were sent in a day ago.
    """

    engine: Engine
    channel_id: str
    keeps: Retention = field(default_factory=Retention)
    _next: datetime | None = field(default=None, init=False)
    _left: set[str] = field(default_factory=set, init=False)  # kinds of which more may be old
    _since: dict[str, datetime] = field(default_factory=dict, init=False)

    def run(self, now: datetime, today: datetime) -> Counter[str]:
        """Tidy where it is time; gives how many rows of which kind went.

        Args:
            now: of the real clock.
            today: of the clock that stamps events; what is old is old by both.
        """
        if self._next is None or now >= self._next:
            with self.engine.begin() as db:
                if solo.take(db, Solo.TIDYING, self.channel_id):
                    import_runs.tidy(db, self.channel_id, now)
            self._keep_numbers(min(now, today))
            self._next, self._left = now + EVERY, set(KINDS)
        gone: Counter[str] = Counter()
        for kind in [kind for kind in KINDS if kind in self._left]:
            gone[kind] += self._let_go(kind, min(now, today))
        return +gone

    def run_to_the_end(self, now: datetime, today: datetime) -> Counter[str]:
        """Tidy until nothing old is left."""
        gone = self.run(now, today)
        while self._left:
            gone += self.run(now, today)
        return gone

    def _keep_numbers(self, now: datetime) -> None:
        before = (now - self.keeps.of_events, now - self.keeps.of_messages)
        with self.engine.begin() as db:
            retention.keep_numbers(db, self.channel_id, *before)

    def _let_go(self, kind: str, now: datetime) -> int:
        before = now - self._life(kind)
        with self.engine.connect().execution_options(only_reads=True) as db:
            old = KINDS[kind](db, self.channel_id, before, self._since.get(kind))
        if len(old.keys) < retention.AT_A_TIME:
            self._left.discard(kind)
        if old.last is None:
            self._since[kind] = before
            return 0
        with self.engine.begin() as db:
            gone = old.delete(db)
        self._since[kind] = old.last
        return gone

    def _life(self, kind: str) -> timedelta:
        if kind in OF_QUESTIONS:
            return self.keeps.of_questions
        return self.keeps.of_events if kind in OF_EVENTS else self.keeps.of_messages
