"""Questions back before something is written down: which track, part or term; once more?"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.answers.progress_lines import (
    name_of,
)
from bot.clock import day_words, taipei_day
from bot.errors import AskAgain
from bot.handlers.desk import Handled
from bot.handlers.progress.hearing import Heard
from bot.handlers.progress.orders import (
    DID,
    JOIN,
    TODAY,
    Order,
    data_of,
)
from bot.handlers.progress.own import (
    MY_PROGRESS,
    Choice,
    Own,
    order_of,
)
from bot.model.edition import Edition
from bot.model.entries import Requirement
from bot.rules.progress import TrackStanding, counts_by_term, open_items
from bot.store import deeds
from bot.store.deeds import Report

_ONE_THING = re.compile(
    r"(?:我|我們)?(?:已經|已|剛剛|剛|今天|昨天)*(?:上|修|看|聽)(?:完|過)了?(?P<what>[^\d,。;]{1,16}?)"
    r"(?:這|那)?(?:門|堂)?(?:課程?)?(?:了|囉|啦|嘍|喔)?[!~。]*"
    r"|(?:課程?|影片)?(?:都)?(?:上|修|看)完了?[!~。]*"
    r"|(?P<first>[^\d,。;我]{2,16}?)(?:這|那)?(?:門|堂)?(?:課程?)?(?:都)?(?:上|修|看)完了?[!~。]*"
)
_WITHOUT_SIGHS = re.compile(
    r"^(?:我|終於|總算|好不容易|今天|昨天|前天|剛剛|剛才|剛|已經|全部|都|通通|就)+(?=.*[上修看聽])"
    r"|(?<=[了囉啦嘍喔])(?:好累|累死|好開心|開心|太好了|真累|超累|好難|耶|哈|呼|喔|[,。!~\s])+$"
)
_NOTHING_NAMED = frozenset({"", "課", "課程", "影片", "1", "線上", "研習", "這", "那"})


def called(items: dict[str, Requirement], report_: Report) -> str:
    """What a report names: the part, else the requirement."""
    item = items[report_.requirement]
    return next((p.title for p in item.parts if p.id == report_.part), item.title)


def which_track(own: Own, fitting: Sequence[Heard], orders: Sequence[Order]) -> Handled:
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


def which_item(own: Own, one: Heard) -> Handled:
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


def offer_to_join(own: Own, one: Heard, order: Order) -> Handled:
    """Offers to join and write the report down with one tap."""
    choice = [("加入並記下", data_of(JOIN, order)), ("不用", f"{DID}=")]
    lead = f"您還沒有加入「{one.track.title}」的進度。要加入並記下這一筆嗎？"
    items = {i.id: i for i in one.track.items}
    facts = [
        f"{called(items, r)}（{day_words(r.on)}）" for r in order.reports if r.requirement in items
    ]
    return own.ask(one.edition.about.short, lead, choice, *facts)


def ask_part(
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


def ask_term(
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
        for t in edition.school_terms
        if t.at is None or t.at.covers(date.min, taipei_day(own.incoming.at))
    ]
    if not choice:
        first = edition.school_terms[0].title
        raise AskAgain(f"這一項從{first}起算，還沒開始，不能先記成完成。請在做完之後再回報。")
    return own.ask(items[open_ones[0].requirement].title, "請問是哪一個學期的？", choice)


def _in(reports: Sequence[Report], open_ones: Sequence[Report], term: str) -> tuple[Report, ...]:
    return tuple(replace(r, term=term) if r in open_ones else r for r in reports)


def ask_again(
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
            rest = tuple(r for r in order.reports if r is not report_)
            no = ("不是，不用記", f"{DID}=")
            if rest:
                no = ("不是，只記其他的", data_of(DID, replace(order, reports=rest)))
            return own.ask(item.title, lead, [("是，另外一次", yes), no])
    return None


def no_such_thing(own: Own, folded: str) -> Handled | None:
    """What can be reported, where somebody names a course that none of their tracks has."""
    said = _ONE_THING.fullmatch(_WITHOUT_SIGHS.sub("", folded.strip()))
    if said is None:
        return None
    what = (said["what"] or said["first"] or "").strip("了囉啦嘍喔 ")
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
