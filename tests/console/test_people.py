"""People, schools and invitations in the console: nobody's name, codes shown once."""

import csv
from io import StringIO

import pytest

from bot.model.schools import Affiliation, School, SchoolRole
from bot.model.staff_roles import StaffRole
from bot.store import affiliations, invitations, people, schools
from bot.store.invitations import Claim, Invitee
from bot.store.people import Role
from tests.console.office import CHANNEL, JUNE, OfficeOfTests, words

USER = "U" + "5" * 28 + "abcd"
DAZHI = School("353301", "市立大直高中", "臺北市立大直高級中學", city="臺北市", district="中山區")
EVIL = School("353302", "=cmd|'/c calc'!A1", "<img src=x onerror=alert(1)>", city="臺北市")


@pytest.fixture
def known(office: OfficeOfTests) -> OfficeOfTests:
    """With two schools, one of them with a contact."""
    with office.engine.begin() as db:
        schools.put_many(db, CHANNEL, [DAZHI, EVIL], JUNE)
        people.see(db, CHANNEL, USER, JUNE)
        held = Affiliation(DAZHI.code, SchoolRole.CONTACT, JUNE, confirmed=True)
        affiliations.tie(db, CHANNEL, USER, held)
    return office


def claimed(office: OfficeOfTests, code: str) -> Claim:
    with office.engine.begin() as db:
        people.see(db, CHANNEL, "U-new", office.now)
        invitee = Invitee(channel_id=CHANNEL, user_id="U-new", at=office.now)
        return invitations.claim(db, code, invitee)[0]


def test_a_school_is_found_by_its_name_and_an_alias_by_its_end(known: OfficeOfTests) -> None:
    browser = known.signed_in(StaffRole.VIEWER)

    by_name, by_alias = browser.get("/schools?q=台北 大直"), browser.get("/schools?q=abcd")
    school = browser.get(f"/schools/{EVIL.code}")

    assert "1 所學校" in words(by_name)
    assert "…abcd" in words(by_alias)
    assert "市立大直高中" in words(by_alias)
    assert "<img" not in school.get_data(as_text=True)
    assert all(USER not in page.get_data(as_text=True) for page in (by_name, by_alias, school))


def test_a_tie_is_ended_by_somebody_who_may_and_it_is_noted(known: OfficeOfTests) -> None:
    browser = known.signed_in(StaffRole.EDITOR)
    page = browser.get(f"/schools/{DAZHI.code}").get_data(as_text=True)
    tag = page.partition('name="who" value="')[2].partition('"')[0]

    browser.post(f"/schools/{DAZHI.code}/end", who=tag)
    again = browser.post(f"/schools/{DAZHI.code}/end", who=tag)

    with known.engine.connect() as db:
        assert affiliations.contacts_of(db, CHANNEL, DAZHI.code) == []
    assert again.location.endswith("done=none")
    (noted,) = known.audit()
    assert noted.before == {"學校承辦人": "…abcd"}
    assert USER not in page + repr(noted)


def test_codes_are_made_for_schools_without_a_contact_and_shown_once(known: OfficeOfTests) -> None:
    browser = known.signed_in(StaffRole.EDITOR)

    page = browser.post("/invitations", which="open", days="7", **{"as": "page"})
    later = browser.get("/invitations")
    again = browser.post("/invitations", which="open", days="7", **{"as": "page"})

    code = next(word for word in words(page).split() if word.count("-") == 2)
    assert "共 1 組" in words(page)
    assert code not in words(later)
    assert "可以用" in words(later)
    assert again.status_code == 400
    assert claimed(known, code) is Claim.TAKEN
    assert code not in repr(known.audit())


def test_codes_in_a_file_can_become_no_formula(known: OfficeOfTests) -> None:
    browser = known.signed_in(StaffRole.EDITOR)

    file = browser.post("/invitations", which="typed", schools=EVIL.code, days="7", **{"as": "csv"})

    rows = list(csv.reader(StringIO(file.get_data().decode("utf-8-sig"))))
    assert file.mimetype == "text/csv"
    assert rows[1][1].startswith("'=cmd")
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_a_code_that_is_taken_back_opens_nothing(known: OfficeOfTests) -> None:
    browser = known.signed_in(StaffRole.EDITOR)
    page = browser.post("/invitations", which="open", days="7", **{"as": "page"})
    code = next(word for word in words(page).split() if word.count("-") == 2)
    listed = browser.get("/invitations").get_data(as_text=True)
    row = listed.partition('name="id" value="')[2].partition('"')[0]

    browser.post("/invitations/revoke", id=row)

    assert claimed(known, code) is Claim.EXPIRED


@pytest.mark.parametrize(
    "form",
    [
        {"which": "typed", "schools": "999999", "days": "7"},
        {"which": "typed", "schools": "", "days": "7"},
        {"which": "open", "days": "0"},
        {"which": "open", "days": "９"},
    ],
)
def test_what_cannot_be_made_makes_nothing(known: OfficeOfTests, form: dict[str, str]) -> None:
    answer = known.signed_in(StaffRole.EDITOR).post("/invitations", **form)

    assert answer.status_code == 400
    assert known.audit() == []


def test_an_admin_invites_staff_and_ends_their_role(known: OfficeOfTests) -> None:
    admin = known.signed_in(StaffRole.ADMIN)
    page = admin.post("/invitations/staff", days="7")
    code = next(word for word in words(page).split() if word.count("-") == 2)
    taken = claimed(known, code)
    listed = admin.get("/staff").get_data(as_text=True)
    tag = listed.partition('name="who" value="')[2].partition('"')[0]

    admin.post("/staff/end", who=tag)

    assert taken is Claim.TAKEN
    with known.engine.connect() as db:
        assert people.role_of(db, CHANNEL, "U-new") is Role.ANYBODY
