"""An answer in the terminal."""

from bot.cli.plain import plain
from bot.messages import SILENCE, Answer, Button, Card, Row, Text

CARD = Card(
    title="範例計畫",
    lead="報名到 7/31(日) 為止。",
    facts=("線上報名",),
    state="還有46天",
    sources=("柒、一", "捌"),
    document="111年度範例計畫",
    buttons=(Button("看公告", url="https://example.tw/"), Button("提醒我", data="x")),
)


def test_a_card_reads_from_title_to_keys() -> None:
    assert plain(Answer((CARD,), quick=(Button("甲", say="甲"), Button("乙", data="b")))) == (
        "【範例計畫】\n"
        "報名到 7/31(日) 為止。\n"
        "・線上報名\n"
        "〔還有46天〕\n"
        "依據：《111年度範例計畫》柒、一；捌\n"
        "→ 看公告：https://example.tw/\n"
        "→ 提醒我\n"
        "\n"
        "[1] 甲　[2] 乙"
    )


def test_the_parts_of_an_answer_stand_apart() -> None:
    bare = Card(title="", lead="乙")

    assert plain(Answer((Text("甲"), Row((bare, bare))))) == "甲\n\n乙\n\n乙"


def test_silence_is_shown() -> None:
    assert plain(SILENCE) == "（不回應）"
