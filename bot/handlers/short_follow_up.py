"""What the last question lends to one of a word or two that follows it: 最晚什麼時候, 補助多少."""

from collections.abc import Iterable, Mapping

from bot.handlers.inquiry import Inquiry
from bot.handlers.own_words import BARE, Rest
from bot.understand.question import Question
from bot.understand.score import Candidate

TOLD_BY_FEW = (frozenset({"money"}), frozenset({"phone", "mail"}))


def lent_to_short(
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
    for told in TOLD_BY_FEW:  # 大概多少錢, after a number of classes; 那要找誰問
        if is_bare and told & wants:
            return {n: c for n, c in lent.items() if c.item.gives & (told | {"anything"})}
    if is_bare and wants:
        return lent
    together = reader.question(f"{subject_of(last)} {question.key}", now)
    return _better_of(lent, reader.rank(together, [inquiry.talk.plan], now, known, True))


def _better_of(some: Mapping[int, Candidate], others: Iterable[Candidate]) -> dict[int, Candidate]:
    """Each item as it fits better."""
    best = dict(some)
    for one in others:
        if one.item.number not in best or best[one.item.number].score < one.score:
            best[one.item.number] = one
    return best


def subject_of(question: Question) -> str:
    """What a question is about, without what it asks of that and the plan's name."""
    items, starts = question.symbols.items, question.symbols.starts
    asking = [range(start, end) for start, end in question.asked.spans]
    named = {place for name in question.named for place in range(name.first, name.last + 1)}
    return "".join(
        item
        for place, (item, start) in enumerate(zip(items, starts, strict=True))
        if place not in named and not any(start in span for span in asking)
    )
