"""Who an announcement is for, as a value: kept with it, shown in words, decided by rules.

A condition about a school holds of one tie between a person and a school: somebody who is the
contact of a junior school in one city and teaches in another is no contact in the second.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any

MOST_SCHOOLS = 5_000


class Position(StrEnum):
    """What somebody is, as far as announcements are addressed to it."""

    TEACHER = "teacher"
    CONTACT = "contact"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Everybody:
    """Everybody who may be written to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Follows:
    """Who follows a plan, an edition of it, a track of that; empty: any."""

    plan: str
    edition: str = ""
    track: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """Who follows a track and has not reached one of its requirements.

    Args of the number: how much is still to be done; `most` None: however much.
    """

    plan: str
    edition: str = ""
    track: str = ""
    requirement: str
    part: str = ""  # this part of it is not done; empty: its goal is not reached
    least: Decimal = Decimal(1)
    most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Being:
    """Who is this to us."""

    position: Position


@dataclass(frozen=True, slots=True)
class Within:
    """Whose school lies in one of these cities or counties."""

    cities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """Whose school lies in one of these districts."""

    districts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AtLevel:
    """Whose school is of one of these levels, by their words: elementary, junior, …"""

    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AtSchools:
    """Whose school is one of these, by code."""

    codes: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.codes) > MOST_SCHOOLS:
            raise ValueError(f"一次最多{MOST_SCHOOLS:,}所學校")


@dataclass(frozen=True, slots=True, kw_only=True)
class TakesPart:
    """Whose school takes part in a plan, in an edition of it; empty: any."""

    plan: str
    edition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owing:
    """Whose school has something of a deliverable in one of these standings."""

    plan: str
    edition: str = ""
    deliverable: str  # id of the entry, or of one thing that is owed below it
    standings: tuple[str, ...]  # words of a slot's standing: due, overdue, …


@dataclass(frozen=True, slots=True)
class AllOf:
    """Whom all of these hold of."""

    parts: tuple["Audience", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Whom one of these holds of."""

    parts: tuple["Audience", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Whom this holds of in no way: not by any of their schools."""

    part: "Audience"


Audience = (
    Everybody | Follows | Short | Being | Within | Around | AtLevel | AtSchools
    | TakesPart | Owing | AllOf | AnyOf | Not
)  # fmt: skip
_KINDS: Mapping[str, type[Any]] = {
    "everybody": Everybody,
    "follows": Follows,
    "short": Short,
    "being": Being,
    "within": Within,
    "around": Around,
    "level": AtLevel,
    "schools": AtSchools,
    "takes_part": TakesPart,
    "owing": Owing,
    "all": AllOf,
    "any": AnyOf,
    "not": Not,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_READERS: Mapping[str, Callable[[Any], Any]] = {
    "parts": lambda plain: tuple(map(from_plain, plain)),
    "part": lambda plain: from_plain(plain) if isinstance(plain, Mapping) else str(plain),
    "position": Position,
    "least": Decimal,
    "most": lambda plain: None if plain is None else Decimal(plain),
}


def to_plain(audience: Audience) -> dict[str, Any]:
    """The audience as JSON-ready values; `from_plain` reads it back."""
    values = {field.name: getattr(audience, field.name) for field in fields(audience)}
    return {"is": _NAMES[type(audience)], **{k: _plain(v) for k, v in values.items()}}


def from_plain(plain: Mapping[str, Any]) -> Audience:
    """The audience that `to_plain` wrote."""
    values = {
        name: _READERS[name](value) if name in _READERS else _plain_value(value)
        for name, value in plain.items()
        if name != "is"
    }
    made: Audience = _KINDS[plain["is"]](**values)
    return made


def parts_within(audience: Audience) -> tuple[Audience, ...]:
    """The audience and all that it consists of."""
    match audience:
        case AllOf(parts) | AnyOf(parts):
            return (audience, *(inner for part in parts for inner in parts_within(part)))
        case Not(part):
            return (audience, *parts_within(part))
    return (audience,)


def _plain_value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _plain(value: Any) -> Any:
    if type(value) in _NAMES:
        return to_plain(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, Decimal) else value
