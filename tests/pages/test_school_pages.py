"""A contact's pages: what is open, reporting it, the list with its codes, uploads."""

import io
import re
from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from bot.model.submission import Tally
from bot.store import channel_settings, member_codes, roster, submissions
from bot.store.channel_settings import CONTACTS_UPLOAD, OFF
from tests.handlers.schools.contacts import listed
from tests.pages.contact_stage import DAZHI, ContactStage, contact_stage
from tests.pages.kept import everything
from tests.pages.stage import words
from tests.rules.schools import COOC, MOBILE

_CODE = re.compile(r"邀請碼 ([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})")
_PACKED = re.compile(r'name="list" value="([^"]+)"')
SLOT = "lesson-with-cloud||0|1"
ROSTER = "姓名,職稱,身分證字號\n趙新人,教師,A123456789\n王小明,組長,B123456789\n"
WANG = "U-wang"


@pytest.fixture
def at_school(sqlite_url: str) -> Iterator[ContactStage]:
    yield from contact_stage(sqlite_url)


def kept(of: ContactStage) -> dict[str, Tally]:
    with of.stage.engine.connect() as db:
        found = submissions.of_school(db, "default", DAZHI)
    return dict(found[MOBILE].tallies) if MOBILE in found else {}


def names(of: ContactStage) -> dict[str, str | None]:
    with of.stage.engine.connect() as db:
        return {m.name: m.user_id for m in roster.of_schools(db, "default", [DAZHI])}


def upload(of: ContactStage, text: str = ROSTER, kind: str = "people") -> TestResponse:
    return of.send("/lists", kind=kind, file=(io.BytesIO(text.encode()), "list.csv"))


def packed(page: TestResponse) -> str:
    found = _PACKED.search(page.get_data(as_text=True))
    assert found
    return found[1]


def test_the_overview_shows_counts_dates_and_clauses(at_school: ContactStage) -> None:
    page = words(at_school.get())

    assert "逾期1、待繳10、未到期29" in page
    assert "第1班的教師心得（106學年度下學期）" in page
    assert "依據：附件1 對照表" in page


def test_a_form_that_is_sent_twice_counts_once_and_can_be_taken_back(
    at_school: ContactStage,
) -> None:
    form = {"edition": MOBILE, "slot": SLOT, "count": "1", "visit": at_school.visit()}
    first = at_school.send("/report", **form)
    second = at_school.send("/report", **form)
    sent = kept(at_school)
    at_school.send("/back", **{**form, "visit": at_school.visit()})

    assert (first.status_code, second.status_code) == (303, 303)
    assert sent == {SLOT: Tally(sent=1)}
    assert kept(at_school) == {}


@pytest.mark.parametrize(
    "wrong",
    [{"count": "9"}, {"count": "x"}, {"count": "-1"}, {"slot": "no||0|"}, {"edition": "no/1"},
     {"visit": "1"}],
)  # fmt: skip
def test_a_wrong_form_gets_a_sentence_and_writes_nothing(
    at_school: ContactStage, wrong: dict[str, str]
) -> None:
    form = {"edition": MOBILE, "slot": SLOT, "count": "1", "visit": at_school.visit()}

    page = at_school.send("/report", **{**form, **wrong})

    assert page.status_code == 400
    assert 'role="alert"' in page.get_data(as_text=True)
    assert kept(at_school) == {}


def test_a_code_links_its_member_once_and_is_kept_nowhere(at_school: ContactStage) -> None:
    stage = at_school.stage
    ids = listed(stage.engine)
    found = _CODE.search(words(at_school.send("/roster/code", member=ids["王小明"])))
    assert found
    code = found[1]
    held = everything(stage.engine)

    linked = str(stage.ask(code, WANG))
    again = str(stage.ask(code, "U-other-teacher"))

    assert code not in held
    assert code.replace("-", "") not in held
    assert "您是市立大直高中名冊上的王小明" in linked
    assert "已經用過了" in again
    assert names(at_school) == {"王小明": WANG, "陳美麗": None, "林大同": None}


def test_a_code_expires_and_a_newer_one_voids_it(at_school: ContactStage) -> None:
    stage = at_school.stage
    member = listed(stage.engine)["王小明"]
    with stage.engine.begin() as db:
        old = member_codes.make(db, "default", member, stage.now)
        new = member_codes.make(db, "default", member, stage.now)

    void = str(stage.ask(old, WANG))
    stage.later(days=15)
    late = str(stage.ask(new, WANG))

    assert "沒有這組邀請碼" in void
    assert "過期" in late
    assert names(at_school)["王小明"] is None


def test_a_wrong_link_can_be_undone(at_school: ContactStage) -> None:
    ids = listed(at_school.stage.engine, linked={"王小明": WANG})

    at_school.send("/roster/unlink", member=ids["王小明"])

    assert names(at_school)["王小明"] is None


def test_a_list_is_shown_row_by_row_before_it_is_applied(at_school: ContactStage) -> None:
    listed(at_school.stage.engine)
    looked = upload(at_school)
    before = names(at_school)
    done = at_school.send("/lists", kind="people", list=packed(looked))
    again = upload(at_school)

    assert "還沒存入" in words(looked)
    assert "新增 1、更新 1" in words(looked)
    assert "A123456789" not in looked.get_data(as_text=True)
    assert "趙新人" not in before
    assert "已存入" in words(done)
    assert "趙新人" in names(at_school)
    assert "沒有要更動的" in words(again)


def test_rows_of_another_school_are_refused(at_school: ContactStage) -> None:
    page = words(upload(at_school, "學校,姓名\n市立中崙高中,趙新人\n市立大直高中,錢二\n"))

    assert "不是市立大直高中" in page
    assert "只存入沒有問題的列" in page


def test_an_attendance_list_completes_what_it_says(at_school: ContactStage) -> None:
    listed(at_school.stage.engine)
    text = "姓名,研習名稱,研習日期\n王小明,酷課OnO線上教室II,111/7/8\n"
    at_school.stage.later(days=1700)

    page = words(upload(at_school, text, COOC))

    assert "第2列" in page
    assert "共 1 列" in page


@pytest.mark.parametrize("text", ["", "沒有標題的檔案\n", "\x00\x01"])
def test_a_broken_file_gets_a_sentence(at_school: ContactStage, text: str) -> None:
    page = upload(at_school, text)

    assert page.status_code == 400
    assert 'role="alert"' in page.get_data(as_text=True)


@pytest.mark.parametrize("text", ["x", "eJw=", "!!!"])
def test_a_list_that_was_not_ours_is_refused(at_school: ContactStage, text: str) -> None:
    assert at_school.send("/lists", kind="people", list=text).status_code == 400


def test_where_staff_import_lists_themselves_no_contact_does(at_school: ContactStage) -> None:
    with at_school.stage.engine.begin() as db:
        channel_settings.put_text(db, "default", CONTACTS_UPLOAD, OFF)

    opened, sent = at_school.get("/lists"), upload(at_school)

    assert (opened.status_code, sent.status_code) == (200, 403)
    assert "請把檔案交給承辦單位" in words(opened)
    assert 'type="file"' not in opened.get_data(as_text=True)
