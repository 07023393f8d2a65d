"""What a broadcast says: written, seen as people will see it, kept as a draft."""

from dataclasses import replace
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot import broadcast_work as work
from bot.answers.key_targets import KeyTargets, key_targets
from bot.clock import minute_words
from bot.console.broadcast_form import BUTTON_KINDS, NUMBERS, Composed, compose, typed_of
from bot.console.clerks import shift_of
from bot.console.door import Backstage, Colleague, Door, to
from bot.errors import AskAgain
from bot.model.audience import AnyOf
from bot.model.broadcasts import BEFORE_START, Broadcast, Draft
from bot.model.edition import Edition
from bot.model.pictures import LARGEST
from bot.model.staff_roles import MAY, Right
from bot.rules.dates import cases_of
from bot.store import broadcasts

MOST_BODY = LARGEST + 200_000
DATES_SHOWN = 60


class ComposeViews:
    """The page on which a broadcast is written."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def new(self, colleague: Colleague) -> ResponseReturnValue:
        """An empty form."""
        return self._page(colleague, compose({}, KeyTargets()), "", is_fresh=True)

    def make(self, colleague: Colleague) -> ResponseReturnValue:
        """Keep a new draft; next, to whom."""
        return self._save(colleague, "")

    def edit(self, colleague: Colleague, broadcast_id: str) -> ResponseReturnValue:
        """The form with what the draft says."""
        found = self._found(colleague, broadcast_id)
        if found is None:
            return to("broadcasts", done="gone")
        if found.state not in BEFORE_START:
            return to("broadcast", broadcast_id=found.id)
        targets = self._targets(colleague)
        composed = compose(typed_of(found.draft.pieces, targets), targets)
        return self._page(colleague, composed, broadcast_id)

    def save(self, colleague: Colleague, broadcast_id: str) -> ResponseReturnValue:
        """Keep what the draft says now."""
        return self._save(colleague, broadcast_id)

    def preview(self, colleague: Colleague) -> ResponseReturnValue:
        """The form as it was typed, with what it looks like; a picture is uploaded."""
        fault = ""
        form = dict(request.form)
        try:
            form |= self._uploaded(colleague)
        except AskAgain as err:
            fault = err.say
        composed = compose(form, self._targets(colleague))
        return self._page(colleague, composed, form.get("broadcast_id", ""), fault=fault)

    def _save(self, colleague: Colleague, broadcast_id: str) -> ResponseReturnValue:
        form, targets = dict(request.form), self._targets(colleague)
        try:
            form |= self._uploaded(colleague)
            composed = compose(form, targets)
            if composed.faults:
                return self._page(colleague, composed, broadcast_id), 400
            kept = self._keep(colleague, broadcast_id, composed)
        except AskAgain as err:
            composed = compose(form, targets)
            return self._page(colleague, composed, broadcast_id, fault=err.say), 400
        if kept.draft.audience == AnyOf(()):
            return to("audience", broadcast_id=kept.id)
        return to("broadcast", broadcast_id=kept.id, done="saved")

    def _keep(self, colleague: Colleague, broadcast_id: str, composed: Composed) -> Broadcast:
        with self._backstage.engine.begin() as db:
            shift = shift_of(db, self._backstage, colleague)
            if not broadcast_id:
                draft = Draft(pieces=composed.pieces, audience=AnyOf(()))
                return work.compose(shift, draft)
            found = broadcasts.find(db, colleague.channel_id, broadcast_id)
            if found is None:
                raise AskAgain(work.GONE)
            return work.edit(shift, found.id, replace(found.draft, pieces=composed.pieces))

    def _uploaded(self, colleague: Colleague) -> dict[str, str]:
        """The address of a picture that came along; nothing where none did."""
        came = request.files.get("picture_file")
        content = came.read() if came and came.filename else b""
        if not content:
            return {}
        with self._backstage.engine.begin() as db:
            path = work.keep_picture(shift_of(db, self._backstage, colleague), content)
        return {"picture_url": self._backstage.address + path}

    def _found(self, colleague: Colleague, broadcast_id: str) -> Broadcast | None:
        with self._backstage.reading() as db:
            return broadcasts.find(db, colleague.channel_id, broadcast_id)

    def _editions(self, colleague: Colleague) -> list[Edition]:
        reader = self._backstage.reader
        return [reader.edition_at(plan, colleague.now) for plan in reader.plans]

    def _targets(self, colleague: Colleague) -> KeyTargets:
        return key_targets(self._editions(colleague), colleague.now)

    def _page(
        self,
        colleague: Colleague,
        composed: Composed,
        broadcast_id: str,
        fault: str = "",
        is_fresh: bool = False,
    ) -> str:
        editions = self._editions(colleague)
        dates = sorted(
            (span.closes, f"{date.title}：{minute_words(span.closes)}")
            for edition in editions
            for date in edition.dates
            for case in cases_of(date, edition)
            for span in case.at.spans
            if span.closes > colleague.now
        )
        is_part = bool(request.headers.get("HX-Request"))  # of the page only the preview is shown
        return render_template(
            "console/compose.html",
            composed=composed,
            typed=composed.typed,
            broadcast_id=broadcast_id,
            faults=() if is_fresh else (*([fault] if fault else ()), *composed.faults),
            plans=[edition.about.short for edition in editions],
            dates=list(dict.fromkeys(words for _, words in dates))[:DATES_SHOWN],
            kinds=BUTTON_KINDS,
            targets=() if is_part else self._targets(colleague).offered,
            numbers=NUMBERS,
            address=self._backstage.address,
        )


def add_composing(door: Door, backstage: Backstage) -> None:
    """The page on which a broadcast is written."""
    views, roles = ComposeViews(backstage), MAY[Right.SEND]
    sent: dict[str, Any] = {"roles": roles, "post": True, "most_body": MOST_BODY}
    door.add("/broadcasts/new", "new_broadcast", views.new, roles=roles)
    door.add("/broadcasts/new", "make_broadcast", views.make, **sent)
    door.add("/broadcasts/preview", "preview_broadcast", views.preview, **sent)
    one = "/broadcasts/<broadcast_id>/content"
    door.add(one, "content", views.edit, roles=roles)
    door.add(one, "save_content", views.save, **sent)
