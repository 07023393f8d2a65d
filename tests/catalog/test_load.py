"""A folder of plan files becomes one library, or one error that holds everything wrong in it."""

from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from bot.catalog.load import load_library
from bot.errors import KnowledgeError
from bot.model.edition import Edition
from bot.model.facet import Given
from bot.model.rule import AnyOf, AtLeast, Is
from bot.model.when import When
from tests.catalog.editions import GOOD, LEXICON, PLAN, broken, read, write
from tests.source import ROOT

KNOWLEDGE = ROOT / "knowledge"


def good(folder: Path) -> Edition:
    return read(folder, reading_111=GOOD).library.editions[0]


def named(name: str, year: int) -> str:
    return GOOD.replace("[讀書會]", f"[{name}]").replace("year: 111", f"year: {year}")


def test_the_real_files_load() -> None:
    library = load_library(KNOWLEDGE)

    files = [p.relative_to(KNOWLEDGE / "plans") for p in KNOWLEDGE.glob("plans/*/*.yaml")]
    assert [e.key for e in library.editions] == sorted(p.with_suffix("").as_posix() for p in files)
    assert {"when", "who", "may"} <= set(library.lexicon.asks)
    assert all(entry.source for edition in library.editions for entry in edition.entries())


def test_every_section_is_filled_from_its_file(tmp_path: Path) -> None:
    edition = good(tmp_path)

    empty = [f.name for f in fields(edition) if not getattr(edition, f.name)]
    assert empty == ["links", "settings", "notes", "checks", "duties", "reminders"]
    assert (edition.plan, edition.edition) == ("reading", "111")
    assert [e.id for e in edition.entries()][6:8] == ["talk", "report"]


def test_values_have_the_types_of_their_fields(tmp_path: Path) -> None:
    edition = good(tmp_path)
    session = edition.dates[1]

    assert edition.checked_on == date(2026, 1, 5)
    assert edition.about.year == 111
    assert session.when[1].at == When.parse("2022-07-15T13:30/16:30")
    assert session.when[1].given == Given({"group": ("B",), "classes": ("26..48",)})
    assert edition.amounts[1].amount[0].value.is_share
    assert edition.examples[0].at == datetime.fromisoformat("2022-06-01T09:00+08:00")


def test_a_single_value_is_a_list_of_one(tmp_path: Path) -> None:
    edition = good(tmp_path)

    assert edition.contacts[0].source == ("拾壹",)
    assert len(edition.dates[0].when) == 1
    assert edition.deliverables[0].audience == ("school",)
    assert edition.eligibility[0].facts[0].yes == (("在職",),)


def test_a_rule_is_told_by_its_keys(tmp_path: Path) -> None:
    rule = good(tmp_path).eligibility[0].rule

    match rule:
        case AnyOf(any=(Is(is_=True), AtLeast(at_least=1, of=(Is(least=least),)))):
            assert least == Decimal(3)
        case _:
            pytest.fail(str(rule))


def test_texts_stay_as_they_are_written(tmp_path: Path) -> None:
    text = GOOD.replace("    unit: 教育局\n", "    unit: 012\n    phone: 13:30\n    line: no\n")

    contact = read(tmp_path, reading_111=text).library.editions[0].contacts[0]

    assert (contact.unit, contact.phone, contact.line) == ("012", "13:30", "no")


def test_editions_come_by_plan_and_year_wherever_they_were_written(tmp_path: Path) -> None:
    library = read(
        tmp_path,
        zebra_111=named("斑馬", 111),
        apple_112=named("蘋果", 112),
        apple_111=named("蘋果", 111),
    ).library

    assert [e.key for e in library.editions] == ["apple/111", "apple/112", "zebra/111"]


def test_the_version_changes_with_any_file_and_only_then(tmp_path: Path) -> None:
    first = read(tmp_path, reading_111=GOOD).library.version
    again = read(tmp_path, reading_111=GOOD).library.version
    changed = read(tmp_path, reading_111=GOOD + "# 註\n").library.version
    (tmp_path / "lexicon.yaml").write_text(LEXICON + "places: [臺北]\n")
    worded = read_version(tmp_path)

    assert first == again
    assert len({first, changed, worded}) == 3


def read_version(folder: Path) -> str:
    return load_library(folder).version


def test_two_plans_may_not_share_a_name_but_two_years_of_one_do(tmp_path: Path) -> None:
    other = named("「讀書會」", 111)

    reading = read(tmp_path, reading_111=GOOD, reading_112=named("讀書會", 112), other_111=other)

    assert [(f.file, f.line) for f in reading.findings] == [
        (PLAN, 5),
        ("plans/reading/112.yaml", 5),
    ]
    assert "名稱「讀書會」和計畫 other 相同" in str(reading.findings[0])


def test_a_plan_has_one_file_a_year(tmp_path: Path) -> None:
    findings = read(tmp_path, reading_111=GOOD, reading_b=GOOD).findings

    assert [(f.file, f.line, f.entry) for f in findings] == [("plans/reading/b.yaml", 8, "about")]
    assert "111年和 plans/reading/111.yaml 重複" in findings[0].what


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("plans/reading.yaml", "位置或名稱"),
        ("plans/Reading/111.yaml", "位置或名稱"),
        ("plans/reading/111/more.yaml", "位置或名稱"),
        ("plans/reading/112.yml", "改成 .yaml"),
    ],
)
def test_a_file_that_would_not_be_read_is_told(name: str, says: str, tmp_path: Path) -> None:
    write(tmp_path, {PLAN: GOOD, name: GOOD})

    with pytest.raises(KnowledgeError) as caught:
        load_library(tmp_path)

    assert [(f.file, f.line) for f in caught.value.findings] == [(name, 0)]
    assert says in str(caught.value)


def test_the_error_holds_every_finding_a_line(tmp_path: Path) -> None:
    text, line = broken("source: 捌", "@@source: []")
    write(tmp_path, {PLAN: text, "lexicon.yaml": "asks: {when: ['(']}\n"})

    with pytest.raises(KnowledgeError) as caught:
        load_library(tmp_path)

    said = str(caught.value).splitlines()
    assert said[0].startswith("lexicon.yaml:1 [asks] 「when」的樣式看不懂")
    assert said[1].startswith(f"{PLAN}:{line} [report] 沒有出處→ 補上條文")


@pytest.mark.parametrize(
    ("lexicon", "line", "says"),
    [
        ("fillers: [請問]\nfilers: [嗯]\n", 2, "是不是「fillers」"),
        ("asks:\n  when:\n    - 何時\n    - '*時'\n", 4, "「when」的樣式看不懂"),
        ("asks: {when: '*時'}\n", 1, "「when」的樣式看不懂"),
        ("same: [a]\n", 1, "名稱: 內容"),
        ("[a]\n", 1, "欄位: 內容"),
        ("a: 'b\n", 2, "引號沒有結尾"),
    ],
)
def test_mistakes_in_the_lexicon_are_found(
    lexicon: str, line: int, says: str, tmp_path: Path
) -> None:
    write(tmp_path, {"lexicon.yaml": lexicon})

    with pytest.raises(KnowledgeError) as caught:
        load_library(tmp_path)

    assert [(f.file, f.line) for f in caught.value.findings] == [("lexicon.yaml", line)]
    assert says in str(caught.value)


def test_without_a_lexicon_its_sections_are_empty(tmp_path: Path) -> None:
    library = load_library(write(tmp_path, {PLAN: GOOD}))

    assert library.lexicon.asks == {}
    assert library.lexicon.fillers == ()
