"""What a letter asks for: what is kept about somebody, or that it be erased; in the audit."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.messages import Outcome, Why
from bot.store import audit, events, people, questions, traces
from bot.store.audit import Wanted
from tests.cli.process import bot, bot_here
from tests.store.events_of import NOON, incoming

ME, OTHER, WORDS = "Uzebra-0001", "Uother-0002", "斑馬便當"


@pytest.fixture
def kept(engine: Engine) -> Engine:
    """Two people who asked the same."""
    with engine.begin() as db:
        for number, user in enumerate((ME, OTHER)):
            asked = incoming(f"E{number}", user_id=user, chat_id=user)
            people.see(db, "default", user, NOON)
            events.put_first_seen(db, asked, NOON)
            questions.put(
                db,
                [questions.Asked(incoming=asked, text=WORDS, outcome=Outcome.UNKNOWN, why=Why())],
            )
    return engine


def noted(engine: Engine) -> list[tuple[str, str, str]]:
    with engine.connect() as db:
        return [(n.actor, n.what, n.subject) for n in audit.listed(db, "default", Wanted())]


def of(engine: Engine, user: str) -> set[str]:
    with engine.connect() as db:
        return set(traces.all_of(db, "default", user))


def test_all_that_is_kept_is_printed_or_written(
    kept: Engine, database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "letter.json"
    printed = bot_here("person", "export", "--user", ME, database_url=database_url)
    written = bot_here(
        "person", "export", "--user", ME, "--to", str(file), database_url=database_url
    )

    assert (printed.returncode, written.returncode) == (0, 0)
    for text in (printed.stdout, file.read_text(encoding="utf-8")):
        tables = json.loads(text)["tables"]
        assert set(tables) == {"person", "event", "question"}
        assert tables["question"][0]["text"] == WORDS
        assert OTHER not in text
    assert noted(kept) == [("指令列", "person.export", "0001")] * 2


def test_nothing_is_erased_before_it_is_sure_and_then_all_of_one(
    kept: Engine, database_url: str
) -> None:
    asked = bot_here("person", "erase", "--user", ME, database_url=database_url)
    before = of(kept, ME)
    done = bot_here("person", "erase", "--user", ME, "--sure", database_url=database_url)
    again = bot_here("person", "erase", "--user", ME, "--sure", database_url=database_url)

    assert asked.returncode == 2
    assert "question 1" in asked.stdout
    assert before == {"person", "event", "question"}
    assert done.returncode == 0
    assert of(kept, ME) == set()
    assert of(kept, OTHER) == before
    assert again.returncode == 1
    assert "沒有這個人的資料" in again.stderr
    assert noted(kept) == [("指令列", "person.erase", "0001")]


def test_another_channel_s_person_is_nobody(kept: Engine, database_url: str) -> None:
    told = bot("person", "export", "--channel", "x", "--user", ME, database_url=database_url)

    assert told.returncode == 1
    assert told.stdout == ""
