"""What a calendar says now, to whoever knows what it said before: moved, changed, cancelled.

Phones keep what they fetched. An event whose time moves gets a higher number than it had; one that
is no more is said to be cancelled for a month, and then no longer mentioned.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.model.calendar import CalendarEvent, SaidEvent

CANCELLED_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SaidAnew:
    """All that is said now; of it, what was not said like this before; and what is forgotten."""

    said: tuple[SaidEvent, ...]
    changed: tuple[SaidEvent, ...]
    forgotten: tuple[str, ...]  # by uid

    @property
    def is_news(self) -> bool:
        """Whether anything has to be kept."""
        return bool(self.changed or self.forgotten)


def say_anew(
    before: Mapping[str, SaidEvent], events: Iterable[CalendarEvent], now: datetime
) -> SaidAnew:
    """What is said of these events, where `before` was said; each uid once."""
    at = now.astimezone(UTC).replace(microsecond=0)
    current = {event.uid: event for event in events}
    said = [_said(before.get(uid), event, at) for uid, event in current.items()]
    gone = [one for uid, one in before.items() if uid not in current]
    said += [_cancelled(one, at) for one in gone if not _is_forgotten(one, at)]
    return SaidAnew(
        said=tuple(said),
        changed=tuple(one for one in said if before.get(one.event.uid) != one),
        forgotten=tuple(one.event.uid for one in gone if _is_forgotten(one, at)),
    )


def _said(before: SaidEvent | None, event: CalendarEvent, at: datetime) -> SaidEvent:
    if before is None:
        return SaidEvent(event=event, sequence=0, changed_at=at)
    if before.event == event and not before.is_cancelled:
        return before
    moved = before.is_cancelled or not event.is_at_the_time_of(before.event)
    # Two fetches may overtake each other: the last change is never said to be an earlier one.
    return SaidEvent(
        event=event, sequence=before.sequence + moved, changed_at=max(at, before.changed_at)
    )


def _cancelled(before: SaidEvent, at: datetime) -> SaidEvent:
    if before.is_cancelled:
        return before
    return replace(
        before,
        sequence=before.sequence + 1,
        changed_at=max(at, before.changed_at),
        is_cancelled=True,
    )


def _is_forgotten(one: SaidEvent, at: datetime) -> bool:
    return one.is_cancelled and one.changed_at + CANCELLED_FOR <= at
