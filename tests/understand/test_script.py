"""Which messages are in another language."""

import pytest

from bot.understand.script import is_foreign
from tests.understand.plans import first_turns


@pytest.mark.parametrize(
    "text",
    [
        "What time does the course start?",
        "When is the deadline",
        "締め切りはいつですか",
        "마감일이 언제예요",
        "Khi nào hết hạn đăng ký?",
        "เมื่อไหร่ปิดรับสมัคร",
        "Когда срок подачи",
    ],
)
def test_another_language_is_known(text: str) -> None:
    assert is_foreign(text)


@pytest.mark.parametrize(
    "text", ["cooc", "OnO II", "deadline?", "13510", "？？？", "", "ㄏㄏ", "😀", "A組幾張"]
)
def test_names_numbers_and_signs_are_no_language(text: str) -> None:
    assert not is_foreign(text)


@pytest.mark.parametrize("text", first_turns())
def test_no_real_question_is_foreign(text: str) -> None:
    assert not is_foreign(text)
