"""What a sentence does beside asking: reports something as done, as missed, or chooses a session.

A sentence that asks anything is a question and nothing else, whatever it tells before it asks.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

_ASKS = re.compile(
    r"[?嗎嘛呢]|什麼|哪|(?<!好)幾|多少|怎|如何|誰|何時|何處|是否|能否|可否|可不可|能不能|要不要|會不會|是不是"
    r"|是[^,。]{1,12}還是"
    r"|有沒有|算不算|對不對|行不行|夠|好不好|對吧|吧$|還(?:差|缺|要|需|剩|能|可)|接下來|下1?步|需要|應該"
    r"|必須|規定|如果|要是|假如|萬一|的話|若|想(?:問|知道|請|確認)|請問|可以|多[久大長高寬遠重]|為何|來得及|算(?!式)"
    r"|之後|以後|後(?=$|[,。!~\s])|後再|才(?:能|會|可|有|給|要)|請教|不知|幫(?:我)?(?:查|看|找)|嗯哼|行嗎|可行"
)
_VERBS = (
    "上傳|繳交|上|修|看|聽|讀|舉辦|舉行|辦理|辦|做|完成|參加|參與|出席|交|繳|傳|寄|送|拍|錄|寫|開|講|宣講"
    "|演練|分享|輔導|研習|觀|弄|跑|達成|搞|進行|發表|填|議|備"
    "|去|請|聘|簽|編|改|修正|註冊|派|測|設計|製作|實施"
)
# A day that is over tells it too: 昨天開社群會議.
_PAST_DAY = re.compile(r"昨天|前天|上個?(?:週|周|星期|禮拜)")
_PLAIN_VERB = re.compile(r"上|看|辦|開|做|參加|出席|交|繳|拍|錄|寫|宣講|分享|輔導|觀|議|請|去|測")
# 做完推廣的照片 names a thing; it says of nothing that it was done.
_NAMES_A_THING = re.compile(rf"(?:{_VERBS})(?:完|過)[^,。!~了]*的(?!課|那|這)[^,。!~了的]{{1,6}}$")
_DONE = re.compile(
    rf"(?:{_VERBS})(?:完|好|過|齊|滿|到)?(?:了|過|完|好|畢|齊)"
    rf"|(?:已經?|都|剛剛?)[^,。]{{0,8}}?(?:{_VERBS})(?:完|好)?(?=[\d,。!~]|$)"
    r"|(?<!要)(?<!待)(?<!應)(?<!須)(?<!未)(?:完成|結束|搞定|達成)(?=[\d,。!~]|$)|完成了|結束了|搞定了?|ok了"
    r"|有(?:上到|上|參加|出席|去上?|辦)(?=$|[,。!~])"
)
_LAPSED = re.compile(r"上學期|這學期|本學期|昨天|前天|今天|上個?(?:週|星期|禮拜|月)|\d月|\d/\d")
_NOT = re.compile(
    r"(?<!從)沒|未|不(?!錯|是)|(?<!全)無(?!線|障)|尚|即將|預計|打算|明天|後天|下個?(?:週|周|星期|禮拜|月|學期)"
    r"|(?<!重)(?<!主)(?<!摘)(?<!概)(?<!紀)要(?!點|項|素|件)|想|快要|準備|取消|別|待|免|[一1]半|[一1]部分|剩"
)
_MISSED = re.compile(
    r"(?<!還)沒有?(?:能|辦法)?(?:去)?(?:上(?!傳|網)|參加|出席|趕上|去|到)(?:到|成|上)?|錯過|缺席|未(?:到|出席)"
    r"|(?:去|上)不了|無法(?:去|上|參加|出席)|不能(?:去|上|參加|出席)"
)
_SIGNED_UP = re.compile(r"報(?:好)?名?(?:好|完|成功)?了[!~。]*$")
_CHOSEN = re.compile(
    r"^(?:那)?我?(?:想|要|想要|決定|打算)?(?:改)?"
    r"(?:選擇?|上(?!學期|週|周|個|星期|禮拜|月)|參加|去上?|報名了?|報了|挑|換成?|改成|改上|改選)"
)
_OPENING = re.compile(
    r"^(?:我|老師)?(?:要|想|想要|來)?(?:回報|報告|通報|紀錄|記錄|登記|更新進度)(?:一下)?[::,\s]*"
)
_BREAK = re.compile(r"(?<=[,。;!~\n])")
_COUNT = re.compile(
    r"(?<![\d第/.月年\-])(?P<sign>負|[-−–])?(?P<number>\d+(?:\.\d+)?)\s*個?"
    r"(?P<unit>小時|鐘頭|次|場|份|門|堂|張|篇|節|件|支|部|則|項|本|回|組|所|個(?!月|班|人))(?!次?序|之)"
)


class Act(StrEnum):
    """What a sentence does."""

    DONE = "done"
    MISSED = "missed"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of things, as it was said; it need not make sense."""

    number: Decimal
    unit: str
    start: int
    end: int


def opened(folded: str) -> str:
    """The sentence without the words that announce a report: 我要回報."""
    return _OPENING.sub("", folded)


@lru_cache(maxsize=512)  # as long as one message is looked at by one handler after the other
def act_of(folded: str) -> Act | None:
    """What a folded sentence does beside asking; None where it asks, or does nothing."""
    said = opened(folded)
    if _ASKS.search(said):
        return None
    if _MISSED.search(said):
        return Act.MISSED
    if any(tells_done(clause) for clause in clauses(said)):
        return Act.DONE
    if not _NOT.search(said) and (
        (_LAPSED.search(said) and counts(said))
        or (_PAST_DAY.search(said) and _PLAIN_VERB.search(_PAST_DAY.sub("", said)))
    ):
        return Act.DONE
    return Act.CHOSEN if _CHOSEN.match(said) or _SIGNED_UP.search(said) else None


@lru_cache(maxsize=512)
def asks(folded: str) -> bool:
    """Whether a folded sentence asks anything."""
    return bool(_ASKS.search(folded))


def is_plainly_done(folded: str) -> bool:
    """Whether it tells of something done in so many words, not only by a day that is over."""
    return any(tells_done(clause) for clause in clauses(opened(folded)))


def tells_done(clause: str) -> bool:
    """Whether a clause says that something was done."""
    return bool(_DONE.search(clause)) and not (_NOT.search(clause) or _NAMES_A_THING.search(clause))


def denies(clause: str) -> bool:
    """Whether a clause says that something was not done, or is only to come."""
    return bool(_NOT.search(clause))


def clauses(folded: str) -> list[str]:
    """The sentence in clauses; joined again they are the sentence."""
    return [c for c in _BREAK.split(folded) if c]


def counts(text: str) -> list[Counted]:
    """The numbers of things in a folded text, left to right; ordinals are none."""
    found = []
    for m in _COUNT.finditer(text):
        number = Decimal(m["number"]) * (-1 if m["sign"] else 1)
        found.append(Counted(number, m["unit"], m.start(), m.end()))
    return found


def without_what_tells(text: str) -> str:
    """The text without the verbs that say that something was done."""
    return _MISSED.sub(" ", _DONE.sub(" ", text))
