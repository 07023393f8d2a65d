"""`bot import` from the command line: schools, teachers, attendance; a dry run changes nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli.main import run
from tests.cli.process import ROOT

Take = Callable[..., tuple[int, str]]


@pytest.fixture
def take(
    sqlite_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Take:
    """Runs the command on a list in Big5; gives its code and all that it printed."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("KNOWLEDGE_DIR", str(ROOT / "knowledge"))

    def taken(kind: str, text: str, *options: str) -> tuple[int, str]:
        file = tmp_path / f"{kind}.csv"
        file.write_bytes(text.encode("cp950"))
        code = run(["import", kind, str(file), *options])
        said = capsys.readouterr()
        return code, said.out + said.err

    return taken


def test_schools_teachers_and_attendance_come_in_one_after_another(take: Take) -> None:
    people = "學校,姓名\n大直高中,王小明\n"
    rows = (
        "姓名,服務學校,身分證字號,研習名稱,日期\n王小明,大直高中,A123456789,線上教材製作,111/7/12\n"
    )
    plan = ("--plan", "cooc-teacher/111")

    too_early = take("people", people)
    schools = take("schools", "學校代碼,學校名稱\n313301,市立大直高中\n")
    teachers = take("people", people)
    dry = take("completions", rows, *plan, "--dry-run")
    done = take("completions", rows, *plan)
    broken = take("completions", rows.replace("111/7/12", "111/7/32"), *plan)

    assert [x[0] for x in (too_early, schools, teachers, dry, done, broken)] == [1, 0, 0, 0, 0, 1]
    assert "請先用 bot import schools" in too_early[1]
    assert "新增 1\n這是試跑，沒有更動任何資料。" in dry[1]
    assert "新增 1\n已匯入。" in done[1]
    assert "「身分證字號」是個人資料" in done[1]
    assert "第2列 有問題 「日期」（111/7/32）沒有這一天" in broken[1]
    assert "整份都沒有匯入" in broken[1]
    assert "A123456789" not in done[1] + broken[1]


def test_a_plan_and_a_file_that_are_not_there_are_told(take: Take, tmp_path: Path) -> None:
    code, said = take("completions", "姓名\n王小明\n", "--plan", "no/1")
    (tmp_path / "people.csv").unlink(missing_ok=True)

    assert code == 1
    assert "沒有「no/1」這個計畫" in said
    assert run(["import", "people", str(tmp_path / "nowhere.csv")]) == 1


def test_which_schools_take_part_is_imported_and_the_same_list_changes_nothing(take: Take) -> None:
    heads = "學校代碼,計畫,年度,核定班級數,社群名稱,組別\n"
    rows = heads + "313301,行動學習,107,3,,\n313301,數位學習專業社群,112,,共備社群,A組\n"
    broken = rows.replace("A組", "Z組") + "313301,數位學習專業社群,112,,創新社群,B組\n"

    too_early = take("participations", rows)
    take("schools", "學校代碼,學校名稱\n313301,市立大直高中\n")
    refused = take("participations", broken)
    partly = take("participations", broken, "--partly")
    done = take("participations", rows)
    again = take("participations", rows)

    assert [x[0] for x in (too_early, refused, partly, done, again)] == [1, 1, 0, 0, 0]
    assert "請先匯入學校" in too_early[1]
    assert "第3列 有問題 「組別」（Z組）" in refused[1]
    assert "第4列 不列入 市立大直高中有別的列有問題" in refused[1]
    assert "新增 1、不列入 1、有問題 1" in partly[1]
    assert "新增 1、不變 1\n已匯入。" in done[1]
    assert "共 2 列：不變 2" in again[1]
