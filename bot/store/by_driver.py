"""What the driver runs by itself, in SQLAlchemy's transaction and with SQLAlchemy's errors.

SQLAlchemy makes a context, a result and what both may need for each execution: ten times what the
driver takes for a statement of an event.
"""

from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, StatementError


def run(db: Connection, sql: str, values: Any) -> Any:
    """The driver's cursor after this statement with these values, given as the driver takes them.

    Raises:
        DBAPIError: as SQLAlchemy raises it, with no value in its words.
    """
    _see_to_it_that_it_began(db)
    return _ran(db, sql, values)


def run_many(db: Connection, sql: str, values: list[Any]) -> Any:
    """As `run`, once for each of these values."""
    _see_to_it_that_it_began(db)
    return _ran(db, sql, values, is_of_many=True)


def begin(db: Connection, sql: str) -> None:
    """Begin a transaction of the database itself with this statement, as `run` would run it.

    For listeners to SQLAlchemy's own `begin`.
    """
    _ran(db, sql, ())


def _see_to_it_that_it_began(db: Connection) -> None:
    if not db.in_transaction():
        db.begin()


def _ran(db: Connection, sql: str, values: Any, *, is_of_many: bool = False) -> Any:
    driver: Any = db.connection.dbapi_connection
    cursor = driver.cursor()
    for told in db.dispatch.before_cursor_execute:
        told(db, cursor, sql, values, None, is_of_many)
    errors: Any = db.dialect.loaded_dbapi.Error
    try:
        if is_of_many:
            cursor.executemany(sql, values)
        else:
            cursor.execute(sql, values)
    except errors as err:
        raise _given_up(db, sql, err, cursor) from err
    except BaseException as err:
        if not isinstance(err, Exception):  # the thread ends, in the middle of a statement
            db.invalidate(err)
        raise
    for told in db.dispatch.after_cursor_execute:
        told(db, cursor, sql, values, None, is_of_many)
    return cursor


def _given_up(db: Connection, sql: str, err: Any, cursor: Any) -> StatementError:
    driver: Any = db.connection.dbapi_connection
    is_lost = db.dialect.is_disconnect(err, driver, cursor)
    if is_lost:
        db.invalidate(err)
    failed: StatementError = DBAPIError.instance(
        sql,
        None,
        err,
        db.dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=is_lost,
        dialect=db.dialect,
    )
    return failed
