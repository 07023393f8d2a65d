"""A verdict in words: what was decided, by which conditions, and what is still to be known."""

from bot.messages import Tone
from bot.model.entries import Eligibility
from bot.model.rule import Is
from bot.rules.verdict import Verdict, decide
from bot.understand.said_facts import SaidFacts

ASKED_AT_ONCE = 3

Lines = tuple[str, tuple[str, ...], Tone]


def verdict_lines(entry: Eligibility, verdict: Verdict, said: SaidFacts) -> Lines:
    """The first line, further lines and the tone of a verdict on what was said."""
    remedy = (f"可以這樣做：{entry.remedy}",) if entry.remedy else ()
    if verdict.holds:
        reasons = tuple(c for c in verdict.decided_by if decide(c, said.known).holds)
        lines = (*map(_condition, reasons), entry.text, *entry.points)
        return f"符合，可以{entry.who}。", lines, Tone.ANSWER
    if verdict.holds is False:
        lead = f"依您說的情形，不符合{entry.title}，不能{entry.who}。"
        return lead, (*(f"不符：{_condition(c)}" for c in verdict.decided_by), *remedy), Tone.ANSWER
    if said.known or said.partly:
        lead = f"還不能確定是否可以{entry.who}，還需要知道下面的事。"
        asked = tuple(f"請告訴我：{q}" for q in questions(entry, verdict, said)[:ASKED_AT_ONCE])
        return lead, (*asked, *map(_condition, verdict.open), *remedy), Tone.ASK
    asked = tuple(f"請告訴我：{q}" for q in questions(entry, verdict, said)[:1])
    lines = (*map(_condition, verdict.open), *entry.points, *asked, *remedy)
    return entry.text or f"{entry.title}如下：", lines, Tone.ASK


def questions(entry: Eligibility, verdict: Verdict, said: SaidFacts) -> list[str]:
    """The questions that can still change the verdict, what was touched on first."""
    asks = {f.id: f.ask for f in entry.facts}
    return [asks[fact] for fact in asked_facts(verdict, said) if fact in asks]


def asked_facts(verdict: Verdict, said: SaidFacts) -> list[str]:
    """Ids of the facts that are asked for, in that order."""
    first = sorted(verdict.open, key=lambda c: c.fact not in said.partly)
    return list(dict.fromkeys(c.fact for c in first))


def _condition(condition: Is) -> str:
    return f"{condition.text}（{'、'.join(condition.source)}）"
