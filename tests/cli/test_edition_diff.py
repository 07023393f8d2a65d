"""`bot knowledge diff`: what changed, which answers, and how many people asked for it."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot import clock
from bot.catalog.next_edition import next_edition
from bot.cli.main import run
from bot.comparing.edition_changes import How, changes, only_lightly
from bot.comparing.field_lines import lines_of
from bot.messages import Outcome, Why
from bot.model.edition import Edition
from bot.model.entries import DateKind
from bot.model.goals import Subject
from bot.store import events, questions
from tests.catalog.editions import GOOD, LEXICON, read, write
from tests.store.events_of import incoming

OLD, NEW = "plans/reading/111.yaml", "plans/reading/112.yaml"
FORM, TERM = "  - {id: form-a, title: 報告表", "  - {id: meaning, title: 讀書會, source: 貳, "
CHANGES = [
    ('at: "2022-07-08T13:30/16:30"', "at: 2022-07-09"),
    ("{most: 20000, unit: 元}", "{most: 25000, unit: 元}"),
    ("least: 3, text: 三小時以上", "least: 4, text: 四小時以上"),
    ("text: 計畫沒有說明是否供餐。", "text: 計畫沒有說明有沒有午餐。"),
    ("[什麼時候上課]", "[什麼時候上課, 哪天上課]"),
    (FORM, f"  - {{id: form-b, title: 新表, source: 附件2, number: 附件2}}\n{FORM}"),
    (f"terms:\n{TERM}text: 一起讀書的聚會。, says: [讀書會是什麼]}}\n", ""),
]


def changed(*edits: tuple[str, str]) -> str:
    text = GOOD
    for old, new in edits:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Edition, Edition]:
    reading = read(tmp_path, reading_111=GOOD, reading_112=changed(*CHANGES))
    old, new = (sheet.edition for sheet in reading.sheets)
    return old, new


def diff(folder: Path, new: str, *names: str) -> int:
    write(folder, {"lexicon.yaml": LEXICON, OLD: GOOD, NEW: new})
    old_and_new = names or ("reading/111", "reading/112")
    return run(["knowledge", "diff", *old_and_new, "--folder", str(folder)])


def test_what_changed_comes_by_weight(pair: tuple[Edition, Edition]) -> None:
    found = [(c.how, c.section, c.entry.id) for c in changes(*pair)]

    assert found == [
        (How.CHANGED, "dates", "session"),
        (How.CHANGED, "dates", "sign-up"),  # two days before the session
        (How.CHANGED, "eligibility", "who-may"),
        (How.CHANGED, "amounts", "total"),
        (How.CHANGED, "unsaid", "lunch"),
        (How.REMOVED, "terms", "meaning"),
        (How.ADDED, "forms", "form-b"),
    ]


def test_the_change_is_told_in_the_words_of_answers(pair: tuple[Edition, Edition]) -> None:
    told = {c.entry.id: c.parts for c in changes(*pair)}

    assert told["session"] == (
        ("時間", ("A組：111年7月8日(五) 13:30–16:30",), ("A組：111年7月9日(六)",)),
    )
    assert told["total"] == (("數量", ("上限20,000元",), ("上限25,000元",)),)
    assert told["who-may"] == (
        (
            "條件",
            ("擇一（在職教師；至少1項（三小時以上））",),
            ("擇一（在職教師；至少1項（四小時以上））",),
        ),
    )


def test_a_kind_and_another_entry_are_told_in_words(pair: tuple[Edition, Edition]) -> None:
    old, new = pair

    assert lines_of(old, DateKind.MILESTONE) == ("往事",)
    assert lines_of(old, Subject.COMMUNITY) == ("社群",)
    assert lines_of(new, ("form-b", "別的字", "no-entry")) == ("新表", "別的字", "no-entry")


def test_other_ways_of_asking_change_no_answer(tmp_path: Path) -> None:
    text = changed(CHANGES[4], ("source: 捌\n", "source: 捌、一\n"))
    old, new = (s.edition for s in read(tmp_path, reading_111=GOOD, reading_112=text).sheets)

    assert changes(old, new) == []
    assert only_lightly(old, new) == ["研習", "成果報告"]


def test_what_schools_owe_is_compared(tmp_path: Path) -> None:
    book = "{id: book, subject: school, count: 1, unit: 份, due: sign-up, words: [報告書]}"
    owed = f"    form: form-a\n    owed: [{book}]\n"
    old = changed(("    form: form-a\n", owed))
    new = old.replace("count: 1, unit", "count: 2, unit")
    reading = read(tmp_path, reading_111=old, reading_112=new.replace("year: 111", "year: 112"))
    before, after = reading.library.editions

    [change] = changes(before, after)

    said = "每校{}份（報告書；期限：報名截止）"
    assert change.entry.id == "report"
    assert change.parts == (("學校應繳", (said.format(1),), (said.format(2),)),)


def test_those_whom_an_entry_is_for_are_called_as_people_call_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert diff(tmp_path, changed(("    for: [school]", "    for: [teacher]"))) == 0

    out = capsys.readouterr().out
    assert "學校" in out
    assert "老師" in out
    assert "teacher" not in out


def test_an_edition_does_not_differ_from_itself(tmp_path: Path, capsys) -> None:
    assert diff(tmp_path, GOOD.replace("year: 111", "year: 112")) == 0

    out = capsys.readouterr().out
    assert "回答的內容沒有差別" in out
    assert "例子的回答都一樣" in out


def test_examples_are_put_to_both_editions(tmp_path: Path, capsys) -> None:
    text = changed(CHANGES[0], ("year: 111", "year: 112"), ("all: 7月8日", "all: 7月9日"))

    assert diff(tmp_path, text) == 0

    out = capsys.readouterr().out
    assert "問 什麼時候上課\n    舊：A組：111年7月8日(五)" in out
    assert "新：A組：111年7月9日(六)" in out


def test_what_is_still_open_is_counted_and_not_repeated(tmp_path: Path, capsys) -> None:
    assert diff(tmp_path, next_edition(GOOD, (111, 112), "2022-11-01")) == 0

    out = capsys.readouterr().out
    assert "還有 14 項待確認" in out
    assert "改 研習 [session]（待確認）" in out
    assert "1 題例子的回答在新的還待確認" in out


def test_two_files_may_be_named_by_their_paths(tmp_path: Path, capsys) -> None:
    assert diff(tmp_path, GOOD, str(tmp_path / OLD), str(tmp_path / NEW)) == 0
    assert "reading/111 → reading/112" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "names", "says"),
    [
        (GOOD, ("reading/111", "reading/110"), "現有：reading/111、reading/112"),
        (GOOD.replace("kind: session", "kind: sesion"), (), "先改好再比較"),
    ],
)
def test_what_cannot_be_compared_is_told(
    text: str, names: tuple[str, ...], says: str, tmp_path: Path, capsys
) -> None:
    assert diff(tmp_path, text, *names) == 1
    assert says in capsys.readouterr().err


def test_a_changed_day_that_is_ahead_is_one_that_reminders_go_by(tmp_path: Path, capsys) -> None:
    year = clock.taipei_day(clock.now()).year + 1
    roc = year - 1911
    old = GOOD.replace("2022-", f"{year}-").replace("year: 111", f"year: {roc}")
    old = old.replace("points: [7月8日(五)在線上]", "points: [在線上]")
    new = old.replace(f'at: "{year}-07-08T13:30/16:30"', f"at: {year}-07-09")
    write(tmp_path, {"lexicon.yaml": LEXICON, OLD: old, NEW: new})

    code = run(["knowledge", "diff", "reading/111", "reading/112", "--folder", str(tmp_path)])

    assert code == 0
    assert f"提醒要照新的：研習（{roc}年7月9日" in capsys.readouterr().out


def test_how_many_people_asked_lately_is_told(
    database_url: str, engine: Engine, tmp_path: Path, capsys, monkeypatch
) -> None:
    with engine.begin() as db:
        for number in (1, 2):
            event = incoming(f"E{number}", at=clock.now(), user_id="U1")
            events.put_first_seen(db, event, event.at)
            why = Why(plan="reading", edition="111", entry="total")
            questions.put(
                db,
                [
                    questions.Asked(
                        incoming=event, text="補助多少", outcome=Outcome.ANSWERED, why=why
                    )
                ],
            )
    monkeypatch.setenv("DATABASE_URL", database_url)

    assert diff(tmp_path, changed(CHANGES[1], ("year: 111", "year: 112"))) == 0
    assert "近180天有 1 人問過，共 2 次" in capsys.readouterr().out


def test_without_a_database_nothing_is_made_and_the_rest_is_told(
    tmp_path: Path, capsys, monkeypatch
) -> None:
    missing = tmp_path / "var" / "none.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{missing}")

    assert diff(tmp_path, changed(CHANGES[1], ("year: 111", "year: 112"))) == 0

    out, err = capsys.readouterr()
    assert "上限25,000元" in out
    assert "沒有可用的資料庫" in err
    assert not missing.parent.exists()


def test_other_school_terms_are_told(tmp_path: Path, capsys) -> None:
    assert diff(tmp_path, changed(("2022-02-01/2022-07-31", "2022-02-11/2022-06-30"))) == 0

    assert "學期  舊：110學年度下學期（111年2月1日(二)至7月31日(日)）" in capsys.readouterr().out


def test_goals_that_changed_are_told_in_words(tmp_path: Path, capsys) -> None:
    goals = "        goals: [{if: {group: A}, least: 2, unit: 次, every: term, by: period}]\n"
    old = GOOD.replace("        title: 分享\n", f"        title: 分享\n{goals}")
    old = old.replace("    who: 教師\n", "    who: 教師\n    subject: teacher\n    asks: group\n")
    new = old.replace("least: 2, unit: 次, every", "least: 3, unit: 次, every")
    write(tmp_path, {"lexicon.yaml": LEXICON, OLD: old, NEW: new})

    run(["knowledge", "diff", "reading/111", "reading/112", "--folder", str(tmp_path)])

    out = capsys.readouterr().out
    assert "舊：A組：每學期至少2次（計畫期程）" in out
    assert "新：A組：每學期至少3次（計畫期程）" in out
