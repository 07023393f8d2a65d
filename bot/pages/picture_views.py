"""Pictures of broadcasts: LINE and phones fetch them by an address that nobody can guess."""

import re

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from bot.pages.door import Backstage, harden
from bot.store import pictures

_NAME = re.compile(r"[0-9a-f]{32}\.(?:jpg|png)")
A_YEAR_S = 31_536_000


def picture_room(backstage: Backstage) -> Blueprint:
    """The address of pictures; what stands there never changes."""
    made = Blueprint("pictures", __name__, url_prefix="/pictures")

    @made.get("/<name>")
    def one(name: str) -> ResponseReturnValue:
        if not _NAME.fullmatch(name):
            abort(404)
        with backstage.engine.connect().execution_options(only_reads=True) as db:
            media_type, content = pictures.find(db, name) or abort(404)
        return Response(content, mimetype=media_type)

    made.after_request(_hardened)
    return made


def _hardened(response: Response) -> Response:
    hardened = harden(response)
    if hardened.status_code == 200:
        hardened.headers["Cache-Control"] = f"public, max-age={A_YEAR_S}, immutable"
    return hardened
