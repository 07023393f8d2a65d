"""Questions that staff answered, as conversations that tests hold the bot to."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import yaml

from bot.clock import TAIPEI

LONGEST_LOOKED_FOR = 60  # characters of an answer: enough to know it by


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question that staff answered, with the supplement that they kept."""

    id: str
    asked_at: datetime  # aware
    before: str  # the question before it in the chat; empty: none
    asked: str
    plan: str
    title: str
    says: tuple[str, ...]
    text: str
    source: str
    expires_on: date


def cases_yaml(cases: Iterable[Case]) -> str:
    """The conversations as YAML, in their order; empty where there are none."""
    plain = [_plain(case) for case in cases]
    if not plain:
        return ""
    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=100)


def _plain(case: Case) -> dict[str, Any]:
    turns: list[dict[str, Any]] = [{"say": case.before}] if case.before else []
    asked = {"say": case.asked, "all": _looked_for(case.text), "cite": [_exactly(case.source)]}
    return {
        "id": case.id,
        "kind": "staff",
        "at": f"{case.asked_at.astimezone(TAIPEI):%Y-%m-%dT%H:%M}",
        "turns": [*turns, asked],
        "supplements": [
            {
                "plan": case.plan,
                "title": case.title,
                "says": list(case.says),
                "text": case.text,
                "source": case.source,
                "expires_on": case.expires_on,
            }
        ],
    }


def _looked_for(text: str) -> Sequence[str]:
    """What must be found in the reply: the beginning of the answer's first line."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), text)
    return [_exactly(first[:LONGEST_LOOKED_FOR])]


def _exactly(text: str) -> str:
    """A regular expression that finds this text in a reply whose characters are folded."""
    return re.escape(unicodedata.normalize("NFKC", text))
