"""What staff add is found beside the plans, and nothing is indexed anew for it."""

from datetime import date, datetime

import pytest

from bot.model.entries import Supplement
from bot.understand.reader import Reader
from bot.understand.supplements import Added
from tests.handlers.plans import small_reader

JUNE = datetime.fromisoformat("2022-06-15T09:00+08:00")
READING, STARS = "reading/111", "stars/112"


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return small_reader(tmp_path_factory.mktemp("knowledge"))


def supplement(number: int = 1, **changes: object) -> Supplement:
    usual = {
        "id": f"staff-{number}",
        "title": "工作坊停車",
        "source": ("局內會議",),
        "says": ("說書工作坊可以停車嗎",),
        "text": "請停地下停車場。",
        "answered_on": date(2022, 6, 1),
        "expires_on": date(2022, 12, 31),
    }
    return Supplement(**{**usual, **changes})  # type: ignore[arg-type]


def with_some(plans: Reader, *entries: Supplement, edition: str = READING) -> Reader:
    home = plans.edition(edition)
    assert home is not None
    return plans.with_supplements([Added(home, entry) for entry in entries])


def best(reader: Reader, text: str) -> str:
    question = reader.question(text, JUNE)
    ranked = reader.rank(question, reader.plans, JUNE)
    return ranked[0].item.key if ranked else ""


def test_a_supplement_is_found_by_its_title_its_questions_and_its_text(plans: Reader) -> None:
    reader = with_some(plans, supplement(says=("開車去停哪裡",), text="可停大墩立體停車塔。"))

    assert best(reader, "工作坊停車") == f"{READING}#staff-1"
    assert best(reader, "開車去要停哪裡") == f"{READING}#staff-1"
    assert best(reader, "立體停車塔") == f"{READING}#staff-1"


def test_of_several_each_is_found_by_its_own_words(plans: Reader) -> None:
    reader = with_some(
        plans,
        supplement(1),
        supplement(2, title="托嬰服務", says=("可以帶嬰兒嗎",)),
        supplement(3, title="交通接駁", says=("有沒有接駁車",)),
    )

    assert best(reader, "可以帶嬰兒嗎") == f"{READING}#staff-2"
    assert best(reader, "有接駁車嗎") == f"{READING}#staff-3"
    assert best(reader, "說書工作坊可以停車嗎") == f"{READING}#staff-1"


def test_the_reader_of_the_plans_alone_is_left_as_it_was(plans: Reader) -> None:
    before = {key: dict(grams) for key, grams in plans.index.postings.items()}

    with_some(plans, supplement())

    assert {key: dict(grams) for key, grams in plans.index.postings.items()} == before
    assert best(plans, "開車去停哪裡") != f"{READING}#staff-1"
    assert f"{READING}#staff-1" not in plans.index.by_key


def test_only_the_words_of_the_edition_concerned_are_copied(plans: Reader) -> None:
    reader = with_some(plans, supplement())
    old, new = plans.index, reader.index
    untouched = [g for g in old.postings[READING] if new.postings[READING][g] is old.of(READING)[g]]

    assert new.postings[STARS] is old.postings[STARS]
    assert new.phrase_postings[STARS] is old.phrase_postings[STARS]
    assert new.weights is old.weights
    assert len(untouched) > 0.9 * len(old.postings[READING])


def test_adding_to_what_was_added_begins_with_the_plans_again(plans: Reader) -> None:
    once = with_some(plans, supplement(1))

    twice = with_some(once, supplement(2, title="托嬰服務", says=("可以帶嬰兒嗎",)))

    assert f"{READING}#staff-1" not in twice.index.by_key
    assert twice.index.root is plans.index
    assert len(twice.index.items) == len(plans.index.items) + 1


def test_questions_about_the_plans_score_as_before(plans: Reader) -> None:
    reader = with_some(plans, supplement())
    asked = [x.turns[0].say for e in plans.library.editions for x in e.examples]
    asked += ["說書工作坊什麼時候", "讀後心得要交幾份", "觀星夜在哪裡"]

    for text in asked:
        question = plans.question(text, JUNE)
        before = plans.rank(question, plans.plans, JUNE)
        after = reader.rank(reader.question(text, JUNE), plans.plans, JUNE)
        kept = [c for c in after if not isinstance(c.item.entry, Supplement)]

        assert [(c.item.key, c.score) for c in kept][:3] == [(c.item.key, c.score) for c in before][
            :3
        ]


def test_the_joined_index_reads_like_one(plans: Reader) -> None:
    reader = with_some(plans, supplement(1), supplement(2, title="托嬰服務"))
    index, root = reader.index, plans.index

    assert [item.number for item in index.items] == list(range(len(root.items) + 2))
    assert len(index.phrases) == len(index.phrase_sizes) == index.first_phrase[-1]
    last = index.items[-1]
    first, end = index.first_phrase[last.number : last.number + 2]
    assert tuple(index.phrases[first:end]) == last.phrases
    assert set(index.by_key) - set(root.by_key) == {f"{READING}#staff-1", f"{READING}#staff-2"}
    assert len(index.by_key) == len(set(index.by_key))
    assert READING in index.holders["停車"]
    assert len(index.holders) == len(set(index.holders))
