"""What no loaded plan says: another year, another county, a gap, or nothing that fits."""

import re
from dataclasses import replace

from bot.answers.supplement import SUPPLEMENT
from bot.handlers.decide import Choice
from bot.handlers.inquiry import Inquiry
from bot.handlers.scope import Scope
from bot.messages import Answer, Button, Card, Outcome, Tone, Why
from bot.model.edition import Edition
from bot.model.entries import Contact, Unsaid
from bot.understand.index import Item
from bot.understand.score import Candidate

CLOSE = 0.35  # what scores below this is not offered
_DONE_THEN = re.compile(".{0,5}?[^經通超]過(?![期後了去關])")
PLACE_REACH = 10  # characters between a county and the plan that is said to be its own
EXACT = frozenset({"when", "closes", "money", "share", "count", "how", "where", "link"})


def outside(inquiry: Inquiry, scope: Scope, choice: Choice) -> Answer | None:
    """Says so where the question is about a year or a county that is not loaded; else None."""
    return _other_place(inquiry, scope, choice) or _other_year(inquiry, scope, choice)


def _other_place(inquiry: Inquiry, scope: Scope, choice: Choice) -> Answer | None:
    reader = inquiry.reader
    editions = [reader.edition_at(p, inquiry.now) for p in scope.plans]
    if any(e.about.area == "全國" for e in editions) and not choice.plans:
        return None
    strange = [
        p for p in inquiry.question.places if not any(reader.covers(e.plan, p) for e in editions)
    ]
    best = choice.best if choice.is_sure else None
    told = best and strange and strange[0] in best.item.body + "".join(best.item.phrases)
    if not strange or told or not (scope.is_named or best or choice.plans):
        return None
    if best and not _said_of_a_plan(inquiry, strange[0]):
        return None  # 台南的老師來講: the place tells apart something else
    editions = [reader.edition_at(p, inquiry.now) for p in (choice.plans or scope.plans)][:4]
    areas = "、".join(dict.fromkeys(e.about.area for e in editions))
    card = Card(
        title="不在收錄範圍",
        lead=f"我這裡沒有{strange[0]}的計畫資料，無法回答{strange[0]}的規定。",
        facts=(
            f"目前收錄的是{areas}：{'、'.join(e.about.short for e in editions)}。",
            f"{strange[0]}的作法請洽當地教育局（處）。",
        ),
        tone=Tone.UNKNOWN,
    )
    why = Why(because="other place")
    return Answer(parts=(card,), quick=_plans(editions), outcome=Outcome.UNKNOWN, why=why)


def _said_of_a_plan(inquiry: Inquiry, place: str) -> bool:
    """Whether a place stands right before a plan's name: 新竹市的數位學習社群."""
    question = inquiry.question
    at = question.key.find(place)
    names = [question.symbols.starts[n.first] for n in question.named]
    return any(0 < start - at <= len(place) + PLACE_REACH for start in names)


def _other_year(inquiry: Inquiry, scope: Scope, choice: Choice) -> Answer | None:
    reader, question = inquiry.reader, inquiry.question
    if not question.years or not (scope.is_named or choice.best):
        return None
    plan = choice.best.item.edition.plan if choice.best else scope.plans[0]
    editions = reader.editions(plan)
    loaded = {e.about.year for e in editions}
    said = [y for y in question.years if _means_edition(y.start, y.end, y.is_edition, inquiry)]
    if not said or any(y.year in loaded for y in question.years):
        return None
    year = said[0].year
    if choice.best and choice.is_sure and _tells(choice.best.item, year, inquiry):
        return None
    newest = editions[-1]
    kind = newest.about.year_kind if newest.is_for_one_year else "年"
    card = Card(
        title=newest.about.short,
        lead=f"我這裡沒有{year}{kind}的資料，無法回答；目前只收錄"
        + "、".join(f"{e.about.year}{kind}" for e in editions)
        + "。",
        facts=(
            f"不同年度的規定可能不同，請不要直接沿用。{year}{kind}請以主辦單位公告為準。",
            *_ask_lines(newest, ""),
        ),
        tone=Tone.UNKNOWN,
        document=newest.about.title,
    )
    return Answer(
        parts=(card,),
        outcome=Outcome.UNKNOWN,
        quick=(Button(f"看{newest.about.year}{kind}的資料", say=newest.about.short),),
        why=Why(because="other year", plan=plan, edition=newest.edition),
    )


def _tells(item: Item, year: int, inquiry: Inquiry) -> bool:
    """Whether an entry speaks of another year itself: 不得申請109年計畫.

    A day, a sum or a way of that other year's plan it does not tell.
    """
    question = inquiry.question
    wants = question.asked.wants & EXACT
    beside = any(
        question.is_beside_a_name(y.start, y.end) for y in question.years if y.year == year
    )
    if wants and beside:
        return any(str(year) in p and len(p) > 4 and p in question.key for p in item.phrases)
    return any(str(year) in text for text in (item.body, *item.phrases))


def _means_edition(start: int, end: int, is_edition: bool, inquiry: Inquiry) -> bool:
    """Whether a year was said of the plan itself: 113學年度, 108年的計畫, one next to its name.

    Not where somebody did something in it: 107學年度當過講師.
    """
    if _DONE_THEN.match(inquiry.question.key, end):
        return False
    if is_edition:
        return True
    question = inquiry.question
    return question.is_beside_a_name(start, end) or "計畫" in question.key[end : end + 4]


def unknown(inquiry: Inquiry, plan: str, choice: Choice) -> Answer:
    """Says that nothing fits, names whom to ask, and offers what came nearest as questions."""
    near = near_ones(choice)
    if plan:
        edition = inquiry.reader.edition_at(plan, inquiry.now)
        lead = "這份計畫裡找不到您問的這一點，我不能亂猜。"
        facts = _ask_lines(edition, "")
        title = edition.about.short
    else:
        editions = [inquiry.reader.edition_at(p, inquiry.now) for p in inquiry.reader.plans]
        lead = "抱歉，收錄的計畫裡找不到您問的這一點。"
        facts = ("請說出計畫名稱和想問的事，例如「報名什麼時候截止」。",)
        title = "找不到答案"
        if not near:
            return Answer(
                parts=(Card(title=title, lead=lead, facts=facts, tone=Tone.UNKNOWN),),
                quick=_plans(editions),
                outcome=Outcome.UNKNOWN,
                why=Why(because="nothing fits"),
            )
    if near:
        facts = (*facts, "您是不是想問：" + "、".join(c.item.entry.title for c in near) + "？")
    card = Card(title=title, lead=lead, facts=facts, tone=Tone.UNKNOWN)
    quick = tuple(Button(c.item.entry.title, data=f"entry={c.item.key}") for c in near)
    rivals = tuple((c.item.key, round(c.score, 3)) for c in near)
    return Answer(
        parts=(card,),
        quick=quick,
        outcome=Outcome.UNKNOWN,
        why=Why(because="nothing fits", plan=plan, rivals=rivals),
    )


def gap_card(card: Card, edition: Edition, entry: Unsaid) -> Card:
    """A card that says what the plan does not say, with whom to ask."""
    lead = card.lead
    if "沒有" not in lead[:20] and "未" not in lead[:20]:
        lead = f"計畫沒有寫到這一點。{lead}"
    return replace(card, lead=lead, facts=(*card.facts, *_ask_lines(edition, entry.ask)))


def lacking_card(card: Card, edition: Edition, missing: tuple[str, ...]) -> Card:
    """A card that says what the plan leaves open, then the nearest that it does say."""
    wrote = "承辦單位補充" if card.document == SUPPLEMENT else "計畫寫到"
    return replace(
        card,
        lead=f"計畫沒有寫出{'、'.join(missing)}，我無法回答。",
        facts=(f"{wrote}的是：{card.lead}", *card.facts[:2], *_ask_lines(edition, "")),
        tone=Tone.UNKNOWN,
    )


def nearest_card(card: Card, item: Item) -> Card:
    """A card that is the nearest the plan says, and says so first."""
    title = "" if card.lead.startswith(item.entry.title) else f"「{item.entry.title}」："
    return replace(
        card,
        lead=f"沒有完全對應您問法的條文，最接近的是{title}{card.lead}",
        facts=(*card.facts, *_ask_lines(item.edition, "")),
        tone=Tone.UNKNOWN,
    )


def whom_to_ask(edition: Edition) -> tuple[str, ...]:
    """Lines that name the plan's own office, and how to reach it."""
    return _ask_lines(edition, "")


def _ask_lines(edition: Edition, contact_id: str) -> tuple[str, ...]:
    wanted = contact_id or edition.about.ask
    contact = next((c for c in edition.contacts if c.id == wanted), None)
    if contact is None:
        return (f"請洽{edition.about.issuer}。",)
    return (f"請洽：{_contact_words(contact)}",)


def _contact_words(contact: Contact) -> str:
    phone = contact.phone + (f" 分機{contact.extension}" if contact.extension else "")
    who = contact.unit + contact.addressee
    return " ".join(x for x in (who, phone, contact.email) if x)


def near_ones(choice: Choice) -> list[Candidate]:
    """What came near enough to be offered, each title once, the nearest first."""
    seen: dict[str, Candidate] = {}
    for candidate in choice.near:
        if candidate.score >= CLOSE and not isinstance(candidate.item.entry, Unsaid):
            seen.setdefault(candidate.item.entry.title, candidate)
    return list(seen.values())[:4]


def _plans(editions: list[Edition]) -> tuple[Button, ...]:
    return tuple(Button(e.about.short, say=e.about.short) for e in editions[:11])
