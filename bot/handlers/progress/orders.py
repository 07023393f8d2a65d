"""What a button of progress brings back: which track of whose, and what is to be done on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from bot.messages import Button
from bot.model.deeds import Pick
from bot.store.deeds import Report

JOIN, DID, PICK, MISSED, UNDO, LEAVE = "join", "did", "pick", "missed", "undo", "leave"
TODAY = date.min  # in a report: the day on which the button is pressed
ANY_PLAN = "*"  # in place of an edition: ask of which
LONGEST = 300  # UTF-16 units: more LINE does not take
LONGEST_LABEL = 20


@dataclass(frozen=True, slots=True)
class Order:
    """One thing to be done on a track that is followed, or is to be."""

    edition: str  # plan/edition
    track: str  # empty: ask which of the edition
    label: str = ""
    facets: Mapping[str, str] = field(default_factory=dict)
    reports: tuple[Report, ...] = ()
    picks: tuple[Pick, ...] = ()
    is_sure: bool = False  # the person was asked and said yes

    def words(self) -> str:
        """The order as a button carries it; `read` gives it back."""
        said = [f"{self.edition}#{self.track}"]
        said += [f"l={self.label}"] if self.label else []
        said += [f"f={name}:{value}" for name, value in self.facets.items()]
        said += [f"r={_report_words(r)}" for r in self.reports]
        said += [f"p={p.requirement}/{p.part}/{p.session}" for p in self.picks]
        return "&".join([*said, *(["yes"] if self.is_sure else [])])

    def sure(self) -> "Order":
        """The same, asked about."""
        return replace(self, is_sure=True)


def read(words: str) -> Order | None:
    """The order that a button brought back; None where it is none."""
    key, *rest = words.split("&")
    edition, _, track = key.partition("#")
    if not edition or "#" not in key:
        return None
    order = Order(edition, track)
    try:
        for piece in rest:
            order = _with(order, piece)
    except (ValueError, InvalidOperation):
        return None
    return order


def label_of(said: str) -> str:
    """What somebody calls whose work it is, as it can be kept: 5年1班."""
    return "".join(c for c in said if c not in "&=#|\n").strip()[:LONGEST_LABEL]


def data_of(name: str, order: Order) -> str:
    """What a button for an order brings back."""
    return f"{name}={order.words()}"


def button(label: str, data: str) -> Button:
    """A button; where it would bring back more than LINE takes, its label is said instead."""
    if len(data.encode("utf-16-le")) // 2 > LONGEST:
        return Button(label, say=label)
    return Button(label, data=data)


def _with(order: Order, piece: str) -> Order:
    name, _, value = piece.partition("=")
    match name:
        case "yes":
            return order.sure()
        case "l":
            return replace(order, label=value)
        case "f":
            facet, _, stated = value.partition(":")
            return replace(order, facets={**order.facets, facet: stated})
        case "r":
            return replace(order, reports=(*order.reports, _report(value)))
        case "p":
            requirement, part, session = value.split("/", 2)
            pick = Pick(requirement=requirement, part=part, session=session)
            return replace(order, picks=(*order.picks, pick))
    raise ValueError(f"nothing is called {name!r}")


def _report_words(report: Report) -> str:
    said = report.requirement + (f"/{report.part}" if report.part else "")
    said += "" if report.on == TODAY else f"@{report.on:%Y%m%d}"
    said += f"*{report.count}" if report.count != 1 else ""
    said += f"~{report.term}" if report.term else ""
    return said + "".join(f"+{m}" for m in sorted(report.marks))


def _report(words: str) -> Report:
    rest, *marks = words.split("+")
    rest, _, term = rest.partition("~")
    rest, _, count = rest.partition("*")
    rest, _, day = rest.partition("@")
    requirement, _, part = rest.partition("/")
    return Report(
        requirement=requirement,
        part=part,
        on=date.fromisoformat(f"{day[:4]}-{day[4:6]}-{day[6:]}") if day else TODAY,
        count=Decimal(count or 1),
        term=term,
        marks=frozenset(marks),
    )


def dated(reports: Sequence[Report], today: date) -> tuple[Report, ...]:
    """The reports, those of the day of pressing on that day."""
    return tuple(replace(r, on=today) if r.on == TODAY else r for r in reports)
