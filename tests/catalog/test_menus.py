"""The menus' file and pictures: what is wrong is found, and ours are right and of today."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.catalog.menus import (
    FILE,
    MOST_BYTES,
    load_menus,
    picture_path,
    read_drawn,
    read_menus,
    size_of,
)
from bot.errors import KnowledgeError
from bot.line.menus import menu_body
from bot.model.menus import WIDTH, MenuRole
from bot.simulator.menu_limits import menu_problems
from bot.simulator.strict import body_problems
from scripts import menus as drawing
from tests.source import ROOT

KNOWLEDGE = ROOT / "knowledge"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of our menus, to be spoilt."""
    shutil.copytree(KNOWLEDGE / "menus", tmp_path / "menus")
    return tmp_path


def edit(folder: Path, old: str, new: str) -> None:
    """Another word in the file."""
    path = folder / FILE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_our_menus_have_nothing_wrong_and_every_role_has_its_own() -> None:
    rack = load_menus(KNOWLEDGE)

    assert {menu.role for menu in rack.menus} == set(MenuRole)
    assert len(rack.menus) == 16


def test_our_pictures_were_drawn_with_the_template_and_drawings_of_today() -> None:
    assert read_drawn(KNOWLEDGE)[drawing.LOOKS] == drawing.looks(), "python -m scripts.menus"


def test_our_pictures_fit_what_line_takes() -> None:
    rack = load_menus(KNOWLEDGE)

    sizes = {size_of(rack.picture(menu)) for menu in rack.menus}

    assert sizes == {(WIDTH, 1686), (WIDTH, 843)}
    assert max(len(rack.picture(menu)) for menu in rack.menus) <= MOST_BYTES
    kept = {path.stem for path in (KNOWLEDGE / "menus" / "images").iterdir()}
    assert kept == {menu.id for menu in rack.menus}


def test_line_would_take_every_one_of_our_menus() -> None:
    bodies = [menu_body(menu, "ours") for menu in load_menus(KNOWLEDGE).menus]

    assert [p for body in bodies for p in menu_problems(body)] == []
    assert [p for body in bodies for p in body_problems("POST", "/v2/bot/richmenu", body)] == []


def test_areas_do_not_overlap_and_turn_only_to_menus_that_there_are() -> None:
    menus = load_menus(KNOWLEDGE).menus
    known = {menu.id for menu in menus}

    turns = {area.turn_to for menu in menus for area in menu.areas if area.turn_to}
    covered = [sum(a.bounds.width * a.bounds.height for a in menu.areas) for menu in menus]
    corners = [[(a.bounds.x, a.bounds.y) for a in menu.areas] for menu in menus]

    assert turns == known
    assert all(len(set(found)) == len(found) for found in corners)
    whole = [WIDTH * menu.size.height for menu in menus]
    assert all(sum_ < most for sum_, most in zip(covered, whole, strict=True))


def test_without_a_file_there_are_no_menus_and_nothing_is_wrong(tmp_path: Path) -> None:
    assert load_menus(tmp_path).menus == ()


def test_a_changed_word_wants_its_pictures_drawn_again(folder: Path) -> None:
    edit(folder, "我的進度", "進度")

    findings = read_menus(folder).findings

    assert len(findings) == 6  # the page of three roles, in two sizes
    assert "圖還是舊的" in findings[0].what
    assert "scripts.menus" in findings[0].cure


def test_what_a_cell_says_may_change_without_a_new_picture(folder: Path) -> None:
    before = load_menus(folder)
    edit(folder, "say: 最近有哪些場次", "say: 有哪些場次")

    after = load_menus(folder)

    assert before.version(before.menus[0]) != after.version(after.menus[0])


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: edit(folder, "icon: bell", "icon: bel"), "沒有「bel」這個圖示"),
        (lambda folder: edit(folder, "label: 表件", "label: 表件下載和填寫說明"), "超過7個字"),
        (lambda folder: edit(folder, "tab: 常用", "tab: 大家都常用"), "超過4個字"),
        (lambda folder: edit(folder, "pages: [common", "pages: [comon"), "comon"),
        (lambda folder: edit(folder, "role: teacher", "role: contact"), "寫了兩次"),
        (lambda folder: edit(folder, "label:", "lable:"), "沒有「lable」這個欄位"),
        (lambda folder: edit(folder, "pages:\n", "pages: [\n"), ""),
        (lambda folder: first(folder).unlink(), "還沒有圖"),
        (lambda folder: first(folder).write_bytes(b"GIF89a"), "不是2500×1686的PNG"),
        (lambda folder: first(folder).write_bytes(BIG), "LINE最多收1,000,000"),
    ],
)
def test_what_is_wrong_is_named(folder: Path, spoil: Callable[[Path], None], said: str) -> None:
    spoil(folder)

    findings = read_menus(folder).findings

    assert any(said in finding.what for finding in findings)
    assert all(finding.cure for finding in findings)
    with pytest.raises(KnowledgeError):
        load_menus(folder)


def first(folder: Path) -> Path:
    """The picture of the first menu."""
    return picture_path(folder, load_menus(KNOWLEDGE).menus[0])


BIG = (KNOWLEDGE / "menus/images/teacher-common-full.png").read_bytes() + b"\0" * MOST_BYTES
