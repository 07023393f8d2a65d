"""How one school stands: what is missing first, what comes next, who was given another date."""

from bot.model.submission import Record, Standing, Tally
from bot.rules.school_standing import missing, next_due, stand
from bot.rules.submissions import spread
from tests.rules.schools import MOBILE, at, edition_of, taking

NOW = at("2018-04-10T09:00")
SCHOOL = taking(MOBILE, {"granted": "2"})
RECORD = Record(
    tallies={
        "progress-sheet||1|1": Tally(received=1),
        "progress-sheet||1|2": Tally(returned=1),
        "reflection-text|spring|0|1": Tally(sent=1),
    },
    extended={"counsel-sheet|spring|1|": at("2018-04-15T23:59:59")},
)


def test_what_is_missing_comes_by_its_date_and_undated_last() -> None:
    found = missing(stand(edition_of(MOBILE), SCHOOL, RECORD, NOW))

    assert [(m.slot.owed.id, m.slot.unit_label) for m in found[:4]] == [
        ("basic-data-sheet", ""),
        ("progress-sheet", "第2班"),  # returned
        ("counsel-sheet", ""),  # given until the 15th
        ("reflection-text", "第2班"),
    ]
    assert found[0].counts[Standing.OVERDUE] == 1
    assert found[2].is_extended
    assert [m.until for m in found[-3:]] == [None] * 3


def test_what_is_next_lies_ahead() -> None:
    found = stand(edition_of(MOBILE), SCHOOL, RECORD, NOW)

    coming = next_due(found, NOW)
    assert coming is not None
    assert (coming.slot.title, coming.until) == ("學者專家輔導紀錄表", at("2018-04-15T23:59:59"))
    assert next_due(found, at("2030-01-01T00:00")) is None


def test_a_number_that_is_reported_goes_where_there_is_room() -> None:
    found = stand(edition_of(MOBILE), SCHOOL, RECORD, NOW)
    sheets = [(one.slot, one.left) for one in found if one.slot.owed.id == "progress-sheet"]

    laid = [(s.unit_label, s.turn, n) for s, n in spread(sheets, 2)]
    assert laid == [("第2班", 1, 1), ("第1班", 2, 1)]
