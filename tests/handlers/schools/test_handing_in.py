"""What a contact reports is written down; what may mean two things is asked; all can be undone."""

import pytest
from sqlalchemy import Engine

from bot import school_work
from bot.messages import Kind
from bot.model.submission import Tally
from bot.school_work import Call
from bot.store.engine import open_engine
from bot.store.submission_tables import SubmissionRow
from bot.understand.mask import mask
from bot.understand.school_reports import is_report
from evaluation.case_files import read_cases
from tests.handlers.schools.contacts import DAZHI, MARCH, STAFF, contact_bot, kept
from tests.handlers.whole_bot import TEACHER, Bot, button, labels
from tests.migrated import migrated
from tests.rules.schools import MOBILE, find_edition, taking
from tests.source import ROOT
from tests.understand.plans import real_reader

SENT = Tally(sent=1)
CLOUD = "教案（使用教育雲資源）"


@pytest.fixture
def bot(engine: Engine) -> Bot:
    return contact_bot(engine)


@pytest.fixture
def lite(sqlite_url: str) -> Bot:
    engine = open_engine(sqlite_url)
    migrated(engine)
    return contact_bot(engine)


def staff_call(event: str, slot: str) -> Call:
    whose = taking(MOBILE, school=DAZHI).whose
    return Call(actor=STAFF, whose=whose, slot=slot, edition_of=find_edition, event_id=event)


def test_two_kinds_of_a_thing_are_asked_and_a_tap_writes_it_down(bot: Bot) -> None:
    asked = bot.ask("教案交了3份")
    before = kept(bot)
    said = str(bot.press(button(asked, CLOUD)))

    assert before == {}
    assert "第3班的教案（使用教育雲資源）：1份" in said
    assert kept(bot) == {f"lesson-with-cloud||0|{n}": SENT for n in (1, 2, 3)}


def test_a_class_that_is_named_gets_it(lite: Bot) -> None:
    said = lite.say("第2班的心得交了")

    assert "第2班的教師心得（106學年度下學期）：1份" in said
    assert kept(lite) == {"reflection-text|spring|0|2": SENT}


def test_a_letter_keeps_its_number(lite: Bot) -> None:
    lite.ask("附件1已函報,文號高市教資字第11200345678號")

    assert kept(lite) == {"nomination-sheet||0|": SENT}
    with lite.office.engine.connect() as db:
        (number,) = [row.number for row in db.execute(SubmissionRow.__table__.select())]
    assert number == "高市教資字第11200345678號"


def test_a_community_is_asked_for_where_several_are_meant(lite: Bot) -> None:
    asked = lite.ask("B組社群成果報告交了")
    lite.press(button(asked, "數位社群"))

    assert labels(asked) == ["閱讀社群", "數位社群"]
    assert kept(lite) == {"report-form||0|數位社群": SENT}


def test_pieces_that_were_returned_are_sent_again_first(lite: Bot) -> None:
    lite.press(button(lite.ask("教案交了3份"), CLOUD))
    with lite.office.engine.begin() as db:
        for n in (1, 2, 3):
            call = staff_call(f"s{n}", f"lesson-with-cloud||0|{n}")
            school_work.send_back(db, call, 1, "缺核章", MARCH)

    asked = lite.ask("3份教案退回來重傳了")
    answer = lite.press(button(asked, CLOUD))
    if "是另外的，請記" in labels(answer):
        lite.press(button(answer, "是另外的，請記"))

    assert kept(lite) == {f"lesson-with-cloud||0|{n}": SENT for n in (1, 2, 3)}


def test_what_was_said_wrongly_is_taken_back_as_one(bot: Bot) -> None:
    bot.press(button(bot.ask("教案交了3份"), CLOUD))

    said = bot.say("剛剛說錯了")

    assert "已收回剛剛回報的3件" in said
    assert kept(bot) == {}


def test_after_other_talk_it_is_asked_whether_the_report_is_meant(lite: Bot) -> None:
    lite.ask("第2班的心得交了")
    lite.ask("教案要交幾份")

    lite.press(button(lite.ask("剛剛說錯了"), "收回那筆回報"))

    assert kept(lite) == {}


def test_the_button_takes_back_once(lite: Bot) -> None:
    undo = button(lite.ask("第2班的心得交了"), "說錯了，收回")

    lite.press(undo)
    again = str(lite.press(undo))

    assert "先前已經收回了" in again
    assert kept(lite) == {}


def test_more_than_is_owed_is_refused_and_nothing_is_written(lite: Bot) -> None:
    said = lite.say("第2班的進度表交了9次")

    assert "應繳3次" in said
    assert "還可以回報3次" in said
    assert kept(lite) == {}


def test_a_second_equal_report_asks_whether_it_is_another(lite: Bot) -> None:
    lite.ask("進度表交了1次")
    asked = lite.ask("進度表交了1次")
    before = kept(lite)

    lite.press(button(asked, "不是，不用記"))
    same = kept(lite)
    lite.press(button(asked, "是另外的，請記"))

    assert "這是另外的嗎" in str(asked)
    assert before == same == {"progress-sheet||1|1": SENT}
    assert kept(lite) == {"progress-sheet||1|1": SENT, "progress-sheet||1|2": SENT}


def test_several_things_at_once_are_written_whole_or_not_at_all(lite: Bot) -> None:
    unclear = lite.say("進度表交了1次，教案交了2份")
    nothing = kept(lite)
    lite.ask("進度表交了1次，成果簡報交了")

    assert "一件一件分開說" in unclear
    assert nothing == {}
    assert set(kept(lite)) == {"progress-sheet||1|1", "report-slides||0|"}


def test_all_of_it_is_what_is_asked_for_by_now(lite: Bot) -> None:
    lite.ask("下學期心得都交了")

    assert kept(lite) == {f"reflection-text|spring|0|{n}": SENT for n in (1, 2, 3)}


@pytest.mark.parametrize(
    "words", ["教案寫好了", "教案還沒交", "聽說別校的教案都交了", "教案明天要交", "教案交了嗎"]
)
def test_what_was_not_handed_in_is_not_written_down(lite: Bot, words: str) -> None:
    lite.ask(words)

    assert kept(lite) == {}


def test_a_teachers_own_report_stays_a_teachers_own(lite: Bot) -> None:
    said = lite.say("我上完線上同步第一門課了")

    assert "回報繳交" not in said
    assert kept(lite) == {}


@pytest.mark.parametrize(
    "value", ["", "|||||||", f"{DAZHI}|{MOBILE}|nothing|*|*|1|0|", f"{DAZHI}|x/1|a|*|*|1|0|",
              f"{DAZHI}|{MOBILE}|report-book|*|*|-1|0|", f"{DAZHI}|{MOBILE}|report-book|*|*|１|0|"]
)  # fmt: skip
def test_a_broken_button_writes_nothing(lite: Bot, value: str) -> None:
    lite.send(TEACHER, Kind.POSTBACK, data=f"owed={value}")

    assert kept(lite) == {}


def test_no_question_of_all_the_cases_is_taken_for_a_report() -> None:
    reader = real_reader()
    cases = read_cases([ROOT / "tests" / "cases"], reader.plans).cases
    said = [turn.say for case in cases for turn in case.turns if turn.say]

    taken = [text for text in said if is_report(reader.fold(mask(text)))]

    assert len(said) > 1000
    assert taken == []
