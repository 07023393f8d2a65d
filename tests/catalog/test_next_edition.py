"""`bot knowledge new`: what the next year's file keeps, moves and marks; what an empty one asks."""

import re
from pathlib import Path

import pytest
import yaml

from bot.catalog.load import read_folder, read_sheet
from bot.catalog.next_edition import next_edition
from bot.cli.main import run
from tests.catalog.editions import GOOD, LEXICON, PLAN, read, write
from tests.source import ROOT

REAL = sorted((ROOT / "knowledge" / "plans").glob("*/*.yaml"))
OLD = """\
checked_on: 2022-01-05  # held against the letter
about:
  title: 桃園市111年度讀書計畫
  short: 桃園111讀書
  names: [讀書計畫]
  issuer: 教育局
  area: 桃園市
  year: 111
  year_kind: 年度
  number: 桃教字第1110000001號
# when things happen
dates:
  - id: due   # the last day
    title: 截止
    source: 陸
    kind: deadline
    when: [{at: "2022-03, 2022-05-31T17:00"}, {at: ../2022-12-31}]
  - {id: leap, title: 閏日, source: 陸, kind: meeting, when: {at: 2024-02-29}}
  - {id: begun, title: 開辦, source: 貳, kind: milestone, when: {at: 2020-08-01}}
notes:
  - {id: sum, title: 金額, source: 玖, text: 109年核定111萬元。}
examples:
  - at: 2022-02-01T09:00+08:00
    turns: [{say: 111年讀書計畫截止, all: ["111", 111萬元]}]
"""


@pytest.fixture
def moved() -> str:
    return next_edition(OLD, (111, 112), "2022-11-01")


def new(folder: Path, *argv: str) -> int:
    return run(["knowledge", "new", *argv, "--folder", str(folder)])


def test_days_move_by_the_years_and_history_stays(moved: str) -> None:
    at = re.findall(r"at: (.*?)}", moved)

    assert at == ['"2023-03, 2023-05-31T17:00"', "../2023-12-31", "2025-02-28", "2020-08-01"]
    assert "- at: 2023-02-01T09:00+08:00" in moved


def test_the_plan_is_named_by_its_new_year(moved: str) -> None:
    about = yaml.safe_load(moved)["about"]

    assert (about["title"], about["short"]) == ("桃園市112年度讀書計畫", "桃園112讀書")
    assert about["year"] == 112
    assert "number" not in about  # the letter's number is the old letter's
    assert "say: 112年讀書計畫截止" in moved


def test_other_figures_that_look_like_the_year_stay(moved: str) -> None:
    assert "text: 109年核定111萬元。" in moved
    assert "111萬元]" in moved


def test_comments_and_order_are_kept(moved: str) -> None:
    assert "# held against the letter" in moved
    assert "- id: due   # the last day\n    to_confirm: true\n    title: 截止" in moved
    assert moved.index("# when things happen") < moved.index("id: due") < moved.index("id: leap")


def test_every_entry_is_marked(moved: str) -> None:
    tree = yaml.safe_load(moved)

    entries = [*tree["dates"], *tree["notes"]]
    assert [entry["to_confirm"] for entry in entries] == [True] * 4


@pytest.mark.parametrize("plan", REAL, ids=lambda p: p.parent.name)
def test_a_real_edition_moves_without_an_error_and_loses_no_line(plan: Path) -> None:
    text = plan.read_text(encoding="utf-8")
    sheet, _ = read_sheet(plan.relative_to(ROOT / "knowledge").as_posix(), text.encode())
    assert sheet is not None
    year = sheet.edition.about.year

    made = next_edition(text, (year, year + 1), "2026-11-21")

    _, findings = read_sheet(f"plans/{plan.parent.name}/{year + 1}.yaml", made.encode())
    assert findings == []
    comments = [line for line in text.splitlines() if line.lstrip().startswith("#")]
    assert [line for line in comments if line not in made] == []
    back = next_edition(made, (year + 1, year), "2026-11-21")
    assert yaml.safe_load(back)["examples"] == yaml.safe_load(text)["examples"]


def test_the_command_writes_the_next_year_beside_the_old(tmp_path: Path, capsys) -> None:
    write(tmp_path, {"lexicon.yaml": LEXICON, PLAN: GOOD})

    code = new(tmp_path, "reading", "--from", "111", "--to", "112")

    assert code == 0
    assert "plans/reading/112.yaml" in capsys.readouterr().out
    assert read_folder(tmp_path).findings == ()
    assert (tmp_path / PLAN).read_text(encoding="utf-8") == GOOD


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["reading", "--from", "110"], "現有的年度是 111"),
        (["writing", "--from", "111"], "現有的計畫是 reading"),
        (["閱讀", "--to", "112"], "小寫英文"),
        (["../reading", "--to", "112"], "小寫英文"),
        (["reading", "--to", "111"], "已經有了"),
        (["reading", "--from", "111", "--to", "111"], "別的年度"),
        (["reading", "--from", "111", "--to", "2023"], "民國年"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_written(
    argv: list[str], says: str, tmp_path: Path, capsys
) -> None:
    write(tmp_path, {"lexicon.yaml": LEXICON, PLAN: GOOD})
    before = sorted(tmp_path.rglob("*"))

    assert new(tmp_path, *argv) == 1
    assert says in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / PLAN).read_text(encoding="utf-8") == GOOD


def test_a_file_with_errors_is_not_carried_on(tmp_path: Path, capsys) -> None:
    write(tmp_path, {PLAN: GOOD.replace("kind: session", "kind: sesion")})

    assert new(tmp_path, "reading", "--from", "111") == 1
    assert "先改好再開新年度" in capsys.readouterr().err
    assert not (tmp_path / "plans/reading/112.yaml").exists()


def test_an_empty_file_tells_every_place_that_is_to_be_filled(tmp_path: Path) -> None:
    assert new(tmp_path, "fresh", "--to", "113") == 0
    text = (tmp_path / "plans/fresh/113.yaml").read_text(encoding="utf-8")
    live = [line for line in text.splitlines() if not line.lstrip().startswith("#")]

    findings = read_folder(tmp_path).findings

    assert all(f.what.startswith("還沒填：") for f in findings)
    assert len(findings) == sum(line.count("〔填") for line in live) > 10


def filled(text: str) -> str:
    """The empty file with something in each place; dates where dates are wanted."""
    text = re.sub(r"〔填：西元年月日[^〕]*〕", "2024-03-15", text)
    text = re.sub(r"〔填：當作[^〕]*〕", "2024-03-01T09:00+08:00", text)
    count = iter(range(99))
    return re.sub(r"〔填：[^〕]*〕", lambda _: f"內容{next(count)}", text)


def test_a_filled_file_passes(tmp_path: Path) -> None:
    new(tmp_path, "fresh", "--to", "113")
    path = tmp_path / "plans/fresh/113.yaml"
    path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")

    assert read_folder(tmp_path).findings == ()


def test_every_section_of_the_empty_file_passes_once_its_marks_are_taken_off(
    tmp_path: Path,
) -> None:
    new(tmp_path, "fresh", "--to", "113")
    text = filled((tmp_path / "plans/fresh/113.yaml").read_text(encoding="utf-8"))
    head, _, rest = text.partition("# ── 計畫是什麼")
    rest = re.sub(r"^(\s*)# (?!──|   milestone|   announcement)", r"\1", rest, flags=re.M)
    rest = re.sub(r"^#    ann.*$", "", rest, flags=re.M)

    reading = read(tmp_path, fresh_113=head + "# " + rest)

    assert reading.findings == ()
    sections = {key for key, value in yaml.safe_load(head + "# " + rest).items() if value}
    assert {"facets", "eligibility", "tracks", "roles", "settings", "conflicts"} <= sections


def test_school_terms_move_with_their_names_and_wait_to_be_confirmed() -> None:
    moved = yaml.safe_load(next_edition(GOOD, (111, 112), "2022-11-01"))

    first, second = moved["school_terms"]
    assert (first["id"], first["title"], first["at"]) == (
        "first",
        "111學年度下學期",
        "2023-02-01/2023-07-31",
    )
    assert (second["title"], second["words"]) == ("112學年度上學期", ["上學期"])
    assert first["to_confirm"] is second["to_confirm"] is True
