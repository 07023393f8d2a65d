"""What a school's contact asks of their school: is it handed in, what is missing, who is not done.

These are whole sentences of few words; whatever says more is a question to the plans.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Ask(StrEnum):
    """What is asked."""

    HANDED_IN = "handed"  # has my school handed it in?
    MISSING = "missing"  # what is missing?
    WHEN = "when"  # when is the next due?
    WHO = "who"  # which teachers are not done?
    NUDGE = "nudge"  # remind them
    PAGE = "page"  # upload a list, open the page


@dataclass(frozen=True, slots=True)
class SchoolAsk:
    """What is asked, of which thing, and whether it can be of nothing but one's school."""

    ask: Ask
    thing: str = ""  # 教案; empty: all of it
    is_of_school: bool = False  # it says 我們學校, or can mean nothing else


LONGEST = 30
_NOISE = re.compile(r"[\s,，。.!！?？、~～:：;；\"'「」()（）]+")
_POLITE = re.compile(
    r"^(?:請問|想問|想知道|請幫我看|幫我看|幫我查|查一下|那|師鐘)+|(?:呢|啊|呀|喔|謝謝)+$"
)
_WE = r"(?P<we>我們?學校|我們?校|本校|敝校)"
_DONE = (
    r"(?:都|全部?|有|已經?)*(?:交|繳|繳交|送|上傳)(?:齊|完|過|出去|件)?了?(?:嗎|沒有?|了沒有?|了嗎)"
)
_ASKS = (
    (Ask.HANDED_IN, rf"(?:{_WE}(?:的)?)?(?P<thing>[^嗎沒要該]{{0,16}}?){_DONE}"),
    (
        Ask.MISSING,
        rf"(?:{_WE}|學校|我們)?(?:現在|目前)?還(?:缺|差|欠|有)(?:了|著)?(?:什麼|哪些|哪幾項|多少)"
        r"(?:東西|資料|文件)?(?:沒交|沒繳|未交|未繳|要交|要繳|待繳|待補|沒有交)?(?:的)?",
    ),
    (
        Ask.WHEN,
        rf"(?:{_WE}|學校|我們)?(?:接下來|下(?:一|1)?(?:個|次)|最近)?(?:的)?"
        r"(?:什麼時候|何時|幾號|幾月幾號|哪一?天)(?:之前|以前|前)?(?:要|該|得)?(?:交|繳)(?:齊|件)?",
    ),
    (
        Ask.WHO,
        rf"(?:{_WE}|學校|我們)?(?:的)?(?:老師|教師)?(?:還有)?"
        r"(?:誰|哪些人|哪些?老師|哪些?教師|哪幾[位個](?:老師|教師)?)"
        r"(?:還)?(?:沒有?|未)(?:有)?(?:完成|做完|上完|修完|研習完)(?:研習|課程|認證|的)*",
    ),
    (
        Ask.NUDGE,
        r"(?:請|麻煩|幫我|幫忙|我要|我想|代我|一鍵)*(?:提醒|催|通知)(?:一下)?(?:我們|學校|本校)*(?:的)?"
        r"(?:(?:還)?(?:沒有?|未)(?:完成|做完|上完)的)?(?:老師|教師)們?(?:一下|完成研習|研習)?",
    ),
    (
        Ask.PAGE,
        r"(?:我要|我想|幫我|請)*(?:上傳|匯入|更新)(?:學校|教師|老師|研習|我們學校)*(?:的)?"
        r"(?:名冊|名單|研習紀錄|完成名單|簽到表)|(?:開啟|打開)?(?:學校頁面|學校專頁|我們學校的頁面)",
    ),
)
_PATTERNS = tuple((ask, re.compile(pattern)) for ask, pattern in _ASKS)
_ONLY_OF_SCHOOLS = (Ask.NUDGE, Ask.PAGE)


def hear_ask(text: str) -> SchoolAsk | None:
    """What a message asks of its writer's school; None where it asks nothing of the kind."""
    said = _NOISE.sub("", unicodedata.normalize("NFKC", text))
    if len(said) > LONGEST:
        return None
    said = _POLITE.sub("", said)
    for ask, pattern in _PATTERNS:
        found = pattern.fullmatch(said)
        if found:
            named = found.groupdict()
            of_school = bool(named.get("we")) or ask in _ONLY_OF_SCHOOLS
            of_school = of_school or said in ("誰還沒完成", "哪些老師還沒完成")
            return SchoolAsk(ask, named.get("thing") or "", of_school)
    return None
