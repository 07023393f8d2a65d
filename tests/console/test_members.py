"""A school's list in the console: teachers taken off, completions corrected and taken back."""

from datetime import date
from decimal import Decimal

import pytest

from bot import ledger
from bot.model.deeds import Enrolment
from bot.model.roster import Completion, Member, fact_of
from bot.model.schools import School
from bot.model.staff_roles import StaffRole
from bot.reminders.follows import Where, refresh
from bot.store import completions, enrolments, follows, people, roster, schools
from bot.store.completions import Kept
from tests.console.office import CHANNEL, Browser, OfficeOfTests, words

USER = "U" + "7" * 28 + "wxyz"
DAZHI = School("353301", "市立大直高中", "臺北市立大直高級中學", city="臺北市")
OTHER = School("353302", "市立士林高中", "臺北市立士林高級中學", city="臺北市")
TRACK = {"plan": "cooc-teacher", "edition": "111", "track": "certificate-track"}
JULY = date(2022, 6, 8)
GROUPS = "certificate-track/item-async/groups"


def completed(member: Member, part: str, on: date = JULY) -> Completion:
    fact = fact_of("item-async", part, on, "")
    return Completion(
        member_id=member.id, **TRACK, requirement="item-async", part=part, fact=fact, on=on
    )


@pytest.fixture
def members(office: OfficeOfTests) -> list[Member]:
    """王小明, who is linked and follows the track, and 林大同; the first completed two courses."""
    made = [roster.new_member(DAZHI.code, name) for name in ("王小明", "<b>林大同</b>")]
    with office.engine.begin() as db:
        schools.put_many(db, CHANNEL, [DAZHI, OTHER], office.now)
        roster.put_many(db, CHANNEL, made, office.now)
        people.see(db, CHANNEL, USER, office.now)
        roster.link(db, CHANNEL, made[0].id, USER, office.now)
        enrolments.join(db, CHANNEL, USER, Enrolment(id="", **TRACK, joined_at=office.now))
        two = [completed(made[0], part) for part in ("groups", "design")]
        completions.put_many(db, CHANNEL, two, office.now)
        refresh(Where(db, CHANNEL, office.reader.edition, office.now), USER)
    return made


@pytest.fixture
def editor(office: OfficeOfTests) -> Browser:
    return office.signed_in(StaffRole.EDITOR)


def of_member(office: OfficeOfTests, member: Member) -> list[Kept]:
    with office.engine.connect() as db:
        return completions.of_member(db, CHANNEL, member.id)


def path(member: Member, rest: str = "") -> str:
    return f"/schools/{DAZHI.code}/members/{member.id}{rest}"


def left_of_async(office: OfficeOfTests) -> Decimal:
    """How many asynchronous courses the linked teacher still lacks."""
    with office.engine.connect() as db:
        accounts = ledger.accounts_of(db, CHANNEL, USER)
        (standing,) = ledger.standings_of(accounts, office.reader.edition)
    item = next(one for one in standing.items if one.item.id == "item-async")
    return sum((reach.left for reach in item.reaches), Decimal(0))


def told(office: OfficeOfTests) -> int:
    with office.engine.connect() as db:
        return len(follows.of_people(db, CHANNEL, [USER]).get(USER, []))


def test_a_wrong_completion_is_corrected_and_the_audit_says_from_what(
    office: OfficeOfTests, members: list[Member], editor: Browser
) -> None:
    kept = next(k for k in of_member(office, members[0]) if k.completion.part == "groups")
    to = "certificate-track/item-async/homework"

    done = editor.post(
        path(members[0], f"/completions/{kept.id}/correct"),
        counts_for=to,
        on="2022-06-09",
        count="1",
    )

    now = {k.completion.part: k.completion.on for k in of_member(office, members[0])}
    (noted,) = office.audit()
    assert done.status_code == 303
    assert now == {"homework": date(2022, 6, 9), "design": JULY}
    assert noted.what == "completion.correct"
    assert "線上分組教學小技巧" in noted.before["紀錄"]
    assert "作業派發與批改" in noted.after["紀錄"]
    assert "王小明" not in repr(noted)


def test_a_completion_that_is_taken_back_counts_no_more_and_reminds_again(
    office: OfficeOfTests, members: list[Member], editor: Browser
) -> None:
    kept = of_member(office, members[0])[0]
    before, reminded = left_of_async(office), told(office)

    editor.post(path(members[0], f"/completions/{kept.id}/drop"))
    again = editor.post(path(members[0], f"/completions/{kept.id}/drop"))

    assert (before, left_of_async(office)) == (0, 1)
    assert told(office) >= reminded
    assert again.status_code == 400
    assert "已經不在了" in words(again)
    assert [note.what for note in office.audit()] == ["completion.drop"]


def test_a_teacher_is_taken_off_with_what_lists_said_of_them(
    office: OfficeOfTests, members: list[Member], editor: Browser
) -> None:
    editor.post(path(members[0], "/off"))
    again = editor.post(path(members[0], "/off"))
    page = editor.get(f"/schools/{DAZHI.code}/members")

    assert of_member(office, members[0]) == []
    assert left_of_async(office) == 2
    assert again.location.endswith("done=gone")
    assert "1 位教師" in words(page)
    (noted,) = office.audit()
    assert noted.before == {"教師": "王○○", "完成紀錄": 2}


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"counts_for": "certificate-track/item-async/design"}, "已經有這一項的紀錄"),
        ({"counts_for": "nowhere"}, "從清單選一項"),
        ({"on": "2022-06-16"}, "今天以後"),
        ({"on": "六月"}, "日期看不懂"),
        ({"count": "0"}, "1 到 999"),
        ({"count": "NaN"}, "數量看不懂"),
    ],
)
def test_what_cannot_be_right_changes_nothing_and_says_why(
    office: OfficeOfTests,
    members: list[Member],
    editor: Browser,
    form: dict[str, str],
    said: str,
) -> None:
    before = of_member(office, members[0])
    kept = next(k for k in before if k.completion.part == "groups")
    typed = {"counts_for": GROUPS, "on": "2022-06-08", "count": "1", **form}

    answer = editor.post(path(members[0], f"/completions/{kept.id}/correct"), **typed)

    assert answer.status_code == 400
    assert said in words(answer)
    assert of_member(office, members[0]) == before
    assert office.audit() == []


def test_another_school_s_teacher_is_not_reached_by_this_one_s_address(
    office: OfficeOfTests, members: list[Member], editor: Browser
) -> None:
    kept = of_member(office, members[0])[0]
    elsewhere = f"/schools/{OTHER.code}/members/{members[0].id}"

    seen = editor.get(elsewhere)
    editor.post(f"{elsewhere}/off")
    dropped = editor.post(f"{elsewhere}/completions/{kept.id}/drop")
    editor.post(path(members[1], f"/completions/{kept.id}/drop"))

    assert (seen.status_code, dropped.status_code) == (303, 303)
    assert len(of_member(office, members[0])) == 2
    assert office.audit() == []


def test_a_name_is_shown_as_it_was_written_and_found_by_a_part_of_it(
    office: OfficeOfTests, members: list[Member], editor: Browser
) -> None:
    page = editor.get(f"/schools/{DAZHI.code}/members?q=大同").get_data(as_text=True)

    assert "&lt;b&gt;林大同&lt;/b&gt;" in page
    assert "王小明" not in page


@pytest.mark.parametrize("role", [StaffRole.SENDER, StaffRole.VIEWER])
def test_names_are_for_those_who_keep_the_lists(
    office: OfficeOfTests, members: list[Member], role: StaffRole
) -> None:
    browser = office.signed_in(role)

    assert browser.get(f"/schools/{DAZHI.code}/members").status_code == 403
    assert "看名冊" not in words(browser.get(f"/schools/{DAZHI.code}"))
