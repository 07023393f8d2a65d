"""What must not be kept is taken out of people's words, and what plans say stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.mask import (
    ACCOUNT,
    CODE,
    ID,
    MAIL,
    PASSWORD,
    PHONE,
    holds_secret,
    mask,
    without_masks,
)
from tests.understand.id_numbers import id_number
from tests.understand.plans import first_turns

AROUND = st.sampled_from(["", "我的身分證是", "查", "，", "請問", "：", "（"])
AFTER = st.sampled_from(["", "，謝謝", "。", "嗎", "）", " 可以報名嗎"])


@given(AROUND, id_number(), AFTER)
def test_an_id_number_is_taken_out_however_it_is_written(
    before: str, number: str, after: str
) -> None:
    masked = mask(before + number + after)

    assert masked == before + ID + after
    assert holds_secret(masked)


@pytest.mark.parametrize(
    "phone",
    [
        "(02)2720-8889",
        "02-27208889",
        "02 2720 8889",
        "(07)799-5678",
        "0912345678",
        "0912-345-678",
        "0912 345 678",
        "+886912345678",
        "+886-2-2720-8889",
        "037-123456",
    ],
)
def test_a_phone_number_is_taken_out(phone: str) -> None:
    assert mask(f"打{phone}找我") == f"打{PHONE}找我"


@pytest.mark.parametrize(
    "mail",
    [
        "a.b-c+d@tp.edu.tw",
        "teacher@gmail.com",
        "teacher ＠ gmail . com",
        "ｔｅａｃｈｅｒ＠ｇｍａｉｌ．ｃｏｍ",
    ],
)
def test_a_mail_address_is_taken_out(mail: str) -> None:
    assert mask(f"寄到 {mail}，謝謝") == f"寄到 {MAIL}，謝謝"


@pytest.mark.parametrize("secret", ["abcd1234", "ａｂｃｄ１２３４", "p@ss!word", "0000"])
@pytest.mark.parametrize(
    "label", ["密碼：", "密碼是", "密碼 ", "密码", "密碼改成", "密碼叫", "PASSWORD=", "pwd: "]
)
def test_a_password_is_taken_out_and_its_label_stays(label: str, secret: str) -> None:
    masked = mask(f"我的{label}{secret}，登不進去")

    assert masked.startswith(f"我的{label}{PASSWORD}")
    assert masked.endswith("登不進去")
    assert holds_secret(masked)


def test_a_password_is_taken_out_whatever_it_looks_like() -> None:
    assert mask("密碼：A123456789") == f"密碼：{PASSWORD}"
    assert mask("密碼：me@home.tw") == f"密碼：{PASSWORD}"


def test_an_account_with_a_number_is_taken_out() -> None:
    assert mask("帳號：teacher_1234") == f"帳號：{ACCOUNT}"
    assert not holds_secret(mask("帳號：teacher_1234"))


@pytest.mark.parametrize(
    "text",
    [
        "13510",
        "表單編號13510要填到什麼時候",
        "分機1238",
        "北市教資字第1113054180號",
        "@cooc",
        "111年7月8日 13:30",
        "2022-07-08",
        "2019-05-27/2019-05-29",
        "20,000元",
        "100000~140000元",
        "A4紙2份",
        "A組6張、B組8張",
        "https://ono.tp.edu.tw/course/1099400",
        "密碼忘了怎麼辦",
        "密碼預設是什麼",
        "帳號是身分證字號嗎",
        "W3C",
    ],
)
def test_what_plans_say_stays(text: str) -> None:
    assert mask(text) == text


def test_a_longer_number_is_no_id_number() -> None:
    assert mask("編號A1234567890") == "編號A1234567890"


@pytest.mark.parametrize("text", first_turns())
def test_no_real_question_is_taken_for_a_secret(text: str) -> None:
    assert not holds_secret(mask(text))


@given(st.lists(id_number() | st.text(max_size=20), max_size=4).map("，".join))
def test_masking_twice_changes_nothing(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(id_number(), st.sampled_from(first_turns()))
def test_the_question_beside_a_secret_is_still_read(number: str, question: str) -> None:
    rest = without_masks(mask(f"{number}，{question}"))

    assert rest.strip() == without_masks(mask(f"，{question}"))


@pytest.mark.parametrize(
    ("words", "masked"),
    [
        ("我收到K7QM-2F9X-4TRW，要怎麼用", f"我收到{CODE}，要怎麼用"),
        ("k7qm 2f9x 4trw可以給同事嗎", f"{CODE}可以給同事嗎"),
        ("Ｋ７ＱＭ－２Ｆ９Ｘ－４ＴＲＷ不能用嗎", f"{CODE}不能用嗎"),
        ("請問K7QM2F9X4TRW是什麼", f"請問{CODE}是什麼"),
        ("這組邀請碼是K7QM-2F9X-4T，為什麼不行", f"這組邀請碼是{CODE}，為什麼不行"),
        ("邀请码 k7qm2f9x1l0o 怎麼用", f"邀请码 {CODE} 怎麼用"),
    ],
)
def test_an_invitation_code_in_a_sentence_is_taken_out(words: str, masked: str) -> None:
    assert mask(words) == masked
    assert not holds_secret(masked)


@pytest.mark.parametrize(
    "words",
    [
        "邀請碼要跟誰拿",
        "邀請碼 LINE 怎麼輸入",
        "邀請碼 2026 年還能用嗎",
        "2022 2023 2024 的計畫",
        "Chromebook 4 台",
        "2346-7892-3467",
    ],
)
def test_what_only_looks_a_little_like_a_code_stays(words: str) -> None:
    assert mask(words) == words
