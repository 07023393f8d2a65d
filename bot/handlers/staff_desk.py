"""What staff may ask for in their own chat: the questions that wait for them, and the log."""

from bot.answers.owing_lines import TITLE as OWING
from bot.answers.quoting import shortened
from bot.answers.staffs_words import LOG, ONLY_YOURS, USAGE, WAITING, plan_called
from bot.clock import minute_words
from bot.handlers import quota_news
from bot.handlers.desk import Desk, Handled
from bot.handlers.owing_schools import ASKS, owing_schools
from bot.links import Purpose
from bot.messages import Answer, Button, Card, Incoming, Kind, Outcome, Row, Text, Tone
from bot.store import people, quotas, referrals
from bot.store.people import Role
from bot.store.referrals import Passed
from bot.understand.small_talk import bare

ASIDE = "aside"  # a button's data: aside=<referral id>
SHOWN = 5
NO_PAGES = "這裡沒有網頁可以開；請在 LINE 裡輸入同樣的字。"


def for_staff(incoming: Incoming, desk: Desk) -> Handled | None:
    """What is said to staff's own words and buttons; None for all else, and to all others."""
    asked = _asked(incoming, desk)
    if not asked or incoming.in_group or incoming.user_id is None:
        return None
    if people.role_of(desk.db, incoming.channel_id, incoming.user_id) is not Role.STAFF:
        return None
    if asked == WAITING:
        answer = _waiting(incoming, desk)
    elif asked == USAGE:
        answer = quota_news.usage(quotas.outlook(desk.db, incoming.channel_id, incoming.at))
    elif asked == OWING:
        answer = owing_schools(incoming, desk)
    elif asked == LOG:
        answer = _log(incoming, desk)
    else:
        answer = _put_aside(incoming, desk, asked)
    return Handled(answer=answer, talk=desk.talk)


def _asked(incoming: Incoming, desk: Desk) -> str:
    """Which of staff's words, or the id of what is to be put aside; empty: none of theirs."""
    if incoming.kind is Kind.POSTBACK:
        name, _, value = incoming.data.partition("=")
        return value if name == ASIDE else ""
    if incoming.kind is not Kind.TEXT or len(incoming.text) > 2 * len(WAITING):
        return ""
    said = bare(desk.reader.fold(incoming.text))
    words = {word: word for word in (WAITING, LOG, USAGE)} | dict.fromkeys(ASKS, OWING)
    return next((to for word, to in words.items() if said == bare(desk.reader.fold(word))), "")


def _waiting(incoming: Incoming, desk: Desk) -> Answer:
    count = referrals.count_open(desk.db, incoming.channel_id)
    pages = _page_buttons(incoming, desk, "referrals", "看全部待答")
    outlook = quotas.outlook(desk.db, incoming.channel_id, incoming.at)
    short = (quota_news.card(outlook),) if quota_news.is_short(outlook) else ()
    if not count:
        card = Card(title=WAITING, lead="目前沒有等待回答的問題。", buttons=pages)
        return Answer((card, *short), outcome=Outcome.CHAT)
    oldest = referrals.open_ones(desk.db, incoming.channel_id, SHOWN)
    which = "" if count <= SHOWN else f"，先列出最早的{SHOWN}題"
    first = Card(title=WAITING, lead=f"有{count}題等待回答{which}。", buttons=pages, tone=Tone.ASK)
    row = Row(tuple(_card(incoming, desk, passed) for passed in oldest))
    return Answer((first, row, *short), outcome=Outcome.CHAT)


def _card(incoming: Incoming, desk: Desk, passed: Passed) -> Card:
    facts = (
        f"前一題：{passed.before}" if passed.before else "",
        f"師鐘當時回：{shortened(passed.said)}" if passed.said else "",
        f"提問時間：{minute_words(passed.asked_at)}",
    )
    answer = _page_buttons(incoming, desk, f"referrals/{passed.id}", "回答")
    return Card(
        title=plan_called(desk.reader, passed.plan, passed.asked_at),
        lead=passed.text,
        facts=tuple(filter(None, facts)),
        tone=Tone.ASK,
        buttons=(*answer, Button("先擱著", data=f"{ASIDE}={passed.id}")),
    )


def _log(incoming: Incoming, desk: Desk) -> Answer:
    buttons = _page_buttons(incoming, desk, "questions", "開啟問題紀錄")
    lead = "大家問了什麼、師鐘怎麼回、為什麼這樣回，都在這裡。" if buttons else NO_PAGES
    facts = (ONLY_YOURS,) if buttons else ()
    return Answer((Card(title=LOG, lead=lead, facts=facts, buttons=buttons),), outcome=Outcome.CHAT)


def _put_aside(incoming: Incoming, desk: Desk, referral_id: str) -> Answer:
    passed = referrals.find(desk.db, incoming.channel_id, referral_id)
    if passed is None:
        said = f"找不到這一題。請再輸入「{WAITING}」看最新的清單。"
    elif referrals.close(desk.db, passed, incoming.user_id or "", incoming.at):
        said = f"已擱置：「{passed.text}」。之後仍可在網頁的「已擱置」裡找到並回答。"
    else:
        said = f"這一題先前已經處理過了，沒有再更動。請輸入「{WAITING}」看最新的清單。"
    quick = _page_buttons(incoming, desk, "referrals?state=closed", "看已擱置")
    return Answer((Text(said),), quick=quick, outcome=Outcome.CHAT)


def _page_buttons(incoming: Incoming, desk: Desk, path: str, label: str) -> tuple[Button, ...]:
    """A button to one of staff's pages; none where there are no pages."""
    if desk.links is None or incoming.user_id is None:
        return ()
    whose = (incoming.channel_id, incoming.user_id)
    token = desk.links.token(*whose, Purpose.STAFF, incoming.at)
    return (Button(label, url=desk.links.page(token, path)),)
