"""What the bot can do, which plans it knows, and the small talk around a question."""

from bot.messages import Answer, Button, Card, Outcome, Text, Tone, Why
from bot.model.edition import Edition
from bot.understand.reader import Reader

EXAMPLES = 5


def welcome(reader: Reader) -> Answer:
    """Who the bot is, what it answers, which plans it knows, and examples to tap."""
    card = Card(
        title="師鐘",
        lead="您好，我是師鐘。計畫裡的期限、資格、經費、要交什麼，都可以直接問我。",
        facts=(
            "目前收錄的計畫：",
            *(f"{e.about.short}（{e.about.area}）" for e in _newest(reader)),
            "每個答案都會附上依據的條文；計畫沒寫的，我會直說，並告訴您該問誰。",
            "請不要在這裡輸入身分證字號或密碼。",
        ),
    )
    return Answer(parts=(card,), quick=examples(reader), outcome=Outcome.CHAT)


def plans(reader: Reader) -> Answer:
    """The plans that are loaded, each with its term's year, issuer and area."""
    card = Card(
        title="收錄的計畫",
        lead=f"目前收錄{len(_newest(reader))}個計畫，點下面的按鈕就能開始問：",
        facts=tuple(f"{e.about.short}：{e.about.title}" for e in _newest(reader)),
    )
    return Answer(parts=(card,), quick=plan_buttons(reader), outcome=Outcome.CHAT)


def about_plan(edition: Edition) -> Answer:
    """What may be asked about one plan, by its first examples."""
    asks = [e.turns[0].say for e in edition.examples if not e.turns[0].unknown][:EXAMPLES]
    card = Card(
        title=edition.about.short,
        lead=f"好的，想問《{edition.about.title}》的什麼事？",
        facts=("例如：", *asks) if asks else (),
        tone=Tone.ASK,
    )
    quick = tuple(Button(_short(a), say=a) for a in asks)
    return Answer(parts=(card,), quick=quick, outcome=Outcome.CHAT)


def thanks() -> Answer:
    """A word back to thanks."""
    return Answer(parts=(Text("不客氣，還有想問的隨時告訴我。"),), outcome=Outcome.CHAT)


def comfort() -> Answer:
    """A word to somebody who says how they feel, and no more."""
    said = "辛苦了。要看還差什麼，輸入「我的進度」；有計畫的問題，也可以直接問我。"
    return Answer(parts=(Text(said),), outcome=Outcome.CHAT)


def sorry(reader: Reader) -> Answer:
    """A calm word to somebody who is only cross."""
    said = (
        "抱歉，沒能幫上您的忙。請用一句話告訴我是哪個計畫、想問什麼事，例如「報名什麼時候截止」；"
        "也可以直接洽計畫的承辦單位。"
    )
    return Answer(parts=(Text(said),), quick=plan_buttons(reader), outcome=Outcome.CHAT)


def only_chinese(reader: Reader) -> Answer:
    """Asks for Chinese, in the two languages that most askers read."""
    card = Card(
        title="請用中文問我",
        lead="抱歉，我目前只看得懂中文，無法回答這一題。",
        facts=(
            "請用中文寫出計畫名稱和想問的事。",
            "Sorry, I can read Chinese only. Please ask again in Chinese.",
        ),
        tone=Tone.UNKNOWN,
    )
    why = Why(because="another language")
    return Answer((card,), quick=plan_buttons(reader), outcome=Outcome.UNKNOWN, why=why)


def plan_buttons(reader: Reader) -> tuple[Button, ...]:
    """One button a plan."""
    return tuple(Button(e.about.short, say=e.about.short) for e in _newest(reader)[:12])


def examples(reader: Reader) -> tuple[Button, ...]:
    """The first example of each plan, then the plans themselves."""
    asks = [e.examples[0].turns[0].say for e in _newest(reader) if e.examples]
    return (
        *tuple(Button(_short(a), say=a) for a in asks[:EXAMPLES]),
        Button("有哪些計畫", say="有哪些計畫"),
    )


def _newest(reader: Reader) -> list[Edition]:
    return [reader.editions(p)[-1] for p in reader.plans]


def _short(text: str) -> str:
    return text if len(text) <= 20 else text[:19] + "…"
