"""Reports of what was done, in a sentence or by a button, written down and answered."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot import ledger
from bot.answers.progress_lines import (
    bars,
    left_lines,
    name_of,
    step_words,
    written_lines,
)
from bot.clock import day_words, taipei_day
from bot.errors import AskAgain
from bot.handlers.desk import Desk, Handled
from bot.handlers.progress.hearing import Heard, deeds_of, heard
from bot.handlers.progress.orders import (
    DID,
    JOIN,
    TODAY,
    UNDO,
    Order,
    data_of,
    dated,
    read,
)
from bot.handlers.progress.own import (
    CHOICE,
    IN_GROUP,
    LABEL,
    MY_PROGRESS,
    NOT_THERE,
    Choice,
    Own,
    office_of,
    order_of,
    show_button,
)
from bot.ledger import Written
from bot.messages import Answer, Button, Card, Incoming, Outcome, Tone
from bot.model.edition import Edition
from bot.model.entries import Requirement
from bot.rules.next_steps import next_steps
from bot.rules.progress import TrackStanding, counts_by_term, open_items
from bot.store import deeds
from bot.store.deeds import Report
from bot.understand.statements import Act, act_of

NOT_WRITTEN = "好的，沒有記。"
_ONE_THING = re.compile(
    r"(?:我|我們)?(?:已經|已|剛剛|剛|今天|昨天)*(?:上|修|看|聽)(?:完|過)了?(?P<what>[^\d,。;]{1,16}?)"
    r"(?:這|那)?(?:門|堂)?(?:課程?)?(?:了|囉|啦|嘍|喔)?[!~。]*"
    r"|(?P<first>[^\d,。;我]{2,16}?)(?:這|那)?(?:門|堂)?(?:課程?)?(?:都)?(?:上|修|看)完了?[!~。]*"
)
_NOTHING_NAMED = frozenset({"", "課", "課程", "影片", "1", "線上", "研習", "這", "那"})


def report(own: Own, folded: str) -> Handled | None:
    """Writes down what a sentence reports; None where it reports nothing that is followed."""
    if act_of(folded) is not Act.DONE:
        return None
    fitting = heard(own, folded)
    if not fitting:
        return _no_such_thing(own, folded) if own.standings else None
    if fitting[0].found is None and _is_asked_something_else(own):
        return None
    orders = [_order(own, one) for one in fitting]
    if len(fitting) > 1:
        return _which_track(own, fitting, orders)
    (one,), (order,) = fitting, orders
    if one.report.doubtful:
        return _which_item(own, one)
    if one.found is None:
        return _offer_to_join(own, one, order)
    return record(own, one.found, order)


def did_pressed(incoming: Incoming, desk: Desk, value: str) -> Handled:
    """Writes down what a button says was done."""
    own, order = Own(incoming, desk), read(value)
    if incoming.in_group:
        return own.text(IN_GROUP)
    if not value:
        return own.text(NOT_WRITTEN, show_button())
    found = own.standing_of(order) if order else None
    if order is None or found is None or not order.reports:
        return own.text(NOT_THERE)
    return record(own, found, order)


def record(own: Own, found: TrackStanding, order: Order, before: str = "") -> Handled:
    """Writes down the reports of an order, asking first what must be known.

    Raises:
        AskAgain: one of them cannot be; none is written then.
    """
    today = taipei_day(own.incoming.at)
    items = {i.item.id: i.item for i in found.items}
    reports = [
        ledger.with_term(found.edition, items[r.requirement], r) if r.requirement in items else r
        for r in dated(order.reports, today)
    ]
    order = replace(order_of(found), reports=tuple(reports), is_sure=order.is_sure)
    asked = _ask_part(own, found, order, items)
    if asked:
        return asked
    ledger.check(found, reports, today)
    asked = _ask_term(own, found, order, items) or _ask_again(own, found, order, items)
    if asked:
        return asked
    by = (own.incoming.event_id, own.incoming.at)
    written = ledger.write_down(own.desk.db, own.incoming.channel_id, found, reports, by)
    own.read_again()
    after = own.by_id(found.account.enrolment.id) or found
    return _noted(own, after, written, before)


def _noted(own: Own, found: TrackStanding, written: Written, before: str) -> Handled:
    """What was written down, how it counts, and what is left."""
    items = {i.item.id: i.item for i in found.items}
    touched = {d.requirement for d in written.new}
    touched |= {a for i in found.items if i.item.id in touched for a in i.item.also}
    shown = [i for i in found.items if i.item.id in touched]
    known = [f"{_what(items, r)}先前已經記過了，沒有重複計算" for r in written.known]
    steps = next_steps(found, own.incoming.at)[:1]
    office = office_of(found.edition)
    facts = [
        *written_lines(found, written.new),
        *known,
        *_early(found, touched),
        *left_lines(found),
        *(f"下一步：{step_words(s, own.incoming.at, office)}" for s in steps),
        *([f"全部完成了！{found.track.waits}"] if found.is_complete else []),
    ]
    count = len(written.new)
    lead = f"已記下{count}項：{name_of(found)}" if count else "這些先前已經記過了，沒有重複計算。"
    card = Card(
        title=f"{found.edition.about.short}｜進度",
        lead=f"{before}{lead}",
        bars=bars(replace(found, items=tuple(shown))),
        facts=tuple(dict.fromkeys(f for f in facts if f)),
        tone=Tone.ANSWER,
        buttons=(*_undo(own, count), show_button()),
    )
    answer = Answer((card,), outcome=Outcome.CHAT)
    if not count:
        return own.said(answer)
    return own.said(answer, noted=own.incoming.event_id)


def _is_asked_something_else(own: Own) -> bool:
    """Whether the bot waits for a reply that is no matter of progress: a fact of an eligibility."""
    expects = own.desk.talk.as_of(own.incoming.at).expects
    return bool(expects) and not expects.startswith((CHOICE, LABEL))


def _undo(own: Own, count: int) -> tuple[Button, ...]:
    return (Button("復原", data=f"{UNDO}={own.incoming.event_id}"),) if count else ()


def _early(found: TrackStanding, touched: set[str]) -> list[str]:
    """A word on what was reported before that which must come first."""
    open_ones = {i.item.id: i.item.title for i in found.counted if not i.is_complete}
    return [
        f"提醒：依計畫，{i.item.title}要在{'、'.join(first)}完成之後"
        for i in found.items
        if i.item.id in touched
        and (first := [open_ones[a] for a in i.item.after if a in open_ones])
    ]


def _what(items: dict[str, Requirement], report_: Report) -> str:
    item = items[report_.requirement]
    return next((p.title for p in item.parts if p.id == report_.part), item.title)


def _order(own: Own, one: Heard) -> Order:
    order = order_of(one.found) if one.found else Order(one.edition.key, one.track.id)
    return replace(order, reports=tuple(deeds_of(own, one)))


def _which_track(own: Own, fitting: Sequence[Heard], orders: Sequence[Order]) -> Handled:
    """Asks on which of several tracks it is to be written down."""
    choice: list[Choice] = []
    facts: list[str] = []
    names = [name_of(one.found) if one.found else one.track.title for one in fitting]
    for one, order, called in zip(fitting, orders, names, strict=True):
        name = called if names.count(called) == 1 else one.edition.about.short
        choice.append((name, data_of(DID if one.found else JOIN, order)))
        facts.append(f"{one.edition.about.short}：{name}")
    lead = "這要記在哪一項進度？" if fitting[0].found else "要加入哪一項進度並記下？"
    choice.append(("不用記", f"{DID}="))
    return own.ask(MY_PROGRESS, lead, choice, *facts)


def _which_item(own: Own, one: Heard) -> Handled:
    """Asks which of several requirements a word means."""
    order = order_of(one.found) if one.found else Order(one.edition.key, one.track.id)
    day = one.report.said.day or TODAY
    choice = [
        (i.title, data_of(DID if one.found else JOIN, replace(order, reports=(_of(i, day),))))
        for i in one.report.doubtful
    ]
    return own.ask(MY_PROGRESS, "您完成的是哪一項？", choice)


def _of(item: Requirement, day: date) -> Report:
    return Report(requirement=item.id, on=day)


def _offer_to_join(own: Own, one: Heard, order: Order) -> Handled:
    choice = [("加入並記下", data_of(JOIN, order)), ("不用", f"{DID}=")]
    lead = f"您還沒有加入「{one.track.title}」的進度。要加入並記下這一筆嗎？"
    items = {i.id: i for i in one.track.items}
    facts = [
        f"{_what(items, r)}（{day_words(r.on)}）" for r in order.reports if r.requirement in items
    ]
    return own.ask(one.edition.about.short, lead, choice, *facts)


def _ask_part(
    own: Own, found: TrackStanding, order: Order, items: dict[str, Requirement]
) -> Handled | None:
    """Asks which part it was, where a report names none; one button a part that is left."""
    for report_ in order.reports:
        item = items.get(report_.requirement)
        bad = report_.count <= 0 or report_.on > taipei_day(own.incoming.at)
        if item is None or not item.parts or report_.part or bad:
            continue
        done = {d.part for d in found.account.deeds if d.requirement == item.id}
        rest = tuple(r for r in order.reports if r is not report_)
        choice = [
            (p.title, data_of(DID, replace(order, reports=(*rest, _part_of(report_, p.id)))))
            for p in item.parts
            if p.id not in done
        ]
        if choice:
            more = "，可以一項一項按" if report_.count > 1 else ""
            return own.ask(item.title, f"請告訴我完成的是哪一項{more}：", choice)
    return None


def _part_of(report_: Report, part: str) -> Report:
    return replace(report_, part=part, count=type(report_.count)(1))


def _ask_term(
    own: Own, found: TrackStanding, order: Order, items: dict[str, Requirement]
) -> Handled | None:
    """Asks for the school term, where the item is counted by term and the day tells none."""
    edition: Edition = found.edition
    open_ones = [
        r
        for r in order.reports
        if not r.term and r.requirement in items and counts_by_term(items[r.requirement])
    ]
    if not open_ones:
        return None
    choice = [
        (t.title, data_of(DID, replace(order, reports=_in(order.reports, open_ones, t.id))))
        for t in edition.terms_of_school
        if t.at is None or t.at.covers(date.min, taipei_day(own.incoming.at))
    ]
    return own.ask(items[open_ones[0].requirement].title, "請問是哪一個學期的？", choice)


def _in(reports: Sequence[Report], open_ones: Sequence[Report], term: str) -> tuple[Report, ...]:
    return tuple(replace(r, term=term) if r in open_ones else r for r in reports)


def _ask_again(
    own: Own, found: TrackStanding, order: Order, items: dict[str, Requirement]
) -> Handled | None:
    """Asks whether the same of the same day is another one."""
    if order.is_sure:
        return None
    for report_ in order.reports:
        item = items.get(report_.requirement)
        if item is None or item.parts or report_.count <= 0:
            continue
        times = deeds.same_day(own.desk.db, found.account.enrolment.id, report_)
        if times:
            today = taipei_day(own.incoming.at)
            day = "今天" if report_.on == today else day_words(report_.on)
            lead = f"{day}已記了{times}次「{item.title}」，這是另外一次嗎？"
            yes = data_of(DID, order.sure())
            return own.ask(item.title, lead, [("是，另外一次", yes), ("不是，不用記", f"{DID}=")])
    return None


def _no_such_thing(own: Own, folded: str) -> Handled | None:
    """What can be reported, where somebody names a course that none of their tracks has."""
    said = _ONE_THING.fullmatch(folded.strip())
    if said is None:
        return None
    what = (said["what"] or said["first"] or "").strip()
    parted = [(s, i) for s in own.standings for i in open_items(s) if i.item.parts]
    if not parted:
        return None
    if what not in _NOTHING_NAMED:
        titles = [p.title for _, i in parted for p in i.item.parts]
        raise AskAgain(f"您的進度裡沒有「{what}」。可以回報的有：{'、'.join(titles)}。")
    choice = [
        (
            p.title,
            data_of(
                DID,
                replace(order_of(s), reports=(Report(requirement=i.item.id, part=p.id, on=TODAY),)),
            ),
        )
        for s, i in parted
        for p in i.item.parts
        if p.id not in i.done_parts
    ]
    return own.ask(MY_PROGRESS, "請告訴我完成的是哪一項：", choice)
