"""Pictures that staff upload: what they are by their own bytes, not by what they are called."""

from dataclasses import dataclass

from bot.errors import AskAgain

LARGEST = 1_000_000  # bytes: phones fetch it over slow lines
_BEGINNINGS = ((b"\xff\xd8\xff", "jpg", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "png", "image/png"))


@dataclass(frozen=True, slots=True)
class Upload:
    """A picture that LINE can show."""

    content: bytes
    ending: str  # jpg, png
    media_type: str

    @classmethod
    def of(cls, content: bytes) -> "Upload":
        """The picture.

        Raises:
            AskAgain: it is too large, or neither JPEG nor PNG.
        """
        if len(content) > LARGEST:
            raise AskAgain(f"圖片有{len(content) / 1e6:.1f}MB，最多1MB；請縮小尺寸後再上傳。")
        for beginning, ending, media_type in _BEGINNINGS:
            if content.startswith(beginning):
                return cls(content, ending, media_type)
        raise AskAgain("圖片要是 JPEG 或 PNG 檔，請另存成這兩種格式再上傳。")
