"""Another candidate than the first, where it is the very thing that is asked about."""

import re
from collections.abc import Sequence

from bot.model.entries import HELD, PlanDate
from bot.understand.fit import FIGURES
from bot.understand.gives import TOLD_AS
from bot.understand.index import Index, is_gap
from bot.understand.question import Question
from bot.understand.rivals import titled_apart
from bot.understand.score import Candidate, own_share

NEAREST = 4  # candidates that are looked at
WORD_FOR_WORD = 0.35  # how near in score
GAP_NEAR, GAP_OWN = 0.12, 0.25  # how near in score, and how much of the question is its own
TELLS_NEAR, UNTOLD = 0.15, 0.2  # how near what tells it, and how much it may leave untold
SIBLING_NEAR = 0.15
LISTED_NEAR = 0.15
_IS_IT_SO = re.compile("嗎|能不能|可不可以|可否|要不要|需不需要|會不會|有沒有|是不是")
# 6月有哪幾場: what is held then is asked for.
WHICH_ARE_HELD = re.compile("哪[幾些](?:個)?(?:場|堂|門|課|梯)|(?:什麼|哪些|哪幾)(?:同步)?課|場次")
# What is wanted → the words in which a gap says that just this is not stated.
_OF_WANT = {
    "when": re.compile("日期|時間|哪一?天|什麼時候|何時|幾月|幾號"),
    "where": re.compile("地點|場地|在哪|哪裡|哪邊"),
    "money": re.compile("獎金|金額|多少錢|費用|幾元"),
    "name": re.compile("人選|講師|名單|委員|誰"),
}


def instead(candidates: Sequence[Candidate], question: Question, index: Index) -> Candidate:
    """The candidate that is meant: mostly the first."""
    return (
        _gap_instead(candidates, question, index)
        or _held_then(candidates, question)
        or _named_apart(candidates, question, index)
        or _tells_it(candidates, question, index)
        or _called_so(candidates, question)
    )


def _held_then(candidates: Sequence[Candidate], question: Question) -> Candidate | None:
    """What is held in the month that a question asks for: 6月有哪幾場同步課."""
    months = [day for day in question.days if not day.is_day]
    if not months or not WHICH_ARE_HELD.search(question.key):
        return None
    for candidate in candidates[:NEAREST]:
        entry = candidate.item.entry
        near = candidate.score >= candidates[0].score - LISTED_NEAR
        if not near or not isinstance(entry, PlanDate) or entry.kind not in HELD:
            continue
        if any(case.at.covers(m.first, m.last) for case in entry.when for m in months):
            return candidate
    return None


def _named_apart(
    candidates: Sequence[Candidate], question: Question, index: Index
) -> Candidate | None:
    """The entry whose title is named, before its sibling that only likes the rest."""
    best = candidates[0]
    if is_gap(best.item) or best.item.role or best.item.permission:
        return None
    for candidate in candidates[1:NEAREST]:
        item = candidate.item
        near = candidate.score >= best.score - SIBLING_NEAR and not is_gap(item)
        same = item.edition.key == best.item.edition.key and not item.role and not item.permission
        alike = same and type(item.entry) is type(best.item.entry)
        if near and alike and titled_apart(index, question, item, best.item):
            return candidate
    return None


def _tells_it(
    candidates: Sequence[Candidate], question: Question, index: Index
) -> Candidate | None:
    """What tells the day, place, sum or person that is asked for, where the first does not.

    An entry that tells it, or a gap that says that just this is not stated.
    """
    best = candidates[0].item
    asked = question.asked.wants & _OF_WANT.keys()
    wants = {w for w in asked if TOLD_AS.get(w, w) not in best.gives}
    if is_gap(best) or not wants or best.role or best.permission:
        return None
    for candidate in candidates[1:NEAREST]:
        item = candidate.item
        if candidate.score < candidates[0].score - TELLS_NEAR:
            return None
        if item.edition.key != best.edition.key or item.role or item.permission:
            continue
        said = "".join((*item.phrases, item.body))
        tells = (
            any(_OF_WANT[w].search(said) for w in wants) if is_gap(item) else wants <= item.gives
        )
        if tells and own_share(index, question, best, item) <= UNTOLD:
            return candidate
    return None


def _called_so(candidates: Sequence[Candidate], question: Question) -> Candidate:
    """The first; a known gap near it instead, where the question is word for word one of its own.

    What a plan leaves open is often asked in the words of what it does say: 即日起是哪一天.
    """
    best = candidates[0]
    for candidate in candidates[1:NEAREST]:
        near = is_gap(candidate.item) and candidate.score >= best.score - WORD_FOR_WORD
        if near and _says(candidate, question) > _says(best, question):
            return candidate
    return best


def _says(candidate: Candidate, question: Question) -> int:
    """The length of the longest phrase of an item that stands whole in the question."""
    return max(
        (len(p) for p in candidate.item.phrases if len(p) >= 5 and p in question.key), default=0
    )


def _gap_instead(
    candidates: Sequence[Candidate], question: Question, index: Index
) -> Candidate | None:
    """A known gap that speaks of what is asked, where the best only speaks of its occasion.

    有午餐嗎 of a meeting: the meeting's date comes near, but that no meal is stated is the answer.
    """
    best = candidates[0]
    asks_so = _IS_IT_SO.search(question.key) and not question.asked.wants & FIGURES
    if is_gap(best.item) or not (asks_so or _lacks_a_figure(question, best)):
        return None
    for candidate in candidates[1:NEAREST]:
        near = is_gap(candidate.item) and candidate.score >= best.score - GAP_NEAR
        if near and own_share(index, question, candidate.item, best.item) >= GAP_OWN:
            return candidate
    return None


def _lacks_a_figure(question: Question, best: Candidate) -> bool:
    """Whether so many, so much or a day is asked for, and the entry tells none."""
    wants = question.asked.wants & FIGURES
    told = {given.partition(":")[0] for given in best.item.gives}
    return bool(wants) and not {TOLD_AS.get(w, w) for w in wants} & told
