"""What a school owes, in words: counts by where they stand, what is missing, what is due next."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from bot.clock import day_words, taipei_day
from bot.messages import Answer, Bar, Button, Card, Outcome, Text, Tone
from bot.model.edition import Edition
from bot.model.entries import Deliverable
from bot.model.owed import Takes
from bot.model.schools import School
from bot.model.submission import Standing
from bot.rules.owed import Slot
from bot.rules.school_standing import LEFT, SlotStanding, missing, next_due

STANDINGS = {
    Standing.RECEIVED: "已收件",
    Standing.SENT: "已送出",
    Standing.RETURNED: "退件待補",
    Standing.OVERDUE: "逾期",
    Standing.DUE: "待繳",
    Standing.NOT_YET: "未到期",
    Standing.EXCUSED: "免繳",
}
_URGENT = (Standing.RETURNED, Standing.OVERDUE, Standing.DUE)
_IN = (Standing.RECEIVED, Standing.SENT, Standing.EXCUSED)
_WAYS = {
    Takes.UPLOAD: "上傳",
    Takes.LETTER: "函送（回報時可以一起寫文號）",
    Takes.POST: "紙本寄送",
}
CELLS = 10
MOST_LINES = 8
LONGEST_LABEL, LONGEST_DATA = 20, 300  # what LINE takes
WAYS_ON = ("還缺什麼", "誰還沒完成")
BECOME = (
    "這要是學校承辦人才看得到。請向承辦單位索取學校的邀請碼，在這裡傳給我，"
    "就能看自己學校的繳交情形；問計畫的規定不用邀請碼，直接問我就可以。"
)
NEW_CONTACT = (
    "學校承辦人要用邀請碼開通：請前一位承辦人寫「承辦人異動」取得交接邀請碼，或向承辦單位索取，"
    "再把邀請碼在這裡傳給我。"
)
ONE_TO_ONE = "學校的繳交情形請在和我的一對一聊天室裡問，群組裡不顯示。"
NOT_YOURS = "您目前不是這所學校的承辦人，沒有更動。"
OLD = "這個按鈕是較早的內容，沒有更動。請再說一次，例如「教案交了3份」。"
WITHOUT = "目前沒有登記參加計畫，所以沒有應繳項目。如果應該要有，請洽承辦單位。"


def plain(said: str, *quick: Button) -> Answer:
    """A sentence."""
    return Answer((Text(said),), quick=quick, outcome=Outcome.CHAT)


def total(slots: Iterable[SlotStanding]) -> dict[Standing, int]:
    """How many pieces of all of them stand where."""
    found = dict.fromkeys(Standing, 0)
    for one in slots:
        for standing, count in one.counts.items():
            found[standing] += count
    return found


def count_words(counts: Mapping[Standing, int]) -> str:
    """已收件2、已送出1、待繳3: what there is none of is left out."""
    said = [f"{name}{counts[s]}" for s, name in STANDINGS.items() if counts[s]]
    return "、".join(said)


def name_of(slot: Slot) -> str:
    """What is handed in, of which unit, term and turn: 第1班教師心得（106學年度下學期）."""
    unit = f"{slot.unit_label}的" if slot.unit_label else ""
    more = [slot.term.title] if slot.term else []
    more += [f"第{slot.turn}次"] if slot.turn else []
    return f"{unit}{slot.title}" + (f"（{'、'.join(more)}）" if more else "")


def days_left(until: datetime | None, now: datetime) -> str:
    """還有5天, 今天截止, 已逾期3天; empty: no date is stated."""
    if until is None:
        return ""
    days = (taipei_day(until) - taipei_day(now)).days
    if now > until:
        return f"已逾期{max(-days, 1)}天"
    return f"還有{days}天" if days else "今天截止"


def until_words(one: SlotStanding, now: datetime) -> str:
    """107年3月31日前，還有5天; what the document does not say is said so."""
    if one.until is None:
        return "計畫沒有寫期限"
    by = f"{day_words(taipei_day(one.until))}前"
    later = "（展延後）" if one.is_extended else "（預計）" if one.slot.is_tentative else ""
    return f"{by}{later}，{days_left(one.until, now)}"


def how_words(slot: Slot) -> str:
    """How and where it is handed in: 上傳，計畫網站."""
    to = slot.deliverable.to if isinstance(slot.deliverable, Deliverable) else ""
    return "，".join(filter(None, (_WAYS[slot.owed.takes], to)))


def plan_card(
    school: School, edition: Edition, slots: Sequence[SlotStanding], now: datetime, url: str = ""
) -> Card:
    """How a school stands in one plan: counts, what is left, what is due next and how."""
    found = total(slots)
    expected = sum(found.values())
    done = sum(found[s] for s in _IN)
    ahead = next_due(slots, now)
    left = missing(slots, _URGENT) or missing(slots)
    first = ahead or next(iter(left), None)
    lead = count_words(found) or "沒有應繳項目"
    facts = [f"下一個期限：{name_of(ahead.slot)}，{until_words(ahead, now)}"] if ahead else []
    facts += missing_lines(left, now)
    facts += [f"繳交方式：{how_words(first.slot)}"] if first else []
    filled = CELLS * done // expected if expected else 0
    bar = Bar(title="已交和免繳", words=f"{done}／{expected}件", filled=filled, cells=CELLS)
    return Card(
        title=f"{school.name}｜{edition.about.short}",
        lead=lead if left else f"都交了：{lead}",
        bars=(bar,) if expected else (),
        facts=tuple(facts),
        state=days_left(ahead.until, now) if ahead else "",
        sources=first.slot.clause if first else (),
        document=edition.about.title,
        buttons=(Button("開啟學校頁面", url=url),) if url else (),
    )


def missing_lines(left: Sequence[SlotStanding], now: datetime) -> list[str]:
    """What is missing, one line for all units of a thing with one date."""
    groups: dict[tuple[object, ...], list[SlotStanding]] = {}
    for one in left:
        slot = one.slot
        term = slot.term.id if slot.term else ""
        groups.setdefault((slot.owed.id, term, slot.turn, one.until), []).append(one)
    lines = [_missing_line(group, now) for group in groups.values()]
    more = len(lines) - MOST_LINES
    return lines[:MOST_LINES] + ([f"還有{more}項，都列在學校頁面。"] if more > 0 else [])


def _missing_line(group: Sequence[SlotStanding], now: datetime) -> str:
    slot = group[0].slot
    units = "、".join(one.slot.unit_label for one in group if one.slot.unit_label)
    more = [slot.term.title] if slot.term else []
    more += [f"第{slot.turn}次"] if slot.turn else []
    title = slot.title + (f"（{'、'.join(more)}）" if more else "")
    found = total(group)
    counts = "、".join(f"{STANDINGS[s]}{found[s]}{slot.owed.unit}" for s in LEFT if found[s])
    named = f"{title}：{counts}" + (f"（{units}）" if units else "")
    return f"{named}，{until_words(group[0], now)}"


def reported(
    edition: Edition, laid: Sequence[tuple[Slot, int]], stands: Mapping[Standing, int], undo: str
) -> Card:
    """What was written down of a report, and how the thing stands now."""
    lines = [f"{name_of(slot)}：{count}{slot.owed.unit}" for slot, count in laid]
    first = laid[0][0]
    return Card(
        title=f"回報繳交｜{edition.about.short}",
        lead=f"已記下：{lines[0]}" if len(lines) == 1 else f"已記下{len(lines)}筆",
        facts=(
            *(lines if len(lines) > 1 else ()),
            f"「{first.title}」現在：{count_words(stands)}",
            "承辦單位收件確認後，會變成「已收件」。",
        ),
        sources=first.clause,
        document=edition.about.title,
        buttons=(Button("說錯了，收回", data=undo), Button("還缺什麼", say="還缺什麼")),
    )


def asked(title: str, lead: str, choice: Sequence[tuple[str, str]], *facts: str) -> Answer:
    """A question whose answers are tapped: what each is called, and what its button brings."""
    card = Card(title=title, lead=lead, facts=facts, tone=Tone.ASK)
    quick = tuple(_button(label[:LONGEST_LABEL], data) for label, data in choice)
    return Answer((card,), quick=quick, outcome=Outcome.ASKED)


def _button(label: str, data: str) -> Button:
    """A button; where it would bring back more than LINE takes, its label is said instead."""
    is_too_long = len(data.encode("utf-16-le")) // 2 > LONGEST_DATA
    return Button(label, say=label) if is_too_long else Button(label, data=data)
