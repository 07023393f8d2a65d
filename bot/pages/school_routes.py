"""Which address below a link leads to which page of a contact's school."""

from flask import Blueprint

from bot.pages.door import Backstage
from bot.pages.list_views import ListViews
from bot.pages.roster_views import RosterViews
from bot.pages.school_views import SchoolViews

SCHOOL = "/<token>/me/school/<code>"


def add_school_pages(made: Blueprint, backstage: Backstage) -> None:
    """Add the pages of a contact's school to those below /p."""
    school, listed = SchoolViews(backstage), RosterViews(backstage)
    made.add_url_rule(SCHOOL, "school", school.overview)
    made.add_url_rule(f"{SCHOOL}/report", "school_report", school.report, methods=["POST"])
    made.add_url_rule(f"{SCHOOL}/back", "school_back", school.take_back, methods=["POST"])
    made.add_url_rule(f"{SCHOOL}/roster", "school_roster", listed.shown)
    made.add_url_rule(f"{SCHOOL}/roster/code", "school_code", listed.give_code, methods=["POST"])
    made.add_url_rule(f"{SCHOOL}/roster/unlink", "school_unlink", listed.unlink, methods=["POST"])
    lists = ListViews(backstage)
    made.add_url_rule(f"{SCHOOL}/lists", "school_lists", lists.lists, methods=["GET", "POST"])
