"""Progress in words: a track's card with its bars, what was written down, what is left and next."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.answers.deed_lines import deed_words, goal_title, item_title, number, reach_words
from bot.answers.standing import is_past, standing
from bot.messages import Bar, Card, Tone
from bot.model.deeds import Deed, Vouched
from bot.model.entries import DateKind, Requirement
from bot.model.when import Span
from bot.rules.next_steps import Offer, Step, StepKind, next_steps
from bot.rules.progress import (
    HOURS,
    ItemStanding,
    Reach,
    TrackStanding,
    hours_granted,
)

MOST_CELLS = 10
MOST_STEPS = 4
MOST_BARS = 12
MOST_LEFT = 6  # goals that are named one by one; of more than these only the items are named
CONFIRMED, OWN = "✓承辦確認", "自行回報"
OVER = "這份計畫列出的日期都已過"
BY = {Vouched.CONTACT: "✓學校承辦確認", Vouched.STAFF: CONFIRMED, Vouched.SELF: OWN}


def name_of(found: TrackStanding) -> str:
    """What somebody calls what they follow: 菜園師認證, 班級應交資料（5年1班）."""
    label = found.account.enrolment.label
    return f"{found.track.title}（{label}）" if label else found.track.title


def progress_card(found: TrackStanding, now: datetime, office: str = "") -> Card:
    """How far a track has come, what is left and until when, what is next, what it earns.

    Args:
        office: whom to ask where no session is left.
    """
    steps = next_steps(found, now)
    shown = _shown(found, steps)
    over = is_past(found.edition, now)
    facts = [
        *(f"已完成：{line}" for line in _done_lines(found)),
        *left_lines(found),
        *([] if over else [f"下一步：{step_words(s, now, office)}" for s in steps[:MOST_STEPS]]),
        *_hours_lines(found),
        *_late_lines(found),
    ]
    if found.track.earns and not found.is_complete:
        facts.append(f"全部完成可以得到：{found.track.earns}")
    if found.is_complete and found.track.waits:
        facts.append(f"接下來：{found.track.waits}")
    return Card(
        title=f"{found.edition.about.short}｜我的進度",
        lead=_lead(found),
        state=OVER if over else _state(found, steps, now),
        bars=bars(replace(found, items=shown)),
        facts=tuple(dict.fromkeys(facts)),
        sources=found.track.source,
        document=found.edition.about.title,
        tone=Tone.PAST if over else Tone.ANSWER,
    )


def bars(found: TrackStanding) -> tuple[Bar, ...]:
    """One bar for each goal that counts; duties that nobody counts have none."""
    return tuple(_bar(item, reach) for item in found.counted for reach in item.reaches)


def _shown(found: TrackStanding, steps: Sequence[Step]) -> tuple[ItemStanding, ...]:
    """The items that have bars: all, or of many those that were begun or are next."""
    if len(bars(found)) <= MOST_BARS:
        return found.items
    ahead = {s.item.item.id for s in steps[:MOST_STEPS]}
    return tuple(i for i in found.items if i.deeds or i.item.id in ahead)


def left_lines(found: TrackStanding, of: Collection[str] = ()) -> list[str]:
    """What is still to be done, item by item; empty once the track is complete.

    Where that is much the items are only named; those of `of`, if any are given, in full.
    """
    if found.is_complete:
        return []
    left = [i for i in found.counted if not i.is_complete]
    choice = f"（完成{found.needed}項就可以）" if found.needed < len(found.counted) else ""
    if sum(not r.is_met for i in left for r in i.reaches) <= MOST_LEFT:
        return [f"還差{choice}：{'；'.join(_left_of(i) for i in left)}"]
    near = [_left_of(i) for i in left if i.item.id in of]
    if of:
        whole = f"整份還有{len(left)}項沒完成{choice}"
        return [*([f"這項還差：{'；'.join(near)}"] if near else []), whole]
    titles = [item_title(i.item) for i in left]
    return [f"還有{len(left)}項沒完成{choice}：{'、'.join(titles)}"]


def step_words(step: Step, now: datetime, office: str = "") -> str:
    """One next step in a sentence."""
    title = step.part.title if step.part else step.item.item.title
    due = f"（期限{_until(step.due, now)}）" if step.due else ""
    match step.kind:
        case StepKind.CHOOSE:
            return f"選{title}的場次：{'；'.join(offer_words(o, now) for o in step.offers)}"
        case StepKind.ATTEND if step.session:
            span = step.session.span
            chosen = f"{title}：已選{span.words()}，{standing(span, step.session.date.kind, now)}"
            ends = [o.sign_up for o in step.offers if o.sign_up and o.sign_up.closes >= now]
            return "；".join((chosen, *(f"報名到{_until(e, now)}" for e in ends)))
        case StepKind.TELL if step.session:
            return (
                f"{title}（{step.session.span.words()}）那場已結束，上完了嗎？請按下面的按鈕告訴我"
            )
        case StepKind.NONE_LEFT:
            return (
                f"{title}沒有還能報名的場次了，{f'請洽{office}' if office else '請洽計畫承辦單位'}"
            )
    return f"{title}{due}{_choices(step.item)}"


def offer_words(offer: Offer, now: datetime) -> str:
    """A session that is still to come, with the last day to sign up for it."""
    said = offer.session.span.words()
    if offer.sign_up is None:
        return f"{said}（{standing(offer.session.span, offer.session.date.kind, now)}）"
    state = standing(offer.sign_up, DateKind.DEADLINE, now)
    return f"{said}（{offer.sign_up.end.words(year=False)}前報名，{state}）"


def _lead(found: TrackStanding) -> str:
    name = name_of(found)
    if found.is_complete:
        return f"{name}：{found.complete}項都完成了！"
    choice = f"（{len(found.counted)}項中任選）" if found.needed < len(found.counted) else ""
    return f"{name}：已完成{found.complete}／{found.needed}項{choice}"


def _state(found: TrackStanding, steps: Sequence[Step], now: datetime) -> str:
    """The next date that matters; the sign-up for a session goes before a deadline after it."""
    dated: list[tuple[datetime, str]] = []
    for step in steps:
        for offer in step.offers[:1]:
            span = offer.sign_up or offer.session.span
            kind = DateKind.DEADLINE if offer.sign_up else offer.session.date.kind
            what = f"{step.part.title if step.part else ''}{'報名' if offer.sign_up else ''}"
            dated.append((span.closes, f"{what}：{span.end.words()}，{standing(span, kind, now)}"))
        if step.kind is StepKind.ATTEND and step.session:
            span = step.session.span
            said = standing(span, step.session.date.kind, now)
            dated.append((span.closes, f"{step.part.title if step.part else ''}：{said}"))
        if step.due:
            said = standing(step.due, DateKind.DEADLINE, now)
            dated.append(
                (step.due.closes, f"{_due_title(found, step)}：{step.due.end.words()}，{said}")
            )
    ahead = sorted(d for d in dated if d[0] >= now)
    return ahead[0][1] if ahead else (min(dated)[1] if dated else "")


def _due_title(found: TrackStanding, step: Step) -> str:
    ids = {r.goal.by for r in step.item.reaches if not r.is_met} | set(step.item.item.due)
    return next((d.title for d in found.edition.dates if d.id in ids), step.item.item.title)


def _bar(item: ItemStanding, reach: Reach) -> Bar:
    least = reach.goal.least
    cells = min(int(least), MOST_CELLS) or 1
    filled = int(reach.done * cells / least)
    done = "　✓完成" if reach.is_met else ""
    return Bar(
        title=goal_title(item, reach), words=reach_words(reach) + done, filled=filled, cells=cells
    )


def _left_of(item: ItemStanding) -> str:
    open_ones = [r for r in item.reaches if not r.is_met]
    said = "、".join(
        f"{r.term.title if r.term else ''}{_mark(item, r)}{number(r.left)}{r.goal.unit}"
        for r in open_ones
    )
    return f"{item_title(item.item)}{said}"


def _mark(item: ItemStanding, reach: Reach) -> str:
    return next((f"{m.title}" for m in item.item.marks if m.id == reach.goal.mark), "")


def _choices(item: ItemStanding) -> str:
    left = [p.title for p in item.item.parts if p.id not in item.done_parts]
    return f"：可選{'、'.join(left)}" if left else ""


def _done_lines(found: TrackStanding) -> Iterator[str]:
    """What was done, item by item, with who says so."""
    for item in found.counted:
        for who in (Vouched.STAFF, Vouched.CONTACT, Vouched.SELF):
            deeds = [d for d in item.deeds if d.vouched is who]
            if deeds:
                said = "、".join(deed_words(found.edition, _own(found, item, d), d) for d in deeds)
                yield f"{said}｜{BY[who]}"


def _own(found: TrackStanding, item: ItemStanding, deed: Deed) -> Requirement:
    """The requirement that a deed was reported for: it may count for another as well."""
    return next((i.item for i in found.items if i.item.id == deed.requirement), item.item)


def _hours_lines(found: TrackStanding) -> list[str]:
    granted = hours_granted(found)
    return (
        [f"依計畫可核給的時數：{number(granted)}{HOURS}（主辦單位覈實後核給）"] if granted else []
    )


def _late_lines(found: TrackStanding) -> list[str]:
    return [
        f"注意：{goal_title(i, r)}是在{r.due.end.words()}的期限之後才完成的，是否採計請洽承辦單位"
        for i in found.counted
        for r in i.reaches
        if r.is_late and r.due
    ]


def _until(span: Span, now: datetime) -> str:
    return f"{span.end.words(year=False)}，{standing(span, DateKind.DEADLINE, now)}"
