"""沒有幫助: the answer before did not help; staff look at it, and it may be passed on at once.

In words and not as a button below every answer: there the room is for what people ask next.
"""

from bot.handlers.desk import Desk, Handled
from bot.handlers.passing_on import button_for, is_choice
from bot.messages import Answer, Incoming, Outcome, Text
from bot.store import own_questions, question_work, referrals
from bot.store.questions import KEPT_HERE
from bot.understand.small_talk import bare

WORDS = frozenset(
    {
        "沒有幫助",
        "沒幫助",
        "沒有幫到我",
        "沒有用",
        "答非所問",
        "答錯",
        "你答錯",
        "你是不是答錯",
        "回答錯",
        "這個答案不對",
        "答案不對",
        "不是我要的",
        "不是我要的答案",
        "不是我問的",
        "沒有回答到",
        "沒回答到我的問題",
        "沒有回答我的問題",
    }
)
LONGEST = 20
SIGNS = " 　。，！!～…"
PARTICLES = "吧啦喔耶欸啊了"
NOTED = (
    "謝謝您告訴我，上一題已記下來，承辦單位會檢視。"
    "可以點下面的按鈕轉給承辦人員，或換個說法再問一次。"
)
NOTED_PASSED = "謝謝您告訴我，已記下來。上一題已經轉給承辦人員了。"


def dislike(incoming: Incoming, desk: Desk) -> Handled | None:
    """The answer to 沒有幫助 and its like, where something was asked before; None for all else."""
    if incoming.in_group or not incoming.user_id or len(incoming.text) > LONGEST:
        return None
    if bare(incoming.text.strip(SIGNS)).rstrip(PARTICLES) not in WORDS:
        return None
    where = (incoming.channel_id, incoming.user_id, incoming.event_id)
    written = own_questions.written_before(desk.db, *where, incoming.at)
    asked = (q for q in written if q.entry not in KEPT_HERE and not is_choice(q, desk.reader))
    question = next(asked, None)
    if question is None:
        return None
    question_work.dislike(desk.db, question, incoming.at)
    passed = referrals.find_of(desk.db, question.channel_id, question.webhook_event_id)
    answer = Answer(
        parts=(Text(NOTED_PASSED if passed else NOTED),),
        quick=() if passed else (button_for(question.webhook_event_id),),
        outcome=Outcome.CHAT,
    )
    return Handled(answer=answer, talk=desk.talk)
