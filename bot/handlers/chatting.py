"""What is said beside questions: greetings, thanks, curses, asking for the plans, a bare name."""

import re
from datetime import datetime

from bot.handlers import help as helping
from bot.handlers.choosing import offers_plans
from bot.handlers.inquiry import Said
from bot.handlers.own_words import leaves_out
from bot.messages import Answer
from bot.model.talk import Talk
from bot.understand.mask import holds_secret
from bot.understand.reader import LONGEST, Reader
from bot.understand.short_replies import hear_reply
from bot.understand.small_talk import bare, sighs

LONGEST_NAME = 30  # characters: a longer message is no bare name
ONLY_A_NAME = 0.6  # substance, in new words: less is a plan's name and nothing else
_GOES_BACK = re.compile("換|改問|回到|回去|剛剛|剛才|前面|繼續|原本|本來")


def small_talk(masked: str, talk: Talk, reader: Reader, now: datetime) -> Said | None:
    """The answer to greetings, thanks, asking for help or for the plans; None for all else."""
    folded = reader.fold(masked[:LONGEST])
    key = bare(folded)
    if key in reader.small_talk.hellos:
        return Said(helping.welcome(reader), talk)
    if _waits_for_a_reply(key, talk):
        return None
    if key in reader.small_talk.thanks:
        return Said(helping.thanks(), talk)
    if sighs(key):
        return Said(helping.comfort(), talk)
    if _asks_for_plans(key):
        return Said(helping.plans(reader), talk)
    asked = reader.key(masked)
    if not asked:
        return None if holds_secret(masked) else Said(_nothing_asked(folded, reader), talk)
    if asked in reader.small_talk.hellos:
        return Said(helping.welcome(reader), talk)
    return _only_a_name(masked, folded, talk, reader, now) if len(key) <= LONGEST_NAME else None


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
) -> Said | None:
    """What may be asked of a plan, where its name is all that is said; it is talked about then."""
    question = reader.question(masked, now)
    if len(question.plans) != 1 or offers_plans(talk) or question.asked.wants:
        return None
    if question.substance >= ONLY_A_NAME * reader.index.novel:
        return None
    if talk.text and (leaves_out(question) or _GOES_BACK.search(folded)):
        return None
    plan = question.plans[0]
    begun = Talk(at=now, plan=plan, facts=talk.facts, recent=talk.recent)
    return Said(helping.about_plan(reader.edition_at(plan, now)), begun)


def _asks_for_plans(key: str) -> bool:
    return bool(
        re.fullmatch(
            r"(你|您)?(這邊|這裡|目前)?(有|收錄|知道|支援)?(了)?(哪些|什麼|幾個)(計畫|方案)(的)?(資料|內容|可以問|可以查)?",
            key,
        )
    )
