"""What became of every webhook, by what LINE accepted and what the database says."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Engine, select

from benchmarks.load.platform import event_id_of
from benchmarks.soak.line import Heard
from benchmarks.soak.sender import Told
from bot.store.tables import Event, EventState


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How many webhooks came to what.

    Args:
        taken: answered with 200, at once or when they came again.
        refused: never answered with 200: LINE knows of them.
        once: taken, and LINE accepted exactly one reply.
        explained: taken, no reply accepted, and the event says why.
        apologies: of those answered once, with 抱歉.
        wrong: event → what is wrong: lost, said twice, or kept otherwise than it went.
    """

    taken: int
    refused: int
    once: int
    explained: Mapping[str, int]
    apologies: int
    wrong: Mapping[int, str]


def judge(engine: Engine, told: Told, heard: Heard) -> Verdict:
    """Hold what was sent, what LINE accepted and what was kept against one another."""
    with engine.connect() as db:
        kept = {
            row.webhook_event_id: (EventState(row.state), row.error or "")
            for row in db.execute(select(Event.webhook_event_id, Event.state, Event.error))
        }
    explained: Counter[str] = Counter()
    wrong: dict[int, str] = {}
    once = apologies = 0
    for number in told.due:
        state, error = kept.get(event_id_of(number), (None, ""))
        accepted = heard.times[number]
        if accepted > 1:
            wrong[number] = f"said {accepted} times"
        elif accepted == 1:
            once += 1
            apologies += state is EventState.FAILED
        elif state is EventState.LOST:
            explained[error] += 1
        elif number in told.taken:
            wrong[number] = f"taken, not said, {state}: {error}"
    return Verdict(
        taken=len(told.taken),
        refused=len(told.due) - len(told.taken),
        once=once,
        explained=explained,
        apologies=apologies,
        wrong=wrong,
    )
