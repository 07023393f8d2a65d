"""Forms come with what is known of their guest, on the page and in the file; the rest is blank."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from werkzeug.test import TestResponse

from bot.links import Purpose
from bot.model.deeds import Enrolment
from bot.store import enrolments, interviews
from bot.store.interviews import Told
from tests.pages.owner import ASYNC, SYNC, Owner, owner_on
from tests.pages.stage import words
from tests.papers.read_back import all_text
from tests.understand.plans import real_reader

NOMINATION = "forms/cooc-teacher/111/form-nomination"
REGISTRATION = "forms/cooc-teacher/111/form-registration"
SUMMARY, BUDGET = "forms/digital-community/112/form-1", "forms/digital-community/112/form-4"
_INPUT = re.compile(r'<input type="text" id="([^"]+)" name="([^"]+)"[^>]* value="([^"]*)"')


@pytest.fixture
def owner(sqlite_url: str) -> Iterator[Owner]:
    yield from owner_on(sqlite_url, real_reader())


def typed_on(page: TestResponse) -> dict[str, str]:
    """Every line of the form by its id, with what stands in it."""
    return {i: unescape(v) for i, _, v in _INPUT.findall(page.get_data(as_text=True))}


def sent_as_it_is(owner: Owner, path: str, **typed: object) -> str:
    """The text of the file that the page gives when nothing but `typed` is changed."""
    page = owner.get(path)
    form: dict[str, list[object]] = {}
    for _, name, value in _INPUT.findall(page.get_data(as_text=True)):
        form.setdefault(name, []).append(unescape(value))
    file = owner.stage.client().post(f"/p/{owner.token()}/{path}", data={**form, **typed})
    assert file.status_code == 200
    return all_text(file.data)


def finished(owner: Owner) -> None:
    """The second synchronous course of the first round, and two others."""
    owner.stage.later(days=30)  # the day after every session
    owner.report(SYNC, part="material", on="2022-06-22")
    owner.report(ASYNC, part="groups", on="2022-06-30")
    owner.report(ASYNC, part="interaction", on="2022-06-10")


def joined(owner: Owner, label: str, group: str) -> Enrolment:
    wanted = Enrolment(
        id="",
        plan="digital-community",
        edition="112",
        track="work",
        label=label,
        facets={"group": group},
        joined_at=owner.stage.now,
    )
    with owner.stage.engine.begin() as db:
        return enrolments.join(db, "default", owner.user, wanted)


def test_the_nomination_comes_with_ones_own_courses_and_rounds(owner: Owner) -> None:
    finished(owner)

    page = owner.get(NOMINATION)
    text = sent_as_it_is(owner, NOMINATION)

    lines = typed_on(page)
    assert lines["sessions-1"] == ""  # of the course that is not finished
    assert lines["sessions-2"] == "1"
    assert (lines["courses-1"], lines["courses-2"]) == ("師生互動教學示例", "線上分組教學小技巧")
    assert (lines["name"], lines["school"]) == ("", "")
    assert "已先填好您留下的紀錄：參與的梯次、完成的課程" in words(page)
    assert "線上教室II參與梯次，第______梯次" in text
    assert "酷課雲線上教材製作參與梯次，第1梯次" in text
    assert "師生互動教學示例（課名）" in text
    assert "線上分組教學小技巧（課名）" in text
    assert "身份證字號" in words(page)  # still to be filled in by hand


def test_what_is_typed_goes_before_what_is_known(owner: Owner) -> None:
    finished(owner)

    text = sent_as_it_is(owner, NOMINATION, sessions=["2", ""], courses=["", "我上的課"])

    assert "線上教室II參與梯次，第2梯次" in text
    assert "酷課雲線上教材製作參與梯次，第1梯次" not in text
    assert "師生互動教學示例" not in text
    assert "我上的課（課名）" in text


def test_a_chosen_session_is_not_written_down_as_finished(owner: Owner) -> None:
    owner.pick()

    page = owner.get(NOMINATION)

    assert "選了場次、還沒回報完成的沒有填入：酷課OnO線上教室II" in words(page)
    assert typed_on(page)["sessions-1"] == ""


def test_the_blank_file_stays_blank(owner: Owner) -> None:
    finished(owner)

    assert "師生互動" not in all_text(owner.get(f"{NOMINATION}/blank").data)


def test_nobody_elses_courses_are_shown(owner: Owner) -> None:
    finished(owner)

    page = Owner(owner.stage, "Uanother").get(NOMINATION)

    assert "師生互動" not in page.get_data(as_text=True)
    assert "已先填好" not in words(page)


def test_what_was_told_in_the_interview_is_ticked(owner: Owner) -> None:
    told = Told("cooc-teacher/111#eligible", {"weekly-use": "true"}, owner.stage.now)
    with owner.stage.engine.begin() as db:
        interviews.put(db, "default", owner.user, told)

    page = owner.get(REGISTRATION).get_data(as_text=True)

    assert re.findall(r'value="([a-z-]+)" checked', page) == ["weekly-use"]


def test_of_two_communities_one_is_chosen_and_the_summary_has_both(owner: Owner) -> None:
    joined(owner, "數位夥伴", "B")
    owner.stage.later(minutes=1)
    second = joined(owner, "<i>共備", "A")

    first_page, second_page = owner.get(BUDGET), owner.get(f"{BUDGET}?of={second.id}")
    summary = sent_as_it_is(owner, f"{SUMMARY}?of={second.id}", group="A")

    assert typed_on(first_page)["community"] == "數位夥伴"
    assert typed_on(second_page)["community"] == "<i>共備"
    assert "<i>共備" not in second_page.get_data(as_text=True)
    assert "數位夥伴" in words(second_page)  # the way to the other
    assert "<i>共備" in summary
    assert "數位夥伴" in summary


def test_a_community_of_somebody_else_cannot_be_named(owner: Owner) -> None:
    theirs = joined(Owner(owner.stage, "Uanother"), "別人的社群", "A")

    page = owner.get(f"{BUDGET}?of={theirs.id}")

    assert page.status_code == 200
    assert "別人的社群" not in page.get_data(as_text=True)


def test_the_form_of_one_community_is_not_asked_which(owner: Owner) -> None:
    joined(owner, "數位夥伴", "B")

    page = owner.get(BUDGET).get_data(as_text=True)

    assert "帶入哪一個社群" not in page
    assert '<option value="B" selected>' in page


def test_who_follows_nothing_is_told_how_it_would_come_filled_in(owner: Owner) -> None:
    token = owner.stage.links.token("default", "Unew", Purpose.OWN, owner.stage.now)
    page = owner.stage.client().get(f"/p/{token}/{NOMINATION}")

    assert "回報完成之後，這裡會先填好：參與的梯次、完成的課程" in words(page)
    assert "這裡會先填好" not in words(owner.get(NOMINATION))
