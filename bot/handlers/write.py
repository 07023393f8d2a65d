"""Words that somebody wrote: greetings and help, secrets, one question or two."""

import re
from dataclasses import replace
from datetime import datetime

from bot.handlers import help as helping
from bot.handlers.ask import answer_question
from bot.handlers.choosing import offers_plans
from bot.handlers.desk import Desk, Handled
from bot.handlers.inquiry import Said
from bot.handlers.scope import leaves_out
from bot.messages import Answer, Card, Incoming, Outcome, Text, Tone, Why
from bot.model.talk import Talk
from bot.understand.mask import holds_secret, mask, without_masks
from bot.understand.reader import LONGEST, Reader
from bot.understand.script import is_foreign
from bot.understand.short_replies import hear_reply
from bot.understand.small_talk import bare

MOST_QUESTIONS = 3
LONGEST_NAME = 30  # characters: a longer message is no bare name
ONLY_A_NAME = 0.6  # substance, in new words: less is a plan's name and nothing else
PASTED_FROM = 160  # characters without a question mark: a pasted notice, not a question
_BREAK = re.compile(r"(?<=[?？。！!\n；;])|(?=還有(?!幾|多久|什麼|哪|沒有|機會)|另外|順便)")
_ASKING = re.compile("什麼|誰|哪|幾|多少|怎|如何|嗎|何時|可以|能不能|[?？]|呢")
_GOES_BACK = re.compile("回到|回去|剛剛|剛才|前面|繼續|原本|本來")
_WARNING = "請不要在這裡輸入身分證字號或密碼；我沒有保存，也請您收回那則訊息。"


def write(incoming: Incoming, desk: Desk) -> Handled:
    """Answers a message of words."""
    reader, now = desk.reader, incoming.at
    masked = mask(incoming.text)
    talk = desk.talk.as_of(now)
    if not masked.strip():
        return Handled(answer=helping.welcome(reader), talk=talk)
    small = _small_talk(masked, talk, reader, now)
    if small:
        return Handled(answer=small, talk=talk)
    said = _secret_only(masked, talk) or _pasted(masked, talk)
    if said is None:
        said = _questions(masked, talk, reader, incoming)
    answer = said.answer
    if answer.outcome in (Outcome.UNKNOWN, Outcome.ASKED) and is_foreign(without_masks(masked)):
        answer = helping.only_chinese(reader)
    if holds_secret(masked) and answer.outcome is not Outcome.SILENT:
        answer = replace(answer, parts=(*answer.parts, Text(_WARNING)))
    return Handled(answer=answer, talk=said.talk)


def _questions(masked: str, talk: Talk, reader: Reader, incoming: Incoming) -> Said:
    pieces = split_questions(masked)
    answers: list[Answer] = []
    for piece in pieces:
        said = answer_question(piece, talk, reader, incoming.at)
        talk = said.talk
        answers.append(said.answer)
    if len(answers) == 1:
        return Said(answers[0], talk)
    main = next((a for a in answers if a.outcome is Outcome.ANSWERED), answers[0])
    parts = tuple(dict.fromkeys(p for a in answers for p in a.parts))
    return Said(replace(main, parts=parts), talk)


def split_questions(text: str) -> list[str]:
    """The questions of one message, in order; what asks nothing stays with the question after it.

    At most three: what comes after belongs to the third.
    """
    pieces = [p for p in _BREAK.split(text) if p and p.strip()]
    found: list[str] = []
    carried = ""
    for piece in pieces:
        carried += piece
        if _ASKING.search(piece) and len(found) < MOST_QUESTIONS:
            found.append(carried.strip())
            carried = ""
    if carried.strip():
        if not found:
            return [carried.strip()]
        found[-1] += carried
    return found


def _small_talk(masked: str, talk: Talk, reader: Reader, now: datetime) -> Answer | None:
    """The answer to greetings, thanks, asking for help or for the plans; None for all else."""
    folded = reader.fold(masked[:LONGEST])
    key = bare(folded)
    if key in reader.small_talk.hellos:
        return helping.welcome(reader)
    if _waits_for_a_reply(key, talk):
        return None
    if key in reader.small_talk.thanks:
        return helping.thanks()
    if _asks_for_plans(key):
        return helping.plans(reader)
    asked = reader.key(masked)
    if not asked:
        return None if holds_secret(masked) else _nothing_asked(folded, reader)
    if len(key) > LONGEST_NAME or asked in reader.small_talk.hellos:
        return helping.welcome(reader) if asked in reader.small_talk.hellos else None
    return _only_a_name(masked, folded, talk, reader, now)


def _waits_for_a_reply(key: str, talk: Talk) -> bool:
    """Whether a short reply (對, 沒有) answers the bot's own question."""
    return bool(talk.expects or talk.offered) and hear_reply(key) is not None


def _nothing_asked(folded: str, reader: Reader) -> Answer:
    """A word back where nothing is left to be asked: thanks, a sigh, a curse, a sign."""
    if reader.tidy.curses.search(folded):
        return helping.sorry(reader)
    return helping.thanks() if reader.tidy.thanks.search(folded) else helping.welcome(reader)


def _only_a_name(
    masked: str, folded: str, talk: Talk, reader: Reader, now: datetime
) -> Answer | None:
    """What may be asked of a plan, where its name is all that is said."""
    question = reader.question(masked, now)
    if len(question.plans) != 1 or offers_plans(talk) or question.asked.wants:
        return None
    if question.substance >= ONLY_A_NAME * reader.index.novel:
        return None
    if talk.text and (leaves_out(question) or _GOES_BACK.search(folded)):
        return None
    return helping.about_plan(reader.editions(question.plans[0])[-1])


def _asks_for_plans(key: str) -> bool:
    return bool(
        re.fullmatch(
            r"(你|您)?(這邊|這裡|目前)?(有|收錄|知道|支援)?(了)?(哪些|什麼|幾個)(計畫|方案)(的)?(資料|內容|可以問|可以查)?",
            key,
        )
    )


def _secret_only(masked: str, talk: Talk) -> Said | None:
    """The answer to a message that is a secret and little else; None for all else."""
    rest = re.sub(r"[\s\W]|我|的|是|身分證|字號|密碼|帳號|登入|幫我|幫", "", without_masks(masked))
    if not holds_secret(masked) or len(rest) > 6:
        return None
    card = Card(
        title="請保護個人資料",
        lead="我無法代您登入或查個人資料，也沒有保存您剛才的內容。",
        facts=("請不要在聊天室輸入身分證字號或密碼。", "想知道計畫的規定，直接問我就可以。"),
        tone=Tone.UNKNOWN,
    )
    return Said(
        Answer(parts=(card,), outcome=Outcome.UNKNOWN, why=Why(because="secret", entry="secret")),
        talk,
    )


def _pasted(masked: str, talk: Talk) -> Said | None:
    """The answer to a pasted notice; None for what may be a question."""
    if len(masked) < PASTED_FROM or _ASKING.search(masked[-60:]) or _ASKING.search(masked[:40]):
        return None
    card = Card(
        title="看起來是一段公告",
        lead="這段文字裡沒有我能回答的問題。",
        facts=("請用一句話告訴我您想問的事，例如「附件1什麼時候要交」。",),
        tone=Tone.UNKNOWN,
    )
    return Said(
        Answer(parts=(card,), outcome=Outcome.UNKNOWN, why=Why(because="pasted", entry="pasted")),
        talk,
    )
