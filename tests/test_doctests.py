"""The examples in docstrings are true."""

import doctest
import importlib
from pathlib import Path

import pytest

from tests.source import module_name, modules

WITH_EXAMPLES = [path for path in modules() if ">>>" in path.read_text(encoding="utf-8")]


def test_some_docstrings_have_examples() -> None:
    assert len(WITH_EXAMPLES) > 1


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=module_name)
def test_the_examples_of_a_module_give_what_they_say(path: Path) -> None:
    module = importlib.import_module(f"bot.{module_name(path)}")

    told = doctest.testmod(module)

    assert told.attempted > 0
    assert told.failed == 0
