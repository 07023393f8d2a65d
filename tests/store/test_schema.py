"""The schema: its history, its models, and what is said where they disagree."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from bot.store import revisions, schema
from bot.store.engine import open_engine
from bot.store.every_table import EVERY


def test_the_migrations_make_what_the_models_say(engine: Engine) -> None:
    with engine.connect() as db:
        context = MigrationContext.configure(db, opts={"compare_type": True})

        assert compare_metadata(context, EVERY) == []


def test_a_column_that_no_migration_makes_is_found(engine: Engine) -> None:
    with engine.begin() as db:
        db.execute(text("ALTER TABLE person DROP COLUMN followed_at"))
    with engine.connect() as db:
        found = compare_metadata(MigrationContext.configure(db), EVERY)

    assert [change[0] for change in found] == ["add_column"]


def test_migrating_twice_changes_nothing(engine: Engine) -> None:
    schema.migrate(engine)

    assert schema.fault(engine) == ""


def test_the_newest_revision_is_the_one_that_alembic_ends_at() -> None:
    assert schema.newest() == revisions.head(revisions.configured())


def test_every_table_says_whose_its_rows_are(engine: Engine) -> None:
    tables = {name: inspect(engine).get_columns(name) for name in EVERY.tables}

    assert len(tables) > 40
    for columns in tables.values():
        assert "channel_id" in [column["name"] for column in columns]


def test_an_empty_database_is_told_with_its_cure(database_url: str) -> None:
    engine = open_engine(database_url)

    fault = schema.fault(engine)
    engine.dispose()

    assert "空的" in fault
    assert "python -m bot migrate" in fault


def test_a_database_that_is_away_is_told_without_its_password() -> None:
    engine = open_engine("postgresql+psycopg://bot:hunter22@127.0.0.1:1/none")

    fault = schema.fault(engine)
    engine.dispose()

    assert "DATABASE_URL" in fault
    assert "hunter22" not in fault


def test_the_folder_of_a_database_file_is_made(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/new/place/bot.db")

    schema.migrate(engine)
    engine.dispose()

    assert (tmp_path / "new/place/bot.db").is_file()


def test_sqlite_writes_ahead_and_holds_references(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    with engine.connect() as db:
        found = [db.execute(text(f"pragma {name}")).scalar() for name in PRAGMAS]
    engine.dispose()

    assert found == ["wal", 1, FULL]


PRAGMAS = ("journal_mode", "foreign_keys", "synchronous")
FULL = 2  # each commit is on the disk


def test_the_first_migration_can_be_taken_back_and_made_again(engine: Engine) -> None:
    with engine.begin() as db:
        config = revisions.configured()
        config.attributes["connection"] = db
        revisions.command.downgrade(config, "base")
    left = inspect(engine).get_table_names()

    schema.migrate(engine)

    assert left == ["alembic_version"]
    assert set(inspect(engine).get_table_names()) == {"alembic_version", *EVERY.tables}
