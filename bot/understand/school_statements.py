"""What a message says of its writer's school: that they teach there, moved there, or left.

A question is none: 中山女中可以報名嗎 says nothing of whoever asks it.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bot.understand.school_forms import KIND_WORDS


class SchoolAct(StrEnum):
    """What is said of a school."""

    TEACH = "teach"  # I teach there
    MOVE = "move"  # I want to change it, or moved there
    LEAVE = "leave"  # I am there no more
    SHOW = "show"  # which one do you have of me?
    HAND_OVER = "hand over"  # somebody else is to be the contact
    RESIGN = "resign"  # I am the contact no more


@dataclass(frozen=True, slots=True)
class SchoolSaid:
    """What is said, and the words that name the school; empty where none does."""

    act: SchoolAct
    name: str = ""
    is_explicit: bool = False  # 我的學校是…: what follows can be nothing but a school

    @property
    def names_one(self) -> bool:
        """Whether the words look like a school's name: …國小, …女中, and not 國小 or 私立國中."""
        before = _ENDING.sub("", self.name)
        return before != self.name and len(_NO_ONE.sub("", before)) >= SHORTEST


LONGEST = 40  # characters
_MORE_KINDS = ("附中", "附小", "實中", "實小", "國中部", "高中部", "一中", "二中", "一女")
SHORTEST = 2  # characters before the kind: 大直, 第一
_ENDING = re.compile(f"(?:{'|'.join((*KIND_WORDS, *_MORE_KINDS))})$")
_NO_ONE = re.compile(
    "[國市縣私公]立|別|其他|另一?|一[間所個]|隔壁|普通|綜合|偏遠|偏鄉|[大小]型|的|間|所"
)
_ASKS = re.compile(
    "[?？嗎呢]|什麼|甚麼|啥|幾|多少|誰|哪|怎|如何|何時|何處|可不可以|能不能|可以|能否|是否|是不是|有沒有|會不會"
    "|要不要|請問|想問|多[久大長高寬遠重]|才能|應該|需要|吧|[幹做]嘛|[幹做]麼|是[^,。]{1,12}還是"
)
_SHOW = re.compile(
    r"我的學校|(?:你|您)?(?:知道|記得)?我(?:是|在)哪[一間所個]*(?:學校|校)(?:的|的?老師)?"
)
_HELLO = re.compile(
    r"^(?:大家好|老師好|您好|你好|妳好|哈囉|嗨|hi|hello|安安|早安|午安|晚安)[,!。~\s]*"
)
_TAIL = re.compile(r"(?:喔|哦|啊|呀|啦|耶|唷|囉|謝謝(?:您|你)?|[,!。.~\s])+$")
_SPACES = re.compile(r"\s+")
_X = r"(?P<name>(?!當)[^,。;:!]{2,24}?)"
_JOB = (
    r"(?:的)?(?:(?:(?:教學|學務|國中部|高中部|[^,。的中小學校]){0,6}?)(?:老師|教師|組長|主任|導師|校長|承辦人?員?|召集人|教職員|行政人員|職員|老師們)"
    r"|(?:任教|服務|教書|工作|上班)(?:的老師)?(?:了)?)"
)
_WE = r"(?:我們?|本人|敝人)"
_NOW = r"(?:現在|目前|今年|這學年|已經|已|都|剛)?"
_TEACH = (
    re.compile(rf"{_WE}{_NOW}(?:是|在|於|教){_X}{_JOB}"),
    re.compile(rf"{_WE}{_NOW}(?:是|在){_X}(?:的)?"),
)
_TEACH_EXPLICITLY = (
    re.compile(rf"{_WE}{_NOW}(?:任教於|任職於|服務於|來自){_X}(?:{_JOB})?"),
    re.compile(
        rf"(?:{_WE}的?(?:任教|服務)?學校|本校|敝校|任教學校|服務學校)(?:是|為|叫做?|[:=]){_X}"
    ),
)
_SWITCH = r"(?:換|改|轉|調|轉任|調任|改到|介聘)"
_MOVE = (
    re.compile(
        rf"(?:{_WE}{_NOW}(?:要|想)?)?(?:從[^,。]{{2,20}}?)?{_SWITCH}(?:學校)?(?:到|去|至|成|為){_X}(?:任教|服務|教書)?了?"
    ),
    re.compile(rf"(?:{_WE}{_NOW}(?:要|想)?)?(?:換|改|更改|變更)學校[,:]?(?P<name>)了?"),
    re.compile(rf"{_WE}{_NOW}(?:換|轉|調)(?:學)?校了?(?P<name>)"),
)
_LEAVE = (
    re.compile(
        rf"{_WE}{_NOW}(?:不在|離開|調離|不是){_X}(?:的)?(?:老師|教師)?(?:任教|服務|教書|工作)?了"
    ),
    re.compile(rf"{_WE}{_NOW}(?:離開|調離){_X}"),
    re.compile(r"(?:刪除|移除|刪掉|清除|取消)我的學校(?P<name>)"),
)
_NO_SCHOOL = re.compile(
    r"(?:這裡|這[間所個]?學校|那裡|那[間所個]?學校|原[來本]的?學校|原校|學校|這校)"
)
_HAND_OVER = re.compile(
    r"(?:我?(?:要|想)?(?:辦理?)?)?(?:學校)?(?:承辦人?員?|承辦業務|業務|承辦工作)?"
    r"(?:的)?(?:異動|交接|換人|更換|移交)(?:給(?:別人|同事|下一位|新人|其他老師))?(?:了)?"
)
_HAND_OVER_TOO = re.compile(r"(?:我?(?:要|想)?)?(?:換|更換|變更)(?:學校)?承辦人?員?(?:了)?")
_BARE_CHANGE = frozenset({"異動", "換人", "更換", "我要換人", "我想換人", "要換人", "想換人"})
_RESIGN = re.compile(
    rf"{_WE}{_NOW}(?:卸任|卸下承辦|卸下業務|不(?:是|當|做|接|擔任)(?:學校)?(?:的)?承辦人?員?|"
    rf"不承辦|辭掉?承辦人?員?)了?"
)


@lru_cache(maxsize=512)  # buttons send the same words again and again
def hear_school(text: str) -> SchoolSaid | None:
    """What a message says of its writer's school, and nothing else; None for all else."""
    if len(text) > LONGEST:
        return None
    said = unicodedata.normalize("NFKC", text).strip()
    said = _SPACES.sub("", _HELLO.sub("", said.lower()))
    if _SHOW.fullmatch(_TAIL.sub("", said.rstrip("?？嗎"))):
        return SchoolSaid(SchoolAct.SHOW)
    said = _TAIL.sub("", said)
    if _ASKS.search(said):
        return None
    return _of_contacts(said) or _of_schools(said)


def _of_contacts(said: str) -> SchoolSaid | None:
    if _RESIGN.fullmatch(said):
        return SchoolSaid(SchoolAct.RESIGN)
    if said not in _BARE_CHANGE and (_HAND_OVER.fullmatch(said) or _HAND_OVER_TOO.fullmatch(said)):
        return SchoolSaid(SchoolAct.HAND_OVER)
    return None


def _of_schools(said: str) -> SchoolSaid | None:
    for act, patterns, is_explicit in (
        (SchoolAct.LEAVE, _LEAVE, False),
        (SchoolAct.MOVE, _MOVE, False),
        (SchoolAct.TEACH, _TEACH_EXPLICITLY, True),
        (SchoolAct.TEACH, _TEACH, False),
    ):
        found = next(filter(None, (pattern.fullmatch(said) for pattern in patterns)), None)
        if found and act is SchoolAct.LEAVE and found["name"] == "學校":
            return None  # perhaps they only went home
        if found:
            return SchoolSaid(act, _NO_SCHOOL.sub("", found["name"]), is_explicit)
    return None
