"""Which failures of the database pass by themselves, so that the same is tried once more."""

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError, TimeoutError

# Deadlock, serialization, a lock not had in time; the server is stopped, or starts.
PASSING = ("40P01", "40001", "55P03", "57P01", "57P02", "57P03")


def is_passing(err: SQLAlchemyError) -> bool:
    """Whether nothing was wrong with what was asked: a lock, or a connection that broke off.

    Or none was had: of a server that cannot be reached psycopg knows no state.
    """
    if isinstance(err, TimeoutError):  # all of the pool's are taken
        return True
    if not isinstance(err, DBAPIError):
        return False
    state = getattr(err.orig, "sqlstate", "")
    unreached = state is None and isinstance(err, OperationalError)
    return err.connection_invalidated or state in PASSING or unreached
