"""Items under the words that they are found by."""

from dataclasses import replace

from bot.understand.index import build
from bot.understand.likely import FEW, likely
from tests.understand.plans import real_reader

NOW_COPIED = "elsewhere"


def test_an_edition_that_says_the_same_words_as_another_is_found_by_its_own_numbers() -> None:
    reader = real_reader()
    edition = reader.library.editions[0]
    copy = replace(edition, plan=NOW_COPIED)
    alone, both = (build(e, reader.word) for e in ([edition], [edition, copy]))
    size, phrases = len(alone.items), len(alone.phrases)

    assert both.of(edition.key) == alone.of(edition.key)
    assert both.of(copy.key) == {
        gram: {number + size: quality for number, quality in held.items()}
        for gram, held in alone.of(edition.key).items()
    }
    assert {gram: list(held) for gram, held in both.phrase_postings[copy.key].items()} == {
        gram: [number + phrases for number in held]
        for gram, held in alone.phrase_postings[edition.key].items()
    }
    assert both.weights == alone.weights  # a word is as common as it is within one edition


def test_what_a_pair_is_only_heard_in_leaves_out_what_holds_it_as_it_is_written() -> None:
    index = real_reader().index
    key, held = next((k, p) for k, p in index.postings.items() if "報名" in p)
    spoken = next(g for g in held if g.startswith("~") and held[g].keys() >= held["報名"].keys())
    only = index.only_heard(key, spoken, "報名")

    assert all(quality > held["報名"].get(number, 0.0) for number, quality in only.items())
    assert index.only_heard(key, spoken, "沒有這個字") == held[spoken]


def test_of_few_editions_all_are_likely_and_of_many_those_that_hold_the_words() -> None:
    reader = real_reader()
    edition, *others = reader.library.editions
    question = reader.question(edition.examples[0].turns[0].say, edition.examples[0].at)
    few = {e.key: e.about.year for e in reader.library.editions}
    many = few | {f"{e.key}-{n}": 0 for e in others for n in range(FEW)}

    assert likely(reader.index, question, few, len(few)) == tuple(few)
    assert likely(reader.index, question, many, len(many))[0] == edition.key
