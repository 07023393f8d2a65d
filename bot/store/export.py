"""All that is kept about one person, as the text of a file that they may take along."""

import json
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection

from bot.store import traces


def written(db: Connection, channel_id: str, user_id: str, at: datetime) -> str:
    """A JSON document: when it was made, and the rows by table."""
    content = {"made_at": at, "tables": traces.all_of(db, channel_id, user_id)}
    return json.dumps(content, ensure_ascii=False, indent=1, default=_json_value)


def _json_value(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)
