"""Schools are found by any usual short form of their names, and by nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.schools import Level, School
from bot.simulator.schools import SAMPLE_SCHOOLS
from bot.understand.school_forms import forms_of
from bot.understand.school_names import SchoolNames

MORE = (
    School("M1", "國立臺中一中", "臺中市立臺中第一高級中等學校", (), "臺中市", "北區", Level.SENIOR),
    School("M2", "私立延平中學", "臺北市私立延平高級中學", (), "臺北市", "大安區", Level.COMPLETE),
    School(
        "M3", "北教大實小", "國立臺北教育大學附設實驗國民小學", (), "臺北市", "大安區",
        Level.ELEMENTARY,
    ),
    School("M4", "市立新市國小", "臺南市新市區新市國民小學", (), "臺南市", "新市區", Level.ELEMENTARY),
    School("M5", "市立前鎮高中", "高雄市立前鎮高級中學", (), "高雄市", "前鎮區", Level.COMPLETE),
    School("M6", "市立松山家商", "臺北市立松山高級商業家事職業學校", (), "臺北市", "信義區"),
    School("M7", "縣立后里國中", "臺中市立后里國民中學", (), "臺中市", "后里區", Level.JUNIOR),
)  # fmt: skip
ALL = (*SAMPLE_SCHOOLS, *MORE)
NAMES = SchoolNames(ALL)


def found(text: str) -> list[str]:
    return [school.full_name for school in NAMES.find(text)]


@pytest.mark.parametrize(
    ("said", "full_name"),
    [
        ("大直高中", "臺北市立大直高級中學"),
        ("台北市立大直高級中學", "臺北市立大直高級中學"),
        ("北市大直高中", "臺北市立大直高級中學"),
        ("大直高中國中部", "臺北市立大直高級中學"),
        ("大直國小", "臺北市中山區大直國民小學"),
        ("大直国小", "臺北市中山區大直國民小學"),
        ("中山女中", "臺北市立中山女子高級中學"),
        ("中山女高", "臺北市立中山女子高級中學"),
        ("市立中崙", "臺北市立中崙高級中學"),
        ("雄女", "高雄市立高雄女子高級中學"),
        ("北一女", "臺北市立第一女子高級中學"),
        ("建中", "臺北市立建國高級中學"),
        ("師大附中", "國立臺灣師範大學附屬高級中學"),
        ("政大附中", "國立政治大學附屬高級中學"),
        ("大安高工", "臺北市立大安高級工業職業學校"),
        ("松山家商", "臺北市立松山高級商業家事職業學校"),
        ("延平中學", "臺北市私立延平高級中學"),
        ("中一中", "臺中市立臺中第一高級中等學校"),
        ("國北教大實小", "國立臺北教育大學附設實驗國民小學"),
        ("新市國小", "臺南市新市區新市國民小學"),
        ("前鎮高中", "高雄市立前鎮高級中學"),
        ("后里國中", "臺中市立后里國民中學"),
        ("高雄的中正國小", "高雄市苓雅區中正國民小學"),
        ("苓雅區中正國小", "高雄市苓雅區中正國民小學"),
        ("臺北市中正國小", "臺北市中正區中正國民小學"),
    ],
)
def test_a_usual_short_form_is_surely_the_school(said: str, full_name: str) -> None:
    look = NAMES.look(said)

    assert [school.full_name for school in look.schools] == [full_name]
    assert look.is_sure


@pytest.mark.parametrize(
    ("said", "count"), [("附中", 2), ("中正國小", 2), ("大直", 2), ("我從大直國小到中崙高中", 2)]
)
def test_rivals_are_all_given(said: str, count: int) -> None:
    assert len(found(said)) == count


@pytest.mark.parametrize(
    ("said", "full_name"),
    [
        ("大值高中", "臺北市立大直高級中學"),  # another character of the same sound
        ("中三女中", "臺北市立中山女子高級中學"),
        ("臺北市立第一女子高級中", "臺北市立第一女子高級中學"),  # one is missing
        ("高雄市大直高中", "臺北市立大直高級中學"),  # in another city
        ("新大直高中", "臺北市立大直高級中學"),  # perhaps another school
    ],
)
def test_what_is_near_a_name_is_found_but_not_sure(said: str, full_name: str) -> None:
    look = NAMES.look(said)

    assert [school.full_name for school in look.schools] == [full_name]
    assert not look.is_sure


@pytest.mark.parametrize(
    "said",
    ["成大附中", "興建中的校舍", "附件1什麼時候交", "在大安區的國小", "女中", "國中", "一中", ""],
)
def test_other_words_name_no_school(said: str) -> None:
    assert found(said) == []


@given(st.sampled_from(ALL), st.booleans())
@settings(max_examples=60, deadline=None)
def test_every_school_is_found_by_its_own_names_alone(school: School, with_tai: bool) -> None:
    for name in (school.name, school.full_name, *school.short_names):
        written = name.replace("臺", "台") if with_tai else name
        look = NAMES.look(written)

        assert school in look.schools
        assert look.is_sure


@given(
    st.text(alphabet="我們在的是老師資料附件計畫報名繳交第一二三日高國小中女市立大山", max_size=24)
)
@settings(max_examples=150, deadline=None)
def test_what_is_surely_found_was_said(text: str) -> None:
    look = NAMES.look(text)

    if look.is_sure:
        for school in look.schools:
            forms = forms_of(school)
            assert any(form in text for form in {*forms.names, *forms.owned, forms.body} - {""})


@given(st.text(alphabet="甲乙丙丁0123456789abcXYZ，。！ ", max_size=60))
@settings(max_examples=60, deadline=None)
def test_no_school_is_found_where_no_word_of_one_was_said(text: str) -> None:
    assert found(text) == []


def test_names_of_the_whole_country_are_found_within_milliseconds() -> None:
    many = [
        School(
            f"N{n:05}", f"市立{a}{b}國小", f"臺北市立{a}{b}國民小學", (), "臺北市", "",
            Level.ELEMENTARY,
        )
        for n, (a, b) in enumerate((a, b) for a in BODY for b in BODY)
    ]  # fmt: skip

    names = SchoolNames(many)

    assert len(many) == 3600
    assert [s.name for s in names.find("我在市立天河國小")] == ["市立天河國小"]


BODY = "天地玄黃宇宙洪荒日月盈昃辰宿列張寒來暑往秋收冬藏閏餘成歲律呂調陽雲騰致雨露結為霜金生麗水玉出崑岡劍號巨闕珠河"
