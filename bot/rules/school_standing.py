"""How one school stands in an edition: every slot, what is left of it, what comes next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model.edition import Edition
from bot.model.participation import Participation
from bot.model.submission import Record, Standing, Tally
from bot.rules.owed import Slot, slots
from bot.rules.submissions import NEVER, Counts, counts, holding

LEFT = (Standing.NOT_YET, Standing.DUE, Standing.OVERDUE, Standing.RETURNED)


@dataclass(frozen=True, slots=True)
class SlotStanding:
    """One slot on a day."""

    slot: Slot
    counts: Counts
    until: datetime | None  # the date that holds; None: the document states none
    is_extended: bool  # it is not the plan's own

    @property
    def left(self) -> int:
        """How many pieces may still be reported: never sent, or returned."""
        return sum(self.counts[standing] for standing in LEFT)


def stand(
    edition: Edition, taking: Participation, record: Record, now: datetime
) -> tuple[SlotStanding, ...]:
    """Every slot of the school, in the order of the plan's file."""
    found = []
    for slot in slots(edition, taking):
        later = record.extended.get(slot.key)
        stands = counts(slot, record.tallies.get(slot.key, Tally()), later, now)
        found.append(SlotStanding(slot, stands, holding(slot, later), later is not None))
    return tuple(found)


def missing(standings: Iterable[SlotStanding], of: Sequence[Standing] = LEFT) -> list[SlotStanding]:
    """The slots with pieces in these states, what is due first in front; undated ones last."""
    wanted = [one for one in standings if any(one.counts[standing] for standing in of)]
    return sorted(wanted, key=lambda one: one.until or NEVER)


def next_due(standings: Iterable[SlotStanding], now: datetime) -> SlotStanding | None:
    """The slot with something left whose date comes next; None where no date lies ahead."""
    ahead = (one for one in missing(standings) if one.until and one.until >= now)
    return next(ahead, None)
