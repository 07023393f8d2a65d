"""The answer with one item: its card, how sure it is, and why it was chosen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.answers.added_up import added_up
from bot.answers.asked_sum import asked_sum, sum_verdict, with_total
from bot.answers.cards import card_for
from bot.answers.membership import on_the_list
from bot.answers.multiplied import multiplied
from bot.answers.premise import is_day_wrong, is_premise_wrong
from bot.answers.remaining import remaining
from bot.answers.wanted import Wanted
from bot.handlers import asking_back, eligible, lookup, not_said
from bot.handlers.decide import COVERED, GOOD, Choice
from bot.handlers.inquiry import Inquiry, Said
from bot.handlers.told_facts import told
from bot.messages import Answer, Button, Card, Outcome, Row, Why
from bot.model.entries import (
    Amount,
    DateKind,
    Deliverable,
    Eligibility,
    PlanDate,
    Requirement,
    Setting,
    Unsaid,
)
from bot.model.talk import FACET
from bot.rules.dates import cases_of
from bot.rules.quantities import fitting, needed
from bot.understand.facets import ROLE
from bot.understand.index import Item, is_gap
from bot.understand.lacks import lacks
from bot.understand.other_case import missed_case
from bot.understand.score import own_share, words_of

CLOSE_CALL = 0.08  # scores: two deadlines nearer than this are both shown
MOST_CASES = 4
NEAREST = "nearest"  # in `Why`: what comes closest was shown, and said to be no more than that
SAME_FIT = 0.03  # scores: any two entries nearer than this are both shown
SECOND, HALF, BOTH = 0.4, 0.2, 0.5  # score and share of the other half; of the first
_JOINED = re.compile("跟|和|與|及|還有|各|又|分別|[,、 ]|以及|還是")


def answer_with(inquiry: Inquiry, choice: Choice, known: Mapping[str, str]) -> Said:
    """The answer with the chosen item, the facets of the question worked in.

    `known` are facets that the conversation has settled. `choice.best` must be there.
    """
    best = choice.best
    if best is None:
        raise ValueError("a choice without a best candidate answers nothing")
    item = best.item
    key = inquiry.question.key
    heard = inquiry.reader.hear(item.edition, key).known
    heard = {**heard, **missed_case(key, heard, item.edition)}
    settled = {**known, **lookup.held_then(inquiry.question, item.edition), **heard}
    if isinstance(item.entry, Eligibility) and choice.is_sure:
        facts = told(inquiry, item.edition, item.entry)
        said = eligible.answer(inquiry, item.edition, item.entry, facts)
        answer = replace(said.answer, why=why(inquiry, choice, "verdict"))
        return replace(said, answer=answer, is_personal=True)
    deadline = _other_deadline(inquiry, choice)
    half = None if deadline else _other_half(inquiry, choice)
    is_sure = half.is_sure if half else choice.is_sure
    is_sure = is_sure or (best.score >= GOOD and bool(_of_sum(inquiry, item, settled)[0]))
    card, outcome = _judged(inquiry, item, _card(inquiry, item, settled), is_sure)
    shown = half.item if half and outcome is Outcome.ANSWERED else deadline
    second = _card(inquiry, shown, settled) if shown else None
    expects = _expects(item, settled)
    answer = Answer(
        parts=(Row((card, second)),) if second else (card,),
        quick=(*_cases(item, expects), *asking_back.related(inquiry, best, choice.near)),
        outcome=outcome,
        why=why(inquiry, choice, _because(item, outcome, choice)),
    )
    talk = inquiry.moved(item.edition.plan, item.key, settled)
    talk = replace(talk, expects=expects and FACET + expects)
    verdicts = [i for i in (item, shown) if i and isinstance(i.entry, Eligibility)]
    return Said(answer, talk, is_personal=bool(verdicts))


def _expects(item: Item, known: Mapping[str, str]) -> str:
    """The facet that the card asks for first; empty where it asks for none."""
    if not isinstance(item.entry, Amount | Requirement | Deliverable | Setting):
        return ""
    asked = needed(fitting(item.entry.amount, known), known)
    return next((n for n in asked if n in item.edition.facets and item.edition.facets[n].ask), "")


def _cases(item: Item, facet: str) -> tuple[Button, ...]:
    """Quick replies with the cases of a facet that is asked for."""
    values = item.edition.facets[facet].values if facet else {}
    return tuple(Button(v.title, say=v.title) for v in values.values())[:MOST_CASES]


def _because(item: Item, outcome: Outcome, choice: Choice) -> str:
    """Which way the answer was found, in a word."""
    if isinstance(item.entry, Unsaid):
        return "gap"
    if outcome is Outcome.ANSWERED:
        return "best"
    return "lacks" if choice.is_sure else NEAREST


def _other_deadline(inquiry: Inquiry, choice: Choice) -> Item | None:
    """A second deadline that may have been meant by 還來得及嗎; None where one is clearly ahead.

    To hear of the wrong one that there is still time would be the worst answer.
    """
    best = choice.best
    if best is None or "open" not in inquiry.wants or not _is_deadline(best.item):
        return None
    rivals = (c for c in choice.near if c is not best and c.score >= best.score - CLOSE_CALL)
    return next((c.item for c in rivals if _is_deadline(c.item)), None)


@dataclass(frozen=True, slots=True)
class Second:
    """A second entry that is shown beside the first, and how sure both are together."""

    item: Item
    is_sure: bool


def _other_half(inquiry: Inquiry, choice: Choice) -> Second | None:
    """A second entry for what the first leaves out, or that fits as well; None where one is enough.

    專業對話跟公開授課各要幾次 asks two things; of two entries that fit alike, both are shown.
    """
    best, question = choice.best, inquiry.question
    if best is None or best.item.role or is_gap(best.item) or not best.cover:
        return None
    joined = bool(_JOINED.search(question.key))
    for other in choice.near:
        item = other.item
        if (
            item.edition.key != best.item.edition.key
            or is_gap(item)
            or item.entry is best.item.entry
        ):
            continue
        if joined and other.score >= SECOND and other.cover:
            own = own_share(inquiry.reader.index, question, item, best.item)
            if own >= HALF:
                both = best.cover + own >= COVERED and best.score >= BOTH
                return Second(item, choice.is_sure or both)
        if other.score >= max(GOOD, best.score - SAME_FIT) and other.cover >= COVERED:
            return Second(item, choice.is_sure)
    return None


def _is_deadline(item: Item) -> bool:
    return isinstance(item.entry, PlanDate) and item.entry.kind is DateKind.DEADLINE


def _card(inquiry: Inquiry, item: Item, known: Mapping[str, str]) -> Card:
    if isinstance(item.entry, Eligibility):
        return eligible.verdict_card(inquiry, item.edition, item.entry)
    summed, known = _of_sum(inquiry, item, known)
    role = item.role
    if item.permission and not role and "who" not in inquiry.question.asked.wants:
        role = known.get(ROLE, "")  # the role that the talk is about
    wanted = Wanted(
        known=known,
        wants=inquiry.wants,
        now=inquiry.now,
        role=role,
        permission=item.permission,
        then=inquiry.question.deed,
    )
    card = card_for(item.edition, lookup.in_months(inquiry.question, item.entry), wanted)
    said = "\n".join((card.lead, *card.facts))
    first = on_the_list(inquiry.question.text, said)
    fold = inquiry.reader.fold
    asked = fold(inquiry.question.text)
    wrong_day = isinstance(item.entry, PlanDate) and is_day_wrong(
        asked, inquiry.question.days, cases_of(item.entry, item.edition)
    )
    if wrong_day or is_premise_wrong(asked, fold(said)):
        first = f"不是。{first}"
    worked_out = remaining(item.edition, item.entry, asked, known)
    worked_out = worked_out or multiplied(item.entry, asked, known)
    worked_out = worked_out or added_up(item.edition, item.entry, asked, fold)
    return replace(card, lead=(summed or worked_out or first) + card.lead)


def _of_sum(
    inquiry: Inquiry, item: Item, known: Mapping[str, str]
) -> tuple[str, Mapping[str, str]]:
    """The verdict on a sum that is asked about, and what is known without it.

    可以編3000元嗎: the sum is what is asked about, not the total that shares are taken of.
    """
    asked = asked_sum(inquiry.reader.fold(inquiry.question.text))
    own = {q.base for q in getattr(item.entry, "amount", ())}
    if asked is None or own & item.edition.facets.keys():
        return "", known
    known = with_total(known, asked, item.edition)
    return sum_verdict(item.edition, item.entry, asked, known), known


def _judged(inquiry: Inquiry, item: Item, card: Card, is_sure: bool) -> tuple[Card, Outcome]:
    """The card as what it is: an answer, the nearest there is, or what the plan leaves open."""
    if isinstance(item.entry, Unsaid):
        return not_said.gap_card(card, item.edition, item.entry), Outcome.UNKNOWN
    missing = lacks(inquiry.question, item)
    if missing:
        return not_said.lacking_card(card, item.edition, missing), Outcome.UNKNOWN
    if not is_sure:
        return not_said.nearest_card(card, item), Outcome.UNKNOWN
    return card, Outcome.ANSWERED


def why(inquiry: Inquiry, choice: Choice, because: str) -> Why:
    """Why this was chosen: the words that decided, the score, what came next."""
    best = choice.best
    rivals = tuple((c.item.key, round(c.score, 3)) for c in choice.near if c is not best)
    if best is None:
        return Why(because=because, rivals=rivals)
    edition = best.item.edition
    return Why(
        because=because,
        plan=edition.plan,
        edition=edition.edition,
        entry=best.item.key.partition("#")[2],
        score=round(best.score, 3),
        words=words_of(inquiry.reader.index, inquiry.question, best.item),
        rivals=rivals,
    )
