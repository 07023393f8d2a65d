"""Derives the simulator's JSON Schema from LINE's OpenAPI description of the Messaging API.

    python scripts/derive_line_schema.py messaging-api.yml bot/simulator/line-messages.schema.json

The description says by `discriminator` which schema an object must fit; checkers do not follow
that, so nothing inside a message would be looked at. Here each discriminator becomes an enum with
one if/then per kind, each kind is written out whole (its allOf merged), and a property that a kind
does not have is refused. Words for readers (descriptions, examples, links) are left out.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import yaml

REF = "#/components/schemas/"
KEPT = {
    "type", "enum", "maxLength", "minLength", "maxItems", "minItems", "maximum", "minimum",
    "pattern", "required",
}  # fmt: skip
METHODS = {"get", "post", "put", "delete"}
SKIPPED_PATHS = ("/bot/pnp/", "/v2/bot/coupon")  # for corporate accounts; not what we send


class Deriver:
    """Turns the description's schemas into `$defs`, one at a time as they are referred to."""

    def __init__(self, spec: dict[str, Any]) -> None:
        self.schemas: dict[str, Any] = spec["components"]["schemas"]
        self.kind_of = {
            target.removeprefix(REF): (schema["discriminator"]["propertyName"], kind)
            for schema in self.schemas.values()
            if "discriminator" in schema
            for kind, target in schema["discriminator"]["mapping"].items()
        }
        self.defs: dict[str, Any] = {}

    def ref(self, pointer: str) -> dict[str, str]:
        """A reference to the derived schema; derives it first if this is the first mention."""
        name = pointer.removeprefix(REF)
        if name not in self.defs:
            self.defs[name] = {}  # schemas refer to themselves: the name must stand before its body
            self.defs[name] = self.derive(name)
        return {"$ref": f"#/$defs/{name}"}

    def derive(self, name: str) -> dict[str, Any]:
        """The schema of this name: a choice of kinds, or one kind written out whole."""
        schema = self.schemas[name]
        if "discriminator" in schema:
            return self.choice(schema["discriminator"])
        merged = self.merged(name)
        derived = self.body(merged)
        if name in self.kind_of:
            key, kind = self.kind_of[name]
            derived["properties"][key] = {"const": kind}
            derived["required"] = sorted({*derived.get("required", ()), key})
        return derived

    def choice(self, discriminator: dict[str, Any]) -> dict[str, Any]:
        """An object whose `propertyName` says which of the mapped schemas it must fit."""
        key, mapping = discriminator["propertyName"], discriminator["mapping"]
        branches = [
            {
                "if": {"properties": {key: {"const": kind}}, "required": [key]},
                "then": self.ref(target),
            }
            for kind, target in mapping.items()
        ]
        return {
            "type": "object",
            "required": [key],
            "properties": {key: {"enum": list(mapping)}},
            "allOf": branches,
        }

    def merged(self, name: str) -> dict[str, Any]:
        """The schema with everything it is composed of, its own words winning."""
        return self._merge(self.schemas[name])

    def _merge(self, schema: dict[str, Any]) -> dict[str, Any]:
        if "$ref" in schema:
            return self._merge(self.schemas[schema["$ref"].removeprefix(REF)])
        whole = {k: v for k, v in schema.items() if k not in ("allOf", "discriminator")}
        properties, required = {}, set(schema.get("required", ()))
        for part in map(self._merge, schema.get("allOf", ())):
            properties.update(part.get("properties", {}))
            required |= set(part.get("required", ()))
            whole.setdefault("type", part.get("type", "object"))
        properties.update(schema.get("properties", {}))
        if properties:
            whole["properties"] = properties
        if required:
            whole["required"] = sorted(required)
        return whole

    def body(self, schema: dict[str, Any]) -> dict[str, Any]:
        """One schema with its nested ones derived; objects refuse unknown properties."""
        if "$ref" in schema:
            return self.ref(schema["$ref"])
        if "discriminator" in schema:
            return self.choice(schema["discriminator"])
        derived = {k: v for k, v in schema.items() if k in KEPT}
        if "items" in schema:
            derived["items"] = self.body(schema["items"])
        extra = schema.get("additionalProperties")
        if isinstance(extra, dict):
            derived["additionalProperties"] = self.body(extra)
        elif derived.get("type") == "object" or "properties" in schema:
            derived["type"] = "object"
            derived["properties"] = {
                key: self.body(value) for key, value in schema.get("properties", {}).items()
            }
            derived["additionalProperties"] = False
        return derived


def derive(spec: dict[str, Any]) -> dict[str, Any]:
    """The JSON Schema: `$defs`, and under `requests` which of them each call's body must fit."""
    deriver = Deriver(spec)
    requests = {}
    for path, operations in spec["paths"].items():
        for method in METHODS & operations.keys():
            content = operations[method].get("requestBody", {}).get("content", {})
            schema = content.get("application/json", {}).get("schema", {})
            if "$ref" in schema and not path.startswith(SKIPPED_PATHS):
                requests[f"{method.upper()} {path}"] = deriver.ref(schema["$ref"])["$ref"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": "Derived by scripts/derive_line_schema.py; see NOTICE beside this file.",
        "requests": dict(sorted(requests.items())),
        "$defs": dict(sorted(deriver.defs.items())),
    }


def main() -> None:
    """Reads the description, writes the schema."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("description", type=Path, help="messaging-api.yml of line/line-openapi")
    parser.add_argument("schema", type=Path, help="the file to write")
    args = parser.parse_args()
    spec = yaml.safe_load(args.description.read_text(encoding="utf-8"))
    text = json.dumps(derive(spec), ensure_ascii=False, indent=1)
    args.schema.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
