"""Case files: what is whole is read, and everything wrong is told at once, at its line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.case_files import read_cases, read_file
from tests.evaluation.files import GOOD, read

PLAIN = [
    "''",
    "a",
    "*a",
    "&b c",
    "!c",
    "true",
    "unknown",
    "9" * 30,
    "2022-06-15T09:00",
    "2022-13-99",
]
NESTED = ["[]", "{}", "[a, '(']", "[[a]]", "{say: x}", "[{say: x, all: '('}]", "[{tap: '[['}]"]
WORDS = st.sampled_from([*PLAIN, "'@num:x'", *NESTED])
KEYS = st.sampled_from(
    ["id", "kind", "at", "turns", "supplements", "say", "all", "cite", "unknown", "tap", "plan"]
)
CASES = st.lists(
    st.lists(st.tuples(KEYS, WORDS), min_size=1, max_size=5).map(
        lambda pairs: "- " + "\n  ".join(f"{key}: {word}" for key, word in pairs) + "\n"
    ),
    max_size=3,
).map("".join)
LINES = GOOD.splitlines()


def test_a_good_file_is_read_whole() -> None:
    found = read(GOOD)

    assert found.findings == ()
    assert [(c.id, c.plan, c.place, len(c.turns)) for c in found.cases] == [
        ("a-1", "cooc-teacher", "a.yaml:1", 2)
    ]
    assert found.cases[0].turns[1].tap == "報名"


def test_a_case_may_bring_answers_of_staff() -> None:
    seeded = GOOD + (
        "  supplements:\n"
        "    - {plan: cooc-teacher, title: 停車, says: [可以停車嗎], text: 地下室可停,"
        " source: 承辦單位電話, expires_on: 2022-12-31}\n"
    )

    found = read(seeded)

    assert found.findings == ()
    assert [s.title for s in found.cases[0].supplements] == ["停車"]


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "cure"),
    [
        ("kind: session", "kind: sesion", 2, "沒有「sesion」這種題目", "是不是「session」"),
        ("at: 2022-06-15T09:00", "at: 六月", 3, "看不懂的時間", "2022-06-15T09:00"),
        ("cite: ['柒']", "cit: ['柒']", 8, "沒有「cit」這個欄位", "是不是「cite」"),
        ("'@date:7/15'", "'@date:7月15'", 6, "看不懂「@date:7月15」", "正規表示式"),
        ("['截止']", "\n        - 截止\n        - '('", 12, "不是看得懂的比對式", "單引號"),
        ("tap: 報名", "tap: '('", 9, "不是看得懂的比對式", "單引號"),
        ("- tap: 報名", "- say: 好\n      tap: 報名", 9, "say 或 tap", "只能一個|按鈕"),
        ("- say: 酷", "- tap: 酷", 5, "第一句不能是 tap", "say"),
        ("  kind: session\n", "", 1, "少了「kind」", "補上"),
        ("- id: a-1\n  kind", "- kind", 1, "少了「id」", "補上"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_cure(
    old: str, new: str, line: int, what: str, cure: str
) -> None:
    assert old in GOOD

    found = read(GOOD.replace(old, new, 1))

    assert len(found.findings) == 1
    finding = found.findings[0]
    assert (finding.file, finding.line) == ("a.yaml", line)
    assert what in finding.what
    assert any(word in finding.cure for word in cure.split("|"))
    assert found.cases == ()


def test_every_mistake_is_told_at_once_and_the_whole_cases_are_kept() -> None:
    bad = GOOD.replace("a-1", "a-2").replace("session", "x").replace("'柒'", "'('")

    found = read(GOOD + bad)

    assert [(f.entry, f.line) for f in found.findings] == [("a-2", 12), ("a-2", 18)]
    assert [case.id for case in found.cases] == ["a-1"]


@pytest.mark.parametrize("text", ["a: 1", "", "只是文字"])
def test_a_file_that_is_no_list_is_told_so(text: str) -> None:
    assert [f.what for f in read(text).findings] == ["檔案要是一串題目"]


def test_a_case_that_checks_nothing_is_refused() -> None:
    found = read("- id: a\n  kind: typo\n  turns:\n    - say: 你好\n")

    assert [f.what for f in found.findings] == ["沒有寫要檢查什麼"]


def test_an_id_used_twice_is_told_with_the_first_place(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")

    found = read_cases([tmp_path], ())

    assert [f.what for f in found.findings] == ["編號「a-1」用了兩次"]
    assert (tmp_path / "a.yaml").as_posix() in found.findings[0].cure


def test_a_path_that_is_not_there_is_told() -> None:
    assert [f.what for f in read_cases([Path("nowhere")], ()).findings] == ["沒有這個檔案或資料夾"]


def test_a_file_belongs_to_the_plan_of_its_folder_or_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "portfolio").mkdir()
    (tmp_path / "portfolio" / "dates.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "other.yaml").write_text(GOOD.replace("a-1", "b-1"), encoding="utf-8")

    found = read_cases([tmp_path], {"portfolio"})

    assert {case.id: case.plan for case in found.cases} == {"a-1": "portfolio", "b-1": "other"}


def test_the_written_cases_have_no_mistake() -> None:
    found = read_cases([Path(__file__).parent.parent / "cases"], ())

    assert found.findings == ()
    assert len(found.cases) > 700


@given(st.one_of(st.binary(), st.text().map(str.encode), CASES.map(str.encode)))
def test_any_bytes_give_cases_or_findings_and_never_an_error(content: bytes) -> None:
    found = read_file("a.yaml", content, "")

    assert all(f.what and f.cure and f.file == "a.yaml" for f in found.findings)


@given(st.integers(0, len(LINES) - 1), WORDS)
def test_a_good_file_with_anything_in_one_place(at: int, word: str) -> None:
    head, colon, _ = LINES[at].partition(": ")
    changed = "\n".join([*LINES[:at], f"{head}{colon}{word}", *LINES[at + 1 :]])

    found = read_file("a.yaml", changed.encode(), "")

    assert found.cases or found.findings
