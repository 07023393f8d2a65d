"""Tables that leave the console as a file: what people wrote can become no formula there."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from flask import Response

STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_file(rows: Iterable[Sequence[str]], name: str) -> Response:
    """The rows as a CSV file that Excel opens in Chinese.

    Args:
        name: of the file, in ASCII.
    """
    text = StringIO()
    csv.writer(text).writerows([_plain(cell) for cell in row] for row in rows)
    response = Response(text.getvalue().encode("utf-8-sig"), mimetype="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _plain(cell: str) -> str:
    """A cell that Excel takes for words."""
    return f"'{cell}" if cell.startswith(STARTS) else cell
