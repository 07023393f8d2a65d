"""The console as Flask serves it: its pages, and what goes with each of them, errors included."""

from datetime import datetime

from flask import Blueprint, Response, g, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from bot.clock import day_words, minute_words
from bot.console.account_views import add_accounts
from bot.console.audit_views import add_audit
from bot.console.broadcast_views import add_broadcasts
from bot.console.browsers import browser_words
from bot.console.delivery_views import add_delivery
from bot.console.door import (
    NAME,
    PREFIX,
    TOKEN_FIELD,
    TOKEN_HEADER,
    Backstage,
    Door,
    csrf_token,
    keep_cookie,
    signed_in,
)
from bot.console.import_views import add_imports
from bot.console.invitation_views import add_invitations
from bot.console.knowledge_views import add_knowledge
from bot.console.member_views import add_members
from bot.console.own_views import add_own
from bot.console.people_views import add_people
from bot.console.question_views import add_questions
from bot.console.sections import seen_by
from bot.console.settings_views import add_settings
from bot.console.sign_in_views import add_sign_in
from bot.console.submissions.matrix_views import add_matrix
from bot.console.submissions.participation_views import add_participations
from bot.console.submissions.reminding_views import add_reminding
from bot.console.submissions.school_views import add_school
from bot.console.submissions.year_end_views import add_year_end
from bot.console.today_views import add_today
from bot.errors import AskAgain
from bot.store.account_tables import WayIn

# Everything from here, nothing inline; htmx speaks with us alone.
CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
STATIC_LIVES = "public, max-age=3600"
REFUSALS = {
    400: ("送出的內容看不懂", "沒有存下任何東西。", "請回到上一頁再試一次。"),
    403: (
        "不能這樣做",
        "您的角色沒有這一頁的權限，或這一頁已經放太久。沒有存下任何東西。",
        "請重新整理上一頁再試；需要權限時，請找管理者。",
    ),
    404: ("找不到這一頁", "網址可能打錯了，或這一筆已經不在了。", "請從選單重新進入。"),
    405: ("這個動作做不到", "這個網址不能這樣使用。", "請回到上一頁，用頁面上的按鈕操作。"),
    413: ("送出的內容太大", "沒有存下任何東西。", "請回到上一頁縮小後再送出。"),
    500: ("系統出了點問題", "沒有存下任何東西。", "請稍後回到上一頁再試一次。"),
}
PAGES = (
    add_sign_in,
    add_today,
    add_broadcasts,
    add_matrix,
    add_school,
    add_reminding,
    add_participations,
    add_year_end,
    add_questions,
    add_knowledge,
    add_people,
    add_members,
    add_invitations,
    add_imports,
    add_delivery,
    add_own,
    add_accounts,
    add_audit,
    add_settings,
)


def blueprint(backstage: Backstage) -> Blueprint:
    """The console; gives Flask everything that it needs to serve it."""
    made = Blueprint(
        NAME,
        __name__,
        url_prefix=PREFIX,
        static_folder="static",
        static_url_path="/static",
        template_folder="templates",
    )
    door = Door(made, backstage)
    for add in PAGES:
        add(door, backstage)

    def hardened(response: Response) -> Response:
        return _harden(response, backstage) if _is_ours() else response

    def everywhere() -> dict[str, object]:
        return _everywhere(backstage) if _is_ours() else {}

    # Of the whole app: an address that leads to no page belongs to no blueprint.
    made.after_app_request(hardened)
    made.app_context_processor(everywhere)
    made.register_error_handler(HTTPException, _told)
    made.register_error_handler(AskAgain, _asked_again)
    made.app_template_filter("day")(day_words)
    made.app_template_filter("minute")(minute_words)
    made.app_template_filter("browser")(browser_words)
    made.app_template_filter("iso")(datetime.isoformat)
    return made


def _is_ours() -> bool:
    return request.path == PREFIX or request.path.startswith(f"{PREFIX}/")


def _everywhere(backstage: Backstage) -> dict[str, object]:
    """What every page says: who is signed in, where else to go, and the token of its forms."""
    colleague = signed_in(backstage)
    is_in = colleague is not None and colleague.signed.stage is WayIn.FULL
    return {
        "me": colleague.account if colleague else None,
        "is_in": is_in,
        "console_name": g.get("console_name") or "後台",
        "sections": seen_by(colleague.role) if colleague and is_in else (),
        "csrf": _csrf_field,
        "csrf_token": csrf_token,
        "csrf_header": TOKEN_HEADER,
    }


def _csrf_field() -> Markup:
    """The token of a form that is sent."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(TOKEN_FIELD, csrf_token())


def _harden(response: Response, backstage: Backstage) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    is_static = request.endpoint == f"{NAME}.static" and response.status_code in (200, 304)
    response.headers["Cache-Control"] = STATIC_LIVES if is_static else "no-store"
    if backstage.is_https:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if new := g.get("new_cookie"):
        keep_cookie(response, backstage, new)
    return response


def _told(err: HTTPException) -> ResponseReturnValue:
    code = err.code if err.code in REFUSALS else 500
    if code == 500:  # perhaps the database is gone: who is signed in is not asked once more
        g.setdefault("colleague", None)
    allowed = err.valid_methods if isinstance(err, MethodNotAllowed) else None
    headers = {"Allow": ", ".join(sorted(allowed))} if allowed else {}
    title, what, cure = REFUSALS[code or 500]
    page = render_template("console/refused.html", title=title, what=what, cure=cure)
    return page, code or 500, headers


def _asked_again(err: AskAgain) -> ResponseReturnValue:
    """What a view could not do, and the person can mend."""
    page = render_template("console/refused.html", title="沒有更動", what=err.say, cure="")
    return page, 400
