"""Which schools take part in an edition, with which parameters; one may be taken out."""

from collections.abc import Mapping

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot.collecting.deeds import leave
from bot.collecting.standing import school_of
from bot.console.door import Backstage, Colleague, Door, to
from bot.console.submissions.asked import officer_of
from bot.imports.participations import TITLES
from bot.model.edition import Edition
from bot.model.goals import Subject
from bot.model.participation import Participation, Unit, Whose
from bot.model.staff_roles import MAY, Right
from bot.store import participations, schools

SIZE = 100
DONE = {
    "left": "這所學校不再參與；先前繳交的紀錄仍保留。",
    "already": "這所學校沒有參與，沒有更動。",
}
KINDS = {Subject.COMMUNITY: "社群", Subject.TEACHER: "薦派教師", Subject.CLASS: "班級"}


class ParticipationViews:
    """The page of participations."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def listed(self, colleague: Colleague, plan: str, edition: str) -> ResponseReturnValue:
        """Every school of the edition."""
        found = colleague.reader.edition(f"{plan}/{edition}")
        if found is None:
            return to("submissions")
        with self._backstage.reading() as db:
            kept = participations.all(db, colleague.channel_id, plan, edition)
            listed = {s.code: s for s in schools.all_schools(db, colleague.channel_id)}
        page = max(0, request.args.get("page", 0, type=int))
        some = [one.participation for one in kept[page * SIZE : (page + 1) * SIZE]]
        return render_template(
            "console/submissions/participations.html",
            edition=found,
            rows=[(school_of(p.school_code, listed), _parameters(found, p)) for p in some],
            count=len(kept),
            page=page,
            has_more=len(kept) > (page + 1) * SIZE,
            columns=TITLES.values(),
            colleague=colleague,
            may_keep=colleague.role in MAY[Right.KEEP],
            done=DONE.get(request.args.get("done", ""), ""),
        )

    def leave(self, colleague: Colleague, plan: str, edition: str) -> ResponseReturnValue:
        """A school takes part no longer."""
        code = request.form.get("school", "")
        whose = Whose(school_code=code, plan=plan, edition=edition)
        has_left = leave(officer_of(self._backstage, colleague), whose)
        done = "left" if has_left else "already"
        return to("participations", plan=plan, edition=edition, done=done)


def add_participations(door: Door, backstage: Backstage) -> None:
    """The page of participations."""
    views = ParticipationViews(backstage)
    one = "/submissions/<plan>/<edition>/participations"
    door.add(one, "participations", views.listed, roles=MAY[Right.SEE])
    door.add(one, "leave_participation", views.leave, roles=MAY[Right.KEEP], post=True)


def _parameters(edition: Edition, taking: Participation) -> list[tuple[str, str]]:
    """What is known of the participation, by what people call it."""
    found = _facets(edition, taking.facets)
    for kind, title in KINDS.items():
        units = "、".join(_unit(edition, unit) for unit in taking.units_of(kind))
        if units:
            found.append((title, units))
    return found


def _facets(edition: Edition, facets: Mapping[str, str]) -> list[tuple[str, str]]:
    found = []
    for name, value in facets.items():
        facet = edition.facets.get(name)
        known = facet.values.get(value) if facet else None
        said = known.title if known else f"{value}{facet.unit if facet else ''}"
        found.append((facet.title if facet else name, said))
    return found


def _unit(edition: Edition, unit: Unit) -> str:
    more = "、".join(said for _, said in _facets(edition, unit.facets))
    return f"{unit.label}（{more}）" if more else unit.label
