"""The layers that `lint-imports` holds, and the table of test_architecture.py, say the same."""

import tomllib

import pytest

from tests.rooms import MAY_IMPORT
from tests.source import ROOT


def layers() -> list[set[str]]:
    """The layers from the outermost in, each with the rooms that stand side by side in it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {c["id"]: c for c in project["tool"]["importlinter"]["contracts"]}
    return [
        {room.strip().removeprefix("bot.") for room in layer.split("|")}
        for layer in contracts["rooms"]["layers"]
    ]


def below(room: str) -> set[str]:
    """Every room in a layer further in than the room's own."""
    found = layers()
    own = next(i for i, layer in enumerate(found) if room in layer)
    return set().union(*found[own + 1 :])


def test_every_room_has_its_layer() -> None:
    rooms = [room for layer in layers() for room in layer]

    assert sorted(rooms) == sorted(MAY_IMPORT)


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_a_room_may_import_only_what_lies_further_in(room: str) -> None:
    assert MAY_IMPORT[room] - {room} <= below(room)
