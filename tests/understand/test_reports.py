"""Reports of what was done, heard in the words of a track; a question is never taken for one."""

from datetime import date, datetime
from decimal import Decimal

import pytest
import yaml

from bot.understand.reader import LONGEST
from bot.understand.reports import Report, Vocabulary
from bot.understand.said_days import said_day
from bot.understand.statements import Act, act_of
from tests.source import ROOT
from tests.understand.plans import real_reader

TODAY = date(2022, 6, 15)  # a Wednesday
NOW = datetime.fromisoformat("2022-06-15T09:00+08:00")
# Said in the written cases after or before a question; each tells, chooses or answers something.
NO_QUESTIONS = 10


def words() -> Vocabulary:
    """What reports on the certificate's track are made of."""
    reader = real_reader()
    edition = next(e for e in reader.library.editions if e.plan == "cooc-teacher")
    track = next(t for t in edition.tracks if t.id == "certificate-track")
    return Vocabulary(edition, track, reader.word)


def heard(sentence: str) -> Report:
    """What a sentence reports on that track."""
    reader, vocabulary = real_reader(), words()
    folded = reader.fold(sentence)
    return vocabulary.hear(folded, reader.hear(vocabulary.edition, folded).known, TODAY)


def things(sentence: str) -> list[tuple[str, str, int]]:
    """Requirement, part and number of each thing that a sentence reports."""
    return [
        (t.item.id.removeprefix("item-"), t.part.id if t.part else "", int(t.count))
        for t in heard(sentence).things
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("我上完師生互動教學示例了", [("async", "interaction", 1)]),
        ("第一梯次兩門都上了", [("sync", "ono2", 1), ("sync", "material", 1)]),
        ("校內宣講辦了一場", [("practice", "", 1)]),
        ("昨天辦了宣講", [("practice", "", 1)]),
        ("6/8上完OnO", [("sync", "ono2", 1)]),
        ("OnO那門上完了", [("sync", "ono2", 1)]),
        ("同步課都上完了", [("sync", "ono2", 1), ("sync", "material", 1)]),
        ("非同步看完兩門了", [("async", "", 2)]),
        ("宣講辦了3場", [("practice", "", 3)]),
        (
            "師生互動跟線上分組都看完了，宣講還沒辦",
            [("async", "interaction", 1), ("async", "groups", 1)],
        ),
        ("OnO，教材製作都上完了", [("sync", "ono2", 1), ("sync", "material", 1)]),
        ("我要回報：宣講完成", [("practice", "", 1)]),
        ("我已經辦過宣講了，只是還沒上傳成果", [("practice", "", 1)]),
    ],
)
def test_what_a_report_names_is_heard(sentence: str, expected: list[tuple[str, str, int]]) -> None:
    assert act_of(real_reader().fold(sentence)) is Act.DONE
    assert things(sentence) == expected


@pytest.mark.parametrize(
    "question",
    [
        "我上完兩門了接下來呢",
        "我交了3份教案夠嗎",
        "宣講辦了可以抵研習嗎",
        "課上完之後要做什麼",
        "如果宣講辦了一場",
        "還沒上完同步課",
        "我想辦宣講",
        "明天要上OnO",
        "上完課了證書什麼時候發",
        "宣講要辦幾場",
        "聽了一半繪本",
        "課程設計與互動工具聽了一半",
        "還沒上教材製作",
        "做完推廣的照片",
    ],
)
def test_a_sentence_that_asks_or_only_intends_reports_nothing(question: str) -> None:
    assert act_of(real_reader().fold(question)) is not Act.DONE


def all_words() -> list[Vocabulary]:
    """The words of every track of every plan that can be followed."""
    reader = real_reader()
    return [
        Vocabulary(e, t, reader.word)
        for e in reader.library.editions
        for t in e.tracks
        if t.subject
    ]


def reported(folded: str) -> list[str]:
    """The tracks on which a folded sentence would report, choose or miss something."""
    reader = real_reader()
    return [
        v.track.id
        for v in all_words()
        if v.hear(folded, reader.hear(v.edition, folded).known, TODAY)
    ]


def test_no_written_question_is_taken_for_a_report() -> None:
    """Whatever the tracks' words are: of all that people wrote, hardly anything only tells."""
    reader = real_reader()
    asked, taken, told = 0, [], 0
    for path in sorted((ROOT / "tests" / "cases").glob("*/*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            for turn in case["turns"]:
                folded = reader.fold(str(turn.get("say", ""))[:LONGEST])
                asked += 1
                told += act_of(folded) is not None
                if act_of(folded) and reported(folded):
                    taken.append(turn["say"])

    assert asked > 1_500
    assert taken == []
    assert told <= NO_QUESTIONS


def test_no_way_to_ask_that_a_plan_lists_is_taken_for_a_report() -> None:
    reader = real_reader()
    says = [s for e in reader.library.editions for entry in e.entries() for s in entry.says]

    folded = [reader.fold(s) for s in says]

    taken = [f for f in folded if act_of(f) is Act.DONE and reported(f)]

    assert len(says) > 5_000
    assert taken == []


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("昨天辦了宣講", date(2022, 6, 14)),
        ("前天辦了宣講", date(2022, 6, 13)),
        ("6/8辦了", date(2022, 6, 8)),
        ("6月8日辦了", date(2022, 6, 8)),
        ("111/6/8辦了", date(2022, 6, 8)),
        ("上週三辦了", date(2022, 6, 8)),
        ("上星期五辦了", date(2022, 6, 10)),
        ("週一辦了", date(2022, 6, 13)),
        ("週五辦了", date(2022, 6, 10)),
        ("去年11/3辦了", date(2021, 11, 3)),
        ("辦了", None),
    ],
)
def test_the_day_is_heard(sentence: str, day: date | None) -> None:
    assert said_day(real_reader().fold(sentence), TODAY).day == day


@pytest.mark.parametrize("sentence", ["2/30辦了", "13/1辦了", "111/2/29辦了"])
def test_a_day_that_there_is_not_is_told_from_none(sentence: str) -> None:
    assert said_day(real_reader().fold(sentence), TODAY).wrong


@pytest.mark.parametrize(
    ("sentence", "number"), [("宣講辦了-1場", -1), ("宣講辦了負1場", -1), ("宣講辦了0場", 0)]
)
def test_numbers_that_make_no_sense_are_kept_for_the_rules(sentence: str, number: int) -> None:
    assert [t.count for t in heard(sentence).things] == [Decimal(number)]


def test_a_round_that_there_is_not_is_heard() -> None:
    assert heard("第三梯次兩門都上了").unknown == "第3梯次"
    assert heard("第二梯次兩門都上了").unknown == ""


def on(sentence: str, plan: str, track_id: str) -> list[tuple[str, str, int, date | None]]:
    """What a sentence reports on a track of some plan: item, part, number, its own day."""
    reader = real_reader()
    edition = next(e for e in reader.library.editions if e.plan == plan)
    track = next(t for t in edition.tracks if t.id == track_id)
    folded = reader.fold(sentence)
    group = {"group": "B"} if "group" in track.asks else {}
    vocabulary = Vocabulary(edition, track, reader.word, group)
    assert act_of(folded) is Act.DONE
    found = vocabulary.hear(folded, reader.hear(edition, folded).known, TODAY)
    return [(t.item.id, t.part.id if t.part else "", int(t.count), t.on) for t in found.things]


@pytest.mark.parametrize(
    ("sentence", "track", "expected"),
    [
        ("校長參加了工作會議", "school-track", ("principal-meeting", "", 1)),
        ("前後測做完了", "school-track", ("evaluation", "", 1)),
        ("輔導了2所新手學校", "coach-track", ("coach-mentor", "", 2)),
        ("3月進度表交了", "class-track", ("class-progress", "march", 1)),
        ("合作備忘錄簽好了", "local-start", ("start-mou", "", 1)),
        ("經費編好了", "local-start", ("start-budget", "", 1)),
        ("計畫書改好了", "local-start", ("start-plan", "", 1)),
    ],
)
def test_schools_and_classes_say_it_with_their_own_verbs(
    sentence: str, track: str, expected: tuple[str, str, int]
) -> None:
    found = [thing[:3] for thing in on(sentence, "mobile-learning", track)]

    assert found == [expected]


@pytest.mark.parametrize("sentence", ["外聘講師請了一次", "昨天請外聘講師"])
def test_a_community_tells_it_too(sentence: str) -> None:
    found = on(sentence, "digital-community", "work")

    assert [thing[:3] for thing in found] == [("outside-lecturer", "", 1)]


def test_each_day_of_a_sentence_is_heard() -> None:
    talk = on("6/8和6/10各辦了一次社群活動", "digital-community", "work")
    unclear = on("6/8和6/10社群活動辦了3次", "digital-community", "work")

    assert [(thing[2], thing[3]) for thing in talk] == [
        (1, date(2022, 6, 8)),
        (1, date(2022, 6, 10)),
    ]
    assert [(thing[2], thing[3]) for thing in unclear] == [(3, None)]


def test_each_thing_has_the_day_before_it() -> None:
    found = on("6/4看完師生互動，6/5看完線上測驗", "cooc-teacher", "certificate-track")

    assert [(part, day) for _, part, _, day in found] == [
        ("interaction", date(2022, 6, 4)),
        ("test", date(2022, 6, 5)),
    ]
