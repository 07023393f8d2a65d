"""Whatever stands in a file: a library or a KnowledgeError, never another exception."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.load import load_library
from bot.catalog.schema import edition_schema
from bot.catalog.yaml_lines import YamlFault, read_tree
from bot.errors import KnowledgeError
from bot.model.edition import Library
from tests.catalog.editions import GOOD, PLAN

SCHEMA = edition_schema()
NOUNS = [SCHEMA, *SCHEMA["$defs"].values()]
KEYS = st.sampled_from(sorted({key for noun in NOUNS for key in noun.get("properties", ())}))
WORDS = [
    "''",
    "a",
    "-",
    "~",
    "null",
    "[]",
    "{}",
    "*a",
    "&b",
    "!c",
    "true",
    "A",
    "session",
    "office",
]
NUMBERS = ["111", "-1", "30%", "1..2", "2..1", "99999999999", "1e9", "NaN", "٣", "１１１"]
DAYS = [
    "2022-07-08",
    "0001-01-01",
    "9999-12-31",
    "../2022-12-31",
    "2018-11:late",
    "2018-13",
    "2022-06-08T13:30/16:30",
    "2022-01-01T08:00+08:00",
    "7月8日(三)",
    "0年0月0日(一)",
    "a #b",
]
SCALARS = st.sampled_from([*WORDS, *NUMBERS, *DAYS])
LINES = GOOD.splitlines()


def flow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.lists(st.tuples(KEYS, inner), max_size=4)
    return st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        pairs.map(lambda found: "{" + ", ".join(f"{k}: {v}" for k, v in found) + "}"),
    )


NODES = st.recursive(SCALARS, flow, max_leaves=12)
SECTIONS = st.lists(st.tuples(KEYS, NODES), max_size=6).map(
    lambda found: "".join(f"{key}: {node}\n" for key, node in found)
)


@st.composite
def changed_files(draw: st.DrawFn) -> str:
    """The good file with the value of one line replaced, or with the line left out."""
    at = draw(st.integers(0, len(LINES) - 1))
    head, colon, _ = LINES[at].partition(": ")
    line = head + colon + draw(NODES) if colon and draw(st.booleans()) else ""
    return "\n".join([*LINES[:at], line, *LINES[at + 1 :]])


def loads_or_tells(content: bytes, name: str) -> None:
    found = library_or_error(content, name)

    if isinstance(found, KnowledgeError):
        assert found.findings
        assert all(f.file == name and f.what and f.cure for f in found.findings)


def library_or_error(content: bytes, name: str) -> Library | KnowledgeError:
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        try:
            return load_library(Path(folder))
        except KnowledgeError as err:
            return err


@given(st.one_of(st.binary(), st.text().map(str.encode), SECTIONS.map(str.encode)))
def test_any_bytes_as_a_plan(content: bytes) -> None:
    loads_or_tells(content, PLAN)


@given(changed_files())
def test_a_good_plan_with_anything_in_one_place(text: str) -> None:
    loads_or_tells(text.encode(), PLAN)


@given(st.one_of(st.text(), SECTIONS))
def test_any_text_as_the_lexicon(text: str) -> None:
    loads_or_tells(text.encode(), "lexicon.yaml")


@pytest.mark.parametrize("opening", ["[", "{", "? ", "- ", "{a: "])
def test_a_bottomless_file_is_refused(opening: str) -> None:
    with pytest.raises(YamlFault, match="層數太多"):
        read_tree(opening.encode() * 100_000)


@pytest.mark.parametrize("text", ["a: &x [*x]", "a: &x {b: *x}", "a: &x [1]\nb: [*x, *x]"])
def test_what_refers_to_itself_is_refused(text: str) -> None:
    _, faults = read_tree(text.encode())

    assert {fault.what for fault in faults} == {"不能用 & 和 * 重複使用內容"}


def test_bytes_that_are_no_utf8_are_told_with_their_line() -> None:
    with pytest.raises(YamlFault) as caught:
        read_tree("a: 1\nb: 教".encode() + b"\xff")

    assert (caught.value.fault.line, caught.value.fault.what) == (2, "檔案不是 UTF-8 編碼")


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    tree, faults = read_tree("\ufeffa: 1".encode())

    assert (list(tree.values), faults) == (["a"], [])
