"""A contact's page of handing over: the code for a successor, shown once, to whoever asks for it.

It is not said in the chat, because what is said there is kept with its event, and a code is not.
"""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from bot import own_work
from bot.answers.school_lines import HAND_OVER_CLOSED
from bot.clock import minute_words
from bot.model.invitation_code import WORD
from bot.pages.door import Backstage, let_guest_in
from bot.pages.own_views import owner_of
from bot.store import affiliations, channel_settings, schools


class HandOverViews:
    """The page of handing over."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def hand_over(self, token: str, code: str) -> ResponseReturnValue:
        """Says what handing over does; where the form was sent, makes a code and shows it."""
        guest = let_guest_in(self._backstage, token)
        with self._backstage.engine.connect().execution_options(only_reads=True) as db:
            held = affiliations.is_contact(db, guest.channel_id, guest.user_id, code)
            school = schools.find(db, guest.channel_id, code) if held else None
            may = channel_settings.is_on(db, guest.channel_id, channel_settings.CONTACTS_HAND_OVER)
        if school is None:
            abort(403)
        until = guest.now + own_work.HANDED_OVER_WITHIN
        if not may:
            said = render_template(
                "pages/own_hand_over.html", guest=guest, school=school, closed=HAND_OVER_CLOSED
            )
            return said, 200 if request.method == "GET" else 403
        shown = {"guest": guest, "school": school, "word": WORD, "until": minute_words(until)}
        if request.method == "GET":
            return render_template("pages/own_hand_over.html", **shown)
        owner = owner_of(self._backstage, guest)
        made = own_work.hand_over(self._backstage.engine, owner, school.code, guest.now)
        if not made:
            abort(403)  # it ended since the page was opened
        return render_template("pages/own_hand_over.html", code=made, **shown)
