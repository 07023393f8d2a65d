"""Broadcasts: what is announced, its states and the ways between them, and who works on it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.errors import AskAgain
from bot.model.audience import Audience, Everybody

MOST_PARTS, MOST_BUTTONS, MOST_FACTS = 3, 4, 8
LONGEST_TEXT, LONGEST_LINE, LONGEST_LABEL = 2_000, 300, 20
LONGEST_URL = 1_000
OF_USE = timedelta(days=7)  # after its start; what was not sent by then is too late
APPROVAL_ABOVE = 500  # people, unless the channel has it otherwise


class BroadcastState(StrEnum):
    """How far a broadcast has come."""

    DRAFT = "draft"
    APPROVAL = "approval"  # waits for a second person
    SCHEDULED = "scheduled"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


_S = BroadcastState
# All ways there are. Whatever is changed before the start makes it a draft again.
MOVES: Mapping[BroadcastState, frozenset[BroadcastState]] = {
    _S.DRAFT: frozenset({_S.APPROVAL, _S.SCHEDULED, _S.CANCELLED}),
    _S.APPROVAL: frozenset({_S.DRAFT, _S.SCHEDULED, _S.CANCELLED}),
    _S.SCHEDULED: frozenset({_S.DRAFT, _S.APPROVAL, _S.RUNNING, _S.CANCELLED}),
    _S.RUNNING: frozenset({_S.PAUSED, _S.DONE, _S.CANCELLED}),
    _S.PAUSED: frozenset({_S.RUNNING, _S.DONE, _S.CANCELLED}),
    _S.DONE: frozenset(),
    _S.CANCELLED: frozenset(),
}
BEFORE_START = frozenset({_S.DRAFT, _S.APPROVAL, _S.SCHEDULED})
STOPPED = (_S.PAUSED, _S.CANCELLED)  # nothing of it is sent
STATE_WORDS: Mapping[BroadcastState, str] = {
    _S.DRAFT: "草稿",
    _S.APPROVAL: "待核可",
    _S.SCHEDULED: "已排定",
    _S.RUNNING: "傳送中",
    _S.PAUSED: "已暫停",
    _S.DONE: "已完成",
    _S.CANCELLED: "已取消",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clerk:
    """Somebody of the office at work: by user id in the chat, by account in the console."""

    channel_id: str
    id: str
    also: frozenset[str] = frozenset()  # other ids under which the same person works
    name: str = ""  # by which the audit knows them: an address, or the end of an id

    def is_one_of(self, *ids: str | None) -> bool:
        """Whether one of these ids is theirs."""
        return any(i in (self.id, *self.also) for i in ids if i)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A button of a broadcast. Exactly one of `say`, `data`, `url` is set.

    Whoever opens a page's address is not counted: LINE does not tell of it.
    """

    label: str
    say: str = ""  # asked as the person's own words
    data: str = ""  # what another button of the bot brings: entry=…, remind=…, report=…
    url: str = ""

    def __post_init__(self) -> None:
        if not 0 < len(self.label.strip()) <= LONGEST_LABEL:
            raise AskAgain(f"按鈕的文字要在 1 到 {LONGEST_LABEL} 個字之間。")
        if sum(map(bool, (self.say, self.data, self.url))) != 1:
            raise AskAgain(f"按鈕「{self.label}」要有一個動作：問一句話、看規定或開網頁。")
        if self.url:
            _check_url(self.url, f"按鈕「{self.label}」的網址")
        if len(self.say) > LONGEST_LINE or len(self.data) > LONGEST_LINE:
            raise AskAgain(f"按鈕「{self.label}」的內容太長，最多 {LONGEST_LINE} 個字。")


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A part that is plain text."""

    text: str

    def __post_init__(self) -> None:
        _check_length(self.text, "文字", LONGEST_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturePiece:
    """A part that is a picture, with words for those who cannot see it."""

    url: str
    words: str

    def __post_init__(self) -> None:
        _check_url(self.url, "圖片的網址")
        _check_length(self.words, "圖片說明", LONGEST_LINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPiece:
    """A part that is a card: which plan, what, which facts and dates, buttons."""

    title: str
    lead: str
    facts: tuple[str, ...] = ()
    state: str = ""  # a date, set off: 6月30日(四)前
    buttons: tuple[Key, ...] = ()

    def __post_init__(self) -> None:
        _check_length(self.title, "卡片的標題", LONGEST_LINE)
        _check_length(self.lead, "卡片的主旨", LONGEST_LINE)
        if len(self.facts) > MOST_FACTS or len(self.buttons) > MOST_BUTTONS:
            raise AskAgain(f"一張卡片最多 {MOST_FACTS} 點說明、{MOST_BUTTONS} 個按鈕。")
        for line in (*self.facts, self.state):
            if len(line) > LONGEST_LINE:
                raise AskAgain(f"卡片的每一點最多 {LONGEST_LINE} 個字，請縮短或改用文字。")


Piece = TextPiece | PicturePiece | CardPiece
_PIECES: Mapping[str, type[Any]] = {"text": TextPiece, "picture": PicturePiece, "card": CardPiece}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What staff compose: what is said, to whom, and when it is to start."""

    pieces: tuple[Piece, ...]
    audience: Audience = field(default_factory=Everybody)
    starts_at: datetime | None = None  # None: as soon as it may

    def __post_init__(self) -> None:
        if not 0 < len(self.pieces) <= MOST_PARTS:
            raise AskAgain(f"一則公告要有 1 到 {MOST_PARTS} 個部分（文字、圖片、卡片）。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """A broadcast as it stands."""

    id: str
    channel_id: str
    state: BroadcastState
    draft: Draft
    revision: int  # of what is said and to whom: a button of an older preview does nothing
    author: str  # id of a clerk
    made_at: datetime
    changed_by: str  # whoever said last what it says
    approved_by: str = ""
    reach: int = 0  # people, when it was handed in
    began_at: datetime | None = None
    ended_at: datetime | None = None
    recipients: int = 0  # fixed at the start
    skipped: int = 0  # of the audience, because they blocked the bot
    is_queued: bool = False  # all of them are in the outbox


def may_move(broadcast: BroadcastState, to: BroadcastState) -> bool:
    """Whether there is such a way."""
    return to in MOVES[broadcast]


def pieces_to_plain(pieces: tuple[Piece, ...]) -> list[dict[str, Any]]:
    """The parts as JSON-ready values; `pieces_from_plain` reads them back."""
    names = {kind: name for name, kind in _PIECES.items()}
    return [{"is": names[type(piece)], **asdict(piece)} for piece in pieces]


def pieces_from_plain(plain: list[dict[str, Any]]) -> tuple[Piece, ...]:
    """The parts that `pieces_to_plain` wrote."""
    return tuple(map(_piece, plain))


def _piece(plain: Mapping[str, Any]) -> Piece:
    values = {name: value for name, value in plain.items() if name != "is"}
    if "buttons" in values:
        values["buttons"] = tuple(Key(**key) for key in values["buttons"])
        values["facts"] = tuple(values["facts"])
    made: Piece = _PIECES[plain["is"]](**values)
    return made


def _check_length(text: str, what: str, most: int) -> None:
    if not text.strip():
        raise AskAgain(f"{what}是空的，請填寫。")
    if len(text) > most:
        raise AskAgain(f"{what}有{len(text):,}個字，最多{most:,}個字，請縮短。")


def _check_url(url: str, what: str) -> None:
    good = url.startswith("https://") and len(url) <= LONGEST_URL and not set(url) & set(" \n\t")
    if not good:
        raise AskAgain(f"{what}要以 https:// 開頭，不能有空白，最多 {LONGEST_URL} 個字。")
