"""A broadcast as it is said, and the words by which staff see how it stands."""

from collections.abc import Iterator, Sequence

from bot.clock import minute_words
from bot.messages import Answer, Button, Card, Outcome, Text
from bot.model.broadcast_counts import BroadcastReport, Forecast
from bot.model.broadcasts import (
    STATE_WORDS,
    Broadcast,
    BroadcastState,
    CardPiece,
    Key,
    PicturePiece,
    Piece,
    TextPiece,
)

TOLD = "told"  # a button's data: told=<broadcast id>/<number of the button>
PICTURE = "圖片"
_VOID = {"cancelled": "取消後沒有傳", "too late": "過期沒有傳"}
SHOWN = 30  # characters of a broadcast by which staff know it again


def answer_of(broadcast_id: str, pieces: Sequence[Piece]) -> Answer:
    """What its people get: the same for all of them."""
    numbers = iter(range(len(counted_keys(pieces))))
    parts = tuple(_part(broadcast_id, piece, numbers) for piece in pieces)
    return Answer(parts, outcome=Outcome.CHAT)


def counted_keys(pieces: Sequence[Piece]) -> list[Key]:
    """The buttons whose taps come back to us, in reading order; those to pages do not."""
    cards = [piece for piece in pieces if isinstance(piece, CardPiece)]
    return [key for card in cards for key in card.buttons if not key.url]


def named(pieces: Sequence[Piece]) -> str:
    """The beginning of what it says, by which staff know it again."""
    for piece in pieces:
        said = piece.lead if isinstance(piece, CardPiece) else ""
        said = piece.text if isinstance(piece, TextPiece) else said
        said = piece.words if isinstance(piece, PicturePiece) else said
        line = " ".join(said.split())
        if line:
            return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
    return PICTURE


def state_words(broadcast: Broadcast) -> str:
    """How far it has come: 已排定 6月15日 09:00."""
    said = STATE_WORDS[broadcast.state]
    at = broadcast.ended_at or broadcast.began_at or broadcast.draft.starts_at
    return f"{said}　{minute_words(at)}" if at else said


def after_words(done: Broadcast) -> str:
    """What staff are told in the chat of what they just did to it."""
    match done.state:
        case BroadcastState.APPROVAL:
            return (
                f"要傳給{done.reach:,}人，已送請核可。請另一位承辦人員在這裡輸入「/公告」核可；"
                "自己不能核可自己寫的。"
            )
        case BroadcastState.SCHEDULED:
            when = minute_words(done.draft.starts_at) if done.draft.starts_at else ""
            return (
                f"已排定{when}開始，傳給約{done.reach:,}人。輸入「/公告」可以看進度、暫停或取消。"
            )
        case BroadcastState.DRAFT:
            return "已退回給撰寫的人修改。"
        case BroadcastState.PAUSED:
            return "已暫停：還沒傳的都先留著。輸入「/公告」可以繼續。"
        case BroadcastState.RUNNING:
            return "已繼續傳送。"
    return "已取消，沒有傳的不會再傳；已經在路上的會送達。"


def forecast_lines(forecast: Forecast) -> tuple[str, ...]:
    """Whom it reaches and what that costs, as staff read it before they send."""
    blocked = f"；另有{forecast.blocked:,}人封鎖了帳號，不會傳" if forecast.blocked else ""
    lines = [f"{forecast.people:,}人會收到，計{forecast.messages:,}則{blocked}"]
    if forecast.most is None or forecast.left is None or forecast.left_after is None:
        return (*lines, "本月推播則數沒有上限，或還沒讀到")
    lines.append(
        f"本月推播已用{forecast.used:,}／{forecast.most:,}則，還剩{forecast.left:,}則；"
        f"已排定的通知要{forecast.waiting:,}則"
    )
    if forecast.is_short:
        lines.append(
            f"這則送出後還缺{-forecast.left_after:,}則：場次和截止通知優先，"
            "傳不到的人會在來訊時一併告知，則數恢復後也會補送"
        )
    else:
        lines.append(f"這則送出後還剩{forecast.left_after:,}則")
    return tuple(lines)


def report_lines(report: BroadcastReport, pieces: Sequence[Piece]) -> tuple[str, ...]:
    """What became of it, each recipient in one line; what is nobody's is left out."""
    counts = [
        ("已送達 LINE", report.sent),
        ("改以電子郵件", report.mailed),
        ("等待傳送", report.waiting),
        ("則數不足先留著", report.held),
        ("結果不明，不再重送", report.uncertain),
        ("開始後封鎖帳號", report.blocked),
        ("已刪除個人資料", report.erased),
        *((f"LINE 不收（{why or '原因不明'}）", n) for why, n in report.failed.items()),
        *((_VOID.get(why, "已作廢"), n) for why, n in report.void.items()),
    ]
    lines = [f"收件{report.recipients:,}人"]
    lines += [f"{name}：{people:,}人" for name, people in counts if people]
    if report.skipped:
        lines.append(f"另有{report.skipped:,}人先前已封鎖帳號，沒有傳")
    lines.append(f"24小時內來訊：{report.replied:,}人")
    keys = counted_keys(pieces)
    lines += [f"按了「{key.label}」：{report.taps.get(n, 0):,}人" for n, key in enumerate(keys)]
    return tuple(lines)


def _part(broadcast_id: str, piece: Piece, numbers: Iterator[int]) -> Text | Card:
    match piece:
        case TextPiece(text):
            return Text(text)
        case PicturePiece():
            return Card(title=PICTURE, lead=piece.words, picture=piece.url)
        case CardPiece():
            buttons = tuple(_button(broadcast_id, key, numbers) for key in piece.buttons)
            return Card(
                title=piece.title,
                lead=piece.lead,
                facts=piece.facts,
                state=piece.state,
                buttons=buttons,
            )


def _button(broadcast_id: str, key: Key, numbers: Iterator[int]) -> Button:
    if key.url:
        return Button(key.label, url=key.url)
    return Button(key.label, data=f"{TOLD}={broadcast_id}/{next(numbers)}")
