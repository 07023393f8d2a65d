"""未繳名單: which schools of a plan still owe what is due, as staff read it in the chat."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages import Button, Card, Tone
from bot.model.edition import Edition
from bot.model.schools import School
from bot.model.submission import Standing

TITLE = "未繳名單"
NONE_TAKES_PART = "還沒有學校參與計畫的資料。請在主控台的「匯入」匯入參與計畫的學校。"
ALL_IN = "到今天該交的都交了，沒有逾期、待繳或退件待補的學校。"
LISTED = 8
STANDINGS = {Standing.OVERDUE: "逾期", Standing.RETURNED: "退件待補", Standing.DUE: "待繳"}


@dataclass(frozen=True, slots=True)
class Owes:
    """A school, and how many pieces of what it owes stand where."""

    school: School
    counts: dict[Standing, int]  # of `STANDINGS`; at least one is more than 0


def owing_card(edition: Edition, owing: Sequence[Owes], buttons: tuple[Button, ...]) -> Card:
    """The schools of an edition that owe something, those with the most overdue first."""
    if not owing:
        return Card(title=f"{TITLE}｜{edition.about.short}", lead=ALL_IN, buttons=buttons[:1])
    order = sorted(owing, key=lambda one: (*_urgency(one), one.school.name, one.school.code))
    facts = [f"{one.school.name}：{_said(one)}" for one in order[:LISTED]]
    if more := len(order) - LISTED:
        facts += [f"還有{more:,}所，請開「看全部」。"] if more > 0 else []
    late = sum(1 for one in owing if one.counts[Standing.OVERDUE])
    state = f"其中{late:,}所有逾期的" if late else ""
    return Card(
        title=f"{TITLE}｜{edition.about.short}",
        lead=f"{len(owing):,}所學校還有沒交的",
        facts=tuple(facts),
        state=state,
        tone=Tone.ASK,
        buttons=buttons,
    )


def _urgency(one: Owes) -> tuple[int, ...]:
    return tuple(-one.counts[standing] for standing in STANDINGS)


def _said(one: Owes) -> str:
    return "、".join(f"{words}{n}" for s, words in STANDINGS.items() if (n := one.counts[s]))
