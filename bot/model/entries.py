"""The entries of a plan edition, one class a section of its file.

Every entry has an id, a title, the clauses it comes from, the words people use for it, and,
where it helps, a first sentence (`text`) and further facts (`points`) in our own words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.model.facet import Given
from bot.model.form_layout import FormLayout, Offer
from bot.model.goals import Every, Goal, Mark, Part, Subject
from bot.model.owed import Owed
from bot.model.quantity import Quantity
from bot.model.rule import Fact, Rule
from bot.model.when import When


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What all entries share."""

    id: str
    title: str
    source: tuple[str, ...]  # clauses, as people would look them up: 柒、一（三）
    says: tuple[str, ...] = ()  # other words and whole questions that people use for it
    audience: tuple[str, ...] = field(default=(), metadata={"key": "for"})
    given: Given = field(default_factory=Given, metadata={"key": "if"})
    text: str = ""  # the first sentence of the answer
    points: tuple[str, ...] = ()
    see: tuple[str, ...] = ()  # ids of entries that a reader wants next
    checked_on: date | None = None  # where it differs from the edition's
    to_confirm: bool = False  # carried over from another year, not yet held against this year's


class DateKind(StrEnum):
    """What happens on a date."""

    DEADLINE = "deadline"  # the last instant that still counts
    SESSION = "session"  # a course or workshop to attend
    MEETING = "meeting"
    WINDOW = "window"  # something may or must be done within it
    ANNOUNCEMENT = "announcement"
    MILESTONE = "milestone"  # history: something was finished or began
    PERIOD = "period"  # the plan's own term


HELD = (DateKind.SESSION, DateKind.MEETING)  # people come together for it


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCase:
    """One stated date and what it is for."""

    at: When
    given: Given = field(default_factory=Given, metadata={"key": "if"})
    title: str = ""  # where the entry's title is not enough
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """A deadline counted back from each case of another date."""

    date: str  # id of the entry counted from
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDate(Entry):
    """A session, deadline, meeting, window or announcement."""

    kind: DateKind
    when: tuple[DateCase, ...] = ()
    before: Before | None = None
    tentative: bool = False
    to: str = ""  # handed in to whom or where
    how: str = ""  # how to attend or hand in
    place: str = ""
    items: tuple[str, ...] = ()  # what is handed in or done
    missed: str = ""  # what follows if it is missed


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount(Entry):
    """A quota, cost, cap, rate or count."""

    amount: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement(Entry):
    """One thing to complete on a track."""

    amount: tuple[Quantity, ...] = ()
    options: tuple[str, ...] = ()  # what may be chosen from, or what it consists of
    evidence: str = ""
    due: tuple[str, ...] = ()  # ids of dates
    words: tuple[str, ...] = ()  # nouns by which reports name it: 校內宣講
    goals: tuple[Goal, ...] = ()  # none: a duty that nobody counts
    parts: tuple[Part, ...] = ()
    marks: tuple[Mark, ...] = ()
    sessions: str = ""  # id of the date whose cases are the sessions of its parts
    also: tuple[str, ...] = ()  # ids of items that a report of this one counts for as well
    after: tuple[str, ...] = ()  # ids of items that come first
    each_day_once: bool = False  # two of one day count as one
    hours_with: tuple[str, ...] = ()  # ids of items without which its hours are not granted
    owed: tuple[Owed, ...] = ()  # what schools hand in for it

    @property
    def is_by_term(self) -> bool:
        """Whether it matters in which school term it was done."""
        return any(goal.every is Every.TERM for goal in self.goals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Track(Entry):
    """What a teacher, school, class or community must complete, and what it earns."""

    who: str
    items: tuple[Requirement, ...]
    at_least: int | None = None  # so many of the items are enough; None: all
    earns: str = ""
    subject: Subject | None = None  # whose progress may be followed; None: nobody's is
    asks: tuple[str, ...] = ()  # facets that must be known before it can be counted: group
    waits: str = ""  # what follows once all is done: the office's part


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverable(Entry):
    """Something handed in: how many, when, to whom, in which form."""

    amount: tuple[Quantity, ...] = ()
    by: str = ""
    due: tuple[str, ...] = ()  # ids of dates
    to: str = ""
    form: str = ""  # id of a form
    items: tuple[str, ...] = ()  # what it consists of
    owed: tuple[Owed, ...] = ()  # how many of it schools hand in; none: not for us to count


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Entry):
    """An attachment to fill in."""

    number: str = ""  # 附件2
    fields: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    copies: str = ""  # 每個社群一份
    send: str = ""
    layout: FormLayout | None = None  # None: there is no paper that we could give


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Entry):
    """Whom to ask: an office, never a person's full name."""

    unit: str
    addressee: str = ""  # the form of address that letters and calls need: 張小姐
    phone: str = ""
    extension: str = ""
    email: str = ""
    line: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Entry):
    """A page and what it is for."""

    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Entry):
    """A parameter with its default and range."""

    amount: tuple[Quantity, ...] = ()
    range: str = ""
    blank: str = ""  # what leaving it empty means


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Entry):
    """Something explained."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Entry):
    """A fact that fits nowhere else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """Something that a role may do."""

    id: str
    title: str
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Somebody who may do some of the things."""

    id: str
    title: str
    says: tuple[str, ...] = ()
    may: tuple[str, ...] = ()  # ids of permissions
    notes: Mapping[str, str] = field(default_factory=dict)  # permission id → what the cell says
    text: str = ""  # what is true of the whole role


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleMatrix(Entry):
    """Who may do what."""

    permissions: tuple[Permission, ...]
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility(Entry):
    """Who may apply: facts, a rule over them, and what may be done about a no."""

    who: str  # what is asked for, as a phrase: 報名認證課程
    facts: tuple[Fact, ...]
    rule: Rule
    remedy: str = ""  # what would make the person eligible
    then: tuple[
        str, ...
    ] = ()  # ids of amounts that matter after a yes: how many may be applied for
    next: tuple[str, ...] = ()  # ids of dates that come next
    track: str = ""  # id of the track that one joins
    forms: tuple[str, ...] = ()  # ids of forms to fill in


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One of the values that a document gives for the same thing."""

    text: str
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict(Entry):
    """A place where the document disagrees with itself; `text` is what to tell people."""

    between: tuple[str, ...] = ()  # ids of the entries that disagree
    values: tuple[Stated, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaid(Entry):
    """Something that people ask and the document does not say; `source` is where one would look.

    `text` says what the document does say nearby.
    """

    ask: str = ""  # id of the contact to ask
    offer: Offer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement(Entry):
    """An answer of staff to what the plan does not say; kept in the database, in no plan file.

    `source` is what it rests on, in staff's words.
    """

    answered_on: date
    expires_on: date  # the last day on which it is said
