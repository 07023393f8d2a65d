"""What the conversation before it adds to a question that leaves something out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.handlers.inquiry import Inquiry
from bot.handlers.own_words import (
    BARE,
    FEW_OWN,
    FEW_WORDS,
    Rest,
    asks_the_same,
    carries_on,
    is_short,
    rest_of,
    supposes,
)
from bot.handlers.short_follow_up import lent_to_short
from bot.model.edition import Edition
from bot.model.talk import Talk
from bot.understand.facets import ROLE
from bot.understand.gives import TOLD_AS
from bot.understand.index import Item, is_gap
from bot.understand.other_case import other_case
from bot.understand.question import Question
from bot.understand.reader import Reader
from bot.understand.score import Candidate, by_score

_ALL_CASES = re.compile("兩組|兩個都|總共|全部|合計|各組|一共|加起來")
SAME_ENTRY = 2.0
WELL_MET = 0.85  # score and share: a short question that an entry meets by itself
BORROWED, LEANED_ON, ANOTHER_PLAN = 0.45, 0.12, 0.6  # how much of the last question's fit is added
BORROWED_BY_SHORT = 0.6
LESS_BORROWED = 0.35  # with more words of its own it leans less
ASPECT = 0.9  # 幾點: another aspect of the last answer, which tells it
SIBLING = -0.3  # 那內聘呢: what was not answered yet
# An entry that the last answer leads to, or that leads there; not where an entry is met whole, nor
# where others are met better by so much.
LINKED, MET_SO_FAR, MET_WHOLE, FAR_BEHIND = 0.15, 0.7, 0.95, 0.12
TELLS_IT = 0.3  # 什麼時候, after what does not tell it: a linked entry that does
SAME_ROW = 0.25  # another permission of the role, the permission of another role
_DEMONSTRATIVE = re.compile("^(?:那)?(?:這|它|上述|該)")
_SAME_OF_IT = re.compile(  # 成果報告的呢, 成果報告也可以嗎
    "^那?(?P<of>.{2,10}?)(?:的[呢咧勒]?|也.{1,6})$"
)
_ASKS_FOR_SIBLING = re.compile("^那?.{1,8}(?:呢|咧|勒)$")


@dataclass(frozen=True, slots=True)
class Leant:
    """A question read with the last one's help."""

    candidates: list[Candidate]  # best first
    known: Mapping[str, str]  # facets
    is_elliptic: bool
    leaves_much_out: bool  # so that it can be nothing but one that goes on


def with_talk(inquiry: Inquiry, is_correction: bool = False) -> Leant:
    """Items of the talk's plan for a question that names none, with what is known.

    The last question lends its fit: much of it where this one is elliptic, a little otherwise;
    all of it where this one corrects it.
    """
    question, talk, reader, now = inquiry.question, inquiry.talk, inquiry.reader, inquiry.now
    edition = reader.edition_at(talk.plan, now, [y.year for y in question.years])
    rest = rest_of(question, reader, edition)
    elliptic = is_correction or carries_on(question, rest)
    asks_anew = bool(question.asked.wants - set(talk.asks))
    if elliptic and not question.asked.wants:
        question = replace(question, asked=replace(question.asked, wants=frozenset(talk.asks)))
    other = other_case(question.key, talk.facets, edition)
    said = {**reader.hear(edition, question.key).known, **other}
    kept = {} if _ALL_CASES.search(question.text) else talk.facets
    known = {**kept, **said} if elliptic else dict(said)
    own = {c.item.number: c for c in reader.rank(question, [talk.plan], now, known)}
    short = not said and elliptic and not is_correction and is_short(inquiry.question, rest)
    last = reader.question(_with_case(talk.text, question, edition, reader), now)
    lent = _lent(inquiry, last, known, rest if short else None)
    only_a_case = not rest.words and bool(said.keys() - {ROLE}) and not asks_anew
    for_another = bool(other) or (bool(said) and asks_the_same(question))
    only_a_case = only_a_case or (for_another and rest.words <= FEW_OWN and not asks_anew)
    if supposes(inquiry.question) and said and rest.words < FEW_WORDS:
        only_a_case = True
    shares = (1.0, 1.0) if is_correction else _shares(own.values(), elliptic, only_a_case, short)
    if rest.words > FEW_OWN and not is_correction:
        shares = (shares[0], min(shares[1], LESS_BORROWED))
    before = reader.index.by_key.get(talk.entry)
    asks = bool(inquiry.question.asked.wants)
    going_on = GoingOn(talk, before, said, only_a_case, rest.words, question, is_correction, asks)
    merged = _merged(own, lent, shares, going_on if elliptic else None)
    return Leant(merged, known, elliptic, elliptic and rest.words <= FEW_WORDS)


def _lent(
    inquiry: Inquiry, last: Question, known: Mapping[str, str], short: Rest | None
) -> dict[int, Candidate]:
    """What fits the last question, by number; `short`: what one says that is nearly nothing."""
    talk, reader = inquiry.talk, inquiry.reader
    lent = {c.item.number: c for c in reader.rank(last, [talk.plan], inquiry.now, known, True)}
    if short:
        lent = lent_to_short(inquiry, short, last, known, lent)
    before = reader.index.by_key.get(talk.entry)
    if before and before.number not in lent:
        lent[before.number] = Candidate(before, 0.0, 0.0)
    return lent


def in_another_plan(inquiry: Inquiry, plan: str, last: Question) -> list[Candidate]:
    """Items of another plan for the last question with what this one adds, best first.

    None where this one says enough to stand by itself.
    """
    reader, now, question = inquiry.reader, inquiry.now, inquiry.question
    rest = rest_of(question, reader, reader.edition_at(plan, now))
    if rest.words > FEW_WORDS:
        return []
    own = {c.item.number: c for c in reader.rank(question, [plan], now)}
    lent = {c.item.number: c for c in reader.rank(last, [plan], now)}
    shares = (1.0, ANOTHER_PLAN) if rest.words else (0.0, 1.0)
    return _merged(own, lent, shares, None)


@dataclass(frozen=True, slots=True)
class GoingOn:
    """How an elliptic question goes on from the last one."""

    talk: Talk
    before: Item | None  # what was answered last
    said: Mapping[str, str]  # facets of this question
    only_a_case: bool
    words: int  # of its own
    question: Question
    is_correction: bool
    asks: bool  # something of its own

    @property
    def leads_on(self) -> bool:
        """Whether what the last answer leads to may be meant; 那內聘呢 names what is meant."""
        return not self.is_correction and not _ASKS_FOR_SIBLING.search(self.question.text.strip())


def _merged(
    own: Mapping[int, Candidate],
    lent: Mapping[int, Candidate],
    shares: tuple[float, float],
    going_on: GoingOn | None,
) -> list[Candidate]:
    """Candidates of this question and of the last one together, best first."""
    kept, share = shares
    linked_from = _linked_from(own.values()) if going_on and going_on.leads_on else 1.0
    merged = []
    for number in own.keys() | lent.keys():
        base = own.get(number)
        one = base or lent[number]
        score = share * lent[number].score if number in lent else 0.0
        score += kept * base.score if base else 0.0
        cover = base.cover if base else 0.0
        if going_on:
            score += _carried_over(one.item, going_on, base is not None)
            if base and base.score >= linked_from and _is_linked(one.item, going_on):
                score += LINKED
        else:
            cover = max(cover, share * lent[number].cover if number in lent else 0.0)
        merged.append(Candidate(one.item, score, cover, base.left if base else 0.0))
    return sorted(merged, key=by_score)


def _shares(
    own: Iterable[Candidate], elliptic: bool, only_a_case: bool, short: bool
) -> tuple[float, float]:
    """How much of its own fit a question keeps, and how much of the last one's it borrows."""
    if elliptic and only_a_case:  # 那學生呢: the last question, for another case
        return 0.3, 1.0
    if short:  # 最晚什麼時候: of what was asked about, whatever else has a date
        return 1.0, BORROWED_BY_SHORT
    met = any(c.score >= WELL_MET and c.cover >= WELL_MET for c in own)
    return 1.0, BORROWED if elliptic and not met else LEANED_ON


def _with_case(text: str, question: Question, edition: Edition, reader: Reader) -> str:
    """The last question with the facets of this one in place of its own: B組 for A組."""
    words = {n: question.key[s:e] for n, s, e in reader.hear(edition, question.key).spans}
    key, end_of_last = reader.fold(text), -1
    for name, start, end in sorted(reader.hear(edition, key).spans, key=lambda s: -s[1]):
        if name in words and (end_of_last < 0 or end <= end_of_last):
            key, end_of_last = key[:start] + words[name] + key[end:], start
    return key


def _carried_over(item: Item, going_on: GoingOn, is_own: bool) -> float:
    """What an elliptic question adds to an item for being the last answer, or like it."""
    talk = going_on.talk
    if item.key == talk.entry:
        return _same_again(item, going_on)
    if not going_on.words and _is_linked(item, going_on) and _tells_what_was_not(item, going_on):
        return TELLS_IT
    last = talk.entry.partition("#")[2].split(":")
    same_role = len(last) > 1 and item.role == last[1] and bool(item.permission)
    bare = not going_on.words and not going_on.asks
    same_for_another = bare and len(last) > 2 and item.permission == last[2]
    if is_own and (same_role or (same_for_another and item.role == going_on.said.get(ROLE))):
        return SAME_ROW
    return -0.1 if is_gap(item) and going_on.words > BARE else 0.0


def _tells(item: Item, wants: frozenset[str]) -> bool:
    """Whether an item tells all that is wanted, and something is."""
    told = {TOLD_AS.get(w, w) for w in wants}
    return bool(told) and told <= {g.partition(":")[0] for g in item.gives}


def _tells_what_was_not(item: Item, going_on: GoingOn) -> bool:
    before, wants = going_on.before, going_on.question.asked.wants
    return before is not None and _tells(item, wants) and not _tells(before, wants)


def _linked_from(own: Iterable[Candidate]) -> float:
    """The score from which an entry that the last answer leads to gains by that; 1 where none."""
    best = max((c.score for c in own), default=0.0)
    return max(MET_SO_FAR, best - FAR_BEHIND) if best < MET_WHOLE else 1.0


def _is_linked(item: Item, going_on: GoingOn) -> bool:
    before = going_on.before
    if before is None or before.edition.key != item.edition.key:
        return False
    return item.entry.id in before.entry.see or before.entry.id in item.entry.see


def _same_again(item: Item, going_on: GoingOn) -> float:
    """What the last answer gains: another case or another aspect of it is asked; or its sibling."""
    said, wants = going_on.said, going_on.question.asked.wants
    if item.facets & said.keys() and item.entry.given.fits(said):
        if going_on.only_a_case:
            return SAME_ENTRY
        return 0.5 if not going_on.words else 0.15
    if going_on.is_correction:
        return SIBLING
    if not going_on.words and not said:
        return ASPECT if _tells(item, wants) else 0.08
    if _DEMONSTRATIVE.search(going_on.question.key):
        return ASPECT / 2
    same_of = _SAME_OF_IT.search(going_on.question.key)
    if same_of and same_of["of"] in item.body:  # the last answer told that, too
        return SAME_ENTRY
    return SIBLING / 2 if _ASKS_FOR_SIBLING.search(going_on.question.key) else 0.08
