"""The rows of a budget: its numbers and sums, what may stand in it, whom its fees are for."""

import pytest

from bot.rules.check_budget_lines import BudgetLine
from tests.rules.budgets import NOON, budget, faults, line, remarks


def test_what_is_not_wanted_is_0_and_not_blank() -> None:
    blank = budget(BudgetLine(item="data"))

    assert faults(budget()) == []
    assert faults(blank) == [("資料蒐集費／總價", "附件四（註3）")]


def test_items_are_neither_added_nor_left_out() -> None:
    added = budget(added=(("場地費", "B12"),))
    left_out = budget(left_out=("data",))

    assert faults(added) == [("「場地費」（B12）", "附件四（註3）")]
    assert faults(left_out) == [("", "附件四（註3）")]


def test_a_total_is_price_times_quantity() -> None:
    clause = "附件四、捌、一（二）"

    assert faults(budget(line("transport", 300, 3, total=900))) == []
    assert faults(budget(line("transport", 300, 3, total=901))) == [("講座交通費／總價", clause)]
    assert faults(budget(line("transport", "", 3, total=900))) == [("講座交通費／單價", clause)]


def test_the_sum_is_that_of_all_items() -> None:
    clause = "附件四、捌、一（二）"

    assert faults(budget(total="2,000元")) == []
    assert faults(budget(total="2001")) == [("合計", clause)]
    assert faults(budget(total="")) == [("合計", clause)]


@pytest.mark.parametrize("bad", ["-1", "300.5", "三百", "=?", "９９９９９９９９９９"])
def test_what_is_no_whole_number_is_said_by_cell(bad: str) -> None:
    sheet = budget(BudgetLine(item="transport", price=bad, quantity="1", total="0"))

    assert faults(sheet) == [("講座交通費／單價", "附件四、捌、一（二）")]


OUTSIDE = "附件二（說明6）、附件四（註1）"


@pytest.mark.parametrize(
    ("fee_in", "wrong"),
    [
        (line("fee-in", 1000, 1, "內聘(本市校外)講座：王老師，1人*1節"), []),
        (
            line("fee-in", 1000, 1, "內聘(校內)講座：1人*1節"),
            [("講座鐘點費（外聘）／總價", OUTSIDE)],
        ),
        (BudgetLine(item="fee-in", total="0"), [("講座鐘點費（外聘）／總價", OUTSIDE)]),
    ],
)
def test_one_fee_at_least_is_for_somebody_from_outside(
    fee_in: BudgetLine, wrong: list[tuple[str, str]]
) -> None:
    assert faults(budget(BudgetLine(item="fee-out", total="0"), fee_in)) == wrong
    assert faults(budget(line("fee-out", 2000, 1), fee_in)) == []


def test_a_fee_whose_remark_does_not_say_of_where_is_a_remark() -> None:
    sheet = budget(BudgetLine(item="fee-out", total="0"), line("fee-in", 1000, 1))

    assert faults(sheet) == []
    assert "看不出有沒有本市校外" in remarks(sheet)


def test_a_lecturer_may_be_left_open_but_not_be_called_to_be_found() -> None:
    assert faults(budget(line("fee-out", 2000, 1, "外聘講座：1人*1節"))) == []
    wrong = faults(budget(line("fee-out", 2000, 1, "外聘講座：待聘")))
    assert wrong == [("講座鐘點費（外聘）／備註", "附件二（說明5）、附件四")]


def test_the_places_of_a_file_stand_in_the_labels() -> None:
    row = BudgetLine(item="data", price="1", quantity="1", total="2", places={"total": "F9"})

    assert faults(budget(row))[0][0] == "資料蒐集費／總價（F9）"


def test_where_the_document_disagrees_with_itself_is_a_remark_of_those_who_use_it() -> None:
    tea = budget(line("fee-out", 2000, 4), line("meal-tea", 40, 5), hours=NOON)

    assert "40人" in remarks(tea)
    assert "40人" not in remarks(budget())
