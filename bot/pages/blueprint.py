"""The pages below /p: which address leads to which view, and what goes with all of them."""

from datetime import datetime

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from bot.answers import own_lines
from bot.answers.staffs_words import KEPT, LOG, ONLY_YOURS, OVER, WAITING, WRITE_WAITING
from bot.clock import day_words, minute_words
from bot.pages.door import LARGEST_BODY, Backstage, harden
from bot.pages.entry_views import EntryViews
from bot.pages.own_routes import WAYS, add_own_pages, is_own
from bot.pages.question_views import QuestionViews
from bot.pages.referral_views import ReferralViews
from bot.store.people import alias

PREFIX = "/p"
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
    500: ("系統出了點問題", "沒有存下任何東西。", "請稍後回到上一頁再試一次。"),
}
NOT_LOST = "您剛才填的沒有送出；回到上一頁可以先複製下來。"


def blueprint(backstage: Backstage) -> Blueprint:
    """The pages; gives Flask everything that it needs to serve them."""
    made = Blueprint(
        "pages",
        __name__,
        url_prefix=PREFIX,
        static_folder="static",
        static_url_path="/static",
        template_folder="templates",
    )
    questions, entries = QuestionViews(backstage), EntryViews(backstage)
    referrals = ReferralViews(backstage)
    one = "/<token>/referrals/<referral_id>"
    made.add_url_rule("/<token>/questions", "questions", questions.listed)
    made.add_url_rule("/<token>/referrals", "referrals", referrals.listed)
    made.add_url_rule(one, "referral", referrals.one)
    made.add_url_rule(one, "answer", referrals.answer, methods=["POST"])
    made.add_url_rule(f"{one}/aside", "aside", referrals.aside, methods=["POST"])
    made.add_url_rule("/<token>/entries", "entries", entries.listed)
    withdraw = "/<token>/entries/<entry_id>/withdraw"
    made.add_url_rule(withdraw, "withdraw", entries.withdraw, methods=["POST"])
    add_own_pages(made, backstage)
    made.before_request(_bounded)
    # Of the whole app: an address that leads to no page belongs to no blueprint.
    made.after_app_request(_hardened)
    made.app_errorhandler(HTTPException)(_told_here)
    made.app_context_processor(_everywhere)
    made.app_template_filter("day")(day_words)
    made.app_template_filter("minute")(minute_words)
    made.app_template_filter("alias")(alias)
    made.app_template_filter("iso")(datetime.isoformat)
    return made


def _everywhere() -> dict[str, object]:
    """What every page says: where else to go, and for how long its link is good."""
    ways = (("pages.referrals", WAITING), ("pages.questions", LOG), ("pages.entries", KEPT))
    said = {"only_yours": ONLY_YOURS, "waiting_name": WAITING}
    return {"ways": ways, "own_ways": WAYS, **said}


def _bounded() -> None:
    request.max_content_length = LARGEST_BODY


def _is_ours() -> bool:
    return request.path == PREFIX or request.path.startswith(f"{PREFIX}/")


def _hardened(response: Response) -> Response:
    return harden(response) if _is_ours() else response


def _told_here(err: HTTPException) -> ResponseReturnValue:
    return _told(err) if _is_ours() else err.get_response()


def _told(err: HTTPException) -> ResponseReturnValue:
    code = err.code if err.code in WORDS else 500
    title, what, cure = WORDS[code]
    own = is_own(request.path)
    if own:
        what = own_lines.OVER if code == 403 else what
        cure = own_lines.AGAIN if code in (403, 404) else cure
    if code == 403 and request.method == "POST":
        what += NOT_LOST
    base = "pages/own_base.html" if own else "pages/base.html"
    page = render_template("pages/refused.html", title=title, what=what, cure=cure, base=base)
    allowed = err.valid_methods if isinstance(err, MethodNotAllowed) else None
    return page, code, {"Allow": ", ".join(sorted(allowed))} if allowed else {}
