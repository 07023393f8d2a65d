"""What a school's contact asks of their school: is it handed in, what is missing, who is not done.

These are whole sentences of few words; whatever says more is a question to the plans. What they say
before it is the thing that is asked of: something owed, a plan, a school, or two of these.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Ask(StrEnum):
    """What is asked."""

    HANDED_IN = "handed"  # has my school handed it in?
    MISSING = "missing"  # what is missing?
    WHEN = "when"  # when is the next due?
    WHO = "who"  # which teachers are not done?
    NUDGE = "nudge"  # remind them
    PAGE = "page"  # upload a list, open the page
    CONTACT = "contact"  # I am the new contact


@dataclass(frozen=True, slots=True)
class SchoolAsk:
    """What is asked, of which thing, and whether it can be of nothing but one's school."""

    ask: Ask
    thing: str = ""  # 教案; empty: all of it
    is_of_school: bool = False  # it says 我們學校, or can mean nothing else


LONGEST = 30
_NOISE = re.compile(r"[\s,，。.!！?？、~～:：;；\"'「」()（）]+")
_POLITE = re.compile(
    r"^(?:請問|想問|想知道|(?:請|麻煩)?幫我?[看查]|[看查]?一下|那|師鐘)+|(?:呢|啊|呀|喔|耶|謝謝)+$"
)
_WE = r"(?P<we>我們?學校|我們?校|本校|敝校)"
_WHAT = r"(?:什麼|甚麼|啥|哪些|哪幾[項樣]|多少)"
_THING = r"(?P<thing>[^嗎誰哪]{0,16}?)"
_LEFT = r"(?:沒交|沒繳|未交|未繳|要交|要繳|該交|待繳|待補|沒有交|沒送)"
_DONE = (
    r"(?:都|全部?|有|已經?)*(?:交|繳|繳交|送|上傳)(?:齊|完|過|出去|件)?了?(?:嗎|沒有?|了沒有?|了嗎)"
)
_ASKS = (
    (Ask.HANDED_IN, rf"(?:{_WE}(?:的)?)?(?P<thing>[^嗎沒要該]{{0,16}}?){_DONE}"),
    (
        Ask.MISSING,
        rf"{_THING}(?:{_WE}|學校|我們)?(?:現在|目前|到底)?"
        rf"(?:還?(?:缺|差|欠)(?:了|著)?{_WHAT}|還有{_WHAT}|有(?:沒有)?{_WHAT}(?=.*{_LEFT}))"
        rf"(?:東西|資料|文件)?(?:還)?{_LEFT}?(?:的)?(?:嗎)?",
    ),
    (
        Ask.MISSING,
        rf"{_THING}(?:{_WE}|學校|我們)?(?:還[有差缺])?(?:誰|哪[些個幾]?位?老師)還?(?:沒|未)有?[交繳]",
    ),
    (
        Ask.WHEN,
        rf"(?:{_WE}|學校|我們)?(?:接下來|下(?:一|1)?(?:個|次)|最近)?(?:的)?"
        r"(?:什麼時候|何時|幾號|幾月幾號|哪一?天)(?:之前|以前|前)?(?:要|該|得)?(?:交|繳)(?:齊|件)?",
    ),
    (
        Ask.WHEN,
        rf"(?:{_WE}|學校|我們)?(?:接下來|再來|下[一1]?[個次項件]|最近|近期|這個月|本月)有?(?:什麼)?"
        rf"[要該得][交繳](?:的)?(?:東西)?是?(?:{_WHAT}|哪[一1]?[個項件])?(?:東西)?",
    ),
    (
        Ask.WHO,
        rf"{_THING}(?:{_WE}|學校|我們)?(?:的)?(?:老師|教師)?(?:還有)?"
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
    (
        Ask.CONTACT,
        r"我(?:們學校)?(?:現在|今年|剛)?(?:是|接|接任|接了|接手|要當|擔任)(?:了)?(?:新的?|新任|學校)*(?:的)?"
        r"(?:計畫|業務)?(?:承辦人員?|承辦業務)(?:了)?",
    ),
)
_PATTERNS = tuple((ask, re.compile(pattern)) for ask, pattern in _ASKS)
_YEAR = re.compile(r"^\d{2,3}(?:學?年度?)?")
_AFTER_PLAN = re.compile(r"^(?:計畫|方案|認證|部分|那邊|這邊|的)+")
_ALL_OF_IT = frozenset({"", "東西", "資料", "文件", "繳交資料", "繳交的資料", "附件"})
_ONLY_OF_SCHOOLS = (Ask.NUDGE, Ask.PAGE)


@lru_cache(maxsize=512)  # as long as one message is looked at by one handler after the other
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
            thing = (named.get("thing") or "").removesuffix("的")
            return SchoolAsk(ask, "" if is_all(thing) else thing, of_school)
    return None


def without_plan(thing: str, names: Iterable[str]) -> str | None:
    """What is left of a thing when the plan that it begins with is taken away; None: it names none.

    >>> without_plan("晨間共讀的教案", ["晨間共讀"]), without_plan("晨間共讀的東西", ["晨間共讀"])
    ('教案', '')
    """
    said = _cleaned(thing)
    for name in sorted(map(_cleaned, names), key=len, reverse=True):
        for start in (said, _YEAR.sub("", said)):
            if start.startswith(name):
                rest = _AFTER_PLAN.sub("", start[len(name) :])
                return "" if rest in _ALL_OF_IT else rest
    return None


def is_all(thing: str) -> bool:
    """Whether a thing is no thing at all: 東西, 資料."""
    return thing in _ALL_OF_IT


def _cleaned(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()
