"""The schema that editors are helped by says what the loader says."""

import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
import yaml

from bot.catalog import field_words
from bot.catalog.schema import edition_schema
from bot.cli.knowledge import schema_text
from tests.catalog.editions import GOOD
from tests.source import ROOT

KNOWLEDGE = ROOT / "knowledge"
MADE_UP = ROOT / "tests" / "catalog" / "made_up"
PLANS = sorted([*KNOWLEDGE.glob("plans/*/*.yaml"), *MADE_UP.glob("plans/*/*.yaml")])
# The scalars of YAML 1.2, as editors read them: 13:30 and 2022-07-31 stay texts.
PLAIN = {r"-?\d+": int, r"-?\d+\.\d+": float, "true|false": lambda text: text == "true"}


def as_an_editor_reads_it(text: str) -> Any:
    return _value(yaml.compose(text, Loader=yaml.BaseLoader))


def _value(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _value(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    kinds = [] if node.style else [k for p, k in PLAIN.items() if re.fullmatch(p, node.value)]
    return kinds[0](node.value) if kinds else node.value


def errors(text: str) -> list[str]:
    schema = jsonschema_rs.validator_for(edition_schema())
    return [error.message for error in schema.iter_errors(as_an_editor_reads_it(text))]


def test_the_kept_schema_is_current() -> None:
    kept = (KNOWLEDGE / "schema.json").read_text(encoding="utf-8")

    assert kept == schema_text(), "python -m bot knowledge schema"


@pytest.mark.parametrize("plan", PLANS, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_the_real_files_keep_to_it(plan) -> None:
    assert errors(plan.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  issuer: ", "  isuer: "),
        ("kind: session", "kind: sesion"),
        ("checked_on: 2026-01-05\n", ""),
        ("is: true", "is: 是"),
        ("may: confirm", "may: {a: b}"),
        ("    source: 捌\n", ""),
        ("    due: sign-up\n    form", "    dew: sign-up\n    form"),
        ("year_kind: 年度", "year_kind: 年"),
        ("short: 臺北111讀書會", "short: 臺北市一百一十一年度各級學校教師讀書會計畫"),
        ("id: report", "id: 成果"),
        ("2022-03-01/2022-12-31", "111-03-01/111-12-31"),
        ("at: 2022-06-01T09:00+08:00", "at: 2022-06-01T09:00"),
        ("most: 30%", "most: 三成"),
        ("least: 2,", "lest: 2,"),
    ],
)
def test_it_refuses_what_the_loader_refuses(old: str, new: str) -> None:
    assert errors(GOOD) == []
    assert errors(GOOD.replace(old, new)) != []


def described(schema: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every field of every noun with its description."""
    for noun, part in {"Edition": schema, **schema["$defs"]}.items():
        for key, field in part.get("properties", {}).items():
            yield f"{noun}.{key}", field["description"]


def test_every_field_is_explained_in_chinese() -> None:
    explained = dict(described(json.loads(schema_text())))

    assert len(explained) > 150
    assert [name for name, words in explained.items() if not re.search("[一-鿿]：.", words)] == []


def test_no_explanation_is_of_a_field_that_is_not_there() -> None:
    schema = json.loads(schema_text())
    there = {"Edition", *schema["$defs"]}

    for noun, words in field_words._OF_PARTS.items():
        assert noun in there
        assert set(words) <= set(schema["$defs"][noun]["properties"])


def test_an_editor_refuses_unknown_fields_everywhere() -> None:
    schema = json.loads(schema_text())
    objects = [schema, *(part for part in schema["$defs"].values() if "properties" in part)]

    assert [part for part in objects if part["additionalProperties"] is not False] == []


def test_the_path_gives_what_the_file_may_not() -> None:
    schema = json.loads(schema_text())

    assert not {"plan", "edition"} & set(schema["properties"])
    assert {"if", "for"} <= set(schema["$defs"]["PlanDate"]["properties"])
