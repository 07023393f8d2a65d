"""Which failures of the database pass by themselves, so that the same is tried once more."""

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError, TimeoutError

# Deadlock, serialization, a lock not had in time; the server is stopped, or starts; a column that a
# prepared statement reads is of another type since a migration: it is prepared anew.
PASSING = ("40P01", "40001", "55P03", "57P01", "57P02", "57P03", "0A000")


def is_passing(err: SQLAlchemyError) -> bool:
    """Whether nothing was wrong with what was asked: it was held up, or no connection was had."""
    if isinstance(err, TimeoutError):  # all of the pool's are taken
        return True
    if not isinstance(err, DBAPIError):
        return False
    # Of a server that cannot be reached psycopg knows no state.
    unreached = isinstance(err, OperationalError) and getattr(err.orig, "sqlstate", "") is None
    return unreached or is_held_up(err)


def is_held_up(err: DBAPIError) -> bool:
    """Whether it was a lock, a connection that broke off, or what stands prepared in it."""
    return err.connection_invalidated or getattr(err.orig, "sqlstate", None) in PASSING
