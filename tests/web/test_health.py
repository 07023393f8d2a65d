"""What a supervisor asks: alive, ready, and why not."""

from sqlalchemy import text

from tests.web.running import Running


def test_it_says_that_it_is_alive(bot: Running) -> None:
    assert bot.get("/healthz").status == 200


def test_without_a_single_plan_it_is_not_ready_and_says_so(bot: Running) -> None:
    answer = bot.get("/readyz")

    assert answer.status == 503
    assert answer.json() == {
        "ready": False,
        "problems": ["沒有載入任何計畫：請確認 KNOWLEDGE_DIR。"],
        "warnings": [],
    }


def test_a_database_of_another_time_is_told_with_its_cure(bot: Running) -> None:
    with bot.house.engine.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '0001'"))

    answer = bot.get("/readyz")

    assert answer.status == 503
    assert "0001" in answer.json()["problems"][0]
    assert "python -m bot migrate" in answer.json()["problems"][0]


def test_the_front_door_says_what_this_is(bot: Running) -> None:
    answer = bot.get("/")

    assert answer.status == 200
    assert "LINE" in answer.data.decode()
