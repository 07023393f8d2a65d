"""Short replies to a question of the bot's: yes, no, not sure, a number; and corrections."""

import re
from enum import StrEnum

_TAIL = r"(?:的|啊|喔|哦|呀|啦|耶|唷|吧|了|呢|囉|嗯)*"
_YES = re.compile(
    rf"(?:嗯+|恩+|是|對|有|會|可以|符合|沒錯|當然|yes|yep|y|ok|好|已經有|都有|有有|是是|對對|算是|應該是|應該有){_TAIL}"
)
_NO = re.compile(
    rf"(?:沒有?|不是|不對|否|無|不會|不行|不符合?|no|nope|n|還沒有?|都沒有?|從來沒有?|並沒有?|不算|未){_TAIL}"
)
_UNSURE = re.compile(
    r"(?:我也?)?(?:不確定|不知道|不清楚|不曉得|忘了|忘記了?|不太確定|不太清楚|可能|好像|大概|再確認|要問一下)"
    r"(?:有|是|沒有)?" + _TAIL
)
_NUMBER = re.compile(r"(?:大約|大概|共|總共|有|是)?(\d{1,6}(?:\.\d{1,2})?)\s*[^\d\s]{0,4}")

_SORRY = (
    r"(?:啊|喔|欸|ㄟ|呃|痾|哎呀|唉|抱歉|不好意思|剛剛|剛才|前面|歹勢|拍謝|sorry|等等|等一下"
    r"|[,。!~\s])*"
)
_WRONG = (
    r"(?:更正|我?(?:打|講|說|問|寫|看|搞|弄|記|按|選)錯了?|口誤|手滑|不對|不是啦|不是(?=[,。!~\s]|我)|錯了"
    r"|我(?:要|想)?問的(?:其實)?是|我是(?:要|想)?(?:問|說|講|指)|我(?:說|講|指)的是|應該是|改問|我指的是)"
)
_THEN = (
    r"(?:[,。!~\s啦喔]|我(?:要|想)?(?:是)?(?:問|說|講|指)的?(?:其實)?是?|應該是|要問的?是?"
    r"|是(?!不是|否))*"
)
_CORRECTION = re.compile(_SORRY + _WRONG + _THEN)


class Reply(StrEnum):
    """What a short reply says."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


def hear_reply(bare: str) -> Reply | None:
    """What a folded message without blanks and marks says and nothing else; None for all else."""
    for reply, pattern in ((Reply.UNSURE, _UNSURE), (Reply.NO, _NO), (Reply.YES, _YES)):
        if pattern.fullmatch(bare):
            return reply
    return None


def hear_number(bare: str) -> str:
    """The number that a folded message is, with its unit or without; empty for all else."""
    found = _NUMBER.fullmatch(bare)
    return found[1] if found else ""


def corrected(folded: str) -> str:
    """What the last question should have said: 打錯，是A組 → a組; empty: it was no correction."""
    found = _CORRECTION.match(folded)
    return folded[found.end() :].strip() if found else ""
