"""`bot questions` and `bot ask --why`: the log, the reasons, and answers of staff as cases."""

import re
import unicodedata
from datetime import date, datetime
from typing import Any

import pytest
import yaml
from sqlalchemy import Engine

from bot.cli.plain import plain
from bot.dispatch import Office
from bot.handlers.table import handle
from bot.loading import load_reader
from bot.messages import Incoming, Kind
from bot.settings import Settings
from bot.staff_work import Keeping, Member, Reply, answer
from bot.store import own_questions, people, referrals, schema, staff_entries
from bot.store.engine import open_engine
from bot.store.people import Role
from bot.store.staff_entries import NewEntry
from evaluation.case_files import read_file
from tests.cli.process import KNOWLEDGE, bot, bot_here

JUNE = datetime.fromisoformat("2022-06-15T09:00+08:00")
ASKED, UNKNOWN = "範例計畫什麼時候報名截止", "範例計畫可以帶寵物嗎"
ANSWER = "可以，請自備（牽繩）＋水。"


@pytest.fixture
def log(database_url: str, engine: Engine) -> str:
    """A database with an answered question, and one that staff answered and kept."""
    office = Office(engine, handle, load_reader(Settings(knowledge_dir=KNOWLEDGE)))
    for number, text in enumerate((ASKED, UNKNOWN)):
        office.respond(incoming(f"E{number}", text), JUNE)
    with engine.begin() as db:
        people.give_role(db, "default", "U1", Role.STAFF)
        question = own_questions.find(db, "default", "E1", "U1")
        assert question is not None
        passed, _ = referrals.pass_on(db, question, "報名要多少錢", "找不到", JUNE)
    keeping = Keeping(
        plan="sample",
        edition="111",
        title="帶寵物",
        says=("狗可以來嗎",),
        source="局內會議",
        expires_on=date(2022, 12, 31),
    )
    member = Member(channel_id="default", user_id="U1")
    assert answer(engine, member, passed.id, Reply(text=ANSWER, keeping=keeping), JUNE)
    return database_url


def incoming(event_id: str, text: str) -> Incoming:
    return Incoming(
        event_id=event_id,
        kind=Kind.TEXT,
        at=JUNE,
        channel_id="default",
        chat_id="U1",
        user_id="U1",
        text=text,
        reply_token="token",
    )


def cases(log: str, *more: str) -> Any:
    told = bot_here("questions", "cases", *more, database_url=log)
    assert told.returncode == 0, told.stderr
    return yaml.safe_load(told.stdout)


def test_why_is_told_after_each_answer_where_it_is_wanted() -> None:
    told = bot_here("ask", "--talk", "--why", "--at", "2022-06-15T09:00", stdin=f"{ASKED}\n你好\n")
    plainly = bot_here("ask", ASKED, "--at", "2022-06-15T09:00")

    first, _ = told.stdout.split("判讀依據")[1:]
    assert "條目：sample/111#apply 線上報名截止（柒、一）" in first
    assert "分數：" in first
    assert "關鍵詞：" in first
    assert "判讀依據" not in plainly.stdout


def test_the_log_is_listed_newest_first_and_by_outcome(log: str) -> None:
    everything = bot_here("questions", "list", database_url=log)
    unknown = bot_here("questions", "list", "--outcome", "unknown", database_url=log)
    one = bot_here("questions", "list", "--limit", "1", database_url=log)

    assert everything.returncode == 0, everything.stderr
    assert everything.stdout.splitlines() == [
        f"E1  111年6月15日 09:00  unknown  {UNKNOWN}",
        f"E0  111年6月15日 09:00  answered  {ASKED}",
    ]
    assert unknown.stdout.splitlines() == everything.stdout.splitlines()[:1]
    assert one.stdout.splitlines() == everything.stdout.splitlines()[:1]


def test_one_question_is_told_with_its_answer_and_reason(log: str) -> None:
    told = bot("questions", "why", "E0", database_url=log)

    assert told.returncode == 0, told.stderr
    assert ASKED in told.stdout
    assert "111年7月31日" in told.stdout
    assert "條目：sample/111#apply 線上報名截止（柒、一）" in told.stdout


def test_what_staff_answered_and_kept_becomes_a_conversation(log: str) -> None:
    (case,) = cases(log)

    first, last = case["turns"]
    assert (case["kind"], case["at"]) == ("staff", "2022-06-15T09:00")
    assert case["id"].startswith("staff-")
    assert first == {"say": "報名要多少錢"}
    assert last["say"] == UNKNOWN
    assert last["all"] == [r"可以,請自備\(牽繩\)\+水。"]
    assert last["cite"] == ["局內會議"]
    assert case["supplements"] == [
        {
            "plan": "sample",
            "title": "帶寵物",
            "says": [UNKNOWN, "狗可以來嗎"],
            "text": ANSWER,
            "source": "局內會議",
            "expires_on": date(2022, 12, 31),
        }
    ]


def test_the_bot_passes_the_conversation_once_its_supplement_is_there(
    log: str,
) -> None:
    (case,) = cases(log)
    engine = open_engine("sqlite://")
    schema.migrate(engine)
    office = Office(engine, handle, load_reader(Settings(knowledge_dir=KNOWLEDGE)))

    def said() -> str:
        """What the last turn is answered with, the others said before it."""
        replies = [
            office.respond(incoming(f"E{len(known)}{number}", turn["say"]), JUNE)
            for number, turn in enumerate(case["turns"])
        ]
        last = replies[-1]
        assert last is not None
        return unicodedata.normalize("NFKC", plain(last.answer))

    known: list[Any] = []
    without = said()
    known = case["supplements"]
    for supplement in known:
        with engine.begin() as db:
            new = {**supplement, "says": tuple(supplement["says"])}
            staff_entries.put(db, NewEntry(channel_id="default", author="U9", **new), JUNE)
    with_it = said()
    engine.dispose()

    expected = case["turns"][-1]
    assert all(re.search(pattern, with_it) for pattern in expected["all"])
    assert any(re.search(pattern, with_it) for pattern in expected["cite"])
    assert not any(re.search(pattern, without) for pattern in expected["all"])


def test_the_evaluation_reads_the_conversations_as_they_are_written(log: str) -> None:
    written = bot_here("questions", "cases", database_url=log).stdout

    found = read_file("sample.yaml", written.encode(), "sample")

    assert found.findings == ()
    assert [(case.kind, len(case.turns)) for case in found.cases] == [("staff", 2)]
    assert [seed.title for seed in found.cases[0].supplements] == ["帶寵物"]


def test_cases_are_those_answered_from_a_day_on(log: str) -> None:
    assert len(cases(log, "--since", "2022-06-15")) == 1
    assert cases(log, "--since", "2022-06-16") is None


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (("why", "E9"), "沒有「E9」這一題"),
        (("list", "--limit", "0"), "要填 1 到 1000"),
        (("list", "--outcome", "good"), "unknown"),
        (("cases", "--since", "昨天"), "看不懂的日期「昨天」"),
        ((), "list|why|cases"),
    ],
)
def test_what_cannot_be_done_is_said_with_the_cure(
    log: str, argv: tuple[str, ...], says: str
) -> None:
    told = bot_here("questions", *argv, database_url=log)

    assert told.returncode != 0
    assert says in told.stderr
    assert "Traceback" not in told.stderr


def test_a_database_without_tables_is_said_so(postgres_url: str) -> None:
    told = bot("questions", "list", database_url=postgres_url)

    assert told.returncode == 1
    assert "python -m bot migrate" in told.stderr
