"""Shorthands find their day, number or hour in every usual form, and nothing else."""

import re

import pytest

from evaluation.patterns import compiled, fold, is_found

FOUND = [
    ("@date:7/31", "111年7月31日(日)"),
    ("@date:7/31", "07/31"),
    ("@date:7/31", "2022-07-31"),
    ("@date:7/8", "７月８日"),
    ("@ym:108/2", "108年2月"),
    ("@ym:108/2", "2019/02"),
    ("@num:20000", "上限 20,000元"),
    ("@num:20000", "兩萬元"),
    ("@num:20000", "2萬"),
    ("@num:15000", "1.5萬"),
    ("@num:12000", "1萬2千"),
    ("@num:3", "至少3名"),
    ("@num:3", "至少三名"),
    ("@num:2", "兩次"),
    ("@num:1.5", "1.5小時"),
    ("@num:14", "共14.班"),
    ("@time:13:30", "13:30–16:30"),
    ("@time:13:30", "下午1點半"),
    ("@time:13:30", "下午 1:30"),
    ("@time:12:00", "中午12時"),
    ("@time:17:00", "17時前"),
    ("截止|結束", "已於7月31日截止"),
]
NOT_FOUND = [
    ("@date:7/3", "7月31日"),
    ("@date:7/31", "17/31"),
    ("@ym:108/2", "108年12月"),
    ("@ym:108/2", "108年21日"),
    ("@num:2000", "20,000"),
    ("@num:2000", "2000000"),
    ("@num:10", "10萬"),
    ("@num:7", "7月8日"),
    ("@num:13", "13:30"),
    ("@num:3", "柒、一(三)"),
    ("@num:3", "第三點"),
    ("@num:3", "三、目標"),
    ("@num:3", "十三"),
    ("@num:1", "1.5小時"),
    ("@time:13:30", "113:30"),
    ("@time:17:00", "17:30"),
]


@pytest.mark.parametrize(("pattern", "text"), FOUND)
def test_a_usual_form_is_found(pattern: str, text: str) -> None:
    assert is_found(pattern, fold(text))


@pytest.mark.parametrize(("pattern", "text"), NOT_FOUND)
def test_something_else_is_not_taken_for_it(pattern: str, text: str) -> None:
    assert not is_found(pattern, fold(text))


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("@day:7/31", "沒有「@day」這個簡寫"),
        ("@date:7月31", "看不懂「@date:7月31」"),
        ("@num:兩萬", "看不懂"),
        ("@num:" + "9" * 30, "看不懂"),
        ("(", "不是看得懂的比對式"),
        ("[[a]", "不是看得懂的比對式"),
        ("a{99999999999}", "不是看得懂的比對式"),
    ],
)
def test_what_is_no_pattern_is_said_in_a_sentence(pattern: str, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        compiled(pattern)
