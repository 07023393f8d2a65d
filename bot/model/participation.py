"""A school that takes part in an edition, with the parameters that decide what it owes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.model.goals import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A class, community or nominated teacher of a school."""

    kind: Subject
    label: str  # as people see it: 第1班, 閱讀共備社群
    facets: Mapping[str, str] = field(default_factory=dict)
    id: str = ""  # names it among its kind whatever it is called; empty: its label does

    @property
    def key(self) -> str:
        """Names it among the units of its kind."""
        return self.id or self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Names a participation: which school, in which edition."""

    school_code: str
    plan: str
    edition: str

    @property
    def edition_key(self) -> str:
        """Names the edition among all editions: plan/edition."""
        return f"{self.plan}/{self.edition}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """What a school takes part in, and with which parameters."""

    school_code: str
    plan: str
    edition: str
    facets: Mapping[str, str] = field(default_factory=dict)
    units: tuple[Unit, ...] = ()
    since: datetime | None = None

    @property
    def whose(self) -> Whose:
        """Its name among all participations."""
        return Whose(school_code=self.school_code, plan=self.plan, edition=self.edition)

    def units_of(self, kind: Subject) -> Iterator[Unit]:
        """The units of one kind, in their order."""
        return (unit for unit in self.units if unit.kind is kind)
