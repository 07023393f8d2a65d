"""One's own page in words: how far each item has come, who says so, what is next and until when."""

from collections.abc import Sequence
from decimal import Decimal

from bot.answers.date_lines import case_words
from bot.model.deeds import Deed, Vouched
from bot.model.entries import Requirement
from bot.rules.notices import Stretch
from bot.rules.progress import HOURS, ItemStanding, Reach, TrackStanding
from bot.rules.sessions import Session

VOUCHED = {
    Vouched.SELF: "自行回報",
    Vouched.CONTACT: "✓ 學校承辦人確認",
    Vouched.STAFF: "✓ 承辦單位確認",
}


def number_words(number: Decimal) -> str:
    """2, 1.5: without zeros that say nothing."""
    return f"{number.normalize():f}"


def reach_words(item: Requirement, reach: Reach) -> str:
    """What a goal asks: 106學年度下學期，教授到校：2次."""
    mark = next((m.title for m in item.marks if m.id == reach.goal.mark), "")
    label = "，".join(filter(None, (reach.term.title if reach.term else "", mark)))
    goal = f"{number_words(reach.goal.least)}{reach.goal.unit}"
    return f"{label}：{goal}" if label else f"目標{goal}"


def over_words(item: Requirement, reach: Reach) -> str:
    """What of the parts was done beyond a goal and counts for nothing; empty where none was."""
    if not item.parts or not reach.over:
        return ""
    unit = reach.goal.unit
    more = "時數" if any(q.unit == HOURS for q in item.amount) else f"{unit}數"
    least, over = number_words(reach.goal.least), number_words(reach.over)
    return f"只採計{least}{unit}，另外{over}{unit}不加{more}"


def done_words(reach: Reach) -> str:
    """How far it has come: 1／2門."""
    goal = reach.goal
    said = f"{number_words(reach.done)}／{number_words(goal.least)}{goal.unit}"
    return f"{said}（較期限晚）" if reach.is_late else said


def state_words(standing: TrackStanding, item: ItemStanding) -> str:
    """Where an item stands: 已完成, 還差1門, or what must come first."""
    if not item.is_counted:
        return "依計畫辦理，不計次"
    if item.is_complete:
        return "已完成"
    left = [r for r in item.reaches if not r.is_met]
    said = "、".join(
        f"{r.term.title}{_marked(item.item, r)}{number_words(r.left)}{r.goal.unit}"
        if r.term
        else f"{_marked(item.item, r)}{number_words(r.left)}{r.goal.unit}"
        for r in left
    )
    return f"還差{said}"


def first_words(standing: TrackStanding, item: ItemStanding) -> str:
    """What must be complete before it; empty where nothing is left of that."""
    open_ones = [
        i.item.title for i in standing.items if i.item.id in item.item.after and not i.is_complete
    ]
    return f"要先完成：{'、'.join(open_ones)}" if open_ones else ""


def confirmed_words(item: ItemStanding) -> str:
    """Who says that it was done; empty where nothing was."""
    ways = dict.fromkeys(VOUCHED[deed.vouched] for deed in item.deeds)
    return "、".join(ways)


def session_words(standing: TrackStanding, session: Session, before: Sequence[Stretch]) -> str:
    """A session, with what must be done before it: 第2梯次：111年7月8日…；報名到…."""
    said = case_words(standing.edition, session.date, session.case, session.span)
    parts = [p.title for i in standing.track.items for p in i.parts if p.id == session.part]
    if parts and parts[0] not in said:
        said = f"{parts[0]}｜{said}"
    until = "、".join(f"{s.entry.title}{s.span.words()}" for s in before)
    return f"{said}；{until}" if until else said


def deed_title(standing: TrackStanding, deed: Deed) -> str:
    """What was done: 線上同步課程－進階教室, 宣講 2場."""
    item = next((i.item for i in standing.items if i.item.id == deed.requirement), None)
    if item is None:
        return "計畫已不再列的項目"
    part = next((p.title for p in item.parts if p.id == deed.part), "")
    if part:
        return f"{item.title}－{part}"
    unit = next((g.unit for g in item.goals), "次")
    return f"{item.title} {number_words(deed.count)}{unit}"


def _marked(item: Requirement, reach: Reach) -> str:
    return next((m.title for m in item.marks if m.id == reach.goal.mark), "")
