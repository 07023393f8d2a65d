"""Year's end: certified teachers, too few nominations, what follows; forms; who takes part."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

from docx import Document
from openpyxl import load_workbook

from bot.model.roster import Completion
from bot.model.staff_roles import StaffRole
from bot.store import completions, roster
from tests.console.office import CHANNEL, OfficeOfTests, words
from tests.console.submissions.schools import DAZHI, EDITION, with_schools
from tests.rules.schools import COMMUNITY, COOC, community, edition_of, taking, teachers

AUTUMN = datetime(2022, 10, 5, 1, 0, tzinfo=UTC)
YEAR = "/year-end?plan=cooc-teacher/111"


def with_certified(office: OfficeOfTests, name: str, on: date) -> None:
    """A teacher of the first school, of whom the office's lists say that all is done."""
    edition = edition_of(COOC)
    track = next(t for t in edition.tracks if t.id == "certificate-track")
    member = roster.new_member(DAZHI.code, name, title="教師")
    done = [
        Completion(
            member_id=member.id,
            plan=edition.plan,
            edition=edition.edition,
            track=track.id,
            requirement=item.id,
            part=part,
            fact=f"{item.id}/{part}/{n}",
            count=Decimal(1),
            on=on,
        )
        for item in track.items
        for n, part in enumerate([p.id for p in item.parts][:2] or ["", ""])
    ]
    with office.engine.begin() as db:
        roster.put_many(db, CHANNEL, [member], office.now)
        completions.put_many(db, CHANNEL, done, office.now)


def test_certified_teachers_are_counted_on_the_office_s_day(lite: OfficeOfTests) -> None:
    with_schools(lite, one=taking(COOC, units=teachers("王小明", "李大華", "陳美")))
    with_certified(lite, "王小明", date(2022, 8, 1))
    with_certified(lite, "李大華", date(2022, 10, 2))
    lite.now = AUTUMN

    page = words(lite.signed_in(StaffRole.VIEWER).get(YEAR))

    school = page.partition("大直高中")[2].partition("士林國中")[0]
    assert "取得證書要完成的事：完成 2 位；111年9月30日 清點 1 位" in school
    other = page.partition("士林國中")[2]
    assert "完成 0 位" in other


def test_too_few_nominations_are_told_with_their_clause(lite: OfficeOfTests) -> None:
    with_schools(lite, one=taking(COOC, units=teachers("王小明")))

    page = words(lite.signed_in(StaffRole.VIEWER).get(YEAR))

    assert "未達最低數的學校 2 所" in page
    assert "至少 3，目前 1" in page


def test_consequences_are_told_before_they_bite_and_after(lite: OfficeOfTests) -> None:
    with_schools(lite)
    plan = "/year-end?plan=mobile-learning/107"
    lite.now = datetime(2018, 12, 1, 1, 0, tzinfo=UTC)
    before = words(lite.signed_in(StaffRole.VIEWER).get(plan))
    lite.now = datetime(2019, 3, 1, 1, 0, tzinfo=UTC)
    after = words(lite.signed_in(StaffRole.VIEWER).get(plan))

    assert "缺件就有後果的學校 2 所" in before
    assert "不得" in before
    assert "還有" in before
    assert "已過期限" in after


def test_the_nomination_sheet_lists_the_teachers_and_leaves_id_numbers_blank(
    lite: OfficeOfTests,
) -> None:
    with_schools(lite, one=taking(COOC, units=teachers("王小明", "李大華")))
    path = f"/submissions/cooc-teacher/111/schools/{DAZHI.code}"
    browser = lite.signed_in(StaffRole.VIEWER)

    assert "附件1 酷課師候選人薦派表（Word）" in words(browser.get(path))
    page = browser.get(f"{path}/paper?form=form-nomination")

    tables = Document(BytesIO(page.data)).tables
    [table] = [t for t in tables if "身份證字號" in [c.text for c in t.rows[0].cells]]
    heads = [cell.text for cell in table.rows[0].cells]
    rows = [dict(zip(heads, [c.text for c in row.cells], strict=True)) for row in table.rows[1:]]
    assert [row["姓名"] for row in rows] == ["王小明", "李大華", "", "", "", ""]
    assert {row["身份證字號"] for row in rows} == {""}
    assert any("臺北市立大直高級中學" in c.text for t in tables for r in t.rows for c in r.cells)


def test_the_summary_sheet_lists_the_communities_as_text(lite: OfficeOfTests) -> None:
    units = [community("=共備社群", "A"), community("創新社群", "B")]
    with_schools(lite, one=taking(COMMUNITY, units=units))
    path = f"/submissions/digital-community/112/schools/{DAZHI.code}/paper?form=form-1"

    page = lite.signed_in(StaffRole.VIEWER).get(path)

    sheet = load_workbook(BytesIO(page.data)).worksheets[0]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}
    assert {"=共備社群", "創新社群", "A組", "B組"} <= set(cells)
    assert (cells["=共備社群"].data_type, cells["=共備社群"].quotePrefix) == ("s", True)


def test_who_takes_part_is_shown_and_one_may_be_taken_out(
    admin_of_each: OfficeOfTests,
) -> None:
    units = [community("共備社群", "A")]
    office = with_schools(admin_of_each, one=replace(taking(COMMUNITY), units=tuple(units)))
    page = "/submissions/digital-community/112/participations"
    browser = office.signed_in(StaffRole.EDITOR)

    before = words(browser.get(page))
    answer = browser.post(page, school=DAZHI.code)
    after = words(browser.get(answer.location.partition("/console")[2]))
    twice = browser.post(page, school=DAZHI.code)

    assert "共備社群（A組" in before
    assert "不再參與；先前繳交的紀錄仍保留" in after
    assert "大直高中" not in after
    assert "done=already" in twice.location
    assert [n.what for n in office.audit()] == ["participation.leave"]
    assert office.signed_in(StaffRole.VIEWER).post(page, school="1").status_code == 403


def test_nothing_is_there_yet(lite: OfficeOfTests) -> None:
    browser = lite.signed_in(StaffRole.VIEWER)

    assert "還沒有學校參與計畫" in words(browser.get("/year-end"))
    assert "還沒有學校參與這個計畫" in words(browser.get(f"{EDITION}/participations"))
