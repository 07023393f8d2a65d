"""What the pages of submissions are asked for: an edition, and which schools of it."""

from collections.abc import Mapping
from datetime import date
from uuid import uuid4

from flask import request

from bot.collecting.deeds import Officer
from bot.collecting.standing import Sieve
from bot.console.door import Backstage, Colleague
from bot.errors import AskAgain
from bot.model.schools import Level
from bot.model.submission import Standing


def wanted_of(asked: Mapping[str, str]) -> Sieve:
    """Which schools a filter names; what it does not know leaves none out.

    Raises:
        AskAgain: a day is none.
    """
    return Sieve(
        district=asked.get("district", ""),
        level=next((one for one in Level if one.value == asked.get("level")), None),
        since=day_of(asked.get("since", "")),
        until=day_of(asked.get("until", "")),
        standing=next((one for one in Standing if one.value == asked.get("standing")), None),
    )


def day_of(text: str) -> date | None:
    """A day as the browser sends it; None where nothing was chosen.

    Raises:
        AskAgain: it is no day.
    """
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as err:
        raise AskAgain(f"「{text[:20]}」不是日期。請從日曆選一天，或清空這一格。") from err


def filter_of(wanted: Sieve) -> dict[str, str]:
    """The filter as an address holds it."""
    given = {
        "district": wanted.district,
        "level": wanted.level.value if wanted.level else "",
        "since": wanted.since.isoformat() if wanted.since else "",
        "until": wanted.until.isoformat() if wanted.until else "",
        "standing": wanted.standing.value if wanted.standing else "",
    }
    return {name: value for name, value in given.items() if value}


def officer_of(backstage: Backstage, colleague: Colleague) -> Officer:
    """Who does something by this request."""
    return Officer(
        engine=backstage.engine,
        channel_id=colleague.channel_id,
        account_id=colleague.account.id,
        mail=colleague.account.mail,
        edition_of=colleague.reader.edition,
        now=colleague.now,
        real_now=colleague.real_now,
    )


def new_visit() -> str:
    """Names a page that is shown: what its form sends twice is done once."""
    return uuid4().hex


def visit() -> str:
    """Which page sent this form.

    Raises:
        AskAgain: it comes from none of ours.
    """
    said = request.form.get("visit", "")
    if len(said) != 32 or not said.isalnum():
        raise AskAgain("這一頁已經過期，沒有更動。請重新整理再試一次。")
    return said
