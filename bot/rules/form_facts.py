"""What is known for a form of somebody: what they finished, chose, and told of themselves.

By the names of FILLINGS. Only what was reported as done is taken for done; what is not known is
left out, and nothing of it names a person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from bot.model.edition import Edition
from bot.model.form_layout import FILLINGS, FormLayout, Origin
from bot.model.goals import Part, Subject
from bot.rules.progress import ItemStanding, TrackStanding
from bot.rules.residue import Value, conditions, is_met
from bot.rules.sessions import Session, sessions_of

Told = Mapping[str, Mapping[str, str]]  # id of an eligibility → fact → true, false, 3, ?
LABELS = {Subject.COMMUNITY: "community", Subject.SCHOOL: "school"}
_BOOLS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What is known for a form, and which chosen sessions are not in it yet."""

    known: Mapping[str, str | tuple[str, ...]]
    communities: tuple[Mapping[str, str], ...] = ()  # for a form that lists them all
    unreported: tuple[str, ...] = ()  # titles of parts: chosen, but not reported as done


def form_facts(
    edition: Edition, layout: FormLayout, standings: Sequence[TrackStanding], told: Told
) -> FormFacts:
    """What is known for a form.

    Args:
        standings: of this person on tracks of the edition; what the first knows goes before.
        told: what they told about the edition's eligibilities.
    """
    known: dict[str, str | tuple[str, ...]] = {}
    unreported: dict[str, None] = {}
    for name, origin in layout.origins.items():
        if origin.eligibility:
            known[name] = _told(edition, origin, told)
        for item, standing in _items(origin, standings)[:1]:
            known[name] = _done(standing, item, origin)
            unreported.update(dict.fromkeys(_only_chosen(standing, item)))
    for standing in standings:
        for name, value in _of_enrolment(standing).items():
            known.setdefault(name, value)
    wanted = {name: value for name, value in known.items() if value and name in layout.fillings}
    listed = _communities(standings) if "communities" in layout.fillings else ()
    return FormFacts(wanted, listed, tuple(unreported))


def _communities(standings: Sequence[TrackStanding]) -> tuple[Mapping[str, str], ...]:
    """Each with both, so that what is not known of one is not taken from another."""
    return tuple(
        {"community": "", "group": "", **_of_enrolment(s)}
        for s in standings
        if s.track.subject is Subject.COMMUNITY
    )


def _items(
    origin: Origin, standings: Sequence[TrackStanding]
) -> list[tuple[ItemStanding, TrackStanding]]:
    return [(i, s) for s in standings for i in s.items if i.item.id == origin.requirement]


def _done(standing: TrackStanding, item: ItemStanding, origin: Origin) -> tuple[str, ...]:
    """Titles of the finished parts, the first finished first; or a facet's value in each place."""
    if not origin.facet:
        titles = {part.id: part.title for part in item.item.parts}
        done = sorted((d for d in item.deeds if d.part in titles), key=lambda d: d.on)
        return tuple(titles[d.part] for d in done)
    values = [_value(_session(standing, item, p), origin.facet) for p in item.item.parts]
    while values and not values[-1]:
        values.pop()
    return tuple(values)


def _session(standing: TrackStanding, item: ItemStanding, part: Part) -> Session | None:
    """The session at which a part was finished: that of its day, else the one that was chosen."""
    deed = next((d for d in item.deeds if d.part == part.id), None)
    if deed is None:
        return None
    sessions = sessions_of(standing.edition, item.item, part)
    chosen = {
        p.session
        for p in standing.account.picks
        if (p.requirement, p.part) == (item.item.id, part.id) and not p.missed
    }
    of_day = [s for s in sessions if s.span.covers(deed.on, deed.on)]
    return next(iter(of_day or [s for s in sessions if s.key in chosen]), None)


def _value(session: Session | None, facet: str) -> str:
    values = session.case.given.needs.get(facet, ()) if session else ()
    return values[0] if len(values) == 1 else ""


def _only_chosen(standing: TrackStanding, item: ItemStanding) -> list[str]:
    chosen = {
        p.part
        for p in standing.account.picks
        if p.requirement == item.item.id and not p.missed and p.part not in item.done_parts
    }
    return [part.title for part in item.item.parts if part.id in chosen]


def _told(edition: Edition, origin: Origin, told: Told) -> tuple[str, ...]:
    """The facts whose conditions were told to hold."""
    entry = next((e for e in edition.eligibility if e.id == origin.eligibility), None)
    said = told.get(origin.eligibility, {})
    if entry is None:
        return ()
    held = [
        c.fact
        for c in conditions(entry.rule)
        if (value := _read(said.get(c.fact, ""))) is not None and is_met(c, value)
    ]
    return tuple(dict.fromkeys(held))


def _read(said: str) -> Value | None:
    if said in _BOOLS:
        return _BOOLS[said]
    try:
        return Decimal(said)
    except InvalidOperation:
        return None


def _of_enrolment(standing: TrackStanding) -> dict[str, str]:
    """Its case by the facets that forms ask for, and whose it is."""
    enrolment = standing.account.enrolment
    found = {name: value for name, value in enrolment.facets.items() if name in FILLINGS}
    label = LABELS.get(standing.track.subject) if standing.track.subject else None
    if label and enrolment.label:
        found[label] = enrolment.label
    return found
