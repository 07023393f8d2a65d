"""Lists that staff sent in: tried, then applied or dropped; who did it, and how many rows."""

import json
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, and_, insert, or_, select, update

from bot.store.import_tables import ImportRun, RunState

LIVES = timedelta(days=1)  # of the list and what was said of its rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A list that was read and tried."""

    kind: str
    file_name: str
    options: dict[str, Any]
    by: str
    counts: dict[str, int]
    notes: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A list that was sent in, without its rows."""

    id: str
    kind: str
    file_name: str
    options: dict[str, Any]
    made_by: str
    made_at: datetime
    state: RunState
    counts: dict[str, int]
    notes: list[str]
    settled_by: str | None
    settled_at: datetime | None


_COLUMNS = [ImportRun.__table__.c[name] for name in Run.__dataclass_fields__]


def put(
    db: Connection, channel_id: str, tried: Tried, parts: tuple[Any, Any], now: datetime
) -> str:
    """Keep a list that was tried; gives its id.

    Args:
        parts: plain values: the list as it was read, and what becomes of each row.
    """
    run_id = uuid4().hex
    db.execute(
        insert(ImportRun).values(
            id=run_id,
            channel_id=channel_id,
            kind=tried.kind,
            file_name=tried.file_name,
            options=tried.options,
            made_by=tried.by,
            made_at=now,
            state=RunState.TRIED,
            counts=tried.counts,
            notes=tried.notes,
            list_read=_packed(parts[0]),
            lines=_packed(parts[1]),
        )
    )
    return run_id


def find(db: Connection, channel_id: str, run_id: str) -> Run | None:
    """The list of this id; None where there is none."""
    rows = db.execute(select(*_COLUMNS).where(_is(channel_id, run_id)))
    return next((Run(**row._asdict()) for row in rows), None)


def lines_of(db: Connection, channel_id: str, run_id: str) -> list[Any]:
    """What becomes of each row; empty where that is kept no more."""
    packed = db.scalar(select(ImportRun.lines).where(_is(channel_id, run_id)))
    found: list[Any] = _unpacked(packed) if packed else []
    return found


def claim(db: Connection, channel_id: str, run_id: str, by: str, now: datetime) -> Any | None:
    """Take a list that was tried, to apply it; gives it as it was read.

    None where somebody applied or dropped it before, or it is too old. Two at once: one gets it.
    """
    wanted = and_(
        _is(channel_id, run_id), ImportRun.state == RunState.TRIED, ImportRun.made_at > now - LIVES
    )
    held = select(ImportRun.list_read).where(wanted).with_for_update()
    packed = db.scalar(held)
    if packed is None:
        return None
    changed = update(ImportRun).where(wanted)
    db.execute(
        changed.values(state=RunState.APPLIED, settled_by=by, settled_at=now, list_read=None)
    )
    return _unpacked(packed)


def keep_result(
    db: Connection, channel_id: str, run_id: str, counts: dict[str, int], lines: Any
) -> None:
    """What became of the rows when the list was applied, in place of what was tried."""
    changed = update(ImportRun).where(_is(channel_id, run_id))
    db.execute(changed.values(counts=counts, lines=_packed(lines)))


def drop(db: Connection, channel_id: str, run_id: str, by: str, now: datetime) -> bool:
    """Let a list go that was tried; False where it is none any more."""
    gone = (
        update(ImportRun)
        .where(_is(channel_id, run_id), ImportRun.state == RunState.TRIED)
        .values(state=RunState.DROPPED, settled_by=by, settled_at=now, list_read=None, lines=None)
        .returning(ImportRun.id)
    )
    return db.scalar(gone) is not None


def tidy(db: Connection, channel_id: str, now: datetime) -> None:
    """Forget the rows of lists that are older than a day; what was not applied is dropped."""
    old = and_(ImportRun.channel_id == channel_id, ImportRun.made_at <= now - LIVES)
    stale = and_(old, ImportRun.state == RunState.TRIED)
    db.execute(update(ImportRun).where(stale).values(state=RunState.DROPPED, settled_at=now))
    holds = or_(ImportRun.list_read.is_not(None), ImportRun.lines.is_not(None))
    db.execute(update(ImportRun).where(old, holds).values(list_read=None, lines=None))


def listed(db: Connection, channel_id: str, page: int, size: int) -> list[Run]:
    """The lists of a page, newest first, and one more where there is a next page."""
    rows = db.execute(
        select(*_COLUMNS)
        .where(ImportRun.channel_id == channel_id)
        .order_by(ImportRun.made_at.desc(), ImportRun.id)
        .offset(page * size)
        .limit(size + 1)
    )
    return [Run(**row._asdict()) for row in rows]


def _is(channel_id: str, run_id: str) -> Any:
    return and_(ImportRun.channel_id == channel_id, ImportRun.id == run_id)


def _packed(plain: Any) -> bytes:
    return zlib.compress(json.dumps(plain, ensure_ascii=False).encode())


def _unpacked(packed: bytes) -> Any:
    return json.loads(zlib.decompress(packed))
