"""What a school's contacts are told of what the office did with what they handed in."""

from collections.abc import Sequence
from datetime import datetime

from bot.clock import day_words, taipei_day
from bot.messages import Answer, Button, Card, Outcome, Tone
from bot.model.edition import Edition
from bot.model.schools import School
from bot.model.submission import Deed, Standing
from bot.rules.owed import Slot

STANDINGS = {
    Standing.NOT_YET: "未到期",
    Standing.DUE: "待繳",
    Standing.SENT: "已送出",
    Standing.RETURNED: "退件待補",
    Standing.RECEIVED: "已收件",
    Standing.OVERDUE: "逾期",
    Standing.EXCUSED: "免繳",
}
DEEDS = {
    Deed.REPORT: "回報送出",
    Deed.TAKE_BACK: "收回回報",
    Deed.CONFIRM: "確認收件",
    Deed.SEND_BACK: "退件",
    Deed.EXCUSE: "設為免繳",
    Deed.OWE_AGAIN: "取消免繳",
    Deed.EXTEND: "延後期限",
}
LEFT = "還缺什麼"  # what a contact writes to see what is left
MOST_LISTED = 6
_SAID = {
    Deed.CONFIRM: "已收件",
    Deed.SEND_BACK: "退回補件",
    Deed.EXCUSE: "免繳",
    Deed.OWE_AGAIN: "仍要繳交",
}


def slot_words(slot: Slot) -> str:
    """A slot by all that tells it from the others: 第1班教案（106學年度下學期）."""
    more = [slot.term.title if slot.term else "", f"第{slot.turn}次" if slot.turn else ""]
    said = "、".join(filter(None, more))
    return f"{slot.unit_label}{slot.title}" + (f"（{said}）" if said else "")


def counts_words(counts: dict[Standing, int], unit: str) -> str:
    """How many stand where: 已收件2份、待繳1份."""
    return "、".join(f"{STANDINGS[s]}{n}{unit}" for s, n in counts.items() if n)


def done_card(
    edition: Edition,
    school: School,
    deed: Deed,
    done: Sequence[tuple[Slot, int, datetime | None]],
    why: str,
) -> Answer:
    """What the office did: the slots with how many, or until when."""
    lines = [_line(deed, *one) for one in done]
    rest = len(lines) - MOST_LISTED
    facts = [*lines[1:MOST_LISTED], *([f"…等，另有{rest}項"] if rest > 0 else [])]
    if why:
        facts.append(f"原因：{why}")
    if deed is Deed.SEND_BACK:
        facts.append("補正後再送一次，並回報「交了」。")
    card = Card(
        title=f"{school.name}｜{edition.about.short}",
        lead=lines[0],
        facts=tuple(facts),
        sources=done[0][0].clause if len(done) == 1 else (),
        document=edition.about.title,
        tone=Tone.ASK if deed in (Deed.SEND_BACK, Deed.OWE_AGAIN) else Tone.ANSWER,
        buttons=(Button(LEFT, say=LEFT),),
    )
    return Answer((card,), outcome=Outcome.CHAT)


def lacking_card(
    edition: Edition, school: School, left: Sequence[tuple[Slot, int, datetime | None]]
) -> Answer:
    """What a school has not handed in of one thing, with the dates that hold."""
    first = left[0][0]
    number = sum(count for _, count, _ in left)
    facts = [_left_line(*one) for one in left[:MOST_LISTED]]
    if len(left) > MOST_LISTED:
        facts.append(f"…等，共{len(left)}項")
    facts.append("已經送出的話，請回報「交了」；有困難請洽承辦單位。")
    card = Card(
        title=f"提醒繳交｜{edition.about.short}",
        lead=f"{school.name}的「{first.title}」還有{number}{first.owed.unit}沒有收到。",
        facts=tuple(facts),
        sources=first.clause,
        document=edition.about.title,
        tone=Tone.ASK,
        buttons=(Button(LEFT, say=LEFT),),
    )
    return Answer((card,), outcome=Outcome.CHAT)


def _line(deed: Deed, slot: Slot, count: int, until: datetime | None) -> str:
    if deed is Deed.EXTEND:
        day = day_words(taipei_day(until)) if until else ""
        return f"「{slot_words(slot)}」的期限延到{day}"
    return f"「{slot_words(slot)}」{count}{slot.owed.unit}{_SAID[deed]}"


def _left_line(slot: Slot, count: int, until: datetime | None) -> str:
    day = f"，期限{day_words(taipei_day(until))}" if until else "，文件沒有寫期限"
    return f"{slot_words(slot)}：{count}{slot.owed.unit}{day}"
