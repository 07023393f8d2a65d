"""Pictures of broadcasts: given to whoever has the address; nothing else in that place."""

from base64 import b64encode

import pytest
from playwright.sync_api import Page

from bot import broadcast_work as work
from bot.errors import AskAgain
from bot.model.pictures import LARGEST, Upload
from tests.delivery.announced import desk
from tests.pages.stage import Stage
from tests.pictured import JPEG, PNG, WRITTEN_BESIDE

# Gives the points that a browser paints, and how wide and high it takes the picture to be.
PAINT = """async coded => {
  const bytes = Uint8Array.from(atob(coded), one => one.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes]));
  const { width, height } = picture;
  const canvas = new OffscreenCanvas(width, height).getContext("2d");
  canvas.drawImage(picture, 0, 0);
  return { width, height, points: [...canvas.getImageData(0, 0, width, height).data] };
}"""


@pytest.mark.parametrize(
    ("content", "media_type"), [(PNG, "image/png"), (JPEG, "image/jpeg")], ids=["png", "jpeg"]
)
def test_an_uploaded_picture_is_given_without_what_a_camera_wrote_beside_it(
    stage: Stage, content: bytes, media_type: str
) -> None:
    with stage.engine.begin() as db:
        path = work.keep_picture(desk(db), content + b"GPS of a film behind the picture")

    got = stage.client().get(path)

    assert (got.status_code, got.mimetype) == (200, media_type)
    assert [said for said in WRITTEN_BESIDE if said in content]
    assert [said for said in WRITTEN_BESIDE if said in got.data] == []
    assert Upload.of(got.data).content == got.data
    assert "immutable" in got.headers["Cache-Control"]
    assert got.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["0" * 32 + ".png", "x.png", "..%2f..%2fetc%2fpasswd", "a"])
def test_no_other_name_gives_anything(lite: Stage, name: str) -> None:
    assert lite.client().get(f"/pictures/{name}").status_code == 404


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg onload=alert(1)>", PNG + b"0" * LARGEST, PNG[:-20], JPEG[:-9], JPEG[:30], PNG[:8]],
    ids=["empty", "another kind", "too large", "torn", "torn", "torn", "torn"],
)
def test_what_line_would_not_show_is_refused_with_its_remedy(lite: Stage, content: bytes) -> None:
    with lite.engine.begin() as db, pytest.raises(AskAgain):
        work.keep_picture(desk(db), content)


@pytest.mark.parametrize("content", [PNG, JPEG], ids=["png", "jpeg"])
def test_what_is_left_is_painted_as_before_and_stands_upright(
    phone_page: Page, content: bytes
) -> None:
    kept = Upload.of(content)

    painted = [
        phone_page.evaluate(PAINT, b64encode(one).decode()) for one in (content, kept.content)
    ]

    assert (painted[1]["width"], painted[1]["height"]) == (6, 12)
    assert painted[1] == painted[0]
