"""Connections to PostgreSQL that stay with those who need one for each event.

To take one out of the pool and give it back takes a twentieth of the way from a question to its
answer: as long as a query.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from sqlalchemy import Connection, Engine, event

from bot.store.engine import may_be_used_again, stays_the_same


class Reserve:
    """Connections on which each statement is a transaction by itself. Threads may share it.

    It keeps as many as are in use at once. One that lay idle for a moment goes back to the pool,
    which asks whether it still is one.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._spare: list[tuple[Connection, float]] = []  # the one used last at the end
        event.listen(engine, "engine_disposed", self._end)

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """One of them, or a new one; after an error it is kept no more.

        Raises:
            SQLAlchemyError: the database is away, or the pool has none.
        """
        db = self._taken()
        try:
            yield db
        except BaseException:
            db.close()
            raise
        if stays_the_same(db):
            self._spare.append((db, monotonic()))
            return
        with db:
            db.commit()

    def _end(self, _engine: Engine) -> None:
        while self._spare:
            db, _ = self._spare.pop()
            db.invalidate()  # its pool is no more
            db.close()

    def _taken(self) -> Connection:
        while self._spare:
            db, used_at = self._spare.pop()
            if may_be_used_again(db, used_at):
                return db
            db.close()
        db = self._engine.connect().execution_options(each_by_itself=True)
        db.begin()
        return db
