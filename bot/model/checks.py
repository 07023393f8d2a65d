"""What an edition has checked for people: an activity plan, a budget, what an amount comes to.

A check is data: which kinds of rows a sheet has, and which rules hold for them. A rule names the
entry that states it; figures, days and clauses are that entry's and stand nowhere else. A rule is
told from the others by its first key.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.model.facet import Given


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way in which an activity is held: 專業對話, 公開授課."""

    title: str
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LecturerKind:
    """A kind of lecturer: 外聘, 內聘(校內)."""

    title: str
    says: tuple[str, ...] = ()
    is_outside: bool = field(default=False, metadata={"key": "outside"})  # not of this school
    to_note: bool = field(default=False, metadata={"key": "note"})  # the remark must name it


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeastSoMany:
    """So many activities, of one way or of any."""

    count: str  # id of the requirement
    way: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithinPeriod:
    """Every day lies within a period."""

    within: str  # id of the date


@dataclass(frozen=True, slots=True, kw_only=True)
class BothTerms:
    """Activities in both terms of the school year."""

    both_terms: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideLecturer:
    """At least so many activities with somebody from outside the school."""

    outside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LecturerNamed:
    """Who lectures is named or left open in an allowed way."""

    named: str
    never: tuple[str, ...]  # words that may not stand in place of a name
    way: str = ""  # a way that needs a lecturer


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedDay:
    """A day that a remark must hold: 觀課 and the words for it."""

    title: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysNoted:
    """The remark of an activity of this way holds certain days."""

    days_noted: str
    way: str
    days: tuple[NotedDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LecturerNoted:
    """The remark names the kind of a lecturer where that kind wants it."""

    lecturer_noted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordNoted:
    """Where an activity speaks of something, the remark says so in set words: 線上辦理."""

    word_noted: str
    if_said: tuple[str, ...]
    must: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OncePerDay:
    """Two activities on a day, of which the document says nothing."""

    once_a_day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsComplete:
    """Every activity has its day, hours, content and way."""

    complete: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Something to know: where the document disagrees with itself, or says nothing."""

    advice: str
    given: Given = field(default_factory=Given, metadata={"key": "if"})
    items: tuple[str, ...] = ()  # only where a budget uses one of these


ActivityRule = (
    AtLeastSoMany
    | WithinPeriod
    | BothTerms
    | OutsideLecturer
    | LecturerNamed
    | DaysNoted
    | LecturerNoted
    | WordNoted
    | OncePerDay
    | RowsComplete
    | Advice
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityCheck:
    """How an activity plan is checked."""

    title: str
    says: tuple[str, ...]  # what people write in the chat to have it checked
    form: str = ""  # id of the form that it is written in
    group: str = ""  # the facet that tells cases apart
    ways: Mapping[str, Way]
    lecturers: Mapping[str, LecturerKind]
    rules: tuple[ActivityRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRate:
    """The price of one unit, or the most that it may be."""

    rate: str  # id of the amount
    each: str = ""  # which of its cases
    if_said: str = ""  # where the row says this; empty: every other row


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetItem:
    """One row of a budget."""

    id: str
    title: str
    head: str  # what the sheet's column of items calls it; several rows may share one
    tells: tuple[str, ...] = ()  # words that tell it from the other rows of its head
    unit: str = ""
    hint: str = ""  # what its remark should hold
    rates: tuple[UnitRate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """The most that all items may come to."""

    cap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareLimit:
    """The share of the total that some items may take; the total may leave items out."""

    share: str
    items: tuple[str, ...]
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadLimit:
    """The most for each person and session, by the remark's 20人*3場, else by the unit price."""

    head: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TogetherLimit:
    """The most that the unit prices of some items may be together."""

    together: str
    items: tuple[str, ...]
    each: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaches:
    """Items that only an activity may have that lasts to one of the hours that the entry tells."""

    reaches: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideFee:
    """A fee for somebody from outside the school."""

    outside_fee: str
    items: tuple[str, ...]  # always of outside
    maybe: tuple[str, ...] = ()  # of outside where the remark says so
    if_said: tuple[str, ...] = ()
    unless_said: tuple[str, ...] = ()  # the remark says that it is not


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedItems:
    """The items are fixed: none is added or left out, and what is not wanted is 0."""

    fixed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeverSaid:
    """Words that may not stand in the remark of some items."""

    never_said: str
    items: tuple[str, ...]
    words: tuple[str, ...]


BudgetRule = (
    Cap
    | ShareLimit
    | HeadLimit
    | TogetherLimit
    | Reaches
    | OutsideFee
    | FixedItems
    | NeverSaid
    | Advice
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetCheck:
    """How a budget is checked."""

    title: str
    says: tuple[str, ...]
    form: str = ""
    group: str = ""
    items: tuple[BudgetItem, ...]
    rules: tuple[BudgetRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What stated amounts come to with somebody's numbers."""

    id: str
    title: str
    says: tuple[str, ...]
    amounts: tuple[str, ...]  # ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """Everything that an edition has checked."""

    activities: ActivityCheck | None = None
    budget: BudgetCheck | None = None
    estimates: tuple[Estimate, ...] = ()
