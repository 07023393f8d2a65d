"""A plan's edition: one year's rules, and the words that all plans share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cached_property

from bot.clock import TAIPEI
from bot.model.checks import Checks
from bot.model.entries import (
    Amount,
    Conflict,
    Contact,
    Deliverable,
    Eligibility,
    Entry,
    Form,
    Link,
    Note,
    PlanDate,
    RoleMatrix,
    Setting,
    Term,
    Track,
    Unsaid,
)
from bot.model.facet import Facet
from bot.model.goals import SchoolTerm
from bot.model.owed import Duties
from bot.model.reminders import Reminders

ROC = 1911  # the year before the Republic's first


OF_NO_YEAR = "不分年度"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the edition is: its names, issuer and area."""

    title: str  # the document's full title
    short: str  # what buttons and cards call it; at most 20 characters
    names: tuple[str, ...]  # names and short forms that people use, the year left out
    issuer: str
    area: str  # 臺北市, 高雄市 or 全國
    year: int  # ROC year
    year_kind: str  # 年度 or 學年度; 不分年度 where the document is for no one year
    number: str = ""  # document number
    ask: str = ""  # id of the contact to name where the plan does not say


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One thing said, and what the answer must and must not contain."""

    say: str
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A conversation that the edition must get right; `bot knowledge check` holds it."""

    at: datetime
    turns: tuple[Turn, ...]


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One year's rules of a plan."""

    plan: str  # the folder's name
    edition: str  # the file's name
    checked_on: date
    about: About
    facets: Mapping[str, Facet] = field(default_factory=dict)
    school_terms: tuple[SchoolTerm, ...] = ()
    contacts: tuple[Contact, ...] = ()
    links: tuple[Link, ...] = ()
    dates: tuple[PlanDate, ...] = ()
    eligibility: tuple[Eligibility, ...] = ()
    tracks: tuple[Track, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    amounts: tuple[Amount, ...] = ()
    roles: tuple[RoleMatrix, ...] = ()
    settings: tuple[Setting, ...] = ()
    forms: tuple[Form, ...] = ()
    terms: tuple[Term, ...] = ()
    notes: tuple[Note, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    unsaid: tuple[Unsaid, ...] = ()
    checks: Checks | None = None
    duties: Duties | None = None
    reminders: Reminders | None = None
    examples: tuple[Example, ...] = ()

    @cached_property
    def key(self) -> str:
        """Names the edition among all editions: plan/edition."""
        return f"{self.plan}/{self.edition}"

    @cached_property
    def closes(self) -> datetime | None:
        """When the last of its dates is over; None where it has none."""
        whens = [case.at.closes for entry in self.dates for case in entry.when]
        return max(whens, default=None)

    @cached_property
    def begins(self) -> datetime:
        """The first day of its own year: of a school year in August."""
        month = 8 if self._is_of_school_year else 1
        return datetime(self.about.year + ROC, month, 1, tzinfo=TAIPEI)

    @cached_property
    def asked_from(self) -> datetime:
        """When questions about it begin to be asked: June or August of the year before."""
        month = 6 if self._is_of_school_year else 8
        return datetime(self.about.year + ROC - 1, month, 1, tzinfo=TAIPEI)

    @property
    def is_for_one_year(self) -> bool:
        """Whether it ends at all: of a system that stands, past dates are its history."""
        return self.about.year_kind != OF_NO_YEAR

    @property
    def _is_of_school_year(self) -> bool:
        return self.about.year_kind == "學年度"

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        """Every entry by its id, which no other of the edition has."""
        return {entry.id: entry for entry in self.entries()}

    def entries(self) -> Iterator[Entry]:
        """Every entry in the order of the file, the items of tracks after their track."""
        for name in _SECTIONS_OF_ENTRIES:
            for entry in getattr(self, name):
                yield entry
                if name == "tracks":
                    yield from entry.items


_NO_ENTRIES = ("school_terms", "examples")
# Found once: entries are gone through for every card.
_SECTIONS_OF_ENTRIES = tuple(
    section.name
    for section in fields(Edition)
    if section.default == () and section.name not in _NO_ENTRIES
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The words that people use, whatever the plan."""

    same: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # word → said also so
    asks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # what is wanted → how asked
    fillers: tuple[str, ...] = ()  # carry nothing: 請問, 不好意思
    audiences: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    places: tuple[str, ...] = ()  # counties and cities
    greetings: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    thanks: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()  # patterns of clauses that ask nothing: 期待您的回覆
    curses: tuple[str, ...] = ()  # patterns of clauses that only vent
    intros: tuple[str, ...] = ()  # patterns of who somebody is, before what they ask
    common: tuple[str, ...] = ()  # everyday words of questions, mended where misspelt
    people: tuple[str, ...] = ()  # ask for a person instead of the bot: 找真人


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Everything that was loaded: the editions of all plans, and the lexicon."""

    editions: tuple[Edition, ...]
    lexicon: Lexicon
    version: str = ""  # changes whenever a file changes
