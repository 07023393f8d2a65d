"""Which address below a link leads to which page of one's own."""

from flask import Blueprint

from bot.pages.door import Backstage
from bot.pages.hand_over_views import HandOverViews
from bot.pages.own_data_views import OwnDataViews
from bot.pages.own_mail_views import OwnMailViews
from bot.pages.own_views import OwnViews

ME = "/<token>/me"
WAYS = (
    ("pages.own", "進度"),
    ("pages.own_history", "紀錄"),
    ("pages.own_dates", "提醒"),
    ("pages.forms", "表件"),
    ("pages.checks", "檢查"),
    ("pages.own_data", "資料"),
)


def add_own_pages(made: Blueprint, backstage: Backstage) -> None:
    """Add the pages of one's own to those below /p."""
    own, data = OwnViews(backstage), OwnDataViews(backstage)
    made.add_url_rule(ME, "own", own.progress)
    made.add_url_rule(f"{ME}/history", "own_history", own.history)
    made.add_url_rule(f"{ME}/report", "own_report", own.report, methods=["POST"])
    made.add_url_rule(f"{ME}/undo", "own_undo", own.undo, methods=["POST"])
    made.add_url_rule(f"{ME}/pick", "own_pick", own.pick, methods=["POST"])
    made.add_url_rule(f"{ME}/settle", "own_settle", own.settle, methods=["POST"])
    made.add_url_rule(f"{ME}/dates", "own_dates", data.dates)
    made.add_url_rule(f"{ME}/dates/stop", "own_stop", data.stop, methods=["POST"])
    made.add_url_rule(f"{ME}/dates/mute", "own_mute", data.mute, methods=["POST"])
    made.add_url_rule(f"{ME}/dates/prefer", "own_prefer", data.prefer, methods=["POST"])
    made.add_url_rule(f"{ME}/dates/calendar", "own_calendar", data.calendar, methods=["POST"])
    mail = OwnMailViews(backstage)
    made.add_url_rule(f"{ME}/dates/mail", "own_mail", mail.give, methods=["POST"])
    made.add_url_rule(f"{ME}/dates/mail/via", "own_mail_via", mail.choose, methods=["POST"])
    made.add_url_rule(f"{ME}/data", "own_data", data.data)
    made.add_url_rule(f"{ME}/data.json", "own_export", data.export)
    made.add_url_rule(f"{ME}/erase", "own_erase", data.erase, methods=["GET", "POST"])
    handing = HandOverViews(backstage)
    made.add_url_rule(
        f"{ME}/handover/<code>", "own_hand_over", handing.hand_over, methods=["GET", "POST"]
    )
