"""How people are reminded: what a plan sets, what a person sets, and what comes of both."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum

from bot.model.facet import Given

HOUR = time(8)
LEADS = (14, 7, 3, 1, 0)  # days before a deadline; 0: on the day
MOST_DAYS = 366
QUIET = (time(21), time(7))


class NoticeKind(StrEnum):
    """What sort of message a notice is: what goes out first when not all can."""

    ANSWER = "answer"  # of staff, to a question that was passed on
    SESSION = "session"
    DEADLINE = "deadline"
    NUDGE = "nudge"  # what may be done, without a day by which it must
    BROADCAST = "broadcast"


class Digest(StrEnum):
    """How often somebody wants to be written to."""

    NONE = "none"  # as it comes
    DAILY = "daily"
    WEEKLY = "weekly"  # on Mondays


class Because(StrEnum):
    """Why somebody is reminded of a date."""

    WISH = "wish"  # they asked to be
    PICK = "pick"  # they chose this session
    TRACK = "track"  # their track waits for it
    SCHOOL = "school"  # their school, class or community has to do with it
    OWED = "owed"  # the school that they answer for still owes it
    OWN = "own"  # a day of their own school's


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnKind:
    """A day that each school sets for itself, and that its people may tell the bot."""

    id: str
    title: str
    words: tuple[str, ...] = ()  # other names under which people tell it
    setting: str  # id of the setting that says when to remind
    given: Given = field(default_factory=Given, metadata={"key": "if"})  # which value of it
    daily: bool = False  # the setting is an hour: on each day of the last week


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders:
    """How an edition wants its people to be reminded, unless they want it otherwise."""

    leads: tuple[int, ...] = ()  # days before its deadlines
    hour: int | None = None
    own: tuple[OwnKind, ...] = ()

    def __post_init__(self) -> None:
        if any(not 0 <= lead <= MOST_DAYS for lead in self.leads):
            raise ValueError(f"提前的天數（leads）要在 0 到 {MOST_DAYS} 之間")
        if self.hour is not None and not 0 <= self.hour <= 23:
            raise ValueError("提醒的時間（hour）要在 0 到 23 之間")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What one person set for themselves; None: as the plan or the house has it."""

    hour: time | None = None
    leads: tuple[int, ...] | None = None
    quiet_from: time | None = None  # both the same: no quiet hours
    quiet_to: time | None = None
    digest: Digest = Digest.NONE
    paused_until: date | None = None  # on this day it goes on
    is_stopped: bool = False

    def hour_in(self, reminders: Reminders | None) -> time:
        """The hour at which they are told about an edition that wants to remind so."""
        if self.hour is not None:
            return self.hour
        stated = reminders.hour if reminders else None
        return HOUR if stated is None else time(stated)

    def leads_in(self, reminders: Reminders | None) -> tuple[int, ...]:
        """How many days before they are told about a deadline of such an edition."""
        if self.leads is not None:
            return self.leads
        return (reminders.leads if reminders else ()) or LEADS

    @property
    def quiet(self) -> tuple[time, time]:
        """From when until when nothing is sent."""
        return (
            QUIET[0] if self.quiet_from is None else self.quiet_from,
            QUIET[1] if self.quiet_to is None else self.quiet_to,
        )

    def is_quiet(self, hour: time) -> bool:
        """Whether nothing is sent at this hour of a day; where quiet ends, it is not quiet."""
        begin, end = self.quiet
        return begin <= hour < end if begin <= end else hour >= begin or hour < end

    def resumed(self) -> "Preferences":
        """The same, neither paused nor stopped."""
        return replace(self, paused_until=None, is_stopped=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDate:
    """A day that somebody told of their own school."""

    plan: str
    edition: str
    kind: str  # id of an OwnKind
    due: date
    days: int | None = None  # before it; None: as the setting has it
    hour: int | None = None  # None: their own

    @property
    def edition_key(self) -> str:
        """Names the edition: plan/edition."""
        return f"{self.plan}/{self.edition}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What somebody wants of one date: no more of it, or once more at another time."""

    is_muted: bool = False
    later_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant at which somebody is told of a date."""

    lead: str  # how long before, as a key has it: 3d, 1h, month
    at: datetime  # aware
    until: datetime  # from then on it is of no use: the date is over, or the next one says it
