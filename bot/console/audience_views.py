"""To whom a broadcast goes: conditions joined one after another, lists, audiences by name."""

from dataclasses import replace
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot import broadcast_work as work
from bot.answers.audience_words import LEVELS, POSITIONS, STANDINGS, audience_words
from bot.answers.broadcast_lines import forecast_lines, named
from bot.broadcasts.forecast import forecast
from bot.broadcasts.sources import sources_of
from bot.console import audience_form as building
from bot.console import school_list
from bot.console.audience_form import NOBODY, Choices
from bot.console.clerks import shift_of
from bot.console.door import Backstage, Colleague, Door, to
from bot.errors import AskAgain
from bot.model.audience import Audience
from bot.model.broadcasts import BEFORE_START, Broadcast
from bot.model.staff_roles import MAY, Right
from bot.store import audiences, broadcasts, schools
from bot.understand.audience_names import OPEN_STANDINGS

MOST_BODY = school_list.LARGEST + 500_000


class AudienceViews:
    """The builder of a broadcast's audience."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def shown(self, colleague: Colleague, broadcast_id: str) -> ResponseReturnValue:
        """The audience as it is kept, and what may be added."""
        with self._backstage.reading() as db:
            found = broadcasts.find(db, colleague.channel_id, broadcast_id)
        if found is None:
            return to("broadcasts", done="gone")
        if found.state not in BEFORE_START:
            return to("broadcast", broadcast_id=found.id)
        return self._page(colleague, found, found.draft.audience)

    def change(self, colleague: Colleague, broadcast_id: str) -> ResponseReturnValue:
        """Add a condition, take one away, save it under a name, or keep it."""
        with self._backstage.reading() as db:
            found = broadcasts.find(db, colleague.channel_id, broadcast_id)
        if found is None:
            return to("broadcasts", done="gone")
        before: Audience = NOBODY
        try:
            before = building.kept(request.form.get("audience", ""))
            if request.form.get("do") == "keep":
                self._keep(colleague, found.id, before)
                return to("broadcast", broadcast_id=found.id, done="audience")
            now, done = self._changed(colleague, before)
        except AskAgain as err:
            return self._page(colleague, found, before, fault=err.say), 400
        return self._page(colleague, found, now, done=done)

    def _changed(self, colleague: Colleague, before: Audience) -> tuple[Audience, str]:
        """The audience after what was pressed, and what is said of it."""
        form = request.form
        match form.get("do", ""):
            case "undo":
                return building.without_last(before), ""
            case "clear":
                return NOBODY, ""
            case "save":
                self._save(colleague, form.get("name", ""), before)
                return before, "對象已存下，下次可以直接選。"
            case "drop":
                self._drop(colleague, form.get("value", ""))
                return before, "存好的對象已刪除。"
        new = self._new(colleague)
        return building.joined(before, new, form.get("join", "and")), ""

    def _new(self, colleague: Colleague) -> Audience:
        choices = self._choices(colleague)
        if request.form.get("kind") != "schools":
            return building.condition(request.form, choices)
        partly = bool(request.form.get("partly"))
        came = request.files.get("file")
        content = came.read() if came and came.filename else b""
        if came and content:
            return school_list.of_file(came.filename or "", content, choices.schools, partly)
        return school_list.of_words(request.form.get("value", ""), choices.schools, partly)

    def _keep(self, colleague: Colleague, broadcast_id: str, audience: Audience) -> None:
        if audience == NOBODY:
            raise AskAgain("還沒選對象，請先加一個條件。")
        with self._backstage.engine.begin() as db:
            found = broadcasts.find(db, colleague.channel_id, broadcast_id)
            if found is None:
                raise AskAgain(work.GONE)
            shift = shift_of(db, self._backstage, colleague)
            work.edit(shift, found.id, replace(found.draft, audience=audience))

    def _save(self, colleague: Colleague, name: str, audience: Audience) -> None:
        if audience == NOBODY:
            raise AskAgain("還沒選對象，沒有存下。請先加一個條件。")
        with self._backstage.engine.begin() as db:
            work.save_audience(shift_of(db, self._backstage, colleague), name, audience)

    def _drop(self, colleague: Colleague, audience_id: str) -> None:
        with self._backstage.engine.begin() as db:
            work.drop_audience(shift_of(db, self._backstage, colleague), audience_id)

    def _choices(self, colleague: Colleague) -> Choices:
        with self._backstage.reading() as db:
            listed = schools.all_schools(db, colleague.channel_id)
            saved = audiences.all_saved(db, colleague.channel_id)
        return Choices(reader=colleague.reader, now=colleague.now, schools=listed, saved=saved)

    def _page(
        self,
        colleague: Colleague,
        found: Broadcast,
        audience: Audience,
        fault: str = "",
        done: str = "",
    ) -> str:
        reader, cost = colleague.reader, None
        if audience != NOBODY:
            try:
                with self._backstage.reading() as db:
                    sources = sources_of(reader.edition)
                    where = (db, colleague.channel_id, audience, sources, colleague.now)
                    cost = forecast(*where)
            except AskAgain as err:
                fault = fault or err.say
        return render_template(
            "console/audience.html",
            one=found,
            name=named(found.draft.pieces),
            said=audience_words(audience, reader),
            carried=building.carried(audience),
            is_nobody=audience == NOBODY,
            cost=cost,
            cost_lines=forecast_lines(cost) if cost else (),
            picks=self._choices(colleague).picks,
            joins=building.JOINS,
            positions=POSITIONS,
            levels=LEVELS,
            standings=STANDINGS,
            open_standings=OPEN_STANDINGS,
            fault=fault,
            done=done,
        )


def add_audiences(door: Door, backstage: Backstage) -> None:
    """The builder of a broadcast's audience."""
    views, roles = AudienceViews(backstage), MAY[Right.SEND]
    one = "/broadcasts/<broadcast_id>/audience"
    door.add(one, "audience", views.shown, roles=roles)
    sent: dict[str, Any] = {"roles": roles, "post": True, "most_body": MOST_BODY}
    door.add(one, "change_audience", views.change, **sent)
