"""A copy of an SQLite database in a file, whole as of one instant, while the bot goes on."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from bot.errors import CopyRefused


def back_up(engine: Engine, to: Path) -> int:
    """Write the copy; gives its size in bytes.

    Raises:
        CopyRefused: it is no SQLite file, there is something at `to` already, or the copy is
            not sound. Nothing is left at `to`.
    """
    source = Path(engine.url.database or "")
    if engine.dialect.name != "sqlite" or not source.is_file():
        raise CopyRefused(
            "bot backup 只備份 SQLite 檔，這裡沒有：PostgreSQL 請用 pg_dump（見 docs/runbook.md）。"
        )
    if to.exists():
        raise CopyRefused(f"「{to}」已經存在，沒有備份：請換一個檔名。")
    if not to.parent.is_dir():
        raise CopyRefused(f"沒有「{to.parent}」這個資料夾，沒有備份：請先建立它。")
    half = to.with_name(to.name + ".part")
    try:
        _copy(source, half)
        half.rename(to)
    except (sqlite3.Error, OSError) as err:
        raise CopyRefused(f"備份沒有完成（{type(err).__name__}）：請確認空間與權限。") from err
    finally:
        half.unlink(missing_ok=True)
    return to.stat().st_size


def _copy(source: Path, to: Path) -> None:
    with closing(sqlite3.connect(source)) as reading, closing(sqlite3.connect(to)) as writing:
        reading.backup(writing)  # reads one instant; writers go on beside it
        # One file, and not a journal beside it that is forgotten when it is carried away.
        writing.execute("pragma journal_mode=delete")
        [(sound,)] = writing.execute("pragma integrity_check").fetchall()
        if sound != "ok":
            raise sqlite3.DatabaseError(sound)
