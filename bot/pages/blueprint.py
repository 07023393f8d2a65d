"""The pages below /p: which address leads to which view, and what goes with all of them."""

from datetime import datetime

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, MethodNotAllowed, TooManyRequests

from bot.answers.staffs_words import KEPT, LOG, ONLY_YOURS, WAITING
from bot.clock import day_words, minute_words
from bot.pages.check_views import add_check_pages
from bot.pages.door import LARGEST_BODY, Backstage, harden
from bot.pages.entry_views import EntryViews
from bot.pages.estimate_views import add_estimate_pages
from bot.pages.form_views import FormViews
from bot.pages.own_routes import WAYS, add_own_pages
from bot.pages.pacing import Pacing
from bot.pages.question_views import QuestionViews
from bot.pages.referral_views import ReferralViews
from bot.pages.refusals import refusal
from bot.pages.school_routes import add_school_pages
from bot.store.people import alias

PREFIX = "/p"


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
    add_check_pages(made, backstage)
    add_estimate_pages(made, backstage)
    _add_forms(made, FormViews(backstage))
    add_own_pages(made, backstage)
    add_school_pages(made, backstage)
    made.before_request(_bounded)
    made.before_request(Pacing().hold)
    # Of the whole app: an address that leads to no page belongs to no blueprint.
    made.after_app_request(_hardened)
    made.app_errorhandler(HTTPException)(_told_here)
    made.app_context_processor(_everywhere)
    made.app_template_filter("day")(day_words)
    made.app_template_filter("minute")(minute_words)
    made.app_template_filter("alias")(alias)
    made.app_template_filter("iso")(datetime.isoformat)
    return made


def _add_forms(made: Blueprint, forms: FormViews) -> None:
    """The pages of forms, which anybody opens from their own chat."""
    edition = "/<token>/forms/<plan>/<edition>"
    one = f"{edition}/<form_id>"
    made.add_url_rule("/<token>/forms", "forms", forms.every)
    made.add_url_rule(edition, "forms_of", forms.of_edition)
    made.add_url_rule(one, "form", forms.one)
    made.add_url_rule(one, "form_file", forms.file, methods=["POST"])
    made.add_url_rule(f"{one}/blank", "blank_form", forms.blank)


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
    said = refusal(request.path.removeprefix(PREFIX), err.code, is_post=request.method == "POST")
    base = "pages/own_base.html" if said.is_own else "pages/base.html"
    # Whose link it is was not asked here: where it opens nothing, no way leads on by it.
    home = said.is_own and said.code != 403 and (request.view_args or {}).get("token")
    home = url_for("pages.own", token=home) if home else ""
    page = render_template("pages/refused.html", said=said, base=base, home=home)
    return page, said.code, _headers_of(err)


def _headers_of(err: HTTPException) -> dict[str, str]:
    """What an error says beside its page: which methods there are, or when to come again."""
    if isinstance(err, MethodNotAllowed) and err.valid_methods:
        return {"Allow": ", ".join(sorted(err.valid_methods))}
    if isinstance(err, TooManyRequests) and err.retry_after:
        return {"Retry-After": str(err.retry_after)}
    return {}
