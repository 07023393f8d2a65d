"""Pages that check an activity plan or a budget, typed in or sent as a file; nothing is kept."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, NoReturn

from flask import Blueprint, Response, abort, render_template, request, send_file
from flask.typing import ResponseReturnValue

from bot.errors import AskAgain
from bot.later import later
from bot.model.checks import ActivityCheck, BudgetCheck, Checks
from bot.model.edition import Edition
from bot.pages.check_form import (
    FIRST_ROWS,
    MORE_ROWS,
    MOST_ROWS,
    Result,
    group_of,
    hours_fault,
    is_blank,
    result_of,
    typed_budget,
    typed_rows,
)
from bot.pages.door import Backstage, Guest, let_guest_in
from bot.rules.check_activities import check_activities
from bot.rules.check_activity import Activity
from bot.rules.check_budget import check_budget
from bot.rules.check_budget_lines import Budget
from bot.rules.check_reading import read_spans

if TYPE_CHECKING:
    from bot.papers import activity_file, blank_sheets, budget_file, opened
else:
    activity_file, budget_file = later("bot.papers.activity_file"), later("bot.papers.budget_file")
    blank_sheets, opened = later("bot.papers.blank_sheets"), later("bot.papers.opened")

_LARGEST_FORM = 200_000  # bytes: forty activities in 中文
_TAKEN = 4  # times what is read: what is larger is not even received
_NO_FILE = "還沒有選檔案。請先選填好的 .xlsx，再按上傳。"
_NO_GROUP = "請先選組別，再檢查。"


class CheckViews:
    """The pages of the checks."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def listed(self, token: str) -> ResponseReturnValue:
        """Everything that can be checked or worked out."""
        guest = let_guest_in(self._backstage, token)
        reader = guest.reader
        editions = [reader.edition_at(plan, guest.now) for plan in reader.plans]
        return render_template(
            "pages/checks.html", guest=guest, editions=[e for e in editions if e.checks]
        )

    def activities(self, token: str, plan: str, year: str) -> ResponseReturnValue:
        """The form of an activity plan; sent, what was found stands above it."""
        guest = let_guest_in(self._backstage, token)
        edition, check = _activity_check(guest, plan, year)
        if request.method == "GET":
            rows = [Activity(number=n) for n in range(1, FIRST_ROWS + 1)]
            return _activity_page(guest, edition, check, rows)
        request.max_content_length = _LARGEST_FORM
        rows = typed_rows(request.form, check)
        if request.form.get("do") == "add":
            more = range(len(rows) + 1, min(len(rows) + MORE_ROWS, MOST_ROWS) + 1)
            rows += [Activity(number=n) for n in more]
            return _activity_page(guest, edition, check, rows)
        return _activities_checked(guest, edition, check, rows)

    def activity_file(self, token: str, plan: str, year: str) -> ResponseReturnValue:
        """An activity plan that was sent as a file: read into the form, and checked."""
        guest = let_guest_in(self._backstage, token)
        edition, check = _activity_check(guest, plan, year)
        try:
            rows = activity_file.read_activities(_sent_file(), check)
        except AskAgain as err:
            blank = [Activity(number=n) for n in range(1, FIRST_ROWS + 1)]
            return _activity_page(guest, edition, check, blank, said=err.say), 400
        return _activities_checked(guest, edition, check, rows)

    def activity_blank(self, token: str, plan: str, year: str) -> ResponseReturnValue:
        """The blank sheet of an activity plan."""
        guest = let_guest_in(self._backstage, token)
        edition, check = _activity_check(guest, plan, year)
        return _download(blank_sheets.blank_activities(edition, check), edition, check)

    def budget(self, token: str, plan: str, year: str) -> ResponseReturnValue:
        """The form of a budget; sent, what was found stands above it."""
        guest = let_guest_in(self._backstage, token)
        edition, check = _budget_check(guest, plan, year)
        if request.method == "GET":
            return _budget_page(guest, edition, check, Budget(lines=()))
        request.max_content_length = _LARGEST_FORM
        return _budget_checked(guest, edition, check, typed_budget(request.form, check))

    def budget_file(self, token: str, plan: str, year: str) -> ResponseReturnValue:
        """A budget that was sent as a file: read into the form, and checked."""
        guest = let_guest_in(self._backstage, token)
        edition, check = _budget_check(guest, plan, year)
        try:
            content = _sent_file()
            spans = read_spans(request.form.get("hours", ""))
            budget = budget_file.read_budget(content, check, spans)
        except AskAgain as err:
            blank = Budget(lines=())
            return _budget_page(guest, edition, check, blank, said=err.say), 400
        return _budget_checked(guest, edition, check, budget)

    def budget_blank(self, token: str, plan: str, year: str) -> ResponseReturnValue:
        """The blank sheet of a budget."""
        guest = let_guest_in(self._backstage, token)
        edition, check = _budget_check(guest, plan, year)
        return _download(blank_sheets.blank_budget(edition, check), edition, check)


def _activity_check(guest: Guest, plan: str, year: str) -> tuple[Edition, ActivityCheck]:
    edition, checks = checked_edition(guest, plan, year)
    return edition, checks.activities or _missing()


def _budget_check(guest: Guest, plan: str, year: str) -> tuple[Edition, BudgetCheck]:
    edition, checks = checked_edition(guest, plan, year)
    return edition, checks.budget or _missing()


def add_check_pages(made: Blueprint, backstage: Backstage) -> None:
    """The addresses of the checks."""
    views = CheckViews(backstage)
    one = "/<token>/checks/<plan>/<year>"
    both = ["GET", "POST"]
    made.add_url_rule("/<token>/checks", "checks", views.listed)
    made.add_url_rule(f"{one}/activities", "activities", views.activities, methods=both)
    made.add_url_rule(
        f"{one}/activities/file", "activity_file", views.activity_file, methods=["POST"]
    )
    made.add_url_rule(f"{one}/activities/blank.xlsx", "activity_blank", views.activity_blank)
    made.add_url_rule(f"{one}/budget", "budget", views.budget, methods=both)
    made.add_url_rule(f"{one}/budget/file", "budget_file", views.budget_file, methods=["POST"])
    made.add_url_rule(f"{one}/budget/blank.xlsx", "budget_blank", views.budget_blank)


def checked_edition(guest: Guest, plan: str, year: str) -> tuple[Edition, Checks]:
    """An edition that has checks; 404 where there is none."""
    found = next((e for e in guest.reader.editions(plan) if e.edition == year), None)
    if found is None or found.checks is None:
        abort(404)
    return found, found.checks


def _missing() -> NoReturn:
    abort(404)


def _sent_file() -> bytes:
    """The file of a form.

    Raises:
        AskAgain: there is none.
    """
    request.max_content_length = _TAKEN * opened.LARGEST
    sent = request.files.get("sheet")
    if sent is None or not sent.filename:
        raise AskAgain(_NO_FILE)
    return sent.stream.read(opened.LARGEST + 1)


def _activities_checked(
    guest: Guest, edition: Edition, check: ActivityCheck, rows: Sequence[Activity]
) -> ResponseReturnValue:
    group = group_of(edition, check.group, request.form.get("group", ""))
    if check.group and not group:
        return _activity_page(guest, edition, check, rows, said=_NO_GROUP), 400
    filled = [row for row in rows if not is_blank(row)]
    result = result_of(check_activities(edition, group, filled))
    return _activity_page(guest, edition, check, rows, result=result)


def _activity_page(
    guest: Guest,
    edition: Edition,
    check: ActivityCheck,
    rows: Sequence[Activity],
    **said: Result | str,
) -> str:
    return render_template(
        "pages/check_activities.html",
        guest=guest,
        edition=edition,
        check=check,
        rows=rows or [Activity(number=1)],
        group=group_of(edition, check.group, request.form.get("group", "")),
        can_grow=len(rows) < MOST_ROWS,
        **said,
    )


def _budget_checked(
    guest: Guest, edition: Edition, check: BudgetCheck, budget: Budget
) -> ResponseReturnValue:
    group = group_of(edition, check.group, request.form.get("group", ""))
    if check.group and not group:
        return _budget_page(guest, edition, check, budget, said=_NO_GROUP), 400
    result = result_of(check_budget(edition, group, budget))
    return _budget_page(guest, edition, check, budget, result=result)


def _budget_page(
    guest: Guest, edition: Edition, check: BudgetCheck, budget: Budget, **said: Result | str
) -> str:
    hours = request.form.get("hours", "")
    return render_template(
        "pages/check_budget.html",
        guest=guest,
        edition=edition,
        check=check,
        written={line.item: line for line in budget.lines},
        total=budget.total,
        hours=hours,
        hours_fault=hours_fault(hours),
        group=group_of(edition, check.group, request.form.get("group", "")),
        **said,
    )


def _download(content: bytes, edition: Edition, check: ActivityCheck | BudgetCheck) -> Response:
    return send_file(
        BytesIO(content),
        mimetype=blank_sheets.MEDIA_TYPE,
        as_attachment=True,
        download_name=f"{edition.about.short}_{check.title}空白表.xlsx",
    )
