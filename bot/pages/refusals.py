"""What is said where a page cannot be shown: what is wrong, and the way back from there."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.answers import own_lines
from bot.answers.staffs_words import OVER, OVER_FOR_ALL, WRITE_WAITING

WORDS = {
    403: (
        "這個連結打不開",
        OVER,
        f"{WRITE_WAITING}，用新的連結開啟。",
    ),
    404: (
        "找不到這一頁",
        "這一筆可能已經不在了。",
        f"{WRITE_WAITING}，從清單重新進入。",
    ),
    405: ("這個動作做不到", "這個網址不能這樣使用。", "請回到上一頁，用頁面上的按鈕操作。"),
    413: ("送出的內容太長", "沒有存下任何東西。", "請回到上一頁縮短後再送出。"),
    429: (
        "太快了",
        "這個連結一分鐘內用了太多次，這一次沒有處理。",
        "請等一分鐘，再回到上一頁試一次。",
    ),
    500: ("系統出了點問題", "沒有存下任何東西。", "請稍後回到上一頁再試一次。"),
}
STAFFS = frozenset({"questions", "referrals", "entries"})  # sections that only staff open
_OWN: Mapping[int, tuple[str, str]] = {
    403: (OVER_FOR_ALL, own_lines.AGAIN),
    404: ("這一筆可能已經不在了。", own_lines.AGAIN),
}
# Pages that everybody opens from their own chat lead back there by other words: section → code.
_CHECK_AGAIN = "請回到 LINE 輸入「檢查經費表」或「檢查活動計畫」，用新的連結開啟。"
_FORM_AGAIN = "請回到 LINE 輸入「表單」，用新的連結開啟。"
_FOR_ALL: Mapping[str, Mapping[int, tuple[str, str]]] = {
    "checks": {
        403: (OVER_FOR_ALL, _CHECK_AGAIN),
        404: ("這個計畫沒有這一項檢查。", _CHECK_AGAIN),
        413: (
            "檔案最多 2 MB；沒有讀取，也沒有存下任何東西。",
            "請刪掉圖片和用不到的工作表，回上一頁再送出。",
        ),
    },
    "me": _OWN,
    "forms": {
        403: (OVER_FOR_ALL, _FORM_AGAIN),
        404: ("這一份表件可能已經不在了。", _FORM_AGAIN),
    },
}
_NOT_LOST = "您剛才填的沒有送出；回到上一頁可以先複製下來。"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the page says in place of what was asked for."""

    code: int
    title: str
    what: str
    cure: str
    is_own: bool  # of a page that is not staff's


def refusal(path: str, code: int | None, is_post: bool) -> Refusal:
    """The words for an address below the pages' own (/<token>/<section>/…), by its error."""
    known = code if code in WORDS else 500
    title, what, cure = WORDS[known]
    section = "".join(path.split("/")[2:3])
    is_own = section not in STAFFS
    own = _FOR_ALL.get(section, _OWN) if is_own else {}
    what, cure = own.get(known, (what, cure))
    if known == 403 and is_post:
        what += _NOT_LOST
    return Refusal(known, title, what, cure, is_own)
