"""The schema that editors are helped by says what the loader says."""

import json
import re
from typing import Any

import jsonschema_rs
import pytest
import yaml

from bot.catalog.schema import edition_schema
from bot.cli.knowledge import schema_text
from tests.catalog.editions import GOOD
from tests.source import ROOT

KNOWLEDGE = ROOT / "knowledge"
PLANS = sorted(KNOWLEDGE.glob("plans/*/*.yaml"))
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
    ],
)
def test_it_refuses_what_the_loader_refuses(old: str, new: str) -> None:
    assert errors(GOOD) == []
    assert errors(GOOD.replace(old, new)) != []


def test_the_path_gives_what_the_file_may_not() -> None:
    schema = json.loads(schema_text())

    assert not {"plan", "edition"} & set(schema["properties"])
    assert {"if", "for"} <= set(schema["$defs"]["PlanDate"]["properties"])
