"""Pictures that staff upload: what they are by their own bytes, not by what they are called."""

from dataclasses import dataclass

from bot.errors import AskAgain
from bot.model.bare_pictures import PNG_SIGNATURE, Torn, bare_jpeg, bare_png

TORN = "圖片檔不完整，打不開。請重新存檔或截圖後再上傳。"
LARGEST = 1_000_000  # bytes: phones fetch it over slow lines
_KINDS = (
    (b"\xff\xd8\xff", "jpg", "image/jpeg", bare_jpeg),
    (PNG_SIGNATURE, "png", "image/png", bare_png),
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A picture that LINE can show."""

    content: bytes
    ending: str  # jpg, png
    media_type: str

    @classmethod
    def of(cls, content: bytes) -> "Upload":
        """The picture, without what a camera wrote beside it: where, when, with what.

        Raises:
            AskAgain: it is too large, torn, or neither JPEG nor PNG.
        """
        if len(content) > LARGEST:
            raise AskAgain(f"圖片有{len(content) / 1e6:.1f}MB，最多1MB；請縮小尺寸後再上傳。")
        for beginning, ending, media_type, bare in _KINDS:
            if content.startswith(beginning):
                try:
                    return cls(bare(content), ending, media_type)
                except Torn:
                    raise AskAgain(TORN) from None
        raise AskAgain("圖片要是 JPEG 或 PNG 檔，請另存成這兩種格式再上傳。")
