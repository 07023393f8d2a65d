"""Plain values: what `dataclasses.asdict` and JSON make of them, at less cost."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from bot.model.plain import plain_of


@dataclass(frozen=True, slots=True)
class Leaf:
    word: str
    number: float | None = None


@dataclass(frozen=True, slots=True)
class Tree:
    leaves: tuple[Leaf, ...]
    by_name: Mapping[str, Leaf] = field(default_factory=dict)
    rows: tuple[tuple[str, int], ...] = ()
    only: Leaf | None = None


WORDS = st.text(max_size=5)
LEAVES = st.builds(Leaf, WORDS, st.none() | st.floats(allow_nan=False, allow_infinity=False))
TREES = st.builds(
    Tree,
    st.lists(LEAVES, max_size=3).map(tuple),
    st.dictionaries(WORDS, LEAVES, max_size=3),
    st.lists(st.tuples(WORDS, st.integers()), max_size=3).map(tuple),
    st.none() | LEAVES,
)


@given(TREES)
def test_a_value_is_written_as_json_would_write_the_whole_of_it(tree: Tree) -> None:
    assert plain_of(tree) == json.loads(json.dumps(asdict(tree)))


@given(TREES)
def test_what_is_written_is_a_copy(tree: Tree) -> None:
    plain = plain_of(tree)
    plain["by_name"]["new"] = {}
    plain["leaves"].append({})

    assert plain_of(tree) != plain
