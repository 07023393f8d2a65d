"""What falls on a day or in a month: across plans, or in the plan that is meant."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answers.date_lines import case_words
from bot.answers.standing import standing
from bot.handlers.inquiry import Inquiry
from bot.handlers.instead import WHICH_ARE_HELD
from bot.handlers.scope import Scope
from bot.messages import Answer, Button, Card, Row, Tone, Why
from bot.model.edition import Edition
from bot.model.entries import HELD, DateKind, Entry, PlanDate
from bot.rules.conflicts import conflict_about
from bot.rules.dates import Found, falling_on
from bot.understand.days import Mention
from bot.understand.question import Question

BY_DAY = "by-day"  # the talk's entry after such a question
_GENERIC = re.compile(
    "繳交|上傳|截止|以前|之前|之後|前|後|底|注意|活動|日子|事情|事(?=$|[?,])|東西|重要|事項|行程|安排|會議|研習"
    "|學校|教師|我們|老師|辦理|要辦|辦|要做|做|要|有|的|是|什麼|哪些|提醒|我|了|呢|嗎|那|日期|資料|期程"
    "|主任|組長|校長|叫我|叫|查|看|會|那陣子|那段|前後|左右|在跑|在忙|跑|忙"
    "|發生|進行|排了|送|交|哪|時程|計畫|期限|啊|該|需要|記得|還|幾|月|日|號|有沒有|份|嘛|天|一下|網站|接下來|近期|到|起"
)
_ASKS_MUST = re.compile("繳交|上傳|截止|交|送|期限")
# Of what is on one day, until which other one something has to be done.
_ASKS_ANOTHER_DAY = re.compile(
    "(?:幾[號月]|哪一?天|什麼時候|何時|多久)(?:以?前|截止|就?要?先?(?:報|登記|交|繳|送))"
)
_MUST = (DateKind.DEADLINE, DateKind.WINDOW)
_OR = re.compile(r"\s*(?:還是?|或是?|或者)\s*")
# What says no more than which session, beside its day.
_SESSION = re.compile(
    r"(?:那|這|如果|要是|是|的|1?[場堂門梯次]|同步課|課程?)*[呢咧勒嗎喔啊]?[\s?]*"
)


def by_day(inquiry: Inquiry, scope: Scope) -> Answer | None:
    """Dates on the days that the question names, where it asks for nothing else; else None.

    Or where it asks which of two is a deadline, and both are.
    """
    question = inquiry.question
    if not question.days:
        return None
    has_more = _has_more(inquiry)
    if has_more and not _is_either(question):
        return None
    editions = [inquiry.reader.edition_at(p, inquiry.now) for p in scope.plans]
    by_mention = [_falling(editions, mention) for mention in question.days]
    every = [f for found in by_mention for f in found]
    if has_more and not (all(by_mention) and all(f.entry.kind in _MUST for f in every)):
        return None
    found = list({(f.edition.key, f.entry.id, f.span): f for f in every}.values())
    held = [f for f in found if f.entry.kind in HELD]
    if held and WHICH_ARE_HELD.search(question.key):
        found = held
    mention = question.days[0]
    if _ASKS_MUST.search(question.key) and not mention.is_day:
        must = [f for f in found if f.entry.kind in _MUST]
        found = must + [f for f in found if f not in must]
    if not found:
        return _nothing(editions, question.days)
    by_edition: dict[str, list[Found]] = {}
    for one in found:
        by_edition.setdefault(one.edition.key, []).append(one)
    cards = tuple(_card(inquiry, rows) for rows in by_edition.values())
    quick = [
        Button(f.entry.title, data=f"entry={f.edition.key}#{f.entry.id}") for f in _distinct(found)
    ]
    parts = (Row(cards),) if len(cards) > 1 else cards
    return Answer(parts=parts, quick=tuple(quick[:8]), why=Why(because="by day", entry=BY_DAY))


def in_months(question: Question, entry: Entry) -> Entry:
    """The entry with only what is held in the months that the question asks for, if any is."""
    months = [day for day in question.days if not day.is_day]
    if not isinstance(entry, PlanDate) or not WHICH_ARE_HELD.search(question.key):
        return entry
    then = tuple(c for c in entry.when if any(c.at.covers(m.first, m.last) for m in months))
    return replace(entry, when=then) if then else entry


def is_only_a_session(question: Question) -> bool:
    """Whether a question says no more than which session, by its day: 那6/22那場呢."""
    days = question.days
    if len(days) != 1 or not days[0].is_day:
        return False
    return bool(_SESSION.fullmatch(question.key[: days[0].start] + question.key[days[0].end :]))


def held_then(question: Question, edition: Edition) -> dict[str, str]:
    """The facets of what is held on the one day that is named: 6/22那場; empty where several are.

    Whether it is too late for one session must not be told by another one's deadline.
    """
    days = [mention for mention in question.days if mention.is_day]
    if len(days) != 1:
        return {}
    found = [f.case.given for f in _falling([edition], days[0]) if f.entry.kind in HELD]
    if len({given.key for given in found}) != 1:
        return {}
    return {facet: values[0] for facet, values in found[0].needs.items() if len(values) == 1}


def _falling(editions: list[Edition], mention: Mention) -> list[Found]:
    found = falling_on(editions, mention.first, mention.last)
    if not found and not mention.has_year:
        return falling_on(editions, mention.first, mention.last, any_year=True)
    return found


def _has_more(inquiry: Inquiry) -> bool:
    """Whether the question has words of its own beside days, plans and general words."""
    question = inquiry.question
    if any(day.is_day for day in question.days) and _ASKS_ANOTHER_DAY.search(question.key):
        return True
    starts, items = question.symbols.starts, question.symbols.items
    spans = [(d.start, d.end) for d in question.days] + [(y.start, y.end) for y in question.years]
    spans += [(starts[n.first], starts[n.last] + len(items[n.last])) for n in question.named]
    taken = {i for start, end in spans for i in range(start, end)}
    key = "".join(" " if i in taken else c for i, c in enumerate(question.key))
    key = WHICH_ARE_HELD.sub(" ", key)
    for place in question.places:
        key = key.replace(f"{place}市", " ").replace(place, " ")
    return len(re.sub(r"[\s,。?!、;:.~]", "", _GENERIC.sub("", key))) > 1


def _is_either(question: Question) -> bool:
    """Whether two days are named of which one is to be right: 截止是9/29還是10/6."""
    days = question.days
    if len(days) != 2 or not all(day.is_day for day in days):
        return False
    return bool(_OR.fullmatch(question.key[days[0].end : days[1].start]))


def _card(inquiry: Inquiry, rows: list[Found]) -> Card:
    edition = rows[0].edition
    lines: list[str] = []
    sources: list[str] = []
    for found in rows:
        said = case_words(edition, found.entry, found.case, found.span)
        state = standing(found.span, found.entry.kind, inquiry.now)
        items = f"（{'、'.join(found.entry.items)}）" if found.entry.items else ""
        lines.append(f"{found.entry.title}{items}：{said}" + (f"｜{state}" if state else ""))
        sources += found.entry.source
        conflict = conflict_about(edition, found.entry.id, {})
        if conflict:
            lines.append(f"注意，文件前後不一致：{conflict.text}")
    over = all(f.span.closes < inquiry.now for f in rows)
    return Card(
        title=edition.about.short,
        lead=f"{_all_words(inquiry.question.days, rows)}有{len(rows)}項：",
        facts=tuple(dict.fromkeys(lines)),
        state="都已經過了" if over else "",
        sources=tuple(dict.fromkeys(sources)),
        document=edition.about.title,
        tone=Tone.PAST if over else Tone.ANSWER,
    )


def _all_words(mentions: tuple[Mention, ...], rows: Sequence[Found] = ()) -> str:
    """The days asked for; without their year where what was found is of another one."""
    return "、".join(dict.fromkeys(_days_words(m, _is_of_its_year(m, rows)) for m in mentions))


def _is_of_its_year(mention: Mention, rows: Sequence[Found]) -> bool:
    spans = [row.span for row in rows]
    return mention.has_year or all(s.covers(mention.first, mention.last) for s in spans)


def _days_words(mention: Mention, with_year: bool) -> str:
    first = f"{mention.first.year - 1911}年" if with_year else ""
    first += f"{mention.first.month}月"
    if mention.is_day:
        return f"{first}{mention.first.day}日"
    if (
        mention.first.day == 1
        and mention.last.month == mention.first.month
        and mention.last.day > 27
    ):
        return first
    return f"{first}{mention.first.day}日至{mention.last.month}月{mention.last.day}日"


def _nothing(editions: list[Edition], mentions: tuple[Mention, ...]) -> Answer:
    names = "、".join(e.about.short for e in editions[:4])
    card = Card(
        title="查日期",
        lead=f"{_all_words(mentions)}沒有查到列出日期的事項。",
        facts=(f"查的是：{names}。",),
        tone=Tone.UNKNOWN,
    )
    quick = tuple(Button(e.about.short, say=e.about.short) for e in editions[:8])
    return Answer(parts=(card,), quick=quick, why=Why(because="by day"))


def _distinct(found: list[Found]) -> list[Found]:
    return list({(f.edition.key, f.entry.id): f for f in found}.values())
