"""Is this request one that LINE would take? Its shape by LINE's description, its limits by ours.

The shape is checked against `line-messages.schema.json`, derived from LINE's own OpenAPI
description; what the reference states beyond that is in the `*_limits` modules.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft202012Validator, ValidationError

from bot.simulator.message_limits import message_problems
from bot.simulator.problem import Problem, as_node, as_nodes, at

SCHEMA = Path(__file__).with_name("line-messages.schema.json")
_SENDS_MESSAGES = re.compile(
    r"/v2/bot/message/(validate/)?(reply|push|multicast|narrowcast|broadcast)"
)


def body_problems(method: str, path: str, body: object) -> list[Problem]:
    """Everything that LINE would refuse about this call's body, by property; empty: it is good.

    Args:
        path: without query, as `/v2/bot/message/reply`. A path that takes no body has no problems.
    """
    validator = _validator_for(method, path)
    if validator is None:
        return []
    found = {_shape_problem(error) for error in validator.iter_errors(body)}
    if _SENDS_MESSAGES.fullmatch(path):
        named = {problem.property for problem in found}  # once is enough for one property
        found.update(p for p in _limit_problems(body) if p.property not in named)
    return sorted(found, key=lambda problem: (problem.property, problem.message))


def _limit_problems(body: object) -> Iterator[Problem]:
    node = as_node(body)
    for number, message in enumerate(as_nodes(node.get("messages"))):
        yield from message_problems(message, at("messages", number))
    for unit in as_list(node.get("customAggregationUnits")):
        if not re.fullmatch(r"[A-Za-z0-9_]{1,30}", str(unit)):
            yield Problem("customAggregationUnits", "invalid aggregation unit name")


def as_list(value: object) -> list[object]:
    """The value if it is a JSON array, else an empty one."""
    return value if isinstance(value, list) else []


@cache
def _schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return loaded


@cache
def _validator(pointer: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": pointer, "$defs": _schema()["$defs"]})


@cache
def _requests() -> list[tuple[str, re.Pattern[str], str]]:
    """Verb, path and schema of each call that takes a body."""
    found = []
    for request, pointer in _schema()["requests"].items():
        verb, template = request.split(" ", 1)
        found.append((verb, re.compile(re.sub(r"\{\w+\}", "[^/]+", template)), pointer))
    return found


def _validator_for(method: str, path: str) -> Draft202012Validator | None:
    for verb, pattern, pointer in _requests():
        if verb == method and pattern.fullmatch(path):
            return _validator(pointer)
    return None


def _shape_problem(error: ValidationError) -> Problem:
    """The complaint in LINE's words where LINE's words are known."""
    where = ""
    for key in error.instance_path:
        where = at(where, key)
    kind = error.kind.as_dict()
    match error.kind.name:
        case "required":
            return Problem(at(where, kind["property"]), "May not be empty")
        case "enum":
            values = ", ".join(map(str, kind["options"]))
            return Problem(where, f"Must be one of the following values: [{values}]")
        case "additionalProperties":
            return Problem(at(where, kind["unexpected"][0]), "unknown property")
        case "minItems" | "maxItems":
            return Problem(where, f"Size is out of bounds ({kind['limit']})")
    return Problem(where, error.message)
