"""The schema that the simulator checks against follows LINE's discriminators."""

import json
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

from bot.simulator.strict import SCHEMA
from scripts.derive_line_schema import REF, derive

REQUEST = {"content": {"application/json": {"schema": {"$ref": f"{REF}Send"}}}}
SPEC: dict[str, Any] = {
    "paths": {"/send": {"parameters": [], "post": {"requestBody": REQUEST}}},
    "components": {
        "schemas": {
            "Send": {"properties": {"thing": {"$ref": f"{REF}Thing"}}, "required": ["thing"]},
            "Thing": {
                "type": "object",
                "required": ["type"],
                "properties": {"type": {"type": "string", "description": "for readers"}},
                "discriminator": {"propertyName": "type", "mapping": {"box": f"{REF}Box"}},
            },
            "Box": {
                "required": ["contents"],
                "allOf": [
                    {"$ref": f"{REF}Thing"},
                    {
                        "properties": {
                            "contents": {"type": "array", "items": {"$ref": f"{REF}Thing"}}
                        }
                    },
                ],
            },
        }
    },
}


@pytest.mark.parametrize(
    ("thing", "fits"),
    [
        ({"type": "box", "contents": []}, True),
        ({"type": "box", "contents": [{"type": "box", "contents": []}]}, True),
        ({"type": "box"}, False),  # what the kind requires
        ({"type": "bag", "contents": []}, False),  # a kind that is not mapped
        ({"contents": []}, False),  # no kind at all
        ({"type": "box", "contents": [], "colour": 1}, False),  # a property the kind does not have
        ({"type": "box", "contents": [{"type": "box"}]}, False),  # wrong further in
    ],
)
def test_a_kind_must_be_what_its_discriminator_says(thing: object, fits: bool) -> None:
    schema = derive(SPEC)
    validator = Draft202012Validator(
        {"$ref": schema["requests"]["POST /send"], "$defs": schema["$defs"]}
    )

    assert validator.is_valid({"thing": thing}) is fits


def test_the_kept_schema_knows_every_call_that_sends_messages() -> None:
    kept = json.loads(SCHEMA.read_text(encoding="utf-8"))

    sends = {f"POST /v2/bot/message/{how}" for how in ("reply", "push", "multicast", "broadcast")}

    assert sends <= set(kept["requests"])
    assert set(kept["requests"].values()) <= {f"#/$defs/{name}" for name in kept["$defs"]}
