"""What tells the cases of one fact apart: group, round, level, number of classes.

A facet is either a choice of named values (A組／B組) or a number with a unit (30班). `Given` is a
condition on facets: which cases a stated value is for.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_RANGE = re.compile(r"(\d*)\.\.(\d*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """One named value of a facet."""

    title: str
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One way in which the cases of a plan differ."""

    title: str
    ask: str = ""  # the question that asks for it
    unit: str = ""  # a number facet: 班
    says: tuple[str, ...] = ()  # a number facet: other units that people use
    values: Mapping[str, FacetValue] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if bool(self.unit) == bool(self.values):
            raise ValueError("facet 要有 unit（數字）或 values（選項），且只能一種")


@dataclass(frozen=True, slots=True)
class Given:
    """A condition: every facet named must have one of the values named."""

    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.needs)

    def __iter__(self) -> Iterator[str]:
        return iter(self.needs)

    @property
    def key(self) -> str:
        """Names the condition among those of one date: course=ono;round=1; empty for none."""
        return ";".join(f"{f}={'|'.join(v)}" for f, v in sorted(self.needs.items()))

    def fits(self, known: Mapping[str, str]) -> bool:
        """Whether nothing known speaks against it; what is not known speaks neither way."""
        return all(f not in known or _fits(known[f], wanted) for f, wanted in self.needs.items())

    def holds(self, known: Mapping[str, str]) -> bool:
        """Whether everything that it needs is known and fits."""
        return all(f in known and _fits(known[f], wanted) for f, wanted in self.needs.items())

    def apart(self, other: "Given") -> bool:
        """Whether no case has both: some facet has values in one that the other does not."""
        return any(
            not set(self.needs[facet]) & set(other.needs[facet])
            for facet in set(self.needs) & set(other.needs)
        )

    def is_within(self, wider: "Given") -> bool:
        """Whether it needs all that `wider` needs, and allows nothing that `wider` does not."""
        return all(f in self.needs and set(self.needs[f]) <= set(v) for f, v in wider.needs.items())


def _fits(value: str, wanted: tuple[str, ...]) -> bool:
    return any(value == w or _within(value, w) for w in wanted)


def _within(value: str, wanted: str) -> bool:
    found = _RANGE.fullmatch(wanted)
    if not found or not re.fullmatch(r"\d+(\.\d+)?", value):
        return False
    low, high = found.groups()
    return (not low or float(value) >= int(low)) and (not high or float(value) <= int(high))
