"""A broadcast in numbers: what it will cost, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Whom it reaches, and how the month's quota stands before and after."""

    people: int
    blocked: int  # of the audience: they are left out
    most: int | None  # messages a month; None: without limit, or not known
    used: int
    waiting: int  # messages that are to be sent until the month's end in any case

    @property
    def messages(self) -> int:
        """How many messages LINE counts: one a person, whatever it consists of."""
        return self.people

    @property
    def left(self) -> int | None:
        """How many messages the month still has."""
        return None if self.most is None else max(0, self.most - self.used)

    @property
    def left_after(self) -> int | None:
        """How many it has when this one and all that waits is sent; below nothing: so many lack."""
        return None if self.left is None else self.left - self.waiting - self.messages

    @property
    def is_short(self) -> bool:
        """Whether some of it will have to wait for the next month or a larger quota."""
        return self.left_after is not None and self.left_after < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastReport:
    """The recipients of a broadcast, each in exactly one of these counts."""

    recipients: int
    sent: int
    mailed: int  # to those who want mail in place of pushes
    failed: Mapping[str, int]  # reason → people
    uncertain: int
    blocked: int  # after they had been chosen
    held: int  # the quota has no room
    waiting: int  # also: not queued yet, on its way
    void: Mapping[str, int]  # reason → people: cancelled, too late
    erased: int  # asked for their data to be erased since
    skipped: int  # beside the recipients: had blocked before
    replied: int  # wrote within 24 hours of getting it
    taps: Mapping[int, int]  # number of the button → people

    @property
    def counted(self) -> int:
        """The sum of all counts: as many as there are recipients."""
        ends = self.sent + self.mailed + self.uncertain + self.blocked + self.erased
        reasons = sum(self.failed.values()) + sum(self.void.values())
        return ends + reasons + self.held + self.waiting
