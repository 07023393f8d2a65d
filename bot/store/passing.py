"""Which failures of the database pass by themselves, so that the same is tried once more."""

from sqlalchemy.exc import DBAPIError

# Deadlock, serialization, a lock not had in time; the server is stopped, or starts.
PASSING = ("40P01", "40001", "55P03", "57P01", "57P02", "57P03")


def is_passing(err: DBAPIError) -> bool:
    """Whether nothing was wrong with what was asked: a lock, or a connection that broke off."""
    return err.connection_invalidated or getattr(err.orig, "sqlstate", None) in PASSING
