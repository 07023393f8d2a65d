"""What Prometheus is told of the database and the plans, read when it asks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import Connection, Engine

from bot.clock import TAIPEI
from bot.counting.gauges import Gauge
from bot.model.edition import Edition
from bot.store import pulses, quotas, waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Plans:
    """The plans that this process answers from."""

    version: str
    editions: Sequence[Edition]
    read_at: datetime


@dataclass(frozen=True, slots=True)
class Readings:
    """Reads all of it."""

    engine: Engine
    channel_id: str
    plans: Plans

    def all(self, now: datetime, today: datetime) -> list[Gauge]:
        """Every number, as it is now."""
        with self.engine.connect().execution_options(only_reads=True) as db:
            return [*of_plans(self.plans), *of_channel(db, self.channel_id, now, today)]


def of_plans(plans: Plans) -> Iterator[Gauge]:
    """Which plans are loaded, since when, and when each was last checked."""
    yield Gauge(
        name="shizhong_knowledge",
        what="The plans that are loaded, by version: how many.",
        value=len(plans.editions),
        labels={"version": plans.version},
    )
    yield Gauge(
        name="shizhong_knowledge_read_timestamp_seconds",
        what="When the plans were read.",
        value=plans.read_at.timestamp(),
    )
    for edition in plans.editions:
        yield Gauge(
            name="shizhong_knowledge_checked_timestamp_seconds",
            what="When each edition was last compared with its document.",
            value=datetime.combine(edition.checked_on, time(), TAIPEI).timestamp(),
            labels={"edition": edition.key},
        )


def of_channel(db: Connection, channel_id: str, now: datetime, today: datetime) -> Iterator[Gauge]:
    """What waits and for how long, how the quota stands, when a worker came round."""
    for state, count in waiting.counts(db, channel_id).items():
        yield Gauge(
            name="shizhong_outbox_messages",
            what="Messages of the outbox, by state.",
            value=count,
            labels={"state": state.value},
        )
    for state, since in waiting.oldest(db, channel_id, today).items():
        yield Gauge(
            name="shizhong_outbox_oldest_seconds",
            what="How long the oldest message is due that did not go out, by state.",
            value=(today - since).total_seconds() if since else 0,
            labels={"state": state.value},
        )
    quota = quotas.stand(db, channel_id, today)
    if quota.most is not None:
        what = "Messages that LINE lets us push this month."
        yield Gauge(name="shizhong_quota_allowed", what=what, value=quota.most)
    what = "Messages that were pushed this month."
    yield Gauge(name="shizhong_quota_used", what=what, value=quota.used)
    vitals = pulses.vitals(db, channel_id, today)
    if vitals.ticked_at is not None:
        what = "Since a worker last came to the end of its round."
        age = (now - vitals.ticked_at).total_seconds()
        yield Gauge(name="shizhong_worker_round_age_seconds", what=what, value=age)
    what = "1 while LINE refuses us."
    yield Gauge(name="shizhong_refused", what=what, value=int(vitals.refused_at is not None))
