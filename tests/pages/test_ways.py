"""One way between all pages of one's own: each is reached from each, and from what is refused."""

from collections.abc import Iterator

import pytest

from tests.pages.owner import Owner, owner_on
from tests.pages.stage import words
from tests.understand.plans import real_reader

PAGES = [
    "me", "me/history", "me/dates", "me/data", "me/erase",
    "forms", "forms/cooc-teacher/111", "forms/cooc-teacher/111/form-nomination",
    "checks", "checks/digital-community/112/budget", "checks/digital-community/112/activities",
    "checks/mobile-learning/107/estimates/school-budget",
]  # fmt: skip


@pytest.fixture
def owner(sqlite_url: str) -> Iterator[Owner]:
    yield from owner_on(sqlite_url, real_reader())


@pytest.mark.parametrize("path", PAGES)
def test_every_page_leads_to_every_section_and_says_which_it_is(owner: Owner, path: str) -> None:
    page = owner.get(path).get_data(as_text=True)

    root = f"/p/{owner.token()}"
    for section in ("me", "me/history", "me/dates", "forms", "checks", "me/data"):
        assert f'href="{root}/{section}"' in page
    assert page.count('aria-current="page"') == 1
    assert "我的頁面" in page
    assert "承辦專頁" not in page


def test_ones_own_page_leads_to_the_forms_of_its_plan(owner: Owner) -> None:
    page = owner.get().get_data(as_text=True)

    assert f"/p/{owner.token()}/forms/cooc-teacher/111/form-nomination" in page


def test_the_forms_of_what_one_follows_come_first(owner: Owner) -> None:
    said = words(owner.get("forms"))

    assert said.index("酷課師候選人薦派表") < said.index("申請彙整表")
    assert said.count("酷課師候選人薦派表") == 1


@pytest.mark.parametrize(
    "path", ["forms/cooc-teacher/111/nothing", "checks/cooc-teacher/111/budget"]
)
def test_what_is_not_there_leads_back(owner: Owner, path: str) -> None:
    page = owner.get(path)

    assert page.status_code == 404
    assert f'href="/p/{owner.token()}/me"' in page.get_data(as_text=True)


def test_an_address_of_no_page_speaks_to_teachers_and_not_of_staffs_list(owner: Owner) -> None:
    page = owner.get("nothing")

    assert page.status_code == 404
    assert "輸入「我的頁面」" in words(page)
    assert "待答問題" not in words(page)


def test_a_link_that_is_over_leads_nowhere_but_to_the_chat(owner: Owner) -> None:
    token = owner.token()
    owner.stage.later(hours=1)

    page = owner.stage.client().get(f"/p/{token}/me")

    assert page.status_code == 403
    assert "1小時後失效" in words(page)
    assert 'href="/p/' not in page.get_data(as_text=True).replace('href="/p/static', "")
