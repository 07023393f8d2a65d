"""Pictures of broadcasts, uploaded by staff and given to whoever knows their address."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, insert, select

from bot.model.pictures import Upload
from bot.store.broadcast_tables import PictureRow


def put(db: Connection, channel_id: str, upload: Upload, at: datetime) -> str:
    """Keep a picture; gives the last part of its address, which nobody can guess."""
    name = f"{uuid4().hex}.{upload.ending}"
    values = {"media_type": upload.media_type, "content": upload.content, "made_at": at}
    db.execute(insert(PictureRow).values(name=name, channel_id=channel_id, **values))
    return name


def find(db: Connection, name: str) -> tuple[str, bytes] | None:
    """Its media type and content, of whatever channel; None where there is none of this name."""
    row = db.execute(
        select(PictureRow.media_type, PictureRow.content).where(PictureRow.name == name)
    ).one_or_none()
    return (row.media_type, row.content) if row else None
