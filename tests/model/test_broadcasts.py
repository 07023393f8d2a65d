"""Parts of a broadcast: what LINE would not take is refused; what is kept stays as it is."""

from typing import Any

import pytest

from bot.errors import AskAgain
from bot.model.broadcasts import (
    CardPiece,
    Draft,
    Key,
    PicturePiece,
    TextPiece,
    pieces_from_plain,
    pieces_to_plain,
)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Draft(pieces=()),
        lambda: TextPiece(" "),
        lambda: TextPiece("長" * 2_001),
        lambda: PicturePiece(url="http://example.tw/a.png", words="海報"),
        lambda: PicturePiece(url="https://example.tw/a.png", words=""),
        lambda: Key(label="看", say="問", url="https://example.tw"),
        lambda: Key(label="看", url="javascript:alert(1)"),
        lambda: CardPiece(
            title="t", lead="l", buttons=tuple(Key(label="a", say="b") for _ in "12345")
        ),
    ],
)
def test_a_part_that_line_would_not_take_is_told_with_its_remedy(make: Any) -> None:
    with pytest.raises(AskAgain):
        make()


def test_parts_are_kept_as_they_are() -> None:
    keys = (Key(label="看規定", data="entry=p/111#e"), Key(label="網站", url="https://example.tw"))
    pieces = (
        TextPiece("各位老師好"),
        PicturePiece(url="https://example.tw/a.png", words="活動海報"),
        CardPiece(title="計畫", lead="開始報名", facts=("A", "B"), state="6月30日前", buttons=keys),
    )

    assert pieces_from_plain(pieces_to_plain(pieces)) == pieces
