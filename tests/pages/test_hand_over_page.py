"""The page of handing over shows its code to a contact of that school, once, and keeps none."""

import re
from collections.abc import Iterator

import pytest

from bot.links import Purpose
from bot.model.schools import Affiliation, SchoolRole
from bot.simulator.schools import SAMPLE_SCHOOLS
from bot.store import affiliations, channel_settings, people, schools
from bot.store.channel_settings import CONTACTS_HAND_OVER, OFF
from tests.pages.kept import everything
from tests.pages.stage import JUNE, TEACHER, Stage, words
from tests.understand.plans import real_reader

DAZHI, ZHONGLUN = "S00001", "S00003"
SUCCESSOR = "Usuccessor-1"
_CODE = re.compile(r"邀請碼 ([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})")


@pytest.fixture
def stage(sqlite_url: str) -> Iterator[Stage]:
    made = Stage(sqlite_url, real_reader(), JUNE)
    with made.engine.begin() as db:
        schools.put_many(db, "default", SAMPLE_SCHOOLS, made.now)
        people.see(db, "default", TEACHER, made.now)
        held = Affiliation(DAZHI, SchoolRole.CONTACT, made.now, confirmed=True)
        affiliations.tie(db, "default", TEACHER, held)
        own_word = Affiliation(ZHONGLUN, SchoolRole.TEACHER, made.now, confirmed=False)
        affiliations.tie(db, "default", TEACHER, own_word)
    yield made
    made.house.close()


def path(stage: Stage, code: str = DAZHI, user: str = TEACHER) -> str:
    token = stage.links.token("default", user, Purpose.OWN, stage.now)
    return f"/p/{token}/me/handover/{code}"


def test_the_code_is_made_by_the_form_alone_and_kept_nowhere(stage: Stage) -> None:
    before = everything(stage.engine)
    opened = words(stage.client().get(path(stage)))
    assert everything(stage.engine) == before

    made = words(stage.client().post(path(stage)))

    code = _CODE.search(made)
    assert "承辦交接：市立大直高中" in opened
    assert not _CODE.search(opened)
    assert code
    left = everything(stage.engine)
    assert code[1] not in left
    assert code[1].replace("-", "") not in left
    assert "已為您開通市立大直高中" in str(stage.ask(code[1], SUCCESSOR))
    with stage.engine.connect() as db:
        assert affiliations.contacts_of(db, "default", DAZHI) == [SUCCESSOR]


@pytest.mark.parametrize(
    ("code", "user"),
    [(ZHONGLUN, TEACHER), ("S00002", TEACHER), ("S9999", TEACHER), (DAZHI, SUCCESSOR)],
)
def test_nobody_but_a_contact_of_the_school_gets_in(stage: Stage, code: str, user: str) -> None:
    before = everything(stage.engine)

    assert stage.client().get(path(stage, code, user)).status_code == 403
    assert stage.client().post(path(stage, code, user)).status_code == 403
    assert everything(stage.engine) == before


def test_a_link_from_before_is_closed_once_the_tie_ended(stage: Stage) -> None:
    link = path(stage)
    with stage.engine.begin() as db:
        affiliations.untie(db, "default", TEACHER, DAZHI, SchoolRole.CONTACT)

    assert stage.client().get(link).status_code == 403


def test_where_staff_switched_it_off_no_code_is_made_and_the_way_is_said(stage: Stage) -> None:
    with stage.engine.begin() as db:
        channel_settings.put_text(db, "default", CONTACTS_HAND_OVER, OFF)
    before = everything(stage.engine)

    opened, sent = stage.client().get(path(stage)), stage.client().post(path(stage))

    assert (opened.status_code, sent.status_code) == (200, 403)
    assert "由承辦單位統一辦理" in words(opened)
    assert "產生交接邀請碼" not in words(opened)
    assert everything(stage.engine) == before
    assert "由承辦單位統一辦理" in str(stage.ask("承辦人異動", TEACHER))
