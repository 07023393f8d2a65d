"""What was done in words: one deed, what was just written down and how it counts, one goal."""

from collections.abc import Sequence
from decimal import Decimal

from bot.clock import day_words
from bot.model.deeds import Deed
from bot.model.edition import Edition
from bot.model.entries import Requirement
from bot.rules.progress import (
    HOURS,
    ItemStanding,
    Reach,
    TrackStanding,
    counts_by_term,
)


def number(value: Decimal) -> str:
    """A number without trailing zeros: 2, 2.5."""
    return f"{value.normalize():f}"


def written_lines(found: TrackStanding, new: Sequence[Deed]) -> list[str]:
    """What was just written down, each with how it counts; `found` is how it stands with it."""
    return [_written(found, deed, new) for deed in new]


def deed_words(edition: Edition, item: Requirement, deed: Deed) -> str:
    """One thing done: 校內宣講1場（111年6月8日）."""
    part = next((p.title for p in item.parts if p.id == deed.part), "")
    unit = item.goals[0].unit if item.goals else "次"
    term = next((t.title for t in edition.school_terms if t.id == deed.term), "")
    marks = "、".join(m.title for m in item.marks if m.id in deed.marks)
    what = part or f"{item_title(item)}{number(deed.count)}{unit}"
    beside = "，".join(filter(None, (_when(edition, deed, term), marks)))
    return f"{what}（{beside}）"


def _written(found: TrackStanding, deed: Deed, new: Sequence[Deed]) -> str:
    item = next((i for i in found.items if i.item.id == deed.requirement), None)
    if item is None:
        return ""
    reached = _reach_words(item, deed)
    said = f"{deed_words(found.edition, item.item, deed)}{f'：{reached}' if reached else ''}"
    if all(d.id != deed.id for d in item.deeds):
        return f"{said}。同一天只採計1{item.reaches[0].goal.unit}，這次不另計"
    beyond = [_is_beyond((item, r), deed, new) for r in item.reaches if _asks_for(r, deed)]
    if not beyond or not all(beyond):
        return said  # it still counts for something: in its term, or over all
    over = next(r for r in item.reaches if _asks_for(r, deed))
    unit = over.goal.unit
    more = "時數" if any(q.unit == HOURS for q in item.item.amount) else unit + "數"
    which = f"這{unit}" if deed.part else "超過的"
    return f"{said}。{item.item.title}只採計{number(over.goal.least)}{unit}，{which}不另加{more}"


def _is_beyond(of: tuple[ItemStanding, Reach], deed: Deed, new: Sequence[Deed]) -> bool:
    """Whether this deed goes beyond a goal; goals of a mark ask for no more than they say.

    What was there before counts first, then the new ones in the order of the sentence.
    """
    item, reach = of
    if not reach.over:
        return False
    ids = [d.id for d in new]
    before = [d for d in item.deeds if d.id not in ids]
    so_far = [*before, *new[: ids.index(deed.id) + 1]]
    mine = (d.count for d in so_far if d in item.deeds and _counts(reach, d))
    return sum(mine, Decimal(0)) > reach.goal.least


def _asks_for(reach: Reach, deed: Deed) -> bool:
    """Whether a goal counts this deed, and is no goal of a mark."""
    return not reach.goal.mark and _counts(reach, deed)


def _counts(reach: Reach, deed: Deed) -> bool:
    in_term = reach.term is None or reach.term.id == deed.term
    return in_term and (not reach.goal.mark or reach.goal.mark in deed.marks)


def _reach_words(item: ItemStanding, deed: Deed) -> str:
    """How far a part brings the one goal that it counts for; else the bars tell it."""
    if not deed.part:
        return ""
    counted = [r for r in item.reaches if _counts(r, deed)]
    return f"{goal_title(item, counted[0])} {reach_words(counted[0])}" if len(counted) == 1 else ""


def goal_title(item: ItemStanding, reach: Reach) -> str:
    """What a goal is called: its item, with the term, the date or the mark that it is of."""
    mark = next((m.title for m in item.item.marks if m.id == reach.goal.mark), "")
    term = reach.term.title if reach.term else ""
    by_then = reach.due and not term and len(item.reaches) > 1
    until = f"{reach.due.end.words(year=False)}前" if reach.due and by_then else ""
    beside = "、".join(filter(None, (term, until, mark)))
    return f"{item_title(item.item)}（{beside}）" if beside else item.item.title


def reach_words(reach: Reach) -> str:
    """How far a goal is reached: 1／2門."""
    return f"{number(reach.done)}／{number(reach.goal.least)}{reach.goal.unit}"


def item_title(item: Requirement) -> str:
    """The title where its terms are told beside it: 專家輔導（每學期） → 專家輔導."""
    return item.title.removesuffix("（每學期）") if counts_by_term(item) else item.title


def _when(edition: Edition, deed: Deed, term: str) -> str:
    """The day of what was done; only its term, where no more was said."""
    at = next((t.at for t in edition.school_terms if t.id == deed.term), None)
    if not term or at is None or at.spans[-1].end.last == deed.on:
        return term or day_words(deed.on)
    return f"{day_words(deed.on)}，{term}"
