"""Which candidate answers: the best one if it is good enough and clearly ahead, else none does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.handlers.instead import instead
from bot.model.entries import DateKind, PlanDate
from bot.understand.index import Index, is_gap, is_supplement
from bot.understand.question import Question
from bot.understand.rivals import (
    could_mean,
    is_about,
    names_alone,
    sharing_a_number,
    topic_of,
)
from bot.understand.score import Candidate, is_written, own_share
from bot.understand.strange import turns_on_strange_words

# Measured on some 1,400 turns: below these, one answer in eight was wrong; above, one in thirty.
GOOD = 0.53
COVERED = 0.58  # share of the question that a sure answer must speak of
MAYBE, MAYBE_UNNAMED, MAYBE_COVERED = 0.33, 0.4, 0.25  # shown as the nearest, not as the answer
ASKED_FROM = 0.5  # below it nobody is asked which plan is meant: none may be
YES_OR_NO, POINT = frozenset({"may", "must"}), 0.15  # share of a yes-or-no question: its point
POINT_OF_OTHERS = 0.33  # 操作手冊密碼多少
OPEN_COVERED, AHEAD = 0.45, 0.1  # of 現在還可以報嗎, and how far ahead its deadline must be
PLAIN = 0.9  # a question so well met is answered though it has strange words
RIVAL = 0.8  # of the best score: plans whose best reaches it may have been meant
TITLED_RIVAL = 0.5  # the same, of an entry that is about the question's key word
LONGEST_AHEAD = timedelta(days=2 * 365)  # plans are made known about a year ahead
NEAREST_SHOWN = 4
STAFF_NEAR, GAP_ALONE = 0.2, 0.1  # how near what staff added about a gap must be, and the gap alone


@dataclass(frozen=True, slots=True)
class Choice:
    """What to do: answer with `best`, ask which of `plans`, or neither.

    Where `best` is not sure, it is the nearest that the plan says. `near` is what came close,
    the best first.
    """

    best: Candidate | None = None
    plans: tuple[str, ...] = ()
    near: tuple[Candidate, ...] = ()
    is_sure: bool = True


def decide(
    candidates: Sequence[Candidate], question: Question, index: Index, is_settled: bool
) -> Choice:
    """The choice among candidates that are sorted best first.

    `is_settled` says that one plan is meant; else the best of each plan are rivals, where the
    question has no words that only one of the plans uses.
    """
    near = tuple(candidates[:NEAREST_SHOWN])
    if not candidates:
        return Choice()
    best = instead(candidates, question, index)
    best = _filled_gap(best, candidates, question, index) or best
    is_sure = best.score >= GOOD and (
        best.cover >= COVERED or _is_the_deadline(candidates, question)
    )
    strange = turns_on_strange_words(index, question, best.item.edition.key)
    is_sure = is_sure and (best.score >= PLAIN or not strange)
    is_sure = is_sure and is_written(index, question, best.item)
    is_sure = is_sure and not _misses_the_point(best, question)
    if not is_settled and not is_sure and not is_gap(best.item) and best.score < ASKED_FROM:
        return Choice(near=near)
    maybe = MAYBE if is_settled else MAYBE_UNNAMED
    if not is_sure and (best.score < maybe or best.cover < MAYBE_COVERED):
        return Choice(near=near)
    if not is_settled:
        plans = _rivals(candidates, question, index)
        if len(plans) > 1:
            return Choice(plans=plans, near=near)
    return Choice(best, near=near, is_sure=is_sure or is_gap(best.item))


def _misses_the_point(best: Candidate, question: Question) -> bool:
    """Whether the question turns on something that the entry never speaks of.

    經費表可以用鉛筆改嗎: that the entry is about the table does not make it an answer.
    """
    wants = question.asked.wants
    point = POINT if wants and wants <= YES_OR_NO else POINT_OF_OTHERS
    return best.left >= point and best.score < PLAIN


def _is_the_deadline(candidates: Sequence[Candidate], question: Question) -> bool:
    """Whether a question that asks little but whether it is too late has one deadline ahead."""
    best = candidates[0]
    if "open" not in question.asked.wants or best.cover < OPEN_COVERED or not _is_date(best):
        return False
    rivals = (c.score for c in candidates[1:] if c.item.edition.key == best.item.edition.key)
    return best.score >= max(rivals, default=0.0) + AHEAD


def _is_date(candidate: Candidate) -> bool:
    entry = candidate.item.entry
    return isinstance(entry, PlanDate) and entry.kind is DateKind.DEADLINE


def _may_answer(candidate: Candidate, best: Candidate) -> bool:
    """Whether it is a rival; of a gap only what would be a sure answer: another plan may say it."""
    return not is_gap(best.item) or (candidate.score >= GOOD and candidate.cover >= COVERED)


def _filled_gap(
    gap: Candidate, candidates: Sequence[Candidate], question: Question, index: Index
) -> Candidate | None:
    """What staff added about the very thing that a gap is about; None where nothing was."""
    if not is_gap(gap.item):
        return None
    for candidate in candidates[:NEAREST_SHOWN]:
        near = candidate.score >= max(GOOD, gap.score - STAFF_NEAR)
        if near and is_supplement(candidate.item):
            alone = own_share(index, question, gap.item, candidate.item)
            same_plan = candidate.item.edition.key == gap.item.edition.key
            if same_plan and alone <= GAP_ALONE:
                return candidate
    return None


def _rivals(candidates: Sequence[Candidate], question: Question, index: Index) -> tuple[str, ...]:
    """Plans that may have been meant: the best one's, and those whose best comes near it."""
    best = candidates[0]
    known = [c for c in candidates if c is best or not _is_yet_to_come(c, question.at)]
    plans = {c.item.edition.plan for c in known}
    sharing = [plan for plan in sharing_a_number(index, question) if plan in plans]
    if best.item.edition.plan in sharing and len(sharing) > 1:
        return tuple(sharing)
    found, tops = list[str](), set[str]()
    for candidate in known:
        plan = candidate.item.edition.plan
        may = candidate is best or (not is_gap(candidate.item) and _may_answer(candidate, best))
        if not may or plan in found:
            continue
        is_top = plan not in tops
        tops.add(plan)
        if candidate is best or _is_rival(candidate, best, is_top, question, index):
            found.append(plan)
    return tuple(found)


def _is_yet_to_come(candidate: Candidate, now: datetime) -> bool:
    """Whether its edition's year is so far ahead that nobody asks about it yet."""
    return candidate.item.edition.begins > now + LONGEST_AHEAD


def _is_rival(
    candidate: Candidate, best: Candidate, is_top: bool, question: Question, index: Index
) -> bool:
    """Whether the first of another plan comes near the best, or is about the same key word."""
    is_near = is_top and candidate.score >= RIVAL * best.score
    if not is_near:
        topic = topic_of(index, question)
        floor = max(ASKED_FROM, TITLED_RIVAL * best.score)
        its_title, title = best.item.phrases[0], candidate.item.phrases[0]
        # What is called so itself is meant rather than what is also called so.
        is_about_it = topic in title if topic == its_title else is_about(candidate.item, topic)
        is_near = bool(topic) and candidate.score >= floor and is_about_it
    return is_near and _could_be_meant(candidate, best, question, index)


def _could_be_meant(
    candidate: Candidate, best: Candidate, question: Question, index: Index
) -> bool:
    """Whether the plan of a candidate could have been meant as well as the best one's."""
    home, other = best.item.edition.key, candidate.item.edition.key
    if not could_mean(index, question, home, other):
        return False
    named_here = names_alone(index, question, best.item, other)
    return not named_here or names_alone(index, question, candidate.item, home)
