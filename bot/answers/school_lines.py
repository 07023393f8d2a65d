"""Words about somebody's school, a contact's invitation and its hand-over: chat and pages alike."""

from collections.abc import Sequence

from bot.messages import Answer, Button, Card, Outcome, Text, Tone
from bot.model.schools import Affiliation, School, SchoolRole

SCHOOL, UNSCHOOL = "school", "unschool"  # a button's data: =<code>
RESIGN = "resign"  # =<seconds since 1970 of asking>:<code>; no: nothing is given up
HAND_OVER, RESIGN_WORDS, CHANGE = "承辦人異動", "我已卸任", "換學校"
MOST_OFFERED = 12
ONE_TO_ONE = "學校請在和我的一對一聊天室裡說，群組裡不記個人資料。"
ASK_WHICH = "請告訴我新學校的名稱，例如「大直高中」；同名的學校很多時，前面加上縣市。"
NONE_KNOWN = (
    "目前還沒有學校名單可以對照，所以沒有記下學校。問計畫的事不用先說學校，直接問我就可以。"
)
NO_SCHOOL = "目前沒有記下您的學校。想記下，請說「我是○○國小的老師」。"
LEFT_NONE = "目前本來就沒有記下您在那裡任教，沒有更動。"
GONE = "這個按鈕是較早的內容，名單裡已經沒有這所學校，沒有更動。請直接打學校的名稱。"
NO_CONTACT = "您目前不是這所學校的承辦人，沒有更動。"
RESIGN_OLD = f"這個按鈕是較早的，沒有更動。要卸任請再寫一次「{RESIGN_WORDS}」。"
STAYS = "好的，沒有更動。"
NO_PAGES = "這裡沒有網頁可以開；交接請在 LINE 裡辦理，或向承辦單位索取邀請碼。"
HAND_OVER_CLOSED = "目前由承辦單位統一辦理承辦人交接：請聯絡承辦單位，由他們給接手的人邀請碼。"
UPLOAD_CLOSED = "目前由承辦單位統一匯入名單：請把檔案交給承辦單位。"
ASKS_STILL = "資料裡看得到這一項；寫「我的資料」可以看，寫「刪除我的資料」可以刪除。"


def plain(said: str, quick: Sequence[Button] = ()) -> Answer:
    """A sentence that answers no question."""
    return Answer((Text(said),), quick=tuple(quick), outcome=Outcome.CHAT)


def called(school: School) -> str:
    """A school with where it is, to be told from others of its name."""
    return f"{school.name}（{school.place}）" if school.place else school.name


def tied(school: School, before: Sequence[School]) -> Answer:
    """Somebody's school was written down, in place of another one or not."""
    instead = f"原本記的{'、'.join(s.name for s in before)}已經換掉。" if before else ""
    card = Card(
        title="我的學校",
        lead=f"記下了：您在{called(school)}任教。",
        facts=tuple(
            filter(
                None, (instead, "這只是您自己說的，看不到學校的繳交情形；承辦人請用邀請碼開通。")
            )
        ),
    )
    quick = (Button(CHANGE, say=CHANGE), Button("不用記", data=f"{UNSCHOOL}={school.code}"))
    return Answer((card,), quick=quick, outcome=Outcome.CHAT)


def already(school: School) -> Answer:
    """Somebody's school is the one that was known."""
    return plain(f"已經記著您在{called(school)}任教，不用再說一次。")


def offer(schools: Sequence[School], said: str, *, is_sure: bool) -> Answer:
    """Which of these schools is meant."""
    lead = f"「{said}」有{len(schools)}所，您在哪一所？"
    if not is_sure:
        lead = f"名單裡沒有「{said}」，是不是這{'一所' if len(schools) == 1 else '幾所'}？"
    more = len(schools) - MOST_OFFERED
    facts = [f"{n}. {called(s)}" for n, s in enumerate(schools[:MOST_OFFERED], 1)]
    if more > 0:
        facts.append(f"還有{more}所沒有列出：請在前面加上縣市再說一次。")
    card = Card(title="我的學校", lead=lead, facts=tuple(facts), tone=Tone.ASK)
    quick = tuple(
        Button(_label(school), data=f"{SCHOOL}={school.code}") for school in schools[:MOST_OFFERED]
    )
    return Answer((card,), quick=quick, outcome=Outcome.CHAT)


def unknown(said: str) -> Answer:
    """No school of the list is meant."""
    return plain(
        f"學校名單裡找不到「{said}」，沒有記下。請寫學校的全名再試一次，"
        "例如「我是臺北市立大直高級中學的老師」；問計畫的事不用先說學校。"
    )


def left(schools: Sequence[School]) -> Answer:
    """Somebody's tie to their schools ended."""
    return plain(f"好的，不再記著您在{'、'.join(s.name for s in schools)}任教。")


def shown(held: Sequence[tuple[Affiliation, School]]) -> Answer:
    """Which schools are known of somebody."""
    if not held:
        return plain(NO_SCHOOL)
    facts = tuple(f"{called(school)}：{tie.role.words}" for tie, school in held)
    quick = [Button(CHANGE, say=CHANGE)]
    for tie, school in held:
        if tie.role is SchoolRole.TEACHER:
            quick.append(Button("不用記", data=f"{UNSCHOOL}={school.code}"))
    if any(tie.role is SchoolRole.CONTACT for tie, _ in held):
        quick.append(Button(HAND_OVER, say=HAND_OVER))
    card = Card(title="我的學校", lead="目前記下的學校：", facts=(*facts, ASKS_STILL))
    return Answer((card,), quick=tuple(quick), outcome=Outcome.CHAT)


def welcome(school: School, others: int) -> Answer:
    """Somebody became a contact of a school."""
    beside = f"這所學校另有{others}位承辦人，看到的內容相同。" if others else ""
    card = Card(
        title=SchoolRole.CONTACT.words,
        lead=f"已為您開通{called(school)}的學校承辦人身分。",
        facts=tuple(
            filter(
                None,
                (
                    "寫「我們學校交了嗎」或「還缺什麼」，看自己學校的繳交情形。",
                    f"換人接手時，寫「{HAND_OVER}」就能交接。",
                    beside,
                    "這組邀請碼已經用掉，不用再保存。",
                ),
            )
        ),
    )
    quick = tuple(Button(say, say=say) for say in ("我們學校交了嗎", "還缺什麼"))
    return Answer((card,), quick=quick, outcome=Outcome.CHAT)


def linked(school: str, name: str) -> Answer:
    """A teacher linked themselves to their school's list."""
    card = Card(
        title="名冊連結",
        lead=f"已連結：您是{school}名冊上的{name}。",
        facts=(
            "承辦匯入的研習完成紀錄，會算進您的進度。",
            "學校承辦人看得到您還缺哪幾項，也可以請我提醒您。",
            "不是您本人的話，請寫「刪除我的資料」，並告訴學校承辦人。",
        ),
    )
    quick = (Button("我的進度", say="我的進度"),)
    return Answer((card,), quick=quick, outcome=Outcome.CHAT)


def already_contact(school: School, *, is_own: bool) -> Answer:
    """A contact sent a code of their own school."""
    if is_own:
        return plain("這是您自己的交接邀請碼，沒有用掉。請轉給接手的人，由他傳給我。")
    return plain(f"您已經是{school.name}的學校承辦人了，這組邀請碼沒有用掉。")


def succeeded(school: School) -> Answer:
    """For whoever handed over: the successor took it."""
    card = Card(
        title="承辦交接",
        lead=f"接手的人已經開通，您在{school.name}的承辦人身分結束了。",
        facts=("謝謝您的幫忙。之後仍可以照常問計畫的事。",),
    )
    return Answer((card,), outcome=Outcome.CHAT)


def hand_over(school: School, open_matters: Sequence[str], url: str) -> Card:
    """How a contact hands over, and what is open."""
    return Card(
        title=HAND_OVER,
        lead=f"{school.name}：把承辦交給接手的人。",
        facts=(
            *open_matters,
            "按「開啟交接頁」取得交接邀請碼，轉給接手的人，由他傳給我。",
            f"他開通之後，您的承辦人身分就結束；想現在就結束，請寫「{RESIGN_WORDS}」。",
        ),
        tone=Tone.ASK,
        buttons=(Button("開啟交接頁", url=url),),
    )


def resign(school: School, asked_at: int, others: int) -> Card:
    """Asks whether a contact really gives it up."""
    last = f"您是{school.name}唯一的承辦人：卸任後這所學校就沒有承辦人，承辦單位會在名單上看到。"
    return Card(
        title=RESIGN_WORDS,
        lead=f"真的要結束您在{school.name}的承辦人身分嗎？",
        facts=(f"這所學校另有{others}位承辦人。" if others else last,),
        tone=Tone.ASK,
        buttons=(
            Button("確定卸任", data=f"{RESIGN}={asked_at}:{school.code}"),
            Button("不要卸任", data=f"{RESIGN}=no"),
        ),
    )


def resigned(school: School, others: int) -> Answer:
    """A contact gave it up."""
    last = "" if others else "這所學校目前沒有承辦人了，承辦單位的名單上看得到。"
    return plain(f"您在{school.name}的承辦人身分結束了。{last}交接邀請碼若還沒用，到期前仍然有效。")


def _label(school: School) -> str:
    """At most twenty characters: what LINE lets a quick reply say."""
    where = school.district or school.city
    return f"{where}{school.name}"[:20]
