"""The grade on an answer goes by what it says and by what the bot itself noted of it."""

import pytest

from bot.messages import Answer, Card, Outcome, Row
from evaluation.cases import Turn
from evaluation.grades import Grade, has_clauses, is_cited, judge, worst

QUESTION = Turn(say="何時截止", all=("@date:7/31",), none=("@date:6/8",), cite=("柒", "捌"))
GAP = Turn(say="有便當嗎", unknown=True)
CHOICE = Turn(say="何時截止", choose=("酷課師", "社群"))


def noted(outcome: Outcome) -> Answer:
    return Answer(parts=(), outcome=outcome)


@pytest.mark.parametrize(
    ("turn", "text", "outcome", "grade"),
    [
        (QUESTION, "7月31日截止", Outcome.ANSWERED, Grade.RIGHT),
        # The right clause, shown as the nearest: the person has what they asked for.
        (QUESTION, "最接近的是7月31日", Outcome.UNKNOWN, Grade.RIGHT),
        (QUESTION, "7月30日截止", Outcome.ANSWERED, Grade.WRONG),
        (QUESTION, "6月8日或7月31日", Outcome.ANSWERED, Grade.WRONG),
        (QUESTION, "您要問哪個計畫？", Outcome.ASKED, Grade.ASKED),
        (QUESTION, "找不到", Outcome.UNKNOWN, Grade.UNKNOWN),
        (QUESTION, "您好", Outcome.CHAT, Grade.UNKNOWN),
        (QUESTION, "抱歉", Outcome.FAILED, Grade.SILENT),
        (QUESTION, "7月31日，但出了錯", Outcome.FAILED, Grade.SILENT),
        (GAP, "計畫沒有寫", Outcome.UNKNOWN, Grade.RIGHT),
        (GAP, "有便當", Outcome.ANSWERED, Grade.WRONG),
        (GAP, "您要問哪個計畫？", Outcome.ASKED, Grade.ASKED),
        (CHOICE, "酷課師還是社群？", Outcome.ASKED, Grade.RIGHT),
        (CHOICE, "酷課師還是學習歷程？", Outcome.ASKED, Grade.ASKED),
        (CHOICE, "酷課師7月31日", Outcome.ANSWERED, Grade.WRONG),
        (CHOICE, "找不到，例如酷課師、社群", Outcome.UNKNOWN, Grade.UNKNOWN),
    ],
)
def test_an_answer_is_judged(turn: Turn, text: str, outcome: Outcome, grade: Grade) -> None:
    judged = judge(turn, text, noted(outcome))

    assert judged.grade is grade
    assert bool(judged.wrong) == (grade is not Grade.RIGHT)


def test_no_answer_at_all_is_silence() -> None:
    assert judge(GAP, "", None).grade is Grade.SILENT


def test_a_conversation_is_as_good_as_its_worst_turn() -> None:
    assert worst([Grade.RIGHT, Grade.ASKED, Grade.WRONG, Grade.UNKNOWN]) is Grade.WRONG
    assert worst([Grade.RIGHT, Grade.RIGHT]) is Grade.RIGHT
    assert worst([]) is Grade.SILENT


def test_one_of_the_clauses_must_be_named() -> None:
    assert is_cited(QUESTION, "依據:捌、一") is True
    assert is_cited(QUESTION, "依據:玖") is False
    assert is_cited(GAP, "依據:玖") is None


@pytest.mark.parametrize(
    ("sources", "holds"),
    [
        (("柒、一（三）", "捌"), True),
        (("柒、一(三)", "捌"), True),
        (("捌",), False),
        (("柒、一（三）", "捌", "玖"), False),
        ((), False),
    ],
)
def test_the_first_card_must_name_exactly_the_clauses(
    sources: tuple[str, ...], holds: bool
) -> None:
    turn = Turn(say="何時截止", clauses=("捌", "柒、一（三）"))
    cards = Row(
        (Card(title="", lead="", sources=sources), Card(title="", lead="", sources=("玖",)))
    )

    assert has_clauses(turn, Answer(parts=(cards,))) is holds
    assert has_clauses(QUESTION, Answer(parts=(cards,))) is None
