"""Whether a process can answer (`/readyz`), and what else is wrong; each with its cure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.answers import alarm_words as words
from bot.clock import taipei_day
from bot.model.edition import Edition
from bot.store import pulses, schema
from bot.watching import facts

EMPTY = "沒有載入任何計畫：請確認 KNOWLEDGE_DIR。"
UNKNOWN = "背景程式（worker）的情形讀不到：請確認資料庫，再看一次。"


@dataclass(slots=True)
class Health:
    """One web process, looked at from outside."""

    engine: Engine
    channel_id: str
    editions: Sequence[Edition]
    _since: datetime | None = field(default=None, init=False)

    def problems(self) -> list[str]:
        """What keeps it from answering; empty: nothing."""
        empty = "" if self.editions else EMPTY
        return [problem for problem in (schema.fault(self.engine), empty) if problem]

    def warnings(self, now: datetime, today: datetime) -> list[str]:
        """What is wrong beside: it answers all the same."""
        self._since = self._since or now  # a worker that never was may just be starting
        try:
            with self.engine.connect().execution_options(only_reads=True) as db:
                vitals = pulses.vitals(db, self.channel_id, today)
        except SQLAlchemyError:
            return [UNKNOWN]
        found = []
        if facts.is_stopped(vitals, now, vitals.ticked_at or self._since):
            found.append(words.clock_stopped(vitals.ticked_at))
        found += [alarm.words for alarm in facts.of_sending(vitals, now, today)]
        day = taipei_day(today)
        return found + [alarm.words for alarm in facts.of_knowledge(self.editions, day)]
