"""INSERT … ON CONFLICT, which both databases have and SQLAlchemy keeps apart by dialect."""

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.tables import Base

type_of_insert = postgresql.Insert | sqlite.Insert


def insert_into(db: Connection, table: type[Base]) -> type_of_insert:
    """An INSERT for this database that knows `on_conflict_do_nothing` and `…_do_update`."""
    if db.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
