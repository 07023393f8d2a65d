"""Who may come in: every request's link is read anew; a member of staff must still be one.

The link itself is what lets in: there is no cookie that another site could make use of.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from flask import Response, abort
from sqlalchemy import Engine

from bot.clock import taipei_day
from bot.links import Links, Purpose
from bot.staff_work import Member, is_staff
from bot.understand.reader import Reader

# Pages of forms: nothing is run, nothing is fetched but our own style, nobody may frame them.
CSP = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
LARGEST_BODY = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Backstage:
    """What the pages need of the rest of the house."""

    engine: Engine
    reader_of: Callable[[str], Reader | None]  # by channel: its plans; None: it is not served
    links: Links
    now: Callable[[], datetime]  # the clock that people live by: in the simulator, its own
    mails: bool = False  # whether mail can be sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A member of staff who was let in."""

    token: str
    member: Member
    reader: Reader  # the plans of their channel
    now: datetime

    @property
    def today(self) -> date:
        """The day of the visit."""
        return taipei_day(self.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody who opened a page of their own from the chat."""

    token: str
    channel_id: str
    user_id: str
    reader: Reader  # the plans of their channel
    now: datetime

    @property
    def today(self) -> date:
        """The day of the visit."""
        return taipei_day(self.now)


def let_in(backstage: Backstage, token: str) -> Visit:
    """The visit that a link allows; 403 where it is forged, over, or its person staff no more."""
    now = backstage.now()
    found = backstage.links.read(token, now)
    if found is None or found.purpose is not Purpose.STAFF:
        abort(403)
    reader = backstage.reader_of(found.channel_id)
    member = Member(channel_id=found.channel_id, user_id=found.user_id)
    if reader is None or not is_staff(backstage.engine, member):
        abort(403)
    return Visit(token=token, member=member, reader=reader, now=now)


def let_guest_in(backstage: Backstage, token: str) -> Guest:
    """Whose own pages a link opens; 403 where it is forged, over, or for other pages."""
    now = backstage.now()
    found = backstage.links.read(token, now)
    if found is None or found.purpose is not Purpose.OWN:
        abort(403)
    reader = backstage.reader_of(found.channel_id) or abort(403)
    return Guest(
        token=token, channel_id=found.channel_id, user_id=found.user_id, reader=reader, now=now
    )


def harden(response: Response) -> Response:
    """What goes with every page: it is not kept, not indexed, and its address goes nowhere."""
    response.headers["Content-Security-Policy"] = CSP
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
