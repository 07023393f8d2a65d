"""What of an edition matters to somebody who follows a track, and what of it has changed since.

What somebody was told is kept as words by key, so that it can be held against the edition of a
later day without the earlier files.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.model.edition import Edition
from bot.model.entries import PlanDate, Track
from bot.model.goals import Every, Goal
from bot.rules.dates import cases_of

_BETWEEN = "："
_DATE = "date"


@dataclass(frozen=True, slots=True)
class Alteration:
    """One thing that is not any more as it was told; a side is empty where it was or is not."""

    what: str
    before: str
    after: str
    key: str = ""  # of what it is about, as the snapshot has it


def snapshot(edition: Edition, track: Track) -> dict[str, str]:
    """What somebody who follows the track knows of the edition: key → name：value."""
    return {key: f"{name}{_BETWEEN}{value}" for key, name, value in _facts(edition, track)}


def changes(seen: Mapping[str, str], now: Mapping[str, str]) -> list[Alteration]:
    """What differs, in the order of the edition as it is now; what is gone comes last."""
    keys = [*now, *(k for k in seen if k not in now)]
    return [
        _alteration(k, seen.get(k, ""), now.get(k, "")) for k in keys if seen.get(k) != now.get(k)
    ]


def date_of(alteration: Alteration) -> tuple[str, str] | None:
    """The id of the date that it is about, and the key of its case; None where it is about none."""
    sort, *rest = alteration.key.split("/", 3)
    return (rest[0], rest[1]) if sort == _DATE else None


def _alteration(key: str, before: str, after: str) -> Alteration:
    name, _, new = after.partition(_BETWEEN)
    was, _, old = before.partition(_BETWEEN)
    return Alteration(name or was, old, new, key)


def _facts(edition: Edition, track: Track) -> Iterator[tuple[str, str, str]]:
    yield "earns", f"{track.title}可以得到", track.earns
    yield "enough", f"{track.title}要完成的項數", str(track.at_least or "全部")
    for item in track.items:
        if not item.goals:
            continue
        yield f"item/{item.id}", item.title, "要完成"
        for goal in item.goals:
            key = f"goal/{item.id}/{goal.unit}/{goal.every}/{goal.mark}/{goal.given.key}"
            yield key, f"{item.title}的數量", _goal_words(goal)
        for part in item.parts:
            yield f"part/{item.id}/{part.id}", f"{item.title}的內容", part.title
    for date in _dates_of(edition, track):
        for case in cases_of(date, edition):
            name = case.title or _labels(edition, case.given.needs)
            title = f"{date.title}（{name}）" if name else date.title
            yield f"{_DATE}/{date.id}/{case.given.key}/{case.title}", title, case.at.words()


def _dates_of(edition: Edition, track: Track) -> list[PlanDate]:
    """The dates that its requirements name, and those counted back from their sessions."""
    ids = {i for item in track.items if item.goals for i in (item.sessions, *item.due)}
    ids |= {goal.by for item in track.items for goal in item.goals}
    return [d for d in edition.dates if d.id in ids or (d.before and d.before.date in ids)]


def _goal_words(goal: Goal) -> str:
    each = "每學期" if goal.every is Every.TERM else ""
    return f"{each}{goal.least.normalize():f}{goal.unit}"


def _labels(edition: Edition, needs: Mapping[str, tuple[str, ...]]) -> str:
    """What the facets of a case are called: 線上教室、第1梯次."""
    found = []
    for name, values in needs.items():
        titles = edition.facets[name].values
        found += [titles[v].title if v in titles else v for v in values]
    return "、".join(found)
