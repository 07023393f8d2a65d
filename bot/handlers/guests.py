"""Somebody who is invited: 請台南的老師來講 asks nothing of the plans of the county said."""

import re
from functools import cache

from bot.handlers.inquiry import Inquiry
from bot.understand.question import Question

HERE, ELSEWHERE = "本市", "外縣市"  # what a county is, seen from the plan's own
NATIONWIDE = "全國"
_WHO = "(?:老師|教師|教授|主任|校長|專家|學者|講師|講座|業師|夥伴|人)"
_FROM = f"[市縣]?(?=(?:那邊|那裡)?的?{_WHO}"
_COMES = "[^，。？?]{0,6}來[^，。？?]{0,6}(?:講|演|分享|上課|授課|指導|帶領)"


def seen_from_here(inquiry: Inquiry) -> Question:
    """The question; whoever is invited in it comes from here or from elsewhere, as the plan that is
    meant sees it.
    """
    question, reader = inquiry.question, inquiry.reader
    text = question.text
    for place in question.places:
        text = _invited_from(place).sub(_seen(place, inquiry), text)
    return question if text == question.text else reader.question(text, inquiry.now)


@cache
def _invited_from(place: str) -> re.Pattern[str]:
    said = re.sub("[台臺]", "[台臺]", place)
    return re.compile(f"{said}{_FROM}{_COMES})|(?<=[請找邀聘約到]){said}{_FROM})")


def _seen(place: str, inquiry: Inquiry) -> str:
    """What a county is to the plan that is meant, or to all that may be."""
    reader, meant = inquiry.reader, inquiry.question.plans or (inquiry.talk.plan,)
    plans = [p for p in meant if p] or reader.plans
    of_counties = [p for p in plans if not reader.covers(p, NATIONWIDE)]
    if any(reader.covers(p, place) for p in of_counties):
        return f"{place}{HERE}"  # with the county, which may be all that tells the plan
    return ELSEWHERE if of_counties else place
