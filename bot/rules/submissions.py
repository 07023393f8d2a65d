"""Where the pieces of a slot stand on a day, and what a deed does to them. All of it is pure.

Sent, returned, received and excused pieces are kept. What is left of the expected number stands by
the date that holds, which is the plan's unless the school was given a later one:

- 未到期: it is not asked for yet. A window has not begun; a deadline is more than the longest lead
  of reminders (14 days) away.
- 待繳: it is asked for and may still be handed in, the last instant included. What has no date is
  待繳 from the beginning.
- 逾期: the date that holds has passed.

A piece is late by the date that held when it was first sent. To send it once more after it was
returned, or a later date given afterwards, changes nothing about that.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.errors import Refused
from bot.model.submission import KEPT, Deed, Piece, Standing, Tally
from bot.rules.owed import Slot

__all__ = [
    "Change",
    "Counts",
    "Standing",
    "capped",
    "counts",
    "decide",
    "holding",
    "rest",
    "spread",
    "tally",
]

Counts = Mapping[Standing, int]
NEVER = datetime.max.replace(tzinfo=UTC)
# Which pieces a deed takes, the first kind first; None: a new one of what is left.
TAKES: Mapping[Deed, tuple[Standing | None, ...]] = {
    Deed.REPORT: (Standing.RETURNED, None),
    Deed.TAKE_BACK: (Standing.SENT,),
    Deed.CONFIRM: (Standing.SENT,),
    Deed.SEND_BACK: (Standing.SENT, Standing.RECEIVED),
    Deed.EXCUSE: (None, Standing.RETURNED),
    Deed.OWE_AGAIN: (Standing.EXCUSED,),
}
BECOMES: Mapping[Deed, Standing | None] = {
    Deed.REPORT: Standing.SENT,
    Deed.TAKE_BACK: None,
    Deed.CONFIRM: Standing.RECEIVED,
    Deed.SEND_BACK: Standing.RETURNED,
    Deed.EXCUSE: Standing.EXCUSED,
    Deed.OWE_AGAIN: None,
}
_LAST_FIRST = (Deed.TAKE_BACK, Deed.OWE_AGAIN)  # they undo what was done last
_LACKS: Mapping[Deed, str] = {
    Deed.REPORT: "「{title}」應繳{expected}{unit}，還可以回報{most}{unit}，"
    "沒有記下這次的{count}{unit}。請確認數量；先前報錯的可以收回再報。",
    Deed.TAKE_BACK: "「{title}」可以收回的只有{most}{unit}，沒有更動。已收件的要請承辦人員退回。",
    Deed.CONFIRM: "「{title}」已送出、還沒收件的只有{most}{unit}，沒有更動。請重新整理後再確認。",
    Deed.SEND_BACK: "「{title}」可以退回的只有{most}{unit}，沒有更動。請重新整理後再試。",
    Deed.EXCUSE: "「{title}」還沒交的只有{most}{unit}，沒有更動。已送出的請先退回，再設為免繳。",
    Deed.OWE_AGAIN: "「{title}」設為免繳的只有{most}{unit}，沒有更動。請重新整理後再試。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a deed does: these pieces change, and so many come into being."""

    pieces: tuple[Piece, ...]
    new: int
    to: Standing | None  # None: they are kept no longer


def decide(deed: Deed, slot: Slot, pieces: Sequence[Piece], count: int) -> Change:
    """What the deed does to `count` pieces of the slot.

    Args:
        pieces: all that are kept of the slot, in the order of sending.

    Raises:
        Refused: there are not so many that it could be done to.
    """
    if count <= 0:
        raise Refused("數量要是1以上的整數，沒有更動。請重新輸入數量。")
    room = max(0, slot.expected - len(pieces))
    in_order = pieces[::-1] if deed in _LAST_FIRST else pieces
    taken: list[Piece] = []
    new = 0
    for kind in TAKES[deed]:
        wanted = count - len(taken) - new
        if kind is None:
            new = min(wanted, room)
        else:
            taken += [p for p in in_order if p.state is kind][:wanted]
    if len(taken) + new < count:
        raise Refused(_LACKS[deed].format(**_numbers(deed, slot, pieces, count)))
    return Change(pieces=tuple(taken), new=new, to=BECOMES[deed])


def _numbers(deed: Deed, slot: Slot, pieces: Sequence[Piece], count: int) -> dict[str, object]:
    kinds = TAKES[deed]
    most = sum(p.state in kinds for p in pieces)
    most += max(0, slot.expected - len(pieces)) if None in kinds else 0
    title = f"{slot.unit_label}{slot.title}" if slot.unit_label else slot.title
    return {
        "title": title,
        "expected": slot.expected,
        "unit": slot.owed.unit,
        "most": most,
        "count": count,
    }


def tally(pieces: Iterable[Piece]) -> Tally:
    """How many of the pieces are kept in each state."""
    kept = list(pieces)
    states = [piece.state for piece in kept]
    numbers = [states.count(state) for state in KEPT]
    return Tally._make([*numbers, sum(piece.is_late for piece in kept)])


def counts(slot: Slot, kept: Tally, until: datetime | None, now: datetime) -> dict[Standing, int]:
    """How many pieces stand where; all kinds are there, and they sum to the expected number.

    Where more is kept than is owed any more (a class was given up), what has come furthest counts.

    Args:
        until: the date that the school was given instead; None: the plan's own.
    """
    found = dict.fromkeys(Standing, 0)
    *numbers, left = capped(slot.expected, kept)
    found |= zip(KEPT, numbers, strict=True)
    found[rest(slot, until, now)] += left
    return found


def capped(expected: int, kept: Tally) -> tuple[int, int, int, int, int]:
    """How many of so many count as received, sent, returned, excused; and how many are left."""
    received = min(expected, kept.received)
    sent = min(expected - received, kept.sent)
    returned = min(expected - received - sent, kept.returned)
    excused = min(expected - received - sent - returned, kept.excused)
    return received, sent, returned, excused, expected - received - sent - returned - excused


def rest(slot: Slot, until: datetime | None, now: datetime) -> Standing:
    """Where the pieces stand that are neither handed in nor excused."""
    closes = holding(slot, until)
    if closes is not None and now > closes:
        return Standing.OVERDUE
    if slot.opens is not None and now < slot.opens:
        return Standing.NOT_YET
    return Standing.DUE


def holding(slot: Slot, until: datetime | None) -> datetime | None:
    """The instant that holds: the one that the school was given, else the plan's."""
    return until or slot.closes


def spread(room: Iterable[tuple[Slot, int]], count: int) -> list[tuple[Slot, int]]:
    """`count` pieces laid into slots that have room, the earliest date first, then in their order.

    What has room nowhere is laid into the last slot, so that a deed on it is refused in words;
    empty where there is no slot.
    """
    ordered = sorted(room, key=lambda one: one[0].closes or NEVER)
    laid: list[tuple[Slot, int]] = []
    left = count
    for slot, free in ordered:
        part = min(left, free)
        if part > 0:
            laid.append((slot, part))
            left -= part
    if left and ordered:
        last, had = laid.pop() if laid else (ordered[-1][0], 0)
        laid.append((last, had + left))
    return laid
