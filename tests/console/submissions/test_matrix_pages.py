"""All schools on a page: what is counted, sifted, and how many queries it takes."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from benchmarks.matrix_sample import fill
from bot.model.staff_roles import StaffRole
from bot.store import schools
from tests.console.office import CHANNEL, OfficeOfTests, words
from tests.console.submissions.schools import (
    DAZHI,
    EDITION,
    SCHOOL,
    SHILIN,
    sent,
    with_contact,
    with_schools,
)
from tests.store.counted import counted
from tests.understand.plans import real_reader


def test_no_school_yet_says_what_to_do_first(lite: OfficeOfTests) -> None:
    page = words(lite.signed_in(StaffRole.VIEWER).get("/submissions"))

    assert "請先匯入學校" in page


def test_the_pages_lead_from_all_plans_to_one_piece(admin_of_each: OfficeOfTests) -> None:
    office = with_schools(admin_of_each)
    sent(office)
    browser = office.signed_in(StaffRole.VIEWER)

    every = words(browser.get("/submissions"))
    edition = browser.get(EDITION).get_data(as_text=True)
    school = words(browser.get(SCHOOL))
    slot = words(browser.get(f"{SCHOOL}/slot?slot=progress-sheet%7C%7C1%7C1"))

    assert "待確認收件 1" in every
    assert "士林區" in every
    assert f"/console{SCHOOL}" in edition
    assert "第1班" in school
    assert "已送出1次" in school
    assert "還沒有學校承辦人" in school
    assert "111年6月15日 09:00 學校承辦人…0001：回報送出 1次" in slot
    assert "遲交" in slot
    assert "確認收件" not in slot.partition("收到的每一件")[0].partition("期限")[2]


@pytest.mark.parametrize(
    ("asked", "there", "not_there"),
    [
        ("district=士林區", "士林國中", "大直高中"),
        ("level=senior", "大直高中", "士林國中"),
        ("standing=sent", "大直高中", "士林國中"),
        ("since=2018-03-01&until=2018-03-31", "學者專家輔導紀錄", "結算"),
        ("district=沒有這一區", "沒有符合的學校", "大直高中"),
    ],
)
def test_schools_are_sifted(lite: OfficeOfTests, asked: str, there: str, not_there: str) -> None:
    sent(with_schools(lite))

    page = words(lite.signed_in(StaffRole.VIEWER).get(f"{EDITION}?{asked}")).partition("匯出")[2]

    assert there in page
    assert not_there not in page


def test_a_day_that_is_none_is_told(lite: OfficeOfTests) -> None:
    page = lite.signed_in(StaffRole.VIEWER).get(f"{EDITION}?since=2018-02-30")

    assert page.status_code == 400
    assert "請從日曆選一天" in words(page)


def test_what_is_not_there_leads_back(lite: OfficeOfTests) -> None:
    with_schools(lite)
    browser = lite.signed_in(StaffRole.VIEWER)

    assert browser.get("/submissions/no/1").status_code == 303
    assert browser.get(f"{EDITION}/schools/999999").status_code == 303
    assert browser.get(f"{SCHOOL}/slot?slot=no").status_code == 303
    assert browser.get(f"{SCHOOL}/paper?form=no").status_code == 303


PATHS = ("/submissions", EDITION, f"{EDITION}/reminding", "/year-end?plan=cooc-teacher/111")


def test_many_schools_take_as_many_queries_as_few(lite: OfficeOfTests) -> None:
    asked = []
    for number in (3, 300):
        fill(lite.engine, CHANNEL, real_reader(), number, lite.now)
        browser = lite.signed_in(StaffRole.VIEWER)
        for path in PATHS:
            with counted(lite.engine) as queries:
                assert browser.get(path).status_code == 200
            asked.append(len(queries))

    assert asked[: len(PATHS)] == asked[len(PATHS) :]
    assert max(asked) < 20


def test_the_file_has_numbers_as_numbers_and_no_formula_of_a_school_s_name(
    lite: OfficeOfTests,
) -> None:
    with_schools(lite)
    evil = ["=1+1", "+886", "-2", "@SUM(A1)", "\tx"]
    with lite.engine.begin() as db:
        renamed = [
            type(s)(s.code, evil[n], s.full_name, district=evil[n + 2])
            for n, s in enumerate((DAZHI, SHILIN))
        ]
        schools.put_many(db, CHANNEL, renamed, lite.now)
    sent(lite)

    page = lite.signed_in(StaffRole.VIEWER).get(f"{EDITION}/file")

    sheet = load_workbook(BytesIO(page.data)).worksheets[0]
    cells = [cell for row in sheet.iter_rows(min_row=3) for cell in row]
    texts = [cell for cell in cells if isinstance(cell.value, str)]
    assert {cell.data_type for cell in texts} == {"s"}
    assert {"=1+1", "+886", "-2", "@SUM(A1)"} <= {cell.value for cell in texts}
    assert all(cell.quotePrefix for cell in texts if str(cell.value)[0] in "=+-@")
    numbers = [cell.value for cell in cells if not isinstance(cell.value, str | None)]
    assert 1 in numbers
    assert all(isinstance(number, int | float) for number in numbers)
    assert "attachment" in page.headers["Content-Disposition"]


def test_a_name_with_tags_stays_text(lite: OfficeOfTests) -> None:
    with_schools(lite)
    with_contact(lite)
    with lite.engine.begin() as db:
        named = type(DAZHI)(DAZHI.code, "<script>x</script>", DAZHI.full_name)
        schools.put_many(db, CHANNEL, [named], lite.now)

    for path in (EDITION, SCHOOL, f"{EDITION}/reminding", f"{EDITION}/participations"):
        page = lite.signed_in(StaffRole.ADMIN).get(path).get_data(as_text=True)
        assert "<script>x" not in page
        assert "&lt;script&gt;x" in page
