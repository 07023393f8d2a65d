"""What staff begin a card with: every date and deliverable of the real plans makes one."""

from bot.answers.broadcast_cards import card_of
from bot.answers.broadcast_lines import answer_of, counted_keys
from bot.line.render.answer import render
from bot.model.broadcasts import MOST_FACTS, PicturePiece, TextPiece
from bot.simulator.strict import body_problems
from tests.understand.plans import real_library


def test_every_date_and_deliverable_can_be_announced() -> None:
    cards = [
        card_of(edition, entry)
        for edition in real_library().editions
        for entry in (*edition.dates, *edition.deliverables)
    ]

    assert len(cards) > 20
    assert all(card.lead and len(card.facts) <= MOST_FACTS for card in cards)
    assert any("提醒我" in [key.label for key in card.buttons] for card in cards)


def test_text_picture_and_card_are_taken_by_line_and_say_all_in_words() -> None:
    edition = real_library().editions[0]
    card = card_of(edition, edition.dates[0])
    picture = PicturePiece(url="https://example.tw/a.png", words="說明會海報：6月20日下午2點")

    messages = render(answer_of("b" * 32, (TextPiece("各位老師好"), picture, card)))

    body = {"to": "U" + "0" * 32, "messages": messages}
    assert body_problems("POST", "/v2/bot/message/push", body) == []
    assert [message["type"] for message in messages] == ["text", "flex", "flex"]
    assert messages[1]["contents"]["hero"]["url"] == picture.url
    assert picture.words in messages[1]["altText"]
    assert len(counted_keys((card,))) == 2
