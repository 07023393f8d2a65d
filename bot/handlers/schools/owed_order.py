"""A report of something handed in, as a button brings it back: settled or still to be."""

from dataclasses import dataclass, replace

from bot.understand.school_reports import ANY, MOST_COUNT

OWED, UNOWE, OF_SCHOOL, NUDGE = "owed", "unowe", "ofschool", "nudge"  # names of buttons
BETWEEN = "^"  # of several units
_PARTS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedOrder:
    """So many of one thing, of a unit and a term where they are settled."""

    school: str
    edition: str
    owed: str  # id; several that it may be, with commas
    unit: str = ANY  # key; several that it may be, with ^
    term: str = ANY
    count: int = 0  # 0: it said no number
    is_another: bool = False  # although the same was reported just before
    number: str = ""

    @property
    def may_be(self) -> list[str]:
        """Ids of the things that it may be."""
        return self.owed.split(",")

    def is_of(self, unit: str, term: str) -> bool:
        """Whether a slot of this unit and term may be meant; a slot without a term always."""
        return (self.unit == ANY or unit in self.unit.split(BETWEEN)) and (
            self.term == ANY or not term or term == self.term
        )

    @property
    def data(self) -> str:
        """As a button brings it back."""
        flags = "1" if self.is_another else "0"
        parts = [self.school, self.edition, self.owed, self.unit, self.term, str(self.count)]
        return f"{OWED}=" + "|".join([*parts, flags, self.number])

    def but(self, **changes: object) -> "OwedOrder":
        """The same with something settled."""
        return replace(self, **changes)  # type: ignore[arg-type]


def read_order(value: str) -> OwedOrder | None:
    """What a button brought back; None where it is broken."""
    parts = value.split("|")
    if len(parts) != _PARTS:
        return None
    school, edition, owed, unit, term, count, flags, number = parts
    if not (count.isascii() and count.isdigit() and int(count) <= MOST_COUNT):
        return None
    return OwedOrder(
        school=school,
        edition=edition,
        owed=owed,
        unit=unit,
        term=term,
        count=int(count),
        is_another=flags == "1",
        number=number[:40],
    )
