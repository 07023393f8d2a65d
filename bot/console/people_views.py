"""People and schools: how many there are, one school with its contacts, who an alias is."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot.console.doing import doer_of, page_of
from bot.console.door import Backstage, Colleague, Door, to
from bot.console_work import invitations as deeds
from bot.model.participation import Participation
from bot.model.schools import School
from bot.model.staff_roles import MAY, Right
from bot.store import affiliations, participations, people, people_overview, schools
from bot.store.people import Role, alias
from bot.store.people_overview import AtSchool

PAGE = 50
LONGEST = 60
DONE = {
    "ended": "已結束這個身分，對方手上的連結都打不開了。",
    "none": "這個身分已經不在了，沒有更動。",
    "gone": "學校名單裡沒有這所學校。",
}


class PeopleViews:
    """The pages of people and schools."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def listed(self, colleague: Colleague) -> ResponseReturnValue:
        """Schools by what is searched for, and everybody in numbers."""
        wanted = request.args.get("q", "").strip()[:LONGEST]
        is_open = request.args.get("only") == "open"
        page = page_of(request.args.get("page"))
        channel = colleague.channel_id
        with self._backstage.reading() as db:
            every = schools.all_schools(db, channel)
            at = people_overview.at_schools(db, channel)
            heads = people_overview.heads(db, channel)
            found = people_overview.by_alias(db, channel, wanted.lstrip("…"))
            ties = people_overview.ties_of(db, channel, [one.user_id for one in found])
        none = AtSchool()
        fit = [s for s in every if not wanted or _fits(s, wanted)]
        rows = [(s, at.get(s.code, none)) for s in fit]
        rows = [row for row in rows if not is_open or not row[1].contacts]
        names = {school.code: school.name for school in every}
        start = page * PAGE
        return render_template(
            "console/schools.html",
            rows=rows[start : start + PAGE],
            count=len(rows),
            every=len(every),
            heads=heads,
            found=[
                (one, alias(one.user_id), [names.get(c, c) for c in ties.get(one.user_id, ())])
                for one in found
            ],
            wanted=wanted,
            is_open=is_open,
            page=page,
            has_more=len(rows) > start + PAGE,
            done=DONE.get(request.args.get("done", ""), ""),
        )

    def one(self, colleague: Colleague, code: str) -> ResponseReturnValue:
        """One school: its contacts, its people in numbers, in which plans it takes part."""
        channel = colleague.channel_id
        with self._backstage.reading() as db:
            school = schools.find(db, channel, code)
            contacts = affiliations.contacts(db, channel, [code])
            at = people_overview.at_schools(db, channel).get(code, AtSchool())
            taking = participations.of_school(db, channel, code)
        if school is None:
            return to("schools", done="gone")
        return render_template(
            "console/school.html",
            school=school,
            contacts=[
                (one, alias(one.user_id), deeds.tag_of(one.user_id, code)) for one in contacts
            ],
            at=at,
            plans=[(one.participation, self._called(one.participation)) for one in taking],
            may_keep=colleague.role in MAY[Right.KEEP],
            may_end=colleague.role in MAY[Right.INVITE],
            done=DONE.get(request.args.get("done", ""), ""),
        )

    def end_tie(self, colleague: Colleague, code: str) -> ResponseReturnValue:
        """Somebody is the school's contact no more."""
        doer = doer_of(self._backstage, colleague)
        done = deeds.end_tie(doer, code, request.form.get("who", ""))
        return to("school", code=code, done="ended" if done else "none")

    def staff(self, colleague: Colleague) -> ResponseReturnValue:
        """Everybody who is staff in LINE."""
        with self._backstage.reading() as db:
            found = people.staff(db, colleague.channel_id)
        return render_template(
            "console/staff.html",
            rows=[(alias(user_id), deeds.tag_of(user_id, ""), at) for user_id, at in found],
            role=Role.STAFF,
            done=DONE.get(request.args.get("done", ""), ""),
        )

    def end_staff(self, colleague: Colleague) -> ResponseReturnValue:
        """Somebody is staff no more."""
        doer = doer_of(self._backstage, colleague)
        done = deeds.end_staff(doer, request.form.get("who", ""))
        return to("staff", done="ended" if done else "none")

    def _called(self, taking: Participation) -> str:
        edition = self._backstage.reader.edition(f"{taking.plan}/{taking.edition}")
        return edition.about.short if edition else f"{taking.plan} {taking.edition}"


def add_people(door: Door, backstage: Backstage) -> None:
    """The pages of people and schools."""
    views, see = PeopleViews(backstage), MAY[Right.SEE]
    manage = MAY[Right.MANAGE]
    door.add("/schools", "schools", views.listed, roles=see)
    door.add("/schools/<code>", "school", views.one, roles=see)
    door.add("/schools/<code>/end", "end_tie", views.end_tie, roles=MAY[Right.INVITE], post=True)
    door.add("/staff", "staff", views.staff, roles=manage)
    door.add("/staff/end", "end_staff", views.end_staff, roles=manage, post=True)


def _fits(school: School, wanted: str) -> bool:
    """Whether a school is meant: every word stands in its code, names or place."""
    names = (school.code, school.name, school.full_name, *school.short_names, school.place)
    text = _plain(" ".join(names))
    return all(word in text for word in _plain(wanted).split())


def _plain(text: str) -> str:
    return text.replace("臺", "台").upper()
