"""A list that was read, carried by the page between looking at it and applying it.

Nothing is kept on the server meanwhile. What comes back is read like any list: every row of it is
decided anew, and only for the school of whoever sends it.
"""

import base64
import binascii
import json
import zlib

from bot.errors import AskAgain
from bot.imports.table import Row, Table

MOST_UNPACKED = 8_000_000  # bytes
_STALE = "這一頁已經過時，沒有存入。請重新選檔案再看一次。"


def pack(table: Table) -> str:
    """The list as a text that a form can hold."""
    plain = {
        "headings": dict(table.headings),
        "rows": [[row.number, dict(row.cells)] for row in table.rows],
        "above": table.above,
        "ignored": table.ignored,
        "dropped": table.dropped,
        "notes": table.notes,
    }
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode()


def unpack(packed: str) -> Table:
    """The list that `pack` made.

    Raises:
        AskAgain: it is no such text.
    """
    try:
        opened = zlib.decompressobj()
        content = opened.decompress(base64.urlsafe_b64decode(packed.encode()), MOST_UNPACKED)
        if opened.unconsumed_tail:
            raise AskAgain(_STALE)
        plain = json.loads(content)
        return Table(
            headings=_texts(plain["headings"]),
            rows=tuple(Row(int(number), _texts(cells)) for number, cells in plain["rows"]),
            above=tuple(map(str, plain["above"])),
            ignored=tuple(map(str, plain["ignored"])),
            dropped=tuple(map(str, plain["dropped"])),
            notes=tuple(map(str, plain["notes"])),
        )
    except (binascii.Error, zlib.error, ValueError, TypeError, KeyError, AttributeError) as err:
        raise AskAgain(_STALE) from err


def _texts(plain: dict[object, object]) -> dict[str, str]:
    return {str(key): str(value) for key, value in plain.items()}
