"""Teachers of a school's list who are not done, in words; and what they are told when nudged."""

from collections.abc import Sequence
from typing import Protocol

from bot.answers.own_progress import state_words
from bot.messages import Answer, Button, Card, Outcome
from bot.model.edition import Edition
from bot.model.roster import Member
from bot.model.schools import School
from bot.rules.progress import TrackStanding, open_items

MOST_NAMED = 20
MOST_ITEMS = 4
MY_PROGRESS = "我的進度"


class OneUnfinished(Protocol):
    """A member and how far they have come."""

    @property
    def member(self) -> Member:
        """Of the school's list."""

    @property
    def standing(self) -> TrackStanding:
        """Of the track."""


def called(member: Member) -> str:
    """A name, with what tells it from another one like it."""
    return f"{member.name}（{member.label}）" if member.label else member.name


def _with_link(member: Member) -> str:
    return called(member) if member.user_id else f"{called(member)}（未連結）"


def lacks(standing: TrackStanding) -> list[str]:
    """What is missing: 線上同步課程還差1門."""
    left = [item for item in standing.counted if not item.is_complete] or open_items(standing)
    return [f"{i.item.title}{state_words(standing, i)}" for i in left]


def lacks_words(standing: TrackStanding) -> str:
    """The same in one line."""
    found = lacks(standing)
    more = f"等{len(found)}項" if len(found) > MOST_ITEMS else ""
    return "、".join(found[:MOST_ITEMS]) + more if found else "要先在自己的進度裡補資料"


def unfinished_card(school: School, found: Sequence[OneUnfinished]) -> Card:
    """Who of one school is not done with one edition, and what is missing."""
    standing = found[0].standing
    facts = [f"{_with_link(one.member)}：{lacks_words(one.standing)}" for one in found[:MOST_NAMED]]
    more = len(found) - MOST_NAMED
    return Card(
        title=f"{school.name}｜{standing.edition.about.short}",
        lead=f"還有{len(found)}位沒完成「{standing.track.title}」",
        facts=(
            *facts,
            *((f"還有{more}位，列在學校頁面的名冊。",) if more > 0 else ()),
            "依學校名冊、匯入的研習紀錄和已連結老師自己的回報計算。",
        ),
        sources=standing.track.source,
        document=standing.edition.about.title,
    )


def nudge_card(
    school: School, told: Sequence[Member], in_person: Sequence[Member], data: str, roster: str
) -> Card:
    """Who would be told, and whom to tell in person.

    Args:
        roster: the address of the school's list with the codes by which teachers link their LINE.
    """
    facts = [f"會收到提醒：{'、'.join(map(called, told))}"] if told else []
    if in_person:
        facts.append(f"還沒連結 LINE，請當面提醒：{'、'.join(map(called, in_person))}")
    if told:
        facts.append("每位老師一天最多收到一次；晚上不打擾，會在早上送出，並計入本月推播額度。")
    elif roster:
        facts.append("把連結碼發給老師，老師傳給我以後，下次就能一鍵提醒。")
    lead = f"要提醒{len(told)}位還沒完成的老師嗎？" if told else "還沒完成的老師都沒有連結 LINE。"
    buttons = (Button(f"提醒這{len(told)}位", data=data),) if told else ()
    codes = (Button("名冊和連結碼", url=roster),) if in_person and roster else ()
    return Card(
        title=f"{school.name}｜提醒老師",
        lead=lead,
        facts=tuple(facts),
        buttons=(*buttons, *codes),
    )


def nudge(school: School, edition: Edition, standing: TrackStanding) -> Answer:
    """What a teacher is told."""
    card = Card(
        title=f"{school.name}提醒您｜{edition.about.short}",
        lead=f"「{standing.track.title}」還沒完成",
        facts=(
            f"還缺：{lacks_words(standing)}",
            f"已經完成的話，直接告訴我，例如「我上完第一門了」；寫「{MY_PROGRESS}」看進度。",
        ),
        sources=standing.track.source,
        document=edition.about.title,
        buttons=(Button(MY_PROGRESS, say=MY_PROGRESS),),
    )
    return Answer((card,), outcome=Outcome.CHAT)
