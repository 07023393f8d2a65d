"""A verdict in words: what was decided, by which conditions, and what is still to be known."""

from bot.messages import Tone
from bot.model.entries import Eligibility
from bot.model.rule import Is
from bot.rules.verdict import Verdict, decide
from bot.understand.said_facts import SaidFacts

Lines = tuple[str, tuple[str, ...], Tone]


def verdict_lines(
    entry: Eligibility, verdict: Verdict, said: SaidFacts, in_turn: bool = False
) -> Lines:
    """The first line, further lines and the tone of a verdict on what was said.

    One fact is asked for at a time; what else is open is named by its condition. While one
    question follows the other (`in_turn`), the question comes first.
    """
    remedy = (f"可以這樣做：{entry.remedy}",) if entry.remedy else ()
    if verdict.holds:
        reasons = tuple(c for c in verdict.decided_by if decide(c, said.known).holds)
        text = (entry.text,) if entry.text else ()
        lines = (*map(_condition, reasons), *text, *entry.points)
        return f"符合，可以{entry.who}。", lines, Tone.ANSWER
    if verdict.holds is False:
        lead = f"依您說的情形，不符合{entry.title}，不能{entry.who}。"
        return lead, (*(f"不符：{_condition(c)}" for c in verdict.decided_by), *remedy), Tone.ANSWER
    missed = tuple(f"{_MISSED}{_condition(c)}" for c in verdict.missed)
    asked = tuple(f"請告訴我：{q}" for q in questions(entry, verdict, said)[:1])
    if not asked:
        lead = f"還不能確定是否可以{entry.who}：下面的事您還不確定。"
        lines = (*missed, *map(_condition, verdict.open), _WHEN_SURE, *remedy)
        return lead, lines, Tone.ASK
    if in_turn:
        still = f"知道這件事，才能確定是否可以{entry.who}。還不能確定的條件："
        question = questions(entry, verdict, said)[0]
        return question, (*missed, still, *map(_condition, verdict.open)), Tone.ASK
    if said.known or said.partly:
        lead = f"還不能確定是否可以{entry.who}，還需要知道下面的事。"
        return lead, (*missed, *asked, *map(_condition, verdict.open), *remedy), Tone.ASK
    lines = (*map(_condition, verdict.open), *entry.points, *asked, *remedy)
    return entry.text or f"{entry.title}如下：", lines, Tone.ASK


_MISSED = "依您說的，沒有達到："
_WHEN_SURE = "查清楚以後，直接告訴我，或說「繼續檢查資格」。"


def questions(entry: Eligibility, verdict: Verdict, said: SaidFacts) -> list[str]:
    """The questions that can still change the verdict, what was touched on first."""
    asks = {f.id: f.ask for f in entry.facts}
    return [asks[fact] for fact in asked_facts(verdict, said) if fact in asks]


def asked_facts(verdict: Verdict, said: SaidFacts) -> list[str]:
    """Ids of the facts that are asked for, in that order."""
    return sorted(verdict.ask, key=lambda fact: fact not in said.partly)


def _condition(condition: Is) -> str:
    return f"{condition.text}（{'、'.join(condition.source)}）"
