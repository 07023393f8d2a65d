"""What is known of a school for the forms that it hands in: its name, communities, nominations."""

from sqlalchemy import Connection

from bot.collecting.one_school import OneSchool
from bot.model.entries import Form
from bot.model.form_layout import Grid
from bot.model.goals import Subject
from bot.model.participation import Unit
from bot.model.roster import name_key
from bot.store import roster

COMMUNITIES, TEACHERS = "communities", "teachers"
Row = dict[str, str]


def is_of_schools(form: Form) -> bool:
    """Whether a school fills it in for all of its communities or teachers."""
    blocks = form.layout.blocks if form.layout else ()
    grids = [block for block in blocks if isinstance(block, Grid)]
    return any(grid.each in (COMMUNITIES, TEACHERS) for grid in grids)


def known_of_school(
    db: Connection, channel_id: str, found: OneSchool
) -> dict[str, str | list[Row]]:
    """What its forms are filled in with, by the names of FILLINGS; never an ID number."""
    code = found.school.code
    titles = {name_key(m.name): m.title for m in roster.of_schools(db, channel_id, [code])}
    taking = found.participation
    return {
        "school": found.school.full_name,
        COMMUNITIES: [_community(found, unit) for unit in taking.units_of(Subject.COMMUNITY)],
        TEACHERS: [
            {"name": unit.label, "job": titles.get(name_key(unit.label), "")}
            for unit in taking.units_of(Subject.TEACHER)
        ],
    }


def _community(found: OneSchool, unit: Unit) -> Row:
    facet = found.edition.facets.get("group")
    value = unit.facets.get("group", "")
    known = facet.values.get(value) if facet else None
    return {"community": unit.label, "group": known.title if known else value}
