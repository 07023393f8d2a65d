"""What schools owe and could not be counted or told apart is found at its line, with the cure."""

from pathlib import Path

import pytest

from tests.catalog.editions import GOOD, PLAN, broken, read

OWED = """\
    form: form-a
    owed:
      - {id: book, subject: school, count: 1, unit: 份, due: sign-up, words: [報告書]}
      - {id: text, subject: class, per: classes, count: 2, unit: 份, every: term, words: [心得]}
      - {id: photos, subject: community, count: 6, unit: 張, if: {group: A}, words: [照片]}
      - {id: pictures, subject: community, count: 8, unit: 張, if: {group: B}, words: [照片]}
      - {id: sheet, subject: teacher, count: 1, unit: 份, last: period}
"""
DUTIES = """\
duties:
  minimums:
    - {subject: teacher, amount: least-three, by: sign-up, then: lunch}
    - {subject: community, of: classes, amount: least-three}
  head_counts: [{track: award, on: period}]
"""
AMOUNT = (
    "  - {id: least-three, title: 至少三名, source: 玖, amount: {least: 3, unit: 名}}\nroles:\n"
)
GOOD_OWED = (
    GOOD.replace("    form: form-a\n", OWED)
    .replace("roles:\n  - id", f"{AMOUNT}  - id")
    .replace("examples:\n", f"{DUTIES}examples:\n")
)

MISTAKES = [
    ("{id: book, subject", "{@@id: Book, subject", "寫法 小寫英文"),
    ("{id: text, subject", "{@@id: book, subject", "「book」用了兩次"),
    ("due: sign-up, words: [報告書]", "@@due: sign-in, words: [報告書]", "「sign-in」 sign-up"),
    ("last: period}", "@@last: perod}", "「perod」 period"),
    ("per: classes, count", "@@per: group, count", "「group」 數字的面向 classes"),
    ("{id: sheet, subject: teacher", "{id: sheet, @@subject: county", "縣市 school、class"),
    ("{id: sheet, subject: teacher", "{id: sheet, @@subject: class", "per 每班"),
    ("if: {group: B}, words", "@@if: {group: C}, words", "group 沒有「C」 A、B"),
    ("words: [心得]", "words: [@@報告書]", "「報告書」在應繳的 book 分不出來"),
    ("{subject: teacher, amount: least-three", "{subject: teacher, @@amount: print", "「print」"),
    ("of: classes", "@@of: clases", "「clases」 classes"),
    ("by: sign-up, then", "@@by: sign-upp, then", "「sign-upp」 sign-up"),
    ("then: lunch", "@@then: lunsh", "「lunsh」 lunch"),
    ("{track: award", "{@@track: awards", "「awards」 award"),
    ("on: period}", "@@on: periods}", "「periods」 period"),
]


def test_what_schools_owe_as_it_should_be_has_nothing_wrong(tmp_path: Path) -> None:
    assert read(tmp_path, reading_111=GOOD_OWED).findings == ()


@pytest.mark.parametrize(("old", "new", "words"), MISTAKES, ids=[m[1] for m in MISTAKES])
def test_a_mistake_is_found_once_at_its_line(
    old: str, new: str, words: str, tmp_path: Path
) -> None:
    text, line = broken(old, new, GOOD_OWED)

    findings = read(tmp_path, reading_111=text).findings

    assert [(f.file, f.line) for f in findings] == [(PLAN, line)], findings
    assert [word for word in words.split() if word not in str(findings[0])] == []


def test_words_that_two_groups_share_must_be_of_groups_that_never_meet(tmp_path: Path) -> None:
    text = GOOD_OWED.replace("if: {group: B}, words: [照片]", "words: [照片]")

    [finding] = read(tmp_path, reading_111=text).findings

    assert "「照片」在應繳的 photos 也有" in finding.what


def test_each_term_needs_the_terms(tmp_path: Path) -> None:
    start, end = GOOD_OWED.index("school_terms:"), GOOD_OWED.index("contacts:")
    findings = read(tmp_path, reading_111=GOOD_OWED[:start] + GOOD_OWED[end:]).findings

    assert "每學期要交，檔案卻沒有寫學期" in [f.what for f in findings]


@pytest.mark.parametrize("count", ["0", "1.5", "-2"])
def test_a_number_of_pieces_is_whole(count: str, tmp_path: Path) -> None:
    text = GOOD_OWED.replace("subject: school, count: 1", f"subject: school, count: {count}")

    [finding] = read(tmp_path, reading_111=text).findings

    assert finding.entry == "report"
