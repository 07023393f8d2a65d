"""The migrations as Alembic runs them: for whoever changes a schema, not for whoever serves."""

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.store.schema import VERSIONS


def configured() -> Config:
    """Alembic's configuration for our migrations."""
    config = Config()
    config.set_main_option("script_location", str(VERSIONS.parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


def head(config: Config) -> str:
    """The newest revision of these migrations."""
    return ScriptDirectory.from_config(config).get_current_head() or ""


def run(db: Connection, config: Config) -> None:
    """Run those that the database lacks."""
    config.attributes["connection"] = db
    command.upgrade(config, "head")
