"""A community's budget against every clause of its plan: both sides of each boundary."""

from datetime import time

import pytest

from bot.rules.check_budget_lines import Budget
from bot.rules.check_findings import Weight
from tests.rules.budgets import NOON, budget, faults, found, line, of_10000, remarks


@pytest.mark.parametrize(("group", "cap"), [("A", 8000), ("B", 20000)])
def test_the_cap_of_a_group_is_right_and_one_more_is_wrong(group: str, cap: int) -> None:
    clause = "伍、陸、附件二、壹拾肆、二（一）"

    assert faults(budget(line("transport", cap - 2000, 1)), group) == []
    assert faults(budget(line("transport", cap - 1999, 1)), group) == [("合計", clause)]


@pytest.mark.parametrize(
    ("item", "percent", "title"),
    [
        ("data", 20, "資料蒐集費"),
        ("material", 20, "教材教具費"),
    ],
)
def test_a_share_of_the_total_is_right_and_one_more_is_wrong(
    item: str, percent: int, title: str
) -> None:
    limit = percent * 100

    assert faults(of_10000(item, limit)) == []
    assert faults(of_10000(item, limit + 1)) == [(f"{title}／總價", "伍、附件四")]


def test_printing_is_right_at_30_percent_and_wrong_at_one_more() -> None:
    heads = {"note": "30人*1場", "as_": (30, 100)}

    assert faults(of_10000("print", 3000, **heads)) == []
    over = of_10000("print", 3001, note="31人*1場", as_=(3001, 1))
    assert faults(over) == [("印刷費／總價", "伍、附件四")]


def test_meals_of_all_kinds_together_are_right_at_30_percent_and_wrong_at_one_more() -> None:
    def meals(tea: int) -> Budget:
        rows = [
            line("meal-box", 60, 40),
            line("meal-tea", 40 if tea == 600 else tea, 15 if tea == 600 else 1),
        ]
        fees, ride = line("fee-out", 2000, 3), line("transport", 1000 - (tea - 600), 1)
        return budget(fees, ride, *rows, hours=NOON)

    assert faults(meals(600)) == []
    shares = [cell for cell, clause in faults(meals(601)) if clause == "伍、附件四"]
    assert shares == ["膳費（餐盒）／總價"]


def test_sundries_are_a_share_of_all_other_items() -> None:
    ride = line("transport", 8000, 1)  # with the fee: 10,000 without sundries

    assert faults(budget(ride, line("misc", 1000, 1))) == []
    assert faults(budget(ride, line("misc", 1001, 1))) == [("雜支／總價", "伍、附件四")]


def test_the_cure_of_a_share_names_what_would_be_right() -> None:
    wrong = next(f for f in found(of_10000("data", 3000)) if f.weight is Weight.FAULT)

    assert wrong.cure == "其他項目不變時，最多 1,750 元。"
    assert (
        faults(budget(line("fee-out", 2000, 3), line("transport", 1000, 1), line("data", 1750, 1)))
        == []
    )


@pytest.mark.parametrize(
    ("item", "right", "wrong"),
    [
        ("fee-out", 2000, 2001),
        ("fee-out", 2000, 1999),
        ("fee-in", 1000, 1001),
        ("fee-in", 1000, 999),
    ],
)
def test_a_fee_has_its_fixed_price(item: str, right: int, wrong: int) -> None:
    title = {"fee-out": "外聘", "fee-in": "內聘"}[item]
    cell = f"講座鐘點費（{title}）／單價"

    assert faults(budget(line(item, right, 1))) == []
    assert faults(budget(line(item, wrong, 1))) == [(cell, "附件四")]


def test_printing_is_at_most_100_for_each_person_and_session() -> None:
    rows = (line("fee-out", 2000, 4),)

    assert faults(budget(*rows, line("print", 50, 20, "10人*1場"))) == []
    cell = ("印刷費／總價", "附件四")
    assert faults(budget(*rows, line("print", 1001, 1, "10人*1場"))) == [cell]


def test_without_people_and_sessions_printing_is_held_by_its_price_and_that_is_said() -> None:
    rows = (line("fee-out", 2000, 4),)

    assert faults(budget(*rows, line("print", 100, 1))) == []
    assert "備註沒有寫人數和場次" in remarks(budget(*rows, line("print", 100, 1)))
    assert faults(budget(*rows, line("print", 101, 1))) == [("印刷費／單價", "附件四")]


@pytest.mark.parametrize(
    ("item", "note", "most"),
    [
        ("meal-box", "早餐", 60),
        ("meal-box", "", 100),
        ("meal-box", "晚餐", 100),
        ("meal-tea", "", 40),
    ],
)
def test_a_meal_has_its_highest_price(item: str, note: str, most: int) -> None:
    fees = line("fee-out", 2000, 4)
    title = {"meal-box": "膳費（餐盒）", "meal-tea": "膳費（茶水）"}[item]

    assert faults(budget(fees, line(item, most, 5, note), hours=NOON)) == []
    wrong = faults(budget(fees, line(item, most + 1, 5, note), hours=NOON))
    assert wrong == [(f"{title}／單價", "附件四")]


def test_meals_of_one_person_are_at_most_100_together() -> None:
    fees, tea = line("fee-out", 2000, 4), line("meal-tea", 40, 5)

    assert faults(budget(fees, line("meal-box", 60, 5), tea, hours=NOON)) == []
    assert faults(budget(fees, line("meal-box", 61, 5), tea, hours=NOON)) == [
        ("膳費（茶水）／單價", "附件四")
    ]


def test_meals_for_other_numbers_of_people_may_be_of_other_sessions() -> None:
    fees = line("fee-out", 2000, 4)
    sheet = budget(fees, line("meal-box", 100, 5), line("meal-tea", 40, 9), hours=NOON)

    assert faults(sheet) == []
    assert "單價合計 140 元" in remarks(sheet)


@pytest.mark.parametrize(
    ("span", "is_wrong"),
    [
        ((time(10), time(12, 29)), True),
        ((time(10), time(12, 30)), False),
        ((time(12, 30), time(13)), False),
        ((time(15), time(17, 30)), False),
        ((time(13), time(18)), False),
        ((time(8), time(9)), True),
    ],
)
def test_meals_need_an_activity_that_reaches_1230_or_1730(
    span: tuple[time, time], is_wrong: bool
) -> None:
    sheet = budget(line("fee-out", 2000, 4), line("meal-box", 80, 5), hours=(span,))

    assert faults(sheet) == ([("膳費（餐盒）／備註", "附件四（註2）")] if is_wrong else [])


@pytest.mark.parametrize("span", [(time(12, 31), time(13)), (time(15), time(17, 29))])
def test_an_activity_after_noon_that_ends_before_evening_is_a_remark(
    span: tuple[time, time],
) -> None:
    sheet = budget(line("fee-out", 2000, 4), line("meal-box", 80, 5), hours=(span,))

    assert faults(sheet) == []
    assert "沒有說明這樣能不能編膳費" in remarks(sheet)


def test_hours_are_read_from_the_remark_too_and_asked_for_where_none_are_told() -> None:
    fees = line("fee-out", 2000, 4)
    short = budget(fees, line("meal-box", 80, 5, "5人*1場 9:00-12:00"))
    silent = budget(fees, line("meal-box", 80, 5))

    assert faults(short) == [("膳費（餐盒）／備註", "附件四（註2）")]
    assert faults(silent) == []
    assert "還不知道活動時間" in remarks(silent)
