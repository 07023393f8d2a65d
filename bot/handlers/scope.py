"""Which plans a question is about, and what the conversation before it adds."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.handlers.inquiry import Inquiry
from bot.model.edition import Edition
from bot.model.talk import Talk
from bot.understand.coverage import LIGHT
from bot.understand.facets import ROLE
from bot.understand.gives import TOLD_AS
from bot.understand.index import Item, is_gap
from bot.understand.other_case import other_case
from bot.understand.question import Question
from bot.understand.reader import Reader
from bot.understand.score import Candidate, by_score
from bot.understand.symbols import GRAMMAR

_CARRIES_ON = re.compile(r"^(?:那|如果|要是|假如|所以|還有|另外|它|這)|(?:呢|咧|勒)$")
_TURNS_TO = re.compile("換成|換到|換問|改問|切換|回到|回去|回來|那個$")
_ALL_CASES = re.compile("兩組|兩個都|總共|全部|合計|各組|一共|加起來")
ELLIPTIC_BELOW = 2.2  # words: less than this of its own, and a question leans on the last one
SAME_ENTRY = 2.0
_NO_WORDS = GRAMMAR | frozenset("前後底初那還交繳送傳給上截止")
WELL_MET = 0.85  # score and share: a short question that an entry meets by itself
BORROWED, LEANED_ON, ANOTHER_PLAN = 0.45, 0.12, 0.6  # how much of the last question's fit is added
# Words of its own: so short, it is of the same subject; the longer ones where they ask something.
BARE, FEW_OWN, BORROWED_BY_SHORT = 1, 2, 0.6
LESS_BORROWED = 0.35  # with more words of its own it leans less
# Of its own: with more, a question leans on no other plan's, and is not answered for going on.
FEW_WORDS = 4
ASPECT = 0.9  # 幾點: another aspect of the last answer, which tells it
SIBLING = -0.3  # 那內聘呢: what was not answered yet
_DEMONSTRATIVE = re.compile("^(?:那)?(?:這|它|上述|該)")
_ASKS_FOR_SIBLING = re.compile("^那?.{1,8}(?:呢|咧|勒)$")


@dataclass(frozen=True, slots=True)
class Scope:
    """The plans to look in, and whether the question named or inherited them."""

    plans: tuple[str, ...]
    is_named: bool = False


def named_scope(question: Question, reader: Reader) -> Scope | None:
    """The plans that the question names, by name or by their area; None where it names none."""
    if question.plans:
        plans = _in_area(question.plans, question, reader)
        return Scope(tuple(plans), is_named=True)
    here = [p for p in reader.plans if _area_said(p, question, reader)]
    return Scope(tuple(here), is_named=True) if here else None


def _in_area(plans: Sequence[str], question: Question, reader: Reader) -> Sequence[str]:
    here = [p for p in plans if _area_said(p, question, reader)]
    return here or plans


def _area_said(plan: str, question: Question, reader: Reader) -> bool:
    said = [p for p in question.places if not re.search(rf"(?:在|住|從|來自){p}", question.key)]
    return any(reader.covers(plan, place) for place in said)


@dataclass(frozen=True, slots=True)
class Rest:
    """What a question says beside facets, names, question words and grammar."""

    weight: float  # in words that no plan uses: 1.0 is one such word of one character
    words: int  # characters, or runs of letters or digits


def rest_of(question: Question, reader: Reader, edition: Edition) -> Rest:
    """What is left of the question without the facets that it speaks of."""
    heard = reader.hear(edition, question.key)
    said = {
        i
        for _, start, end in heard.spans
        for i, s in enumerate(question.symbols.starts)
        if start <= s < end
    }
    asking = {
        i
        for start, end in question.asked.spans
        for i, s in enumerate(question.symbols.starts)
        if start <= s < end
    }
    left = [(i, w) for i, w in enumerate(question.weights) if i not in said]
    floor = LIGHT * reader.index.novel
    items = question.symbols.items
    words = sum(w >= floor and items[i] not in _NO_WORDS and i not in asking for i, w in left)
    return Rest(sum(w for _, w in left) / reader.index.novel, words)


def leaves_out(question: Question) -> bool:
    """Whether the question is put as one that goes on: 那B組呢, 如果沒去."""
    return bool(_CARRIES_ON.search(question.key) or _TURNS_TO.search(question.text))


def carries_on(question: Question, rest: Rest) -> bool:
    """Whether the question leaves out what the last one said: 那B組呢, 幾點開始, 地址."""
    return leaves_out(question) or not rest.words or rest.weight < ELLIPTIC_BELOW


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
    last = reader.question(_with_case(talk.text, question, edition, reader), now)
    lent = {c.item.number: c for c in reader.rank(last, [talk.plan], now, known, True)}
    is_short = elliptic and not is_correction and not said and _is_short(inquiry, rest)
    if is_short:
        lent = _lent_to_short(inquiry, rest, last, known, lent)
    before = reader.index.by_key.get(talk.entry)
    if before and before.number not in lent:
        lent[before.number] = Candidate(before, 0.0, 0.0)
    only_a_case = not rest.words and bool(said.keys() - {ROLE}) and not asks_anew
    only_a_case = only_a_case or (bool(other) and rest.words <= FEW_OWN and not asks_anew)
    shares = (1.0, 1.0) if is_correction else _shares(own.values(), elliptic, only_a_case, is_short)
    if rest.words > FEW_OWN and not is_correction:
        shares = (shares[0], min(shares[1], LESS_BORROWED))
    going_on = GoingOn(talk, said, only_a_case, rest.words, question, is_correction)
    merged = _merged(own, lent, shares, going_on if elliptic else None)
    return Leant(merged, known, elliptic, elliptic and rest.words <= FEW_WORDS)


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


def _is_short(inquiry: Inquiry, rest: Rest) -> bool:
    """Whether the question says so little that it can only be of what was asked about."""
    return rest.words <= (FEW_OWN if inquiry.question.asked.wants else BARE)


def _lent_to_short(
    inquiry: Inquiry,
    rest: Rest,
    last: Question,
    known: Mapping[str, str],
    lent: dict[int, Candidate],
) -> dict[int, Candidate]:
    """What the last question lends to a short one; what is said is sought together with it.

    補助多少 after 教練學校要做哪些事: 教練學校 補助多少.
    """
    reader, now, question = inquiry.reader, inquiry.now, inquiry.question
    is_bare, wants = rest.words <= BARE, question.asked.wants
    if is_bare and "money" in wants:  # 大概多少錢, after a number of classes
        return {n: c for n, c in lent.items() if c.item.gives & {"money", "anything"}}
    if is_bare and wants:
        return lent
    together = reader.question(f"{_subject_of(last)} {question.key}", now)
    return _better_of(lent, reader.rank(together, [inquiry.talk.plan], now, known, True))


def _better_of(some: Mapping[int, Candidate], others: Iterable[Candidate]) -> dict[int, Candidate]:
    """Each item as it fits better."""
    best = dict(some)
    for one in others:
        if one.item.number not in best or best[one.item.number].score < one.score:
            best[one.item.number] = one
    return best


def _subject_of(question: Question) -> str:
    """What a question is about, without what it asks of that and the plan's name."""
    items, starts = question.symbols.items, question.symbols.starts
    asking = [range(start, end) for start, end in question.asked.spans]
    named = {place for name in question.named for place in range(name.first, name.last + 1)}
    return "".join(
        item
        for place, (item, start) in enumerate(zip(items, starts, strict=True))
        if place not in named and not any(start in span for span in asking)
    )


@dataclass(frozen=True, slots=True)
class GoingOn:
    """How an elliptic question goes on from the last one."""

    talk: Talk
    said: Mapping[str, str]  # facets of this question
    only_a_case: bool
    words: int  # of its own
    question: Question
    is_correction: bool


def _merged(
    own: Mapping[int, Candidate],
    lent: Mapping[int, Candidate],
    shares: tuple[float, float],
    going_on: GoingOn | None,
) -> list[Candidate]:
    """Candidates of this question and of the last one together, best first."""
    kept, share = shares
    merged = []
    for number in own.keys() | lent.keys():
        base = own.get(number)
        one = base or lent[number]
        score = share * lent[number].score if number in lent else 0.0
        score += kept * base.score if base else 0.0
        cover = base.cover if base else 0.0
        if going_on:
            score += _carried_over(one.item, going_on, base is not None)
        else:
            cover = max(cover, share * lent[number].cover if number in lent else 0.0)
        merged.append(Candidate(one.item, score, cover, base.left if base else 0.0))
    return sorted(merged, key=by_score)


def _shares(
    own: Iterable[Candidate], elliptic: bool, only_a_case: bool, is_short: bool
) -> tuple[float, float]:
    """How much of its own fit a question keeps, and how much of the last one's it borrows."""
    if elliptic and only_a_case:  # 那學生呢: the last question, for another case
        return 0.3, 1.0
    if is_short:  # 最晚什麼時候: of what was asked about, whatever else has a date
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
    last = talk.entry.partition("#")[2].split(":")
    same_role = len(last) > 1 and item.role == last[1] and bool(item.permission)
    if same_role and is_own:
        return 0.25
    return -0.1 if is_gap(item) and going_on.words > BARE else 0.0


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
        told = {TOLD_AS.get(w, w) for w in wants}
        return ASPECT if told and told <= {g.partition(":")[0] for g in item.gives} else 0.08
    if _DEMONSTRATIVE.search(going_on.question.key):
        return ASPECT / 2
    return SIBLING / 2 if _ASKS_FOR_SIBLING.search(going_on.question.key) else 0.08
