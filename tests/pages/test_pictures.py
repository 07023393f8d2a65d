"""Pictures of broadcasts: given to whoever has the address; nothing else in that place."""

import pytest

from bot import broadcast_work as work
from bot.errors import AskAgain
from bot.model.pictures import LARGEST
from tests.delivery.announced import desk
from tests.pages.stage import Stage

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 40


@pytest.mark.parametrize(
    ("content", "media_type"), [(PNG, "image/png"), (JPEG, "image/jpeg")], ids=["png", "jpeg"]
)
def test_an_uploaded_picture_is_given_as_it_came(
    stage: Stage, content: bytes, media_type: str
) -> None:
    with stage.engine.begin() as db:
        path = work.keep_picture(desk(db), content)

    got = stage.client().get(path)

    assert (got.status_code, got.data, got.mimetype) == (200, content, media_type)
    assert "immutable" in got.headers["Cache-Control"]
    assert got.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["0" * 32 + ".png", "x.png", "..%2f..%2fetc%2fpasswd", "a"])
def test_no_other_name_gives_anything(lite: Stage, name: str) -> None:
    assert lite.client().get(f"/pictures/{name}").status_code == 404


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg onload=alert(1)>", PNG + b"0" * LARGEST],
    ids=["empty", "another kind", "too large"],
)
def test_what_line_would_not_show_is_refused_with_its_remedy(lite: Stage, content: bytes) -> None:
    with lite.engine.begin() as db, pytest.raises(AskAgain):
        work.keep_picture(desk(db), content)
