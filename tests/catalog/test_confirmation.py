"""What is to be confirmed is never answered as this year's rule."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.catalog.load import Reading
from bot.catalog.next_edition import next_edition
from bot.cli.examples import try_examples
from bot.cli.main import run
from bot.cli.plain import plain
from bot.messages import Answer, Outcome
from bot.model.entries import PlanDate
from bot.model.unconfirmed import Unconfirmed
from bot.store import schema
from bot.store.engine import open_engine
from bot.understand.reader import Reader
from tests.catalog.editions import GOOD, LEXICON, PLAN, read, write
from tests.handlers.chat import Chat

NEXT = next_edition(GOOD, (111, 112), "2022-11-01")
JUNE_112 = datetime.fromisoformat("2023-06-01T09:00+08:00")
MARK = "    to_confirm: true\n"


def confirmed(entry: str, text: str = NEXT) -> str:
    """The new file after one entry was held against the new document."""
    old = f"  - id: {entry}\n{MARK}"
    assert text.count(old) == 1
    return text.replace(old, f"  - id: {entry}\n")


@pytest.fixture
def drafted(tmp_path: Path) -> Reading:
    return read(tmp_path, reading_111=GOOD, reading_112=NEXT)


def ask(reading: Reading, text: str) -> Answer:
    engine = open_engine("sqlite://")
    schema.migrate(engine)
    with engine.connect() as db:
        answer = _ask(Reader(reading.library), db, text)
    engine.dispose()
    return answer


def _ask(reader: Reader, db: Connection, text: str) -> Answer:
    return Chat(reader, db, JUNE_112).ask(text)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("讀書會112年度什麼時候上課", "111年度（舊）：A組：111年7月8日(五) 13:30–16:30"),
        ("讀書會112年度補助額度多少錢", "111年度（舊）：補助額度：上限20,000元"),
        ("讀書會112年度報名資格是什麼", "111年度（舊）：在職教師（伍、一）"),
        ("讀書會112年度誰可以認證成果", "111年度（舊）：導師：認證成果"),
    ],
)
def test_an_open_entry_says_so_and_gives_last_years_as_last_years(
    text: str, last: str, drafted: Reading
) -> None:
    answer = ask(drafted, text)
    said = plain(answer)

    assert answer.outcome is Outcome.UNKNOWN
    assert "112年度還未確認" in said.splitlines()[1]
    assert last in said
    assert "111年度的規定，112年度可能不同" in said
    assert "請洽" in said
    assert "《臺北市111年度讀書會實施計畫》" in said
    assert "112年7月" not in said
    assert "2023" not in said


def test_an_open_entry_leads_to_last_years(drafted: Reading) -> None:
    answer = ask(drafted, "讀書會112年度什麼時候上課")

    assert "→ 看111年的規定" in plain(answer)


def test_a_confirmed_entry_is_answered_as_ever(tmp_path: Path) -> None:
    text = confirmed("session").replace("points: [7月8日(五)在線上]", "points: [在線上]")

    answer = ask(read(tmp_path, reading_111=GOOD, reading_112=text), "讀書會112年度什麼時候上課")

    assert answer.outcome is Outcome.ANSWERED
    assert "112年7月8日(六) 13:30–16:30" in plain(answer)


def test_a_date_counted_back_from_an_open_one_is_open_too(tmp_path: Path) -> None:
    reading = read(tmp_path, reading_112=confirmed("sign-up"))

    assert reading.library.editions[0].dates == ()


def test_what_is_due_on_an_open_date_says_that_the_date_is_open(tmp_path: Path) -> None:
    text = confirmed("report")

    said = plain(ask(read(tmp_path, reading_112=text), "讀書會112年度成果報告要交幾份"))

    assert "成果報告 2份" in said
    assert "時間：112年度還未確認「報名截止」" in said


def test_one_open_item_keeps_its_whole_track_open(tmp_path: Path) -> None:
    text = GOOD.replace("        title: 分享\n", "        title: 分享\n        to_confirm: true\n")

    edition = read(tmp_path, reading_111=text).library.editions[0]

    assert edition.tracks == ()
    assert {e.id for e in edition.unsaid if isinstance(e, Unconfirmed)} == {"award", "talk"}


BY_TERM = (
    "    subject: teacher\n    items:\n      - id: once\n        title: 每學期一次\n"
    "        source: 柒、三\n        text: 每學期一次。\n"
    "        goals: {least: 1, unit: 次, every: term}\n"
)


def test_a_track_that_counts_by_a_term_not_yet_confirmed_is_open(tmp_path: Path) -> None:
    text = GOOD.replace("    items:\n", BY_TERM)
    open_term = text.replace("{id: first,", "{id: first, to_confirm: true,")

    known, waiting = (
        read(tmp_path / name, reading_111=of).library.editions[0].tracks
        for name, of in (("known", text), ("waiting", open_term))
    )

    assert ([t.id for t in known], waiting) == (["award"], ())


def test_a_term_that_nothing_counts_by_keeps_no_track_open(tmp_path: Path) -> None:
    text = GOOD.replace("{id: first,", "{id: first, to_confirm: true,")

    assert [t.id for t in read(tmp_path, reading_111=text).library.editions[0].tracks] == ["award"]


def test_the_check_names_the_terms_that_are_open(tmp_path: Path, capsys) -> None:
    text = GOOD.replace("    items:\n", BY_TERM).replace(
        "{id: first,", "{id: first, to_confirm: true,"
    )
    folder = write(tmp_path, {"lexicon.yaml": LEXICON, PLAN: text})

    run(["knowledge", "check", "--no-examples", str(folder)])

    out = capsys.readouterr().out
    line = text[: text.index("{id: first,")].count("\n") + 1
    assert f"  school_terms 1 個學期：first（第{line}行）" in out


def test_no_open_day_is_left_to_be_looked_up_or_reminded_of(drafted: Reading) -> None:
    new = drafted.library.editions[1]

    assert [e for e in new.entries() if isinstance(e, PlanDate)] == []
    assert {e.id for e in new.unsaid} == {e.id for e in drafted.library.editions[0].entries()}


def test_last_years_edition_speaks_until_the_drafts_own_year_begins(drafted: Reading) -> None:
    reader = Reader(drafted.library)

    def edition(day: str, *years: int) -> str:
        at = datetime.fromisoformat(f"{day}T09:00+08:00")
        return reader.edition_at("reading", at, years).edition

    assert edition("2022-12-31") == "111"
    assert edition("2022-12-31", 112) == "112"
    assert edition("2023-01-01") == "112"


def test_examples_about_what_is_open_wait(drafted: Reading) -> None:
    trial = try_examples(drafted)

    assert trial.findings == ()
    assert trial.waiting == 1


def test_an_example_of_a_confirmed_entry_waits_no_longer(tmp_path: Path) -> None:
    text = confirmed("session").replace("points: [7月8日(五)在線上]", "points: [在線上]")
    wrong = text.replace("all: 7月8日", "all: 9月9日")

    trial = try_examples(read(tmp_path, reading_112=wrong))

    assert "少了「9月9日」" in trial.findings[0].what


def test_weekdays_are_judged_once_an_entry_is_confirmed(tmp_path: Path) -> None:
    findings = read(tmp_path, reading_112=confirmed("session")).findings

    assert [(f.entry, "星期不對" in f.what) for f in findings] == [("session", True)]


def test_the_check_lists_what_is_open_and_passes(tmp_path: Path, capsys) -> None:
    folder = write(tmp_path, {"lexicon.yaml": LEXICON, PLAN.replace("111", "112"): NEXT})

    code = run(["knowledge", "check", "--no-examples", str(folder)])

    out = capsys.readouterr().out
    assert code == 0
    assert "待確認 plans/reading/112.yaml：15 項中還有 15 項" in out
    assert "  dates 3 項：period（第" in out
    assert "  tracks 1 項，連同底下1項：award" in out
